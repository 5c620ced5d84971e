// Everything that is wrong with a scenario before anything runs.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Names that do not exist (with the nearest that does), stages that cannot be reached or never
/// reach an outcome, probabilities outside [0, 1] or that do not add up to 1 on any date, site,
/// class and visit, impossible dates, values outside their own stated range, crossings that break
/// the rule of the clock. Empty: compile_pathway will succeed.
Diagnostics check_scenario(const Scenario& scenario);

/// Names that do not exist in a scenario of which only a part could be read, so that a planner
/// hears of them together with what could not be read; unsorted.
Diagnostics check_names_in(const Scenario& scenario);

}  // namespace rassoflow
