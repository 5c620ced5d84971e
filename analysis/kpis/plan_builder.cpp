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

Term PlanBuilder::term(Measure::Source source, std::size_t item, const NamedScope& scope, int sign,
                       std::size_t horizon) {
  const Measure measure{source, static_cast<std::uint16_t>(item), scope.scope,
                        static_cast<std::uint8_t>(horizon)};
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

std::vector<double> PlanBuilder::values_by_month(const Quantity& quantity,
                                                 const NamedScope& scope) const {
  std::vector<double> by_month(pathway.months());
  for (std::size_t m = 0; m < by_month.size(); ++m) {
    const Month month{pathway.first_month.index + static_cast<int>(m)};
    const Date day = std::max(month.first_day(), pathway.axis.origin());
    by_month[m] = value_of(scenario, quantity, scope.site, day)
                      .value_or(std::numeric_limits<double>::quiet_NaN());
  }
  return by_month;
}

std::int32_t PlanBuilder::factor(const std::optional<Quantity>& quantity, const NamedScope& scope) {
  if (!quantity) return -1;
  const auto [known, is_new] = factors_.try_emplace({&*quantity, scope.site}, -1);
  if (is_new) known->second = add_factor(values_by_month(*quantity, scope));
  return known->second;
}

std::int32_t PlanBuilder::add_factor(std::vector<double> by_month) {
  parts_.factors.push_back(std::move(by_month));
  return static_cast<std::int32_t>(parts_.factors.size() - 1);
}

std::uint32_t PlanBuilder::group(SampleGroup::Of of, std::uint16_t item, const NamedScope& scope,
                                 const MonthRange& months, std::size_t horizon) {
  const SampleGroup wanted{of,
                           static_cast<std::uint8_t>(horizon),
                           item,
                           scope.slot,
                           index_of(months.first),
                           index_of(months.end)};
  const auto [found, is_new] =
      groups_.try_emplace(wanted, static_cast<std::uint32_t>(parts_.groups.size()));
  if (is_new) parts_.groups.push_back(wanted);
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

void PlanBuilder::add_share(RowKey key, const Period& period, std::vector<Term> numerator,
                            std::vector<Term> denominator, double scale) {
  Formula share = over(period.months, Formula::Kind::ratio, std::move(numerator),
                       std::move(denominator), scale);
  share.needs_support = true;
  add(std::move(key), std::move(share));
}

void PlanBuilder::add_open_part(std::vector<std::pair<std::string, std::vector<Term>>>& parts,
                                const NamedScope& scope) {
  std::vector<Term> open{term(Measure::Source::reported, 0, scope)};
  for (const auto& [code, terms] : parts) {
    for (const Term& of_part : terms) open.push_back({of_part.measure, -of_part.sign});
  }
  parts.emplace_back("open", std::move(open));
}

void PlanBuilder::add_group_rows(
    const RowKey& key, std::uint32_t group,
    std::initializer_list<std::pair<Formula::Kind, std::string>> statistics) {
  for (const auto& [kind, statistic] : statistics) {
    Formula formula;
    formula.kind = kind;
    formula.group = group;
    formula.needs_support = kind != Formula::Kind::total;
    RowKey row = key;
    row.statistic = statistic;
    add(std::move(row), std::move(formula));
  }
}

void PlanBuilder::add_duration_rows(const RowKey& key, std::uint16_t duration,
                                    const NamedScope& scope, const Period& period) {
  using Kind = Formula::Kind;
  add_group_rows(key, group(SampleGroup::Of::ended, duration, scope, period.months),
                 {{Kind::mean, "mean"}, {Kind::median, "median"}, {Kind::p90, "p90"}});
}

void PlanBuilder::add_cohort_days(RowKey key, std::uint16_t duration, const NamedScope& scope,
                                  const Period& period) {
  using Kind = Formula::Kind;
  key.basis = "cohort";
  for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
    add_group_rows(key, group(SampleGroup::Of::cohort, duration, scope, period.months, horizon),
                   {{Kind::mean, "mean " + within}, {Kind::median, "median " + within}});
  });
}

bool PlanBuilder::run_covers(const MonthRange& months, int days) const {
  return pathway.axis.at(months.end.first_day()) + days * seconds_per_day <= pathway.to;
}

}  // namespace rassoflow
