// What is not wrong with a scenario but worth a look: what nothing uses and what nobody has
// sourced.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Parameters, pools, phases, calendars and classes that nothing uses; numbers written in place
/// without a source; parameters and effects of events graded `assumed`. Expects a scenario that
/// check_scenario passes.
Diagnostics advice(const Scenario& scenario);

}  // namespace rassoflow
