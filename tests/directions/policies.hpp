// All files of scenarios/policies on top of the national pathway, every lever off until a test puts
// it to use, and its numbers moved to an edge of their range.
//
//   Scenario scenario = catalogue();
//   put_to_use(scenario, "prfi_reduction", april);
//   move(scenario, "prfi_first_odds", Edge::low);
//   resolve_levers(scenario);
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// As a planner would write it in scenarios/examples, without its first two lines. Throws if it is
/// not valid.
Scenario planned(const std::string& text);

/// In the order of their names.
std::vector<std::filesystem::path> policy_files();

/// The baseline and all policies, from October 2017 to December 2019.
const Scenario& catalogue();
/// The baseline and one policy, or none.
Scenario with_policy(const std::filesystem::path& policy);

enum class Edge : std::uint8_t { low, high };
double edge_of(const Scenario& scenario, const std::string& parameter, Edge edge);
void move(Scenario& scenario, const std::string& parameter, Edge edge);

/// From a date on, everywhere.
void put_to_use(Scenario& scenario, const std::string& lever, Date from);

/// Of everything that the model would run.
std::string digest_with_levers(Scenario scenario);

}  // namespace rassoflow
