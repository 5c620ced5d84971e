#include "sim/scenario/value_index.hpp"

#include <algorithm>

namespace rassoflow {
namespace {

constexpr Date since_ever = Date::min();

}  // namespace

ValueIndex::ValueIndex(const Scenario& scenario) {
  for (const auto& [name, parameter] : scenario.parameters) {
    auto& by_site = steps_[name];
    for (const ParameterStep& step : parameter.steps) {
      by_site[step.site].emplace_back(step.from.value_or(since_ever), step.value);
    }
    for (auto& [site, steps] : by_site) {
      // Of two values from the same date, value_of takes the one written first.
      std::ranges::stable_sort(steps, {}, &std::pair<Date, double>::first);
      const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
      steps.erase(std::unique(steps.begin(), steps.end(), same), steps.end());
    }
  }
}

std::optional<double> ValueIndex::at(const Quantity& quantity, const std::string& site,
                                     Date date) const {
  if (quantity.kind == Quantity::Kind::literal) return quantity.literal;
  if (quantity.kind == Quantity::Kind::product) {
    double product = 1;
    for (const Quantity& factor : quantity.factors) {
      const auto value = at(factor, site, date);
      if (!value) return std::nullopt;
      product *= *value;
    }
    return product;
  }
  const auto parameter = steps_.find(quantity.parameter);
  if (parameter == steps_.end()) return std::nullopt;
  const auto in_force = [&](const std::string& of_site) -> std::optional<double> {
    const auto found = parameter->second.find(of_site);
    if (found == parameter->second.end()) return std::nullopt;
    const auto after =
        std::ranges::upper_bound(found->second, date, {}, &std::pair<Date, double>::first);
    if (after == found->second.begin()) return std::nullopt;
    return std::prev(after)->second;
  };
  const auto own = site.empty() ? std::nullopt : in_force(site);
  return own ? own : in_force("");
}

void ValueIndex::add_changes(const Quantity& quantity, const std::string& site, Date origin,
                             Date to, std::set<Date>& out) const {
  for (const Quantity& factor : quantity.factors) add_changes(factor, site, origin, to, out);
  if (quantity.kind != Quantity::Kind::parameter) return;
  const auto parameter = steps_.find(quantity.parameter);
  if (parameter == steps_.end()) return;
  for (const std::string& of_site : {site, std::string()}) {
    const auto found = parameter->second.find(of_site);
    if (found == parameter->second.end()) continue;
    for (const auto& [from, value] : found->second) {
      if (from > origin && from < to) out.insert(from);
    }
  }
}

bool ValueIndex::has_own_values(const Quantity& quantity, const std::string& site) const {
  if (quantity.kind == Quantity::Kind::parameter) {
    const auto parameter = steps_.find(quantity.parameter);
    return parameter != steps_.end() && parameter->second.contains(site);
  }
  return std::ranges::any_of(quantity.factors,
                             [&](const Quantity& factor) { return has_own_values(factor, site); });
}

}  // namespace rassoflow
