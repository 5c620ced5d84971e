// Rows of the scenario's own [kpis]: counts, durations and shares; stock_rows.cpp has the others.
#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

bool counts_every(KpiSpec::Which which) {
  return which == KpiSpec::Which::every;
}

/// One figure of a count: the whole, one of its outcomes, or a part of a split.
struct CountPart {
  enum class Of : std::uint8_t { whole, with, without };
  std::string code;  ///< empty for the whole
  std::uint16_t mark = 0;
  Of of = Of::whole;
  std::uint16_t duration = 0;  ///< with, without: from the mark that splits the count
};

std::vector<CountPart> parts_of(const Pathway& pathway, const KpiSpec& kpi) {
  std::vector<CountPart> parts;
  for (const auto& [code, name] : kpi.outcomes) {
    if (const auto mark = find_mark(pathway, name)) parts.push_back({code, *mark});
  }
  const auto mark = find_mark(pathway, kpi.mark);
  if (kpi.mark.empty() || !mark) return parts;
  parts.push_back({"", *mark});
  if (!kpi.split) return parts;
  if (const auto duration = find_duration(pathway, kpi.split->by, kpi.mark)) {
    parts.push_back({kpi.split->with, *mark, CountPart::Of::with, *duration});
    parts.push_back({kpi.split->without, *mark, CountPart::Of::without, *duration});
  }
  return parts;
}

/// `of_mark` counts the mark, `of_duration` those of them that had the splitting mark before.
std::vector<Term> terms_of(PlanBuilder& plan, const CountPart& part, const NamedScope& scope,
                           Source of_mark, Source of_duration, std::size_t horizon = 0) {
  const Term whole = plan.term(of_mark, part.mark, scope, 1, horizon);
  switch (part.of) {
    case CountPart::Of::whole:
      return {whole};
    case CountPart::Of::with:
      return {plan.term(of_duration, part.duration, scope, 1, horizon)};
    case CountPart::Of::without:
      return {whole, plan.term(of_duration, part.duration, scope, -1, horizon)};
  }
  return {};
}

/// Shares of the cases reported in a period that had the mark within 6, 12 and 24 months.
void add_cohort_count(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
                      const NamedScope& scope, const Period& period) {
  const std::vector<CountPart> parts = parts_of(plan.pathway, kpi);
  plan.for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
    std::vector<std::pair<std::string, std::vector<Term>>> shares;
    for (const CountPart& part : parts) {
      shares.emplace_back(part.code, terms_of(plan, part, scope, Source::mark_first_within,
                                              Source::ended_within, horizon));
    }
    if (!kpi.outcomes.empty()) plan.add_open_part(shares, scope);
    for (auto& [code, terms] : shares) {
      RowKey key = plan.key(name, scope, period, "cohort", "share " + within, "%");
      key.outcome = code;
      plan.add_share(std::move(key), period, std::move(terms),
                     {plan.term(Source::reported, 0, scope)});
    }
  });
}

void add_count(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  const Source counted = counts_every(kpi.which) ? Source::mark_every : Source::mark_first;
  std::vector<Term> all;
  const std::vector<CountPart> parts = parts_of(plan.pathway, kpi);
  for (const CountPart& part : parts) {
    if (part.of == CountPart::Of::whole) all.push_back(plan.term(counted, part.mark, scope));
  }
  for (const CountPart& part : parts) {
    const std::vector<Term> reached = terms_of(plan, part, scope, counted, Source::ended);
    RowKey key = plan.key(name, scope, period, "flow", "total", kpi.unit);
    key.outcome = part.code;
    Formula total = plan.over(period.months, Kind::sum, reached);
    total.factor = plan.factor(kpi.factor, scope);
    plan.add(key, total);
    if (period.holds_quarters()) {
      key.statistic = "mean per quarter";
      total.scale = 3.0 / period.months.months();
      plan.add(key, std::move(total));
    }
    if (part.code.empty() || !plan.is_longer_than_month(period)) continue;
    key.statistic = "share";
    key.unit = "%";
    plan.add_share(std::move(key), period, reached, all);
  }
  add_cohort_count(plan, name, kpi, scope, period);
}

/// Who of the cases reported in the period reached the end.
void add_cohort_share(PlanBuilder& plan, const std::string& name, std::uint16_t duration,
                      const NamedScope& scope, const Period& period) {
  const DurationKpi& measured = plan.pathway.durations[duration];
  plan.for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
    // From the report on, everybody who reaches the end has a duration.
    const Term reached =
        measured.from.exists()
            ? plan.term(Source::ended_within, duration, scope, 1, horizon)
            : plan.term(Source::mark_first_within, measured.to.value, scope, 1, horizon);
    plan.add_share(plan.key(name, scope, period, "cohort", "share " + within, "%"), period,
                   {reached}, {plan.term(Source::reported, 0, scope)});
  });
}

void add_duration(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
                  const NamedScope& scope, const Period& period) {
  const auto duration = find_duration(plan.pathway, kpi.from, kpi.to);
  if (!duration || !plan.is_longer_than_month(period)) return;
  RowKey key = plan.key(name, scope, period, "flow", "", "days");
  plan.add_duration_rows(key, *duration, scope, period);
  plan.add_group_rows(key, plan.group(SampleGroup::Of::ended, *duration, scope, period.months),
                      {{Kind::total, "total"}});
  add_cohort_share(plan, name, *duration, scope, period);
  plan.add_cohort_days(key, *duration, scope, period);
  for (const auto& [part, stages] : kpi.parts) {
    key.outcome = part;
    const auto of_part = find_duration_part(plan.pathway, name, part);
    if (!of_part) continue;
    plan.add_duration_rows(key, *of_part, scope, period);
    plan.add_cohort_days(key, *of_part, scope, period);
  }
}

void add_share(PlanBuilder& plan, const std::string& name, const KpiSpec& kpi,
               const NamedScope& scope, const Period& period) {
  if (!plan.is_longer_than_month(period)) return;
  const auto terms = [&](const std::vector<std::string>& marks, Source source,
                         std::size_t horizon = 0) {
    std::vector<Term> sum;
    for (const std::string& name_of_mark : marks) {
      const auto mark = find_mark(plan.pathway, name_of_mark);
      if (mark) sum.push_back(plan.term(source, *mark, scope, 1, horizon));
    }
    return sum;
  };
  const bool counts_all = counts_every(kpi.which);
  const bool per_all = counts_every(kpi.per.value_or(kpi.which));
  const double scale = kpi.unit == "%" ? 100 : 1;
  plan.add_share(plan.key(name, scope, period, "flow", "share", kpi.unit), period,
                 terms(kpi.numerator, counts_all ? Source::mark_every : Source::mark_first),
                 terms(kpi.denominator, per_all ? Source::mark_every : Source::mark_first), scale);
  const auto source_within = [](bool all) {
    return all ? Source::mark_every_within : Source::mark_first_within;
  };
  plan.for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
    plan.add_share(plan.key(name, scope, period, "cohort", "share " + within, kpi.unit), period,
                   terms(kpi.numerator, source_within(counts_all), horizon),
                   terms(kpi.denominator, source_within(per_all), horizon), scale);
  });
}

}  // namespace

void add_scenario_kpis(PlanBuilder& plan) {
  for (const auto& [name, kpi] : plan.scenario.kpis) {
    for (const NamedScope& scope : plan.scopes) {
      if (kpi.kind == KpiSpec::Kind::staff) add_staff(plan, name, kpi, scope);
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
          case KpiSpec::Kind::staff:
            break;
        }
      }
    }
  }
}

}  // namespace rassoflow
