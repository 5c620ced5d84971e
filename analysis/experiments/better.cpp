#include "analysis/experiments/better.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 8> burdens{
    "days_waiting",           "in_progress",   "other_work_days_waiting",
    "other_work_in_progress", "unallocated",   "other_work_hours_displaced",
    "upkeep_in_progress",     "trials_waiting"};
constexpr std::array<std::string_view, 2> times{"days_in_system", "days_in_stage"};

bool is_among(std::span<const std::string_view> names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The scenario's own KPI behind a row; that of the stock behind a row of its ages.
const KpiSpec* own_kpi(const RowKey& key, const Scenario& scenario) {
  auto found = scenario.kpis.find(key.kpi);
  constexpr std::string_view ages = "_age";
  if (found == scenario.kpis.end() && key.kpi.ends_with(ages)) {
    found = scenario.kpis.find(key.kpi.substr(0, key.kpi.size() - ages.size()));
  }
  return found == scenario.kpis.end() ? nullptr : &found->second;
}

}  // namespace

Better better_of(const RowKey& key, const Scenario& scenario) {
  if (key.unit == "%") return Better::neither;
  if (const KpiSpec* kpi = own_kpi(key, scenario)) {
    const bool is_less_better =
        kpi->kind == KpiSpec::Kind::duration || kpi->kind == KpiSpec::Kind::stock;
    return is_less_better ? Better::lower : Better::neither;
  }
  return is_among(burdens, key.kpi) || is_among(times, key.kpi) ? Better::lower : Better::neither;
}

bool is_burden(const RowKey& key, const Scenario& scenario) {
  if (better_of(key, scenario) == Better::neither || is_among(times, key.kpi)) return false;
  // Cases in a stage are the other side of its waits; all that are open are one row.
  if (key.kpi == "in_progress" && !key.stage.empty()) return false;
  if (key.basis == "cohort" || !key.case_class.empty()) return false;
  // The sum of all days grows with the cases, not with the wait.
  if (key.statistic == "total") return key.unit != "days";
  return key.statistic == "mean" || key.statistic == "snapshot";
}

}  // namespace rassoflow
