#include "sim/scenario/value_index.hpp"

#include <algorithm>

namespace rassoflow {
namespace {

constexpr Date since_ever = Date::min();

}  // namespace

ValueIndex::ValueIndex(const Scenario& scenario) {
  for (const auto& [name, parameter] : scenario.parameters) {
    auto& by_site = timelines_[name].steps;
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
  for_each_change(scenario, [&](const Change& change) {
    const auto found = timelines_.find(change.effect->parameter);
    if (found != timelines_.end()) found->second.changes.push_back(change);
  });
}

const ValueIndex::Timeline* ValueIndex::timeline_of(const Quantity& quantity) const {
  if (quantity.kind != Quantity::Kind::parameter) return nullptr;
  const auto found = timelines_.find(quantity.parameter);
  return found != timelines_.end() ? &found->second : nullptr;
}

std::optional<double> ValueIndex::at(const Quantity& quantity, const std::string& site,
                                     Date date) const {
  const auto weight = weight_at(quantity, site, date);
  return weight ? std::optional(weight->applied()) : std::nullopt;
}

std::optional<Weight> ValueIndex::weight_at(const Quantity& quantity, const std::string& site,
                                            Date date) const {
  if (quantity.kind == Quantity::Kind::literal) return Weight{quantity.literal};
  if (quantity.kind == Quantity::Kind::product) {
    Weight product{1};
    for (const Quantity& factor : quantity.factors) {
      const auto weight = weight_at(factor, site, date);
      if (!weight) return std::nullopt;
      product.value *= weight->value;
      product.odds *= weight->odds;
    }
    return product;
  }
  if (quantity.kind == Quantity::Kind::sum) {
    Weight sum;
    for (const Quantity& term : quantity.factors) {
      const auto value = at(term, site, date);
      if (!value) return std::nullopt;
      sum.value += *value;
    }
    return sum;
  }
  const Timeline* timeline = timeline_of(quantity);
  if (timeline == nullptr) return std::nullopt;
  const auto in_force = [&](const std::string& of_site) -> std::optional<double> {
    const auto found = timeline->steps.find(of_site);
    if (found == timeline->steps.end()) return std::nullopt;
    const auto after =
        std::ranges::upper_bound(found->second, date, {}, &std::pair<Date, double>::first);
    if (after == found->second.begin()) return std::nullopt;
    return std::prev(after)->second;
  };
  const auto own = site.empty() ? std::nullopt : in_force(site);
  const auto base = own ? own : in_force("");
  if (!base) return std::nullopt;
  if (timeline->changes.empty()) return Weight{*base};
  std::vector<Change> changes;
  for (const Change& change : timeline->changes) {
    if (change.is_in_force(site, date, Date::max())) changes.push_back(change);
  }
  return composed(*base, changes, date);
}

void ValueIndex::add_changes(const Quantity& quantity, const std::string& site, Date origin,
                             Date to, std::set<Date>& out) const {
  for (const Quantity& factor : quantity.factors) add_changes(factor, site, origin, to, out);
  const Timeline* timeline = timeline_of(quantity);
  if (timeline == nullptr) return;
  const auto note = [&](Date date) {
    if (date > origin && date < to) out.insert(date);
  };
  for (const std::string& of_site : {site, std::string()}) {
    const auto found = timeline->steps.find(of_site);
    if (found == timeline->steps.end()) continue;
    for (const auto& [from, value] : found->second) note(from);
  }
  for (const Change& change : timeline->changes) {
    if (!change.acts_at(site)) continue;
    for_each_date_of(change, note);
  }
}

bool ValueIndex::has_own_values(const Quantity& quantity, const std::string& site) const {
  if (const Timeline* timeline = timeline_of(quantity)) {
    return timeline->steps.contains(site) ||
           std::ranges::any_of(timeline->changes, [&](const Change& change) {
             return change.effect->sites.contains(site);
           });
  }
  return std::ranges::any_of(quantity.factors,
                             [&](const Quantity& factor) { return has_own_values(factor, site); });
}

std::size_t ValueIndex::change_count(const Quantity& quantity) const {
  const Timeline* timeline = timeline_of(quantity);
  std::size_t count = timeline != nullptr ? timeline->changes.size() : 0;
  for (const Quantity& factor : quantity.factors) count += change_count(factor);
  return count;
}

std::vector<Change> ValueIndex::changes_at(const Quantity& quantity, const std::string& site,
                                           Date date) const {
  std::vector<Change> out;
  if (const Timeline* timeline = timeline_of(quantity)) {
    std::ranges::copy_if(timeline->changes, std::back_inserter(out), [&](const Change& change) {
      return change.is_in_force(site, date, Date::max());
    });
  }
  for (const Quantity& factor : quantity.factors) {
    const auto of_factor = changes_at(factor, site, date);
    out.insert(out.end(), of_factor.begin(), of_factor.end());
  }
  return out;
}

}  // namespace rassoflow
