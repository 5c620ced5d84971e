// What the staff of a pool comes to month by month, as scenarios plan it: no case is simulated.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/geography.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {

/// FTE on average over the days of a month.
struct StaffingMonth {
  Month month;
  double posts = 0;  ///< `positions` and the posts of every recruitment
  double in_post = 0;
  double in_training = 0;  ///< of those in post
  double present = 0;      ///< those in post less absence
  double hours = 0;        ///< of work that those present get done in the month
};

/// Over the months that count, at one site or ("") at all of the pool's sites together. Expects a
/// scenario without faults and a pool with positions.
std::vector<StaffingMonth> staffing_by_month(const Scenario& scenario, const std::string& pool,
                                             const std::string& qualified_site);

}  // namespace rassoflow
