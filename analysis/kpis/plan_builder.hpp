// How rows are added to a RowPlan. Each group of rows is one function of its own; a new quantity of
// any pathway is its function and an entry in the list of generic_rows.cpp.
#pragma once

#include <initializer_list>
#include <map>
#include <utility>

#include "analysis/kpis/row_plan.hpp"
#include "sim/scenario/row_names.hpp"

namespace rassoflow {

/// A scope of the output with its two fields.
struct NamedScope {
  Scope scope;
  std::string site;
  std::string case_class;
  std::uint16_t slot = 0;  ///< of sample groups
  bool is_national() const { return !scope.site.exists() && !scope.case_class.exists(); }
};

class PlanBuilder {
 public:
  PlanBuilder(const Scenario& of_scenario, const Pathway& of_pathway,
              const std::vector<Period>& output, Detail detail, PlanParts& parts);

  const Scenario& scenario;
  const Pathway& pathway;
  const std::vector<Period>& periods;
  /// National, then by class if there are several, then by site if asked for.
  std::vector<NamedScope> scopes;

  /// Months are national; classes and sites come by quarter and longer.
  bool covers(const NamedScope& scope, const Period& period) const {
    return scope.is_national() || period.kind != Period::Kind::month;
  }
  bool is_longer_than_month(const Period& period) const {
    return period.kind != Period::Kind::month;
  }
  /// Rows by stage and cohorts: national from quarters on, classes and sites from years on.
  bool covers_details(const NamedScope& scope, const Period& period) const {
    if (period.kind == Period::Kind::month) return false;
    return scope.is_national() || period.kind != Period::Kind::quarter;
  }
  /// Rows of sites exist only for things of their own level.
  bool has_level(const NamedScope& scope, LevelId level) const {
    return !scope.scope.site.exists() || pathway.sites[scope.scope.site.value].level == level;
  }

  Term term(Measure::Source source, std::size_t item, const NamedScope& scope, int sign = 1,
            std::size_t horizon = 0);
  /// A formula over the months of a period.
  Formula over(const MonthRange& months, Formula::Kind kind, std::vector<Term> numerator = {},
               std::vector<Term> denominator = {}, double scale = 1) const;
  /// By month, at the scope's site; the quantity is one of the scenario's own.
  std::vector<double> values_by_month(const Quantity& quantity, const NamedScope& scope) const;
  std::int32_t factor(const std::optional<Quantity>& quantity, const NamedScope& scope);
  std::int32_t add_factor(std::vector<double> by_month);
  /// `item` of which the group is, over months of its own kind.
  std::uint32_t group(SampleGroup::Of of, std::uint16_t item, const NamedScope& scope,
                      const MonthRange& months, std::size_t horizon = 0);
  std::uint32_t look(CohortLook look);

  void add(RowKey key, Formula formula);
  /// Key with the fields of scope and period.
  RowKey key(const std::string& kpi, const NamedScope& scope, const Period& period,
             const std::string& basis, const std::string& statistic, const std::string& unit) const;
  /// A ratio of sums over the period, left out where the denominator is small.
  void add_share(RowKey key, const Period& period, std::vector<Term> numerator,
                 std::vector<Term> denominator, double scale = 100);
  /// Rows of one group of samples; a total is shown however few the cases.
  void add_group_rows(const RowKey& key, std::uint32_t group,
                      std::initializer_list<std::pair<Formula::Kind, std::string>> statistics);
  /// Mean, median and p90 of the durations that ended in the period.
  void add_duration_rows(const RowKey& key, std::uint16_t duration, const NamedScope& scope,
                         const Period& period);
  /// Mean and median days of those of a cohort who reached the end within 6, 12 and 24 months of
  /// the report.
  void add_cohort_days(RowKey key, std::uint16_t duration, const NamedScope& scope,
                       const Period& period);
  /// The part `open` of a cohort: what the other parts leave of the cases reported. A case is taken
  /// to be in at most one of them.
  void add_open_part(std::vector<std::pair<std::string, std::vector<Term>>>& parts,
                     const NamedScope& scope);
  /// `each(horizon, "within 6 months")` for each horizon that the run covers for every case
  /// reported in the period, where there are rows of cohorts.
  template <class Each>
  void for_each_horizon(const NamedScope& scope, const Period& period, Each each) const {
    if (!covers_details(scope, period)) return;
    for (std::size_t horizon = 0; horizon < cohort_days.size(); ++horizon) {
      if (!run_covers(period.months, cohort_days[horizon])) continue;
      each(horizon, std::string(horizon_names[horizon]));
    }
  }
  /// Whether all of [0, days) after the last day of the months lies inside the run.
  bool run_covers(const MonthRange& months, int days) const;
  std::uint16_t index_of(Month month) const {
    return static_cast<std::uint16_t>(month.index - pathway.first_month.index);
  }

 private:
  PlanParts& parts_;
  std::map<Measure, std::uint32_t> measures_;
  std::map<std::pair<const Quantity*, std::string>, std::int32_t> factors_;
  std::map<SampleGroup, std::uint32_t> groups_;
};

/// Rows that exist for any pathway.
void add_arrivals(PlanBuilder& plan);
void add_outcomes(PlanBuilder& plan);
void add_days_in_system(PlanBuilder& plan);
void add_visits(PlanBuilder& plan);
void add_in_progress(PlanBuilder& plan);
/// Share of the time on duty that was worked; of shared pools also what went to cases, upkeep and
/// other work.
void add_utilisation(PlanBuilder& plan);
/// Of pools with other work: hours that came in, were done and were displaced (came in and were not
/// done), what waits at the end, and the days that an hour waited; of pools with upkeep: hours done
/// and waiting.
void add_other_work(PlanBuilder& plan);
/// Cases that wait for an owner, and cases a position has, by pool at the end of the period.
void add_owners(PlanBuilder& plan);
/// The time from report to outcome of the cases that ended, split into parts that add up to it: by
/// period of the end, and of those of a cohort that ended within 6, 12 and 24 months.
void add_days_by_cause(PlanBuilder& plan);

/// Meetings and their places.
void add_batches(PlanBuilder& plan);
/// What became of dates given, floaters, rooms, who waits, time limits.
void add_listings(PlanBuilder& plan);

/// Rows of the scenario's own [kpis].
void add_scenario_kpis(PlanBuilder& plan);
/// How many cases are in a stock at the end of the period, and how old they are.
void add_stock(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period);
/// Staff in FTE: cases of a stock for each in post, or how many the hours worked ask for.
void add_staff(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope);
/// Rows that exist only because a published figure asks for them: growth, cohorts at a date.
void add_published_rows(PlanBuilder& plan, const std::vector<PublishedFigure>& published);

}  // namespace rassoflow
