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

/// The national baseline in the working directory or the program's own source tree, or above them;
/// empty if it is in neither.
std::string find_national_baseline();

/// Says on stderr which levels there are; the exit code.
int no_such_level(const Scenario& scenario, const std::string& level);

/// Sorted on stderr, with the count at the end.
void print_diagnostics(Diagnostics diagnostics);

}  // namespace rassoflow
