// From a checked Scenario to the arrays of the hot loop.
#pragma once

#include "sim/model/pathway.hpp"

namespace rassoflow {

/// Expects that check_scenario found nothing.
Pathway compile_pathway(const Scenario& scenario);

/// The mark that entering an outcome stage sets: its code.
/// All marks of a scenario in alphabetical order, outcome codes included.
std::vector<std::string> marks_of(const Scenario& scenario);

}  // namespace rassoflow
