#include "analysis/kpis/plan_builder.hpp"

#include "sim/scenario/values.hpp"

namespace rassoflow {

PlanBuilder::PlanBuilder(const Scenario& of_scenario, const Pathway& of_pathway,
                         const std::vector<Period>& output, Detail detail, PlanParts& parts)
    : scenario(of_scenario), pathway(of_pathway), periods(output), parts_(parts) {
  scopes.push_back({});
  std::uint16_t slot = 1;
  for (std::size_t c = 0; c < pathway.classes.size(); ++c, ++slot) {
    if (pathway.classes.size() == 1) continue;
    scopes.push_back(
        {{SiteId{}, ClassId{static_cast<std::uint8_t>(c)}}, "", pathway.classes[c].name, slot});
  }
  for (std::size_t s = 0; s < pathway.sites.size(); ++s, ++slot) {
    if (detail != Detail::sites || pathway.is_single_site()) continue;
    scopes.push_back(
        {{SiteId{static_cast<std::uint16_t>(s)}, ClassId{}}, pathway.sites[s].qualified, "", slot});
  }
}

Term PlanBuilder::term(Measure::Source source, std::size_t item, const NamedScope& scope,
                       int sign) {
  const Measure measure{source, static_cast<std::uint16_t>(item), scope.scope};
  const auto [found, is_new] =
      measures_.try_emplace(measure, static_cast<std::uint32_t>(parts_.measures.size()));
  if (is_new) parts_.measures.push_back(measure);
  return {found->second, sign};
}

Formula PlanBuilder::over(const MonthRange& months, Formula::Kind kind, std::vector<Term> numerator,
                          std::vector<Term> denominator, double scale) const {
  Formula formula;
  formula.kind = kind;
  formula.numerator = std::move(numerator);
  formula.denominator = std::move(denominator);
  formula.scale = scale;
  formula.first_month = index_of(months.first);
  formula.end_month = index_of(months.end);
  return formula;
}

std::int32_t PlanBuilder::factor(const std::optional<Quantity>& quantity, const NamedScope& scope) {
  if (!quantity) return -1;
  const auto [known, is_new] = factors_.try_emplace({&*quantity, scope.site}, -1);
  if (!is_new) return known->second;
  std::vector<double> by_month(pathway.months());
  for (std::size_t m = 0; m < by_month.size(); ++m) {
    const Month month{pathway.first_month.index + static_cast<int>(m)};
    const Date day = std::max(month.first_day(), pathway.axis.origin());
    by_month[m] = value_of(scenario, *quantity, scope.site, day)
                      .value_or(std::numeric_limits<double>::quiet_NaN());
  }
  parts_.factors.push_back(std::move(by_month));
  known->second = static_cast<std::int32_t>(parts_.factors.size() - 1);
  return known->second;
}

std::uint32_t PlanBuilder::group(std::uint16_t duration, const NamedScope& scope,
                                 const MonthRange& months) {
  const auto [found, is_new] =
      groups_.try_emplace({duration, scope.slot, months.first.index, months.end.index},
                          static_cast<std::uint32_t>(parts_.groups.size()));
  if (is_new) {
    parts_.groups.push_back({duration, scope.slot, index_of(months.first), index_of(months.end)});
  }
  return found->second;
}

std::uint32_t PlanBuilder::look(CohortLook look) {
  parts_.looks.push_back(std::move(look));
  return static_cast<std::uint32_t>(parts_.looks.size() - 1);
}

void PlanBuilder::add(RowKey key, Formula formula) {
  parts_.rows.push_back(std::move(key));
  parts_.formulas.push_back(std::move(formula));
}

RowKey PlanBuilder::key(const std::string& kpi, const NamedScope& scope, const Period& period,
                        const std::string& basis, const std::string& statistic,
                        const std::string& unit) const {
  return {kpi, scope.site, scope.case_class, "", "", period.name, basis, statistic, unit};
}

void PlanBuilder::add_duration_rows(const RowKey& key, std::uint16_t duration,
                                    const NamedScope& scope, const Period& period) {
  constexpr std::array statistics{std::pair{"mean", Formula::Kind::mean},
                                  std::pair{"median", Formula::Kind::median},
                                  std::pair{"p90", Formula::Kind::p90}};
  for (const auto& [statistic, kind] : statistics) {
    Formula formula = over(period.months, kind);
    formula.group = group(duration, scope, period.months);
    formula.needs_support = true;
    RowKey row = key;
    row.statistic = statistic;
    add(std::move(row), std::move(formula));
  }
}

bool PlanBuilder::run_covers(const MonthRange& months, int days) const {
  return pathway.axis.at(months.end.first_day()) + days * seconds_per_day <= pathway.to;
}

}  // namespace rassoflow
