#include "analysis/kpis/row_plan.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "analysis/kpis/generic_kpis.hpp"
#include "analysis/kpis/plan_builder.hpp"
#include "sim/core/contracts.hpp"

namespace rassoflow {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

using MonthlyTable = std::vector<MonthlyValues>;

/// Integers add up exactly; only a factor makes the sum a double before the end.
double sum_of(const std::vector<Term>& terms, const MonthlyTable& monthly, std::size_t first,
              std::size_t end, const std::vector<double>* factor) {
  std::int64_t exact = 0;
  double weighted = 0;
  for (std::size_t m = first; m < end; ++m) {
    std::int64_t month = 0;
    for (const Term& term : terms) month += term.sign * monthly[term.measure][m];
    if (factor == nullptr)
      exact += month;
    else
      weighted += static_cast<double>(month) * (*factor)[m];
  }
  return factor == nullptr ? static_cast<double>(exact) : weighted;
}

struct TrialFigures {
  MonthlyTable monthly;
  std::vector<GroupStatistics> groups;
  std::vector<double> looks;
};

double value_of_formula(const Formula& formula, const PlanParts& parts,
                        const TrialFigures& figures) {
  using Kind = Formula::Kind;
  const std::vector<double>* factor =
      formula.factor < 0 ? nullptr : &parts.factors[static_cast<std::size_t>(formula.factor)];
  const auto sum = [&](const std::vector<Term>& terms, std::size_t first, std::size_t end) {
    return sum_of(terms, figures.monthly, first, end, factor);
  };
  const std::size_t first = formula.first_month;
  const std::size_t end = formula.end_month;
  switch (formula.kind) {
    case Kind::sum:
      return formula.scale * sum(formula.numerator, first, end);
    case Kind::level:
      return formula.scale * sum(formula.numerator, end - 1, end);
    case Kind::ratio: {
      const double whole = sum(formula.denominator, first, end);
      return whole == 0 ? missing : formula.scale * sum(formula.numerator, first, end) / whole;
    }
    case Kind::growth: {
      const double before = sum(formula.numerator, first, end);
      const double after = sum(formula.numerator, formula.later_first, formula.later_end);
      return before == 0 ? missing : 100 * (after / before - 1);
    }
    case Kind::mean:
      return figures.groups[formula.group].mean_days;
    case Kind::median:
      return figures.groups[formula.group].median_days;
    case Kind::p90:
      return figures.groups[formula.group].p90_days;
    case Kind::total:
      return figures.groups[formula.group].total_days;
    case Kind::look: {
      const double whole = sum(formula.denominator, first, end);
      if (whole == 0) return missing;
      double had = 0;
      for (const std::uint32_t look : formula.looks) had += figures.looks[look];
      return formula.scale * (had / whole - formula.constant);
    }
  }
  return missing;
}

bool is_of_group(const Formula& formula) {
  using Kind = Formula::Kind;
  return formula.kind == Kind::mean || formula.kind == Kind::median || formula.kind == Kind::p90;
}

double support_of_formula(const Formula& formula, const TrialFigures& figures) {
  if (is_of_group(formula)) {
    return static_cast<double>(figures.groups[formula.group].count);
  }
  const std::size_t end = formula.end_month;
  if (formula.kind == Formula::Kind::level)
    return sum_of(formula.numerator, figures.monthly, end - 1, end, nullptr);
  return sum_of(formula.denominator, figures.monthly, formula.first_month, end, nullptr);
}

/// That published figures or precision targets are about.
std::vector<std::string> names_of_periods(const std::vector<PublishedFigure>& published,
                                          const Scenario& scenario) {
  std::vector<std::string> names;
  for (const PublishedFigure& figure : published) names.push_back(figure.period);
  for (const auto& [name, target] : scenario.precision) names.push_back(target.period);
  return names;
}

}  // namespace

RowPlan::RowPlan(const Scenario& scenario, const Pathway& pathway,
                 const std::vector<PublishedFigure>& published, Detail detail, PeriodsOf periods)
    : pathway_(&pathway),
      window_(counted_months(scenario.run.origin, scenario.run.from, scenario.run.to)),
      periods_(output_periods(window_, scenario.run.to, names_of_periods(published, scenario))) {
  if (periods == PeriodsOf::window) periods_ = {periods_.back()};
  PlanBuilder builder(scenario, pathway, periods_, detail, parts_);
  for (const GenericKpi& kpi : generic_kpis()) {
    if (kpi.add_rows != nullptr) kpi.add_rows(builder);
  }
  add_scenario_kpis(builder);
  add_published_rows(builder, published);
  parts_.rows.shrink_to_fit();
  parts_.formulas.shrink_to_fit();
  samples_ = SampleIndex(pathway, parts_.groups, parts_.looks);
  find_supports();
  sorted_.resize(parts_.rows.size());
  std::iota(sorted_.begin(), sorted_.end(), 0U);
  std::sort(sorted_.begin(), sorted_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return parts_.rows[a] < parts_.rows[b]; });
  check_names_ = bookkeeping_names();
}

/// Rows of the same cases share one number of them.
void RowPlan::find_supports() {
  const auto index = [this](auto& known, const auto& cases, std::uint32_t row) {
    const auto [found, is_new] = known.try_emplace(cases, supports_.size());
    if (is_new) supports_.push_back(row);
    return static_cast<std::int32_t>(found->second);
  };
  std::map<std::uint32_t, std::size_t> of_group;
  std::map<std::vector<std::uint32_t>, std::size_t> of_sum;
  support_.assign(parts_.rows.size(), -1);
  for (std::uint32_t row = 0; row < parts_.rows.size(); ++row) {
    const Formula& formula = parts_.formulas[row];
    if (!formula.needs_support) continue;
    if (is_of_group(formula)) {
      support_[row] = index(of_group, formula.group, row);
      continue;
    }
    const bool is_level = formula.kind == Formula::Kind::level;
    std::vector<std::uint32_t> cases{is_level, formula.first_month, formula.end_month};
    for (const Term& term : is_level ? formula.numerator : formula.denominator) {
      cases.insert(cases.end(), {term.measure, static_cast<std::uint32_t>(term.sign)});
    }
    support_[row] = index(of_sum, cases, row);
  }
}

std::optional<std::size_t> RowPlan::find(const RowKey& key) const {
  const auto found = std::lower_bound(
      sorted_.begin(), sorted_.end(), key,
      [&](std::uint32_t row, const RowKey& wanted) { return parts_.rows[row] < wanted; });
  if (found == sorted_.end() || parts_.rows[*found] != key) return std::nullopt;
  return *found;
}

std::optional<std::size_t> RowPlan::support(std::size_t row) const {
  if (support_[row] < 0) return std::nullopt;
  return parts_.rows.size() + static_cast<std::size_t>(support_[row]);
}

std::vector<double> RowPlan::reduce(const Monitor& monitor) const {
  TrialFigures figures;
  figures.monthly = monthly_values(*pathway_, monitor, parts_.measures);
  figures.groups = samples_.statistics(monitor);
  figures.looks = samples_.look_counts(monitor);

  std::vector<double> values(parts_.rows.size() + supports_.size() + check_names_.size());
  for (std::size_t row = 0; row < parts_.rows.size(); ++row) {
    values[row] = value_of_formula(parts_.formulas[row], parts_, figures);
  }
  for (std::size_t i = 0; i < supports_.size(); ++i) {
    values[parts_.rows.size() + i] = support_of_formula(parts_.formulas[supports_[i]], figures);
  }
  const auto checks = check_bookkeeping(*pathway_, monitor);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    values[check_position(i)] = static_cast<double>(checks[i].faults);
  }
  return values;
}

}  // namespace rassoflow
