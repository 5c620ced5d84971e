#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

bool is_later(const std::optional<Date>& a, const std::optional<Date>& b) {
  return a && (!b || *a > *b);
}

const ParameterStep* step_in_force(const ParameterSpec& parameter, const std::string& site,
                                   Date date) {
  const ParameterStep* best = nullptr;
  for (const ParameterStep& step : parameter.steps) {
    if (!step.site.empty() && step.site != site) continue;
    if (step.from && *step.from > date) continue;
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
  switch (quantity.kind) {
    case Quantity::Kind::literal:
      return quantity.literal;
    case Quantity::Kind::parameter: {
      const auto found = scenario.parameters.find(quantity.parameter);
      if (found == scenario.parameters.end()) return std::nullopt;
      const ParameterStep* step = step_in_force(found->second, qualified_site, date);
      return step != nullptr ? std::optional(step->value) : std::nullopt;
    }
    case Quantity::Kind::product: {
      double product = 1;
      for (const Quantity& factor : quantity.factors) {
        const auto value = value_of(scenario, factor, qualified_site, date);
        if (!value) return std::nullopt;
        product *= *value;
      }
      return product;
    }
  }
  return std::nullopt;
}

std::set<Date> change_dates(const Scenario& scenario, const Quantity& quantity) {
  std::set<Date> out;
  if (quantity.kind == Quantity::Kind::parameter) {
    const auto found = scenario.parameters.find(quantity.parameter);
    if (found == scenario.parameters.end()) return out;
    for (const ParameterStep& step : found->second.steps) {
      if (step.from) out.insert(*step.from);
    }
  }
  for (const Quantity& factor : quantity.factors) out.merge(change_dates(scenario, factor));
  return out;
}

std::string qualified_site(const std::string& level, const std::string& name) {
  return level + ":" + name;
}

}  // namespace rassoflow
