// Every place of a scenario where a quantity stands, with what it means there: the one list behind
// the checks of names, values and units and behind the advice.
//
//   for (const QuantitySlot& slot : quantity_slots(scenario)) ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

enum class Role : std::uint8_t {
  arrivals,
  positions,
  absence,
  productivity,
  caseload,
  months,
  starts,    ///< of people, in a month
  training,  ///< productivity of somebody who learns
  slice_hours,
  hand_over_hours,
  class_share,
  law_time,
  law_number,
  probability,
  due_days,
  hazard,
  multiplier,
  factor,
  other_work,
  ring_fence,
  open_cases,
  exponent,
  upkeep,
  strength,  ///< of the evidence, a threshold of it or a slope by it
  spread,    ///< a standard deviation or coefficient of variation
  places,    ///< of a meeting
  rooms,     ///< on a sitting day
  notice,    ///< days ahead
  time_limit,
  hours_a_week
};

/// What a role allows; `highest_is_allowed` tells [low, high] from [low, high).
struct RoleRange {
  double lowest;
  double highest;
  bool highest_is_allowed;
  std::string_view in_words;
};
RoleRange range_of(Role role);

struct QuantitySlot {
  const Quantity* quantity;
  std::string key;
  Place place;
  Role role;
  /// Read at the sites of these levels; none: once for the whole scenario.
  std::vector<std::string> levels;
  /// The unit of time it is in, such as "hours" of a law or "month" of arrivals; may be empty.
  std::string_view time_word;
};

std::vector<QuantitySlot> quantity_slots(const Scenario& scenario);

/// Names of all parameters in the quantity.
std::vector<std::string> parameters_in(const Quantity& quantity);

/// Levels whose sites own the clock of cases in this phase.
std::vector<std::string> levels_of_phase(const Scenario& scenario, const std::string& phase);

}  // namespace rassoflow
