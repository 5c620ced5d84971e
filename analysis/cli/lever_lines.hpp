// The levers of a scenario in plain English.
//
//   prfi_reduction: Fewer action plans sent back
//     in use from 1 Oct 2022 in Wales (area)
//     prfi_share, its odds times 0.8 (assumed, 0.6 to 1)
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Those in use: by themselves or in a bundle that is.
std::set<std::string> levers_in_use(const Scenario& scenario);

/// "from 1 Oct 2022 in Wales (area)", one for each use; empty if the lever is off.
std::vector<std::string> uses_in_words(const LeverSpec& lever);

/// What the lever does, a line each or, for a bundle, whom it puts to work.
std::string effect_lines(const Scenario& scenario, const LeverSpec& lever,
                         const std::string& indent);

/// Every lever with its uses and effects, those in use first.
std::string lever_lines(const Scenario& scenario);

/// Only those in use, with dates, places and effects; empty if there are none.
std::string levers_in_use_lines(const Scenario& scenario, const std::string& indent);

}  // namespace rassoflow
