#include "sim/run/staffing.hpp"

#include <algorithm>

#include "sim/core/calendar.hpp"
#include "sim/scenario/value_index.hpp"

namespace rassoflow {
namespace {

class Staffing {
 public:
  Staffing(const Scenario& scenario, const std::string& pool)
      : scenario_(scenario),
        spec_(scenario.pools.at(pool)),
        values_(scenario),
        axis_(scenario.run.origin),
        pattern_(pattern_of(scenario, spec_), axis_, axis_.at(scenario.run.to)) {
    for (const auto& [name, recruitment] : scenario.recruitment) {
      if (recruitment.pool == pool) recruitments_.push_back(&recruitment);
    }
    const Month last = month_of(scenario.run.to - std::chrono::days{1});
    for (Month month = month_of(scenario.run.from); month <= last; ++month.index) {
      months_.push_back({month});
    }
  }

  void add(const std::string& site) {
    std::vector<std::vector<StaffMonth>> plans;
    for (const RecruitmentSpec* recruitment : recruitments_) {
      plans.push_back(staff_by_month(scenario_, *recruitment, site));
    }
    for (StaffingMonth& month : months_) add_month(site, plans, month);
  }

  std::vector<StaffingMonth> months() { return std::move(months_); }

 private:
  static WorkingPatternSpec pattern_of(const Scenario& scenario, const PoolSpec& pool) {
    const auto calendar = scenario.calendars.find(pool.calendar);
    return calendar == scenario.calendars.end() ? WorkingPatternSpec{} : calendar->second.pattern;
  }

  void add_month(const std::string& site, const std::vector<std::vector<StaffMonth>>& plans,
                 StaffingMonth& out) const {
    const Date first = std::max(out.month.first_day(), scenario_.run.from);
    const Date end = std::min(Month{out.month.index + 1}.first_day(), scenario_.run.to);
    StaffingMonth sum{out.month};
    for (Date day = first; day < end; day += std::chrono::days{1}) {
      const double positions = values_.at(*spec_.positions, site, day).value_or(0);
      double posts = positions, in_post = positions, worth = positions, in_training = 0;
      for (const auto& plan : plans) {
        const StaffMonth& of_plan =
            *std::prev(std::ranges::upper_bound(plan, day, {}, &StaffMonth::from));
        posts += of_plan.posts;
        in_post += of_plan.in_post;
        worth += of_plan.worth;
        in_training += of_plan.in_training;
      }
      const double here = 1 - values_.at(spec_.absence, site, day).value_or(0);
      const double productivity = values_.at(spec_.productivity, site, day).value_or(1);
      const Seconds start = axis_.at(day);
      const auto working =
          static_cast<double>(pattern_.worked(start + seconds_per_day) - pattern_.worked(start));
      sum.posts += posts;
      sum.in_post += in_post;
      sum.in_training += in_training;
      sum.present += in_post * here;
      sum.hours += worth * here * productivity * working / static_cast<double>(seconds_per_hour);
    }
    const auto days = static_cast<double>((end - first).count());
    out.posts += sum.posts / days;
    out.in_post += sum.in_post / days;
    out.in_training += sum.in_training / days;
    out.present += sum.present / days;
    out.hours += sum.hours;
  }

  const Scenario& scenario_;
  const PoolSpec& spec_;
  ValueIndex values_;
  TimeAxis axis_;
  WorkingPattern pattern_;
  std::vector<const RecruitmentSpec*> recruitments_;
  std::vector<StaffingMonth> months_;
};

}  // namespace

std::vector<StaffingMonth> staffing_by_month(const Scenario& scenario, const std::string& pool,
                                             const std::string& qualified_site) {
  Staffing staffing{scenario, pool};
  const std::string& level = scenario.pools.at(pool).level;
  for (const auto& [name, spec] : scenario.sites.at(level)) {
    const std::string site = rassoflow::qualified_site(level, name);
    if (qualified_site.empty() || qualified_site == site) staffing.add(site);
  }
  return staffing.months();
}

}  // namespace rassoflow
