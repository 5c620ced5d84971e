// Rows that exist only because a published figure asks for them.
#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

bool is_inside(const PlanBuilder& plan, const MonthRange& months) {
  const MonthRange& window = plan.periods.back().months;
  return months.first >= window.first && months.end <= window.end;
}

void add_growth(PlanBuilder& plan, const RowKey& key, const KpiSpec& kpi) {
  const auto periods = parse_growth_periods(key.period);
  const auto mark = find_mark(plan.pathway, kpi.mark);
  if (!periods || !mark) return;
  if (!is_inside(plan, periods->earlier) || !is_inside(plan, periods->later)) return;
  const Source source =
      kpi.which == KpiSpec::Which::every ? Source::mark_every : Source::mark_first;
  Formula growth =
      plan.over(periods->earlier, Kind::growth, {plan.term(source, *mark, plan.scopes.front())});
  growth.later_first = plan.index_of(periods->later.first);
  growth.later_end = plan.index_of(periods->later.end);
  growth.factor = plan.factor(kpi.factor, plan.scopes.front());
  plan.add(key, std::move(growth));
}

/// How much of the span [first, end), in which the date of looking is spread evenly, lies after a
/// mark set in each month (in the middle of the month, if the month is in the span).
std::vector<double> look_weights(const PlanBuilder& plan, const MonthRange& span) {
  std::vector<double> weights(plan.pathway.months(), 0.0);
  const int months = span.months();
  for (std::size_t m = 0; m < weights.size(); ++m) {
    const int index = plan.pathway.first_month.index + static_cast<int>(m);
    if (index < span.first.index) {
      weights[m] = 1;
    } else if (index < span.end.index) {
      weights[m] = (span.end.index - index - 0.5) / months;
    }
  }
  return weights;
}

void add_look(PlanBuilder& plan, const RowKey& key, const KpiSpec& kpi, const std::string& as_at) {
  const auto cohort = parse_period(key.period);
  const auto span = parse_period(as_at);
  if (!cohort || !span || !is_inside(plan, *cohort) || !plan.run_covers(*span, 0)) return;
  const NamedScope& national = plan.scopes.front();
  Formula share = plan.over(*cohort, Kind::look, {}, {plan.term(Source::reported, 0, national)},
                            key.outcome == "open" ? -100 : 100);
  share.constant = key.outcome == "open" ? 1 : 0;
  share.needs_support = true;
  for (const auto& [code, mark] : kpi.outcomes) {
    if (key.outcome != "open" && key.outcome != code) continue;
    const auto duration = find_duration(plan.pathway, "report", mark);
    if (!duration) return;
    share.looks.push_back(plan.look({*duration, plan.index_of(cohort->first),
                                     plan.index_of(cohort->end), look_weights(plan, *span)}));
  }
  if (!share.looks.empty()) plan.add(key, std::move(share));
}

}  // namespace

void add_published_rows(PlanBuilder& plan, const std::vector<PublishedFigure>& published) {
  std::vector<RowKey> added;
  for (const PublishedFigure& figure : published) {
    const auto found = row_key_of(figure, plan.scenario);
    if (!std::holds_alternative<RowKey>(found)) continue;
    const RowKey& key = std::get<RowKey>(found);
    if (std::find(added.begin(), added.end(), key) != added.end()) continue;
    added.push_back(key);
    const KpiSpec& kpi = plan.scenario.kpis.at(key.kpi);
    if (kpi.kind != KpiSpec::Kind::count) continue;
    if (key.statistic == "growth %") add_growth(plan, key, kpi);
    if (!figure.as_at.empty() && key.statistic == look_statistic(figure.as_at)) {
      add_look(plan, key, kpi, figure.as_at);
    }
  }
}

}  // namespace rassoflow
