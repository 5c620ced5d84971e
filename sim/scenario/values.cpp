#include "sim/scenario/values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

/// How far the effect is from doing nothing, on its own scale.
double size_of(const Change& change, Date date) {
  const double value = change.value_on(date);
  if (change.effect->scale() == EffectSpec::Scale::difference) return std::abs(value);
  return value > 0 ? std::abs(std::log(value)) : std::numeric_limits<double>::infinity();
}

/// To a lever that replaces it or, of those that combine by their maximum, to the strongest; of two
/// that are equally strong to the first.
bool gives_way(const Change& change, std::span<const Change> in_force, Date date) {
  if (change.lever == nullptr) return false;
  const auto wins = [&](const Change& other) {
    if (other.lever == nullptr || &other == &change) return false;
    if (other.lever->replaces.contains(*change.cause)) return true;
    if (change.lever->combines != Combines::max || other.lever->combines != Combines::max) {
      return false;
    }
    const double own = size_of(change, date);
    const double others = size_of(other, date);
    return others > own || (others == own && &other < &change);
  };
  return std::ranges::any_of(in_force, wins);
}

}  // namespace

double Change::grown(Date date) const {
  if (lever == nullptr || lever->ramp_days == 0) return 1;
  const std::int64_t day = (date - from).count();
  const std::int64_t ramp = lever->ramp_days;
  if (day >= ramp) return 1;
  const std::int64_t week = day / 7 * 7;
  return static_cast<double>(week + std::min(week + 7, ramp)) / (2.0 * static_cast<double>(ramp));
}

double Change::value_on(Date date) const {
  const double share = grown(date);
  if (share == 1) return effect->value;
  if (effect->scale() == EffectSpec::Scale::difference) return effect->value * share;
  return std::exp(std::log(effect->value) * share);
}

Weight composed(double base, std::span<const Change> in_force, Date date) {
  double ratio = 1;
  double difference = 0;
  Weight out;
  for (const Change& change : in_force) {
    if (gives_way(change, in_force, date)) continue;
    const double value = change.value_on(date);
    switch (change.effect->scale()) {
      case EffectSpec::Scale::ratio:
        ratio *= value;
        break;
      case EffectSpec::Scale::difference:
        difference += value;
        break;
      case EffectSpec::Scale::odds:
        out.odds *= value;
        break;
    }
  }
  out.value = base * ratio + difference;
  return out;
}

std::vector<double> probabilities(const std::vector<Weight>& weights) {
  double before = 0, after = 0;
  for (const Weight& weight : weights) {
    before += weight.value;
    after += weight.value * weight.odds;
  }
  const bool is_plain =
      std::ranges::all_of(weights, [](const Weight& weight) { return weight.odds == 1; });
  std::vector<double> out;
  for (const Weight& weight : weights) {
    out.push_back(is_plain || after <= 0 ? weight.value
                                         : weight.value * weight.odds * (before / after));
  }
  return out;
}

std::optional<double> base_value_of(const ParameterSpec& parameter,
                                    const std::string& qualified_site, Date date) {
  const ParameterStep* step = step_in_force(parameter, qualified_site, date, Date::max());
  return step == nullptr ? std::nullopt : std::optional(step->value);
}

std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date) {
  return value_of(scenario, quantity, qualified_site, date, Date::max());
}

std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date, Date known_on) {
  const auto weight = weight_of(scenario, quantity, qualified_site, date, known_on);
  return weight ? std::optional(weight->applied()) : std::nullopt;
}

std::optional<Weight> weight_of(const Scenario& scenario, const Quantity& quantity,
                                const std::string& qualified_site, Date date, Date known_on) {
  switch (quantity.kind) {
    case Quantity::Kind::literal:
      return Weight{quantity.literal};
    case Quantity::Kind::parameter: {
      const auto found = scenario.parameters.find(quantity.parameter);
      if (found == scenario.parameters.end()) return std::nullopt;
      const ParameterStep* step = step_in_force(found->second, qualified_site, date, known_on);
      if (step == nullptr) return std::nullopt;
      std::vector<Change> in_force;
      for_each_change(scenario, [&](const Change& change) {
        if (change.effect->parameter != quantity.parameter) return;
        if (change.is_in_force(qualified_site, date, known_on)) in_force.push_back(change);
      });
      return composed(step->value, in_force, date);
    }
    case Quantity::Kind::product: {
      Weight product{1};
      for (const Quantity& factor : quantity.factors) {
        const auto weight = weight_of(scenario, factor, qualified_site, date, known_on);
        if (!weight) return std::nullopt;
        product.value *= weight->value;
        product.odds *= weight->odds;
      }
      return product;
    }
    case Quantity::Kind::sum: {
      Weight sum;
      for (const Quantity& term : quantity.factors) {
        const auto value = value_of(scenario, term, qualified_site, date, known_on);
        if (!value) return std::nullopt;
        sum.value += *value;
      }
      return sum;
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
      for_each_date_of(change, [&](Date date) { out.insert(date); });
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
