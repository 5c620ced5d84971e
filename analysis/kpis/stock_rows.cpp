// Rows of the scenario's stocks, with the ages of the cases in them, and of the staff for them.
#include <limits>
#include <numeric>

#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// A pool's people at the sites of a scope, by month.
struct Staffing {
  std::vector<double> in_post;            ///< FTE at the end of the month
  std::vector<double> full_time_seconds;  ///< on duty, of a full-time position
};

/// The share of time on duty of the average position.
double presence(const Pathway& pathway, const Settings& settings, const Pool& pool, SiteId site,
                double& positions) {
  double present = 0, sites = 0, present_at_sites = 0;
  positions = 0;
  const std::size_t count = pathway.levels[pool.level.value].site_count;
  for (std::size_t i = pool.first_instance; i < pool.first_instance + count; ++i) {
    if (site.exists() && pathway.instances[i].site != site) continue;
    const PoolSettings& at = settings.pools[i];
    positions += at.positions;
    present += at.positions * (1 - at.absence);
    sites += 1;
    present_at_sites += 1 - at.absence;
  }
  return positions > 0 ? present / positions : present_at_sites / sites;
}

Staffing staffing_of(const Pathway& pathway, const Pool& pool, SiteId site) {
  const WorkingPattern& pattern = pathway.patterns[pool.pattern.value];
  Staffing staffing{std::vector<double>(pathway.months()), std::vector<double>(pathway.months())};
  std::size_t s = 0;
  for (std::size_t m = 0; m < pathway.months(); ++m) {
    const Seconds end = pathway.month_start[m + 1];
    for (Seconds from = pathway.month_start[m]; from < end;) {
      while (s + 1 < pathway.settings.size() && pathway.settings[s + 1].start <= from) ++s;
      const Seconds next = s + 1 < pathway.settings.size() ? pathway.settings[s + 1].start : end;
      const Seconds until = std::min(end, next);
      const auto worked = static_cast<double>(pattern.worked(until) - pattern.worked(from));
      staffing.full_time_seconds[m] +=
          worked * presence(pathway, pathway.settings[s], pool, site, staffing.in_post[m]);
      from = until;
    }
  }
  return staffing;
}

/// The hours that the scenario gives, instead of the pool's own pattern and absence.
void put_hours(PlanBuilder& plan, const Quantity& hours_a_week, const NamedScope& scope,
               std::vector<double>& full_time_seconds) {
  const std::vector<double> hours = plan.values_by_month(hours_a_week, scope);
  for (std::size_t m = 0; m < hours.size(); ++m) {
    const Seconds length = plan.pathway.month_start[m + 1] - plan.pathway.month_start[m];
    full_time_seconds[m] = hours[m] * seconds_per_hour * static_cast<double>(length) /
                           static_cast<double>(7 * seconds_per_day);
  }
}

Term stock_term(PlanBuilder& plan, const std::string& kpi, int days, const NamedScope& scope) {
  return plan.term(Source::stock_age_at_end, *find_stock_age(plan.pathway, kpi, days), scope);
}

}  // namespace

void add_stock(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  const auto add = [&](const std::string& statistic, int days) {
    Formula level = plan.over(period.months, Kind::level, {stock_term(plan, name, days, scope)});
    level.factor = plan.factor(kpi.factor, scope);
    plan.add(plan.key(name, scope, period, "snapshot", statistic, kpi.unit), std::move(level));
  };
  add("snapshot", any_age);
  for (const int days : kpi.over_days) add("snapshot over " + std::to_string(days) + " days", days);

  const MonthRange last{{period.months.end.index - 1}, period.months.end};
  if (!plan.is_longer_than_month(period) || !plan.pathway.takes_ages(plan.index_of(last.first))) {
    return;
  }
  plan.add_group_rows(
      plan.key(name_of_ages(name), scope, period, "snapshot", "", "days"),
      plan.group(SampleGroup::Of::open, *find_stock_age(plan.pathway, name, any_age), scope, last),
      {{Kind::mean, "mean"}, {Kind::median, "median"}, {Kind::p90, "p90"}});
}

void add_staff(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope) {
  if (scope.scope.case_class.exists()) return;
  for (const std::string& pool_name : kpi.pools) {
    const auto pool = find_pool(plan.pathway, pool_name);
    if (!pool || !plan.has_level(scope, plan.pathway.pools[*pool].level)) continue;
    Staffing staffing = staffing_of(plan.pathway, plan.pathway.pools[*pool], scope.scope.site);
    if (kpi.hours_a_week) put_hours(plan, *kpi.hours_a_week, scope, staffing.full_time_seconds);
    for (double& fte : staffing.in_post) fte = fte > 0 ? 1 / fte : nothing;
    const std::int32_t per_person = plan.add_factor(std::move(staffing.in_post));
    for (const Period& period : plan.periods) {
      if (!plan.is_longer_than_month(period)) continue;
      const bool is_ratio = !kpi.stock.empty();
      RowKey key = is_ratio ? plan.key(name, scope, period, "snapshot", "snapshot", kpi.unit)
                            : plan.key(name, scope, period, "flow", "mean", kpi.unit);
      key.stage = pool_name;
      if (is_ratio) {
        Formula ratio =
            plan.over(period.months, Kind::level, {stock_term(plan, kpi.stock, any_age, scope)});
        ratio.factor = per_person;
        ratio.needs_support = true;
        plan.add(std::move(key), std::move(ratio));
        continue;
      }
      const auto first = staffing.full_time_seconds.begin();
      const double full_time = std::accumulate(first + plan.index_of(period.months.first),
                                               first + plan.index_of(period.months.end), 0.0);
      if (full_time <= 0) continue;
      plan.add(std::move(key),
               plan.over(period.months, Kind::sum,
                         {plan.term(Source::pool_busy_seconds, *pool, scope)}, {}, 1 / full_time));
    }
  }
}

}  // namespace rassoflow
