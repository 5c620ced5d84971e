// The events of a scenario in plain English, one line each and at most 80 cells wide, by first day.
//
//   23 Mar 2020 to 30 Jun 2020  Jury trials paused
//   from 11 Apr 2022            No returns by defence barristers
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

enum class EventNames { shown, left_out };

/// `names` puts `jury_trials_paused: ` before the title.
std::string event_lines(const Scenario& scenario, const std::string& indent, EventNames names);

/// "jury_trials_paused: court_efficiency times 0.12 (0 to 0.3)": every effect graded `assumed`.
std::string assumed_effect_lines(const Scenario& scenario, const std::string& indent);

}  // namespace rassoflow
