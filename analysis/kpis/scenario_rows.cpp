// Rows of the scenario's own [kpis]: counts, durations, shares and stocks.
#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

/// A count's outcome codes with their marks; one empty code for a count of a single mark.
std::map<std::string, std::uint16_t> counted_marks(const Pathway& pathway, const KpiSpec& kpi) {
  std::map<std::string, std::uint16_t> marks;
  if (const auto mark = find_mark(pathway, kpi.mark); mark && !kpi.mark.empty()) {
    marks.emplace("", *mark);
  }
  for (const auto& [code, name] : kpi.outcomes) {
    if (const auto mark = find_mark(pathway, name)) marks.emplace(code, *mark);
  }
  return marks;
}

Source counted(const KpiSpec& kpi) {
  return kpi.which == KpiSpec::Which::every ? Source::mark_every : Source::mark_first;
}

/// Shares of the cases reported in a period that had the mark within 6, 12 and 24 months, and for
/// counts by outcome those that had none (each case is taken to have at most one of them).
void add_cohort_rows(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
                     const NamedScope& scope, const Period& period) {
  struct Horizon {
    Source source;
    const char* statistic;
    int days;
  };
  constexpr Horizon horizons[] = {
      {Source::mark_within_6_months, "share within 6 months", cohort_days[0]},
      {Source::mark_within_12_months, "share within 12 months", cohort_days[1]},
      {Source::mark_within_24_months, "share within 24 months", cohort_days[2]}};
  for (const Horizon& horizon : horizons) {
    if (!plan.run_covers(period.months, horizon.days)) continue;
    const Term reported = plan.term(Source::reported, 0, scope);
    std::vector<Term> open{reported};
    const auto add = [&](const std::string& code, std::vector<Term> terms) {
      RowKey key = plan.key(name, scope, period, "cohort", horizon.statistic, "%");
      key.outcome = code;
      Formula share = plan.over(period.months, Kind::ratio, std::move(terms), {reported}, 100);
      share.needs_support = true;
      plan.add(std::move(key), std::move(share));
    };
    for (const auto& [code, mark] : counted_marks(plan.pathway, kpi)) {
      add(code, {plan.term(horizon.source, mark, scope)});
      open.push_back(plan.term(horizon.source, mark, scope, -1));
    }
    if (!kpi.outcomes.empty()) add("open", open);
  }
}

void add_count(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  for (const auto& [code, mark] : counted_marks(plan.pathway, kpi)) {
    const Term reached = plan.term(counted(kpi), mark, scope);
    RowKey key = plan.key(name, scope, period, "flow", "total", kpi.unit);
    key.outcome = code;
    Formula total = plan.over(period.months, Kind::sum, {reached});
    total.factor = plan.factor(kpi.factor, scope);
    plan.add(key, total);
    if (period.holds_quarters()) {
      key.statistic = "mean per quarter";
      total.scale = 3.0 / period.months.months();
      plan.add(std::move(key), std::move(total));
    }
  }
  if (plan.covers_details(scope, period)) add_cohort_rows(plan, name, kpi, scope, period);
}

void add_duration(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
                  const NamedScope& scope, const Period& period) {
  const auto duration = find_duration(plan.pathway, kpi.from, kpi.to);
  if (!duration || !plan.is_longer_than_month(period)) return;
  plan.add_duration_rows(plan.key(name, scope, period, "flow", "", "days"), *duration, scope,
                         period);
}

void add_share(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  if (!plan.is_longer_than_month(period)) return;
  const auto terms = [&](const std::vector<std::string>& marks) {
    std::vector<Term> sum;
    for (const std::string& name_of_mark : marks) {
      const auto mark = find_mark(plan.pathway, name_of_mark);
      if (mark) sum.push_back(plan.term(counted(kpi), *mark, scope));
    }
    return sum;
  };
  Formula share = plan.over(period.months, Kind::ratio, terms(kpi.numerator),
                            terms(kpi.denominator), kpi.unit == "%" ? 100 : 1);
  share.needs_support = true;
  plan.add(plan.key(name, scope, period, "flow", "share", kpi.unit), std::move(share));
}

void add_stock(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  const auto add = [&](const std::string& statistic, std::vector<Term> terms) {
    Formula level = plan.over(period.months, Kind::level, std::move(terms));
    level.factor = plan.factor(kpi.factor, scope);
    plan.add(plan.key(name, scope, period, "snapshot", statistic, kpi.unit), std::move(level));
  };
  std::vector<Term> inside;
  for (const std::string& stage : kpi.stages) {
    const auto found = find_stage(plan.pathway, stage);
    if (found && plan.has_level(scope, plan.pathway.stages[*found].level)) {
      inside.push_back(plan.term(Source::stage_inside_at_end, *found, scope));
    }
  }
  if (inside.empty()) return;
  add("snapshot", std::move(inside));
  for (const int days : kpi.over_days) {
    const auto age = find_stock_age(plan.pathway, name, days);
    if (age) {
      add("snapshot over " + std::to_string(days) + " days",
          {plan.term(Source::stock_age_at_end, *age, scope)});
    }
  }
}

}  // namespace

void add_scenario_kpis(PlanBuilder& plan) {
  for (const auto& [name, kpi] : plan.scenario.kpis) {
    for (const NamedScope& scope : plan.scopes) {
      for (const Period& period : plan.periods) {
        if (!plan.covers(scope, period)) continue;
        switch (kpi.kind) {
          case KpiSpec::Kind::count:
            add_count(plan, name, kpi, scope, period);
            break;
          case KpiSpec::Kind::duration:
            add_duration(plan, name, kpi, scope, period);
            break;
          case KpiSpec::Kind::share:
            add_share(plan, name, kpi, scope, period);
            break;
          case KpiSpec::Kind::stock:
            add_stock(plan, name, kpi, scope, period);
            break;
        }
      }
    }
  }
}

}  // namespace rassoflow
