#include "sim/model/staff_plans.hpp"

#include <algorithm>

#include "sim/scenario/values.hpp"

namespace rassoflow {

StaffPlans::StaffPlans(const Scenario& scenario) {
  for (const auto& [name, recruitment] : scenario.recruitment) {
    const std::string& level = scenario.pools.at(recruitment.pool).level;
    for (const auto& [site, spec] : scenario.sites.at(level)) {
      const std::string qualified = qualified_site(level, site);
      Months& months = plans_[{recruitment.pool, qualified}];
      const auto staff = staff_by_month(scenario, recruitment, qualified);
      if (months.empty()) {
        for (const StaffMonth& month : staff) months.emplace_back(month.from, StaffAdded{});
      }
      for (std::size_t m = 0; m < staff.size(); ++m) {
        months[m].second.in_post += staff[m].in_post;
        months[m].second.worth += staff[m].worth;
      }
    }
  }
}

StaffAdded StaffPlans::on(const std::string& pool, const std::string& qualified_site,
                          Date date) const {
  const auto plan = plans_.find({pool, qualified_site});
  if (plan == plans_.end()) return {};
  const auto after =
      std::ranges::upper_bound(plan->second, date, {}, &std::pair<Date, StaffAdded>::first);
  return after == plan->second.begin() ? StaffAdded{} : std::prev(after)->second;
}

std::set<Date> StaffPlans::dates_of_change() const {
  std::set<Date> dates;
  for (const auto& [where, months] : plans_) {
    for (std::size_t m = 1; m < months.size(); ++m) {
      if (months[m].second != months[m - 1].second) dates.insert(months[m].first);
    }
  }
  return dates;
}

}  // namespace rassoflow
