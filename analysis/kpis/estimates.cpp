#include "analysis/kpis/estimates.hpp"

#include <algorithm>

namespace rassoflow {
namespace {

/// The values of one row or support, in order of replications.
void gather(const Observations& observations, std::size_t position, std::vector<double>& column) {
  column.clear();
  for (const auto& values : observations.values) column.push_back(values[position]);
}

double mean_of(const std::vector<double>& column) {
  double sum = 0;
  for (const double value : column) sum += value;
  return column.empty() ? 0 : sum / static_cast<double>(column.size());
}

/// Why there is no row of this key in the output.
std::string reason_without_row(const RowKey& key, const RowPlan& plan) {
  const auto growth = parse_growth_periods(key.period);
  const auto months = growth ? std::optional<MonthRange>({growth->earlier.first, growth->later.end})
                             : parse_period(key.period);
  if (!months) return "a period of another kind";
  if (months->first < plan.window().first || months->end > plan.window().end) {
    return "outside the window of the results";
  }
  return "no such row in this run";
}

}  // namespace

std::vector<Estimate> estimate(const RowPlan& plan, const Observations& observations) {
  std::vector<Estimate> estimates;
  Summariser summariser;
  std::vector<double> column;
  for (std::uint32_t row = 0; row < plan.rows().size(); ++row) {
    if (const auto support = plan.support(row)) {
      gather(observations, *support, column);
      if (mean_of(column) < least_mean_support) continue;
    }
    gather(observations, row, column);
    Estimate found{row, summariser.summarise(column)};
    if (found.summary.n > 0) estimates.push_back(found);
  }
  return estimates;
}

std::vector<BookkeepingCheck> sum_checks(const RowPlan& plan, const Observations& observations) {
  std::vector<BookkeepingCheck> checks;
  for (std::size_t i = 0; i < plan.check_names().size(); ++i) {
    BookkeepingCheck check{plan.check_names()[i], 0};
    for (const auto& values : observations.values) {
      check.faults += static_cast<std::int64_t>(values[plan.check_position(i)]);
    }
    checks.push_back(check);
  }
  return checks;
}

std::variant<std::size_t, std::string> row_of(const PublishedFigure& figure,
                                              const Scenario& scenario, const RowPlan& plan) {
  const auto key = row_key_of(figure, scenario);
  if (const auto* reason = std::get_if<std::string>(&key)) return *reason;
  if (const auto row = plan.find(std::get<RowKey>(key))) return *row;
  return reason_without_row(std::get<RowKey>(key), plan);
}

std::vector<Comparison> compare_with_published(const Scenario& scenario, const RowPlan& plan,
                                               const std::vector<Estimate>& estimates,
                                               const std::vector<PublishedFigure>& figures) {
  std::vector<Comparison> comparisons;
  for (const PublishedFigure& figure : figures) {
    Comparison comparison{figure, std::nullopt, ""};
    const auto row = row_of(figure, scenario, plan);
    if (const auto* reason = std::get_if<std::string>(&row)) {
      comparison.reason = *reason;
    } else {
      const std::size_t wanted = std::get<std::size_t>(row);
      const auto found = std::lower_bound(
          estimates.begin(), estimates.end(), wanted,
          [](const Estimate& estimate, std::size_t index) { return estimate.row < index; });
      if (found != estimates.end() && found->row == wanted) {
        comparison.estimate = static_cast<std::uint32_t>(found - estimates.begin());
      } else {
        comparison.reason = "too few simulated cases";
      }
    }
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace rassoflow
