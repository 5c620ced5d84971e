// Reading and checking a scenario as every command does it, with its faults on stderr.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <variant>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// A Scenario without faults, or the exit code after its faults were printed. `change` is applied
/// between reading and checking.
std::variant<Scenario, int> load_scenario(const std::string& file,
                                          const std::function<void(Scenario&)>& change = {});

/// Sorted on stderr, with the count at the end.
void print_diagnostics(Diagnostics diagnostics);

}  // namespace rassoflow
