// What decides the rows of a scenario besides its compiled pathway: the definitions of KPIs and the
// dated numbers that they may name. Part of the content keys of a store.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

std::string what_decides_rows(const Scenario& scenario);

}  // namespace rassoflow
