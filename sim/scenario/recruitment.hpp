// Staff as people who come and go: posts are authorised, advertised, filled months later, learnt
// and left. What it comes to, month by month, is people in post and what they are worth in full
// members of the pool.
//
//   for (const StaffMonth& month : staff_by_month(scenario, recruitment, "area:Wales")) ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/quantity.hpp"

namespace rassoflow {

struct Scenario;

/// Posts of a pool besides its `positions`.
struct RecruitmentSpec {
  std::string pool;
  Quantity posts;            ///< authorised, FTE
  Quantity in_post;          ///< filled on the first day by trained people, 0 by default
  Quantity months_to_start;  ///< from a vacancy to the first day at work, 0 by default
  std::optional<Quantity> starts_a_month;  ///< FTE, at most
  Quantity leavers_a_year;                 ///< share of those in post, 0 by default
  std::vector<Quantity> training;  ///< productivity in the first, second, ... month of service
  Place place;
};

/// FTE of one recruitment at one site, from the first of a month (or the first day of the run) on.
struct StaffMonth {
  Date from;
  double posts = 0;
  double in_post = 0;
  double in_training = 0;  ///< of those in post
  double worth = 0;        ///< of those in post, in members who have learnt everything
  double started = 0;      ///< on this day
  double left = 0;         ///< in the month before
};

/// From the origin to the end of the run. In each month, in this order: people leave; vacancies are
/// counted against the posts known for the month in which who is sought now would start; those
/// whose time has come start, as far as posts and `starts_a_month` allow. When posts fall the last
/// to come go first.
std::vector<StaffMonth> staff_by_month(const Scenario& scenario, const RecruitmentSpec& recruitment,
                                       const std::string& qualified_site);

}  // namespace rassoflow
