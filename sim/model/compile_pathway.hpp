// From a checked Scenario to the arrays of the hot loop.
#pragma once

#include "sim/model/pathway.hpp"

namespace rassoflow {

/// Expects that check_scenario found nothing.
Pathway compile_pathway(const Scenario& scenario);

}  // namespace rassoflow
