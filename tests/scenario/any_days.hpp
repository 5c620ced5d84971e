// The days, the sites and the parameter `x` of the property tests of events and levers.
#pragma once

#include <rapidcheck.h>

#include <array>
#include <string>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {

inline const Date first_day = day("2020-01-01");
inline constexpr int days_covered = 40;
/// The last is no site: what is read once for the whole scenario.
inline const std::array<std::string, 4> sites{"all:A", "all:B", "all:C", ""};

inline Quantity x() {
  return named("x");
}

inline Date any_date() {
  return first_day + std::chrono::days{*rc::gen::inRange(0, days_covered)};
}

/// From the day before the first to long after the last.
template <class Look>
void on_every_day_and_site(Look look) {
  for (const std::string& site : sites) {
    for (int d = -1; d <= 2 * days_covered; ++d) look(site, first_day + std::chrono::days{d});
  }
}

}  // namespace rassoflow::scenario_test
