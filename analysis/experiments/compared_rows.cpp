#include "analysis/experiments/compared_rows.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "analysis/experiments/better.hpp"

namespace rassoflow {
namespace {

bool is_looked_at(const RowKey& key, const Period& period) {
  if (period.kind == Period::Kind::window) return true;
  const bool is_long = period.kind == Period::Kind::year || period.kind == Period::Kind::quarter;
  if (key.basis == "cohort") return is_long && key.case_class.empty();
  return period.kind == Period::Kind::year && key.case_class.empty();
}

}  // namespace

ComparedRows::ComparedRows(const Scenario& scenario, const Pathway& pathway,
                           const std::vector<RowKey>& wanted)
    : nation_(scenario, pathway, {}, Detail::national),
      places_(scenario, pathway, {}, Detail::sites, PeriodsOf::window) {
  std::map<std::string, const Period*> periods;
  for (const Period& period : nation_.periods()) periods[period.name] = &period;
  std::map<RowKey, Source> found;
  for (std::size_t row = 0; row < nation_.rows().size(); ++row) {
    const RowKey& key = nation_.rows()[row];
    const auto period = periods.find(key.period);
    if (period != periods.end() && is_looked_at(key, *period->second)) {
      found[key] = {Detail::national, row};
    }
  }
  for (const RowKey& key : wanted) {
    if (const auto row = nation_.find(key)) found[key] = {Detail::national, *row};
  }
  for (std::size_t row = 0; row < places_.rows().size(); ++row) {
    const RowKey& key = places_.rows()[row];
    if (!key.site.empty() && is_burden(key, scenario)) found[key] = {Detail::sites, row};
  }
  for (auto& [key, source] : found) {
    keys_.push_back(key);
    sources_.push_back(source);
  }
}

std::optional<std::size_t> ComparedRows::find(const RowKey& key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
  if (found == keys_.end() || *found != key) return std::nullopt;
  return static_cast<std::size_t>(found - keys_.begin());
}

std::vector<double> ComparedRows::reduce(const Monitor& monitor) const {
  const std::vector<double> of_nation = nation_.reduce(monitor);
  const std::vector<double> of_places = places_.reduce(monitor);
  std::vector<double> values(check_position(nation_.check_names().size()));
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const bool is_place = sources_[i].plan == Detail::sites;
    const RowPlan& plan = is_place ? places_ : nation_;
    const std::vector<double>& all = is_place ? of_places : of_nation;
    const auto support = plan.support(sources_[i].row);
    values[i] = all[sources_[i].row];
    values[support_position(i)] =
        support ? all[*support] : std::numeric_limits<double>::quiet_NaN();
  }
  for (std::size_t i = 0; i < nation_.check_names().size(); ++i) {
    values[check_position(i)] = of_nation[nation_.check_position(i)];
  }
  return values;
}

}  // namespace rassoflow
