#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

bool is_later(const std::optional<Date>& a, const std::optional<Date>& b) {
  return a && (!b || *a > *b);
}

bool is_known(const ParameterStep& step, Date known_on) {
  return !step.from || step.announced.value_or(*step.from) <= known_on;
}

const ParameterStep* step_in_force(const ParameterSpec& parameter, const std::string& site,
                                   Date date, Date known_on) {
  const ParameterStep* best = nullptr;
  for (const ParameterStep& step : parameter.steps) {
    if (!step.site.empty() && step.site != site) continue;
    if (step.from && *step.from > date) continue;
    if (!is_known(step, known_on)) continue;
    const bool is_own = !step.site.empty();
    const bool best_is_own = best != nullptr && !best->site.empty();
    if (best == nullptr || (is_own && !best_is_own) ||
        (is_own == best_is_own && is_later(step.from, best->from))) {
      best = &step;
    }
  }
  return best;
}

}  // namespace

std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date) {
  return value_of(scenario, quantity, qualified_site, date, Date::max());
}

std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date, Date known_on) {
  switch (quantity.kind) {
    case Quantity::Kind::literal:
      return quantity.literal;
    case Quantity::Kind::parameter: {
      const auto found = scenario.parameters.find(quantity.parameter);
      if (found == scenario.parameters.end()) return std::nullopt;
      const ParameterStep* step = step_in_force(found->second, qualified_site, date, known_on);
      if (step == nullptr) return std::nullopt;
      Composition changes;
      for_each_change(scenario, [&](const Change& change) {
        if (change.effect->parameter != quantity.parameter) return;
        if (change.is_in_force(qualified_site, date, known_on)) changes.add(*change.effect);
      });
      return changes.of(step->value);
    }
    case Quantity::Kind::product: {
      double product = 1;
      for (const Quantity& factor : quantity.factors) {
        const auto value = value_of(scenario, factor, qualified_site, date, known_on);
        if (!value) return std::nullopt;
        product *= *value;
      }
      return product;
    }
  }
  return std::nullopt;
}

std::set<Date> announcement_dates(const Scenario& scenario, const Quantity& quantity) {
  std::set<Date> out;
  if (quantity.kind == Quantity::Kind::parameter) {
    const auto found = scenario.parameters.find(quantity.parameter);
    if (found == scenario.parameters.end()) return out;
    for (const ParameterStep& step : found->second.steps) {
      if (step.from) out.insert(step.announced.value_or(*step.from));
    }
    for_each_change(scenario, [&](const Change& change) {
      if (change.effect->parameter == quantity.parameter) out.insert(change.announced);
    });
  }
  for (const Quantity& factor : quantity.factors) {
    out.merge(announcement_dates(scenario, factor));
  }
  return out;
}

std::set<Date> change_dates(const Scenario& scenario, const Quantity& quantity) {
  std::set<Date> out;
  if (quantity.kind == Quantity::Kind::parameter) {
    const auto found = scenario.parameters.find(quantity.parameter);
    if (found == scenario.parameters.end()) return out;
    for (const ParameterStep& step : found->second.steps) {
      if (step.from) out.insert(*step.from);
    }
    for_each_change(scenario, [&](const Change& change) {
      if (change.effect->parameter != quantity.parameter) return;
      out.insert(change.from);
      if (change.to != Date::max()) out.insert(change.to);
    });
  }
  for (const Quantity& factor : quantity.factors) out.merge(change_dates(scenario, factor));
  return out;
}

std::string qualified_site(const std::string& level, const std::string& name) {
  return level + ":" + name;
}

std::vector<std::string> all_sites(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const auto& [level, sites] : scenario.sites) {
    for (const auto& [name, site] : sites) out.push_back(qualified_site(level, name));
  }
  return out;
}

}  // namespace rassoflow
