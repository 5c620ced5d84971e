// How sure a number is, in the words of the scenario format.
#pragma once

#include <array>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

inline constexpr std::array<std::string_view, 5> grade_names{"published", "derived", "calibrated",
                                                             "assumed", "unsourced"};
constexpr std::string_view grade_name(Grade grade) {
  return grade_names[static_cast<std::size_t>(grade)];
}

}  // namespace rassoflow
