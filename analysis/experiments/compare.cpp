#include "analysis/experiments/compare.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>

#include "analysis/kpis/precision.hpp"

namespace rassoflow {
namespace {

/// Positions in the observations of the replications that all have.
std::vector<std::vector<std::size_t>> common_replications(
    const std::vector<const Observations*>& all) {
  std::vector<std::vector<std::size_t>> positions(all.size());
  std::vector<std::size_t> at(all.size(), 0);
  for (std::size_t i = 0; i < all.front()->replications.size(); ++i) {
    const std::uint32_t wanted = all.front()->replications[i];
    at[0] = i;
    bool is_common = true;
    for (std::size_t s = 1; s < all.size(); ++s) {
      const auto& made = all[s]->replications;
      while (at[s] < made.size() && made[at[s]] < wanted) ++at[s];
      is_common = is_common && at[s] < made.size() && made[at[s]] == wanted;
    }
    if (!is_common) continue;
    for (std::size_t s = 0; s < all.size(); ++s) positions[s].push_back(at[s]);
  }
  return positions;
}

class Columns {
 public:
  Columns(const Observations& observations, std::vector<std::size_t> replications)
      : observations_(observations), replications_(std::move(replications)) {}
  std::size_t count() const { return replications_.size(); }
  std::vector<double> at(std::size_t position) const {
    std::vector<double> column;
    column.reserve(replications_.size());
    for (const std::size_t i : replications_) column.push_back(observations_.values[i][position]);
    return column;
  }

 private:
  const Observations& observations_;
  std::vector<std::size_t> replications_;
};

bool has_support(const std::vector<double>& support) {
  double sum = 0;
  for (const double cases : support) {
    if (std::isnan(cases)) return true;
    sum += cases;
  }
  return sum >= least_mean_support * static_cast<double>(support.size());
}

bool exists(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double v) { return !std::isnan(v); });
}

}  // namespace

const RowDifference* OptionComparison::find(const RowKey& key) const {
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), key,
      [](const RowDifference& row, const RowKey& wanted) { return row.key < wanted; });
  return found == rows.end() || found->key != key ? nullptr : &*found;
}

OptionComparison compare_option(const ComparedSystem& base, const ComparedSystem& option) {
  OptionComparison comparison;
  const auto common = common_replications({base.observations, option.observations});
  const Columns of_base{*base.observations, common[0]};
  const Columns of_option{*option.observations, common[1]};
  comparison.pairs = of_base.count();
  for (std::size_t row = 0; row < base.rows->keys().size(); ++row) {
    const RowKey& key = base.rows->keys()[row];
    const auto other = option.rows->find(key);
    if (!other) {
      comparison.only_in_base.push_back(key);
      continue;
    }
    if (comparison.pairs == 0) continue;
    const auto values = of_base.at(row);
    const auto option_values = of_option.at(*other);
    if (!exists(values) && !exists(option_values)) continue;
    const bool is_enough = has_support(of_base.at(base.rows->support_position(row))) &&
                           has_support(of_option.at(option.rows->support_position(*other)));
    PairedDifference paired;
    if (is_enough) paired = paired_difference(values, option_values);
    if (paired.difference.n == 0)
      comparison.too_few.push_back(key);
    else
      comparison.rows.push_back({key, paired});
  }
  for (const RowKey& key : option.rows->keys()) {
    if (!base.rows->find(key)) comparison.only_in_option.push_back(key);
  }
  return comparison;
}

std::vector<AgainstBest> compare_all(const std::vector<ComparedSystem>& systems,
                                     const RowKey& key) {
  std::vector<const Observations*> observations;
  for (const ComparedSystem& system : systems) observations.push_back(system.observations);
  const auto common = common_replications(observations);
  std::vector<std::vector<double>> values;
  for (std::size_t s = 0; s < systems.size(); ++s) {
    const auto row = systems[s].rows->find(key);
    if (!row) return {};
    values.push_back(Columns{*systems[s].observations, common[s]}.at(*row));
  }
  return compare_with_best(values, 0.95);
}

Result<std::vector<RowKey>> headline_rows(const Scenario& scenario, const Pathway& pathway) {
  const RowPlan plan{scenario, pathway, {}, Detail::national};
  std::vector<RowKey> keys;
  if (!scenario.precision.empty()) {
    const auto targets = precision_targets(scenario, plan);
    if (const auto* faults = std::get_if<Diagnostics>(&targets)) return *faults;
    for (const PrecisionTarget& target : std::get<std::vector<PrecisionTarget>>(targets)) {
      keys.push_back(plan.rows()[target.row]);
    }
    return keys;
  }
  const std::string& window = plan.periods().back().name;
  for (const RowKey& key : plan.rows()) {
    if (key.period != window || !key.case_class.empty() || key.basis == "cohort") continue;
    const bool is_total = key.statistic == "total" && key.kpi == "arrivals";
    const bool is_outcome =
        key.statistic == "total" && key.kpi == "outcomes" && !key.outcome.empty();
    const bool is_time =
        key.statistic == "mean" && (key.kpi == "days_in_system" || key.kpi == "days_waiting");
    const bool is_open = key.kpi == "in_progress" && key.stage.empty();
    if (is_total || is_outcome || is_time || is_open) keys.push_back(key);
  }
  return keys;
}

std::vector<RowKey> latest_cohort(const ComparedRows& rows, const std::string& kpi,
                                  const std::string& statistic) {
  const std::vector<Period>& periods = rows.nation().periods();
  for (const auto kind : {Period::Kind::year, Period::Kind::quarter}) {
    for (const Period& period : std::views::reverse(periods)) {
      if (period.kind != kind) continue;
      std::vector<RowKey> cohort;
      for (const RowKey& key : rows.keys()) {
        if (key.kpi == kpi && key.period == period.name && key.basis == "cohort" &&
            key.statistic == statistic && key.site.empty() && key.case_class.empty() &&
            !key.outcome.empty()) {
          cohort.push_back(key);
        }
      }
      if (!cohort.empty()) return cohort;
    }
  }
  return {};
}

}  // namespace rassoflow
