#include "sim/scenario/levers.hpp"

#include <algorithm>

#include "sim/scenario/quantity_slots.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

void take_value(const Scenario& scenario, EffectSpec& effect) {
  if (effect.value_parameter.empty()) return;
  const double* value = single_value(scenario, effect.value_parameter);
  effect.value = value != nullptr ? *value : effect.neutral_value();
  if (value == nullptr) return;
  const ParameterSpec& parameter = scenario.parameters.at(effect.value_parameter);
  if (!effect.low) effect.low = parameter.low;
  if (!effect.high) effect.high = parameter.high;
}

class Resolving {
 public:
  explicit Resolving(Scenario& scenario)
      : scenario_(scenario), read_at_(places_of_reading(scenario)), geography_(scenario) {}

  void resolve() {
    for (const auto& [name, lever] : scenario_.levers) {
      for (const LeverUse& use : uses_of(lever)) {
        if (looks_ > most_lever_effects) break;
        add(name, "", lever, use);
        for (const std::string& member : lever.bundle) {
          const auto found = scenario_.levers.find(member);
          if (found != scenario_.levers.end()) add(member, name, found->second, use);
        }
      }
    }
    std::ranges::stable_sort(changes_, {}, &LeverChange::lever);
    scenario_.lever_changes = std::move(changes_);
  }

 private:
  void add(const std::string& name, const std::string& bundle, const LeverSpec& lever,
           const LeverUse& use) {
    ++looks_;
    for (const EffectSpec& effect : lever.effects) {
      if (++looks_ > most_lever_effects) return;
      const auto read = read_at_.find(effect.parameter);
      if (read == read_at_.end() || !scenario_.parameters.contains(effect.parameter)) continue;
      const Placement where = placement(scenario_, geography_, effect, use.sites, read->second);
      if (where.is_nowhere || !where.partly.empty()) continue;
      LeverChange change;
      change.lever = name;
      change.bundle = bundle;
      change.effect = effect;
      change.effect.sites = where.sites;
      change.from = *use.from;
      change.to = use.to.value_or(Date::max());
      change.announced = use.announced.value_or(*use.from);
      change.ramp_days = lever.ramp_days;
      change.replaces = lever.replaces;
      change.combines = lever.combines;
      if (effect.kind == EffectSpec::Kind::total) {
        share_out(change, read->second);
      } else {
        changes_.push_back(std::move(change));
      }
    }
  }

  /// One difference for each site, in proportion to what the parameter is there on the first day.
  void share_out(const LeverChange& total, const ReadAt& read_at) {
    const std::string& by = total.effect.by.empty() ? total.effect.parameter : total.effect.by;
    const auto parameter = scenario_.parameters.find(by);
    if (parameter == scenario_.parameters.end()) return;
    std::vector<std::pair<std::string, double>> bases;
    double sum = 0;
    for (const std::string& site : all_sites(scenario_)) {
      const bool acts = total.effect.sites.empty() || total.effect.sites.contains(site);
      if (!acts || !read_at.levels.contains(level_of_site(site))) continue;
      const double base = base_value_of(parameter->second, site, total.from).value_or(0);
      if (!(base > 0)) continue;
      bases.emplace_back(site, base);
      sum += base;
    }
    for (const auto& [site, base] : bases) {
      LeverChange change = total;
      change.effect.kind = EffectSpec::Kind::difference;
      change.effect.value = total.effect.value * (base / sum);
      change.effect.sites = {site};
      changes_.push_back(std::move(change));
    }
  }

  Scenario& scenario_;
  std::map<std::string, ReadAt> read_at_;
  Geography geography_;
  std::size_t looks_ = 0;
  std::vector<LeverChange> changes_;
};

}  // namespace

const double* single_value(const Scenario& scenario, const std::string& parameter) {
  const auto found = scenario.parameters.find(parameter);
  if (found == scenario.parameters.end() || found->second.steps.size() != 1) return nullptr;
  const ParameterStep& step = found->second.steps.front();
  return step.site.empty() && !step.from ? &step.value : nullptr;
}

std::map<std::string, ReadAt> places_of_reading(const Scenario& scenario) {
  std::map<std::string, ReadAt> places;
  for (const QuantitySlot& slot : quantity_slots(scenario)) {
    for (const std::string& name : parameters_in(*slot.quantity)) {
      ReadAt& at = places[name];
      at.levels.insert(slot.levels.begin(), slot.levels.end());
      if (slot.role != Role::factor) continue;
      // The rows of every site are turned into another unit as well.
      at.once = true;
      for (const auto& [level, spec] : scenario.levels) at.levels.insert(level);
    }
  }
  return places;
}

std::vector<LeverUse> uses_of(const LeverSpec& lever) {
  std::vector<LeverUse> uses = lever.waves;
  if (uses.empty()) uses.push_back(lever.use);
  std::erase_if(uses, [](const LeverUse& use) { return !use.from.has_value(); });
  return uses;
}

Placement placement(const Scenario& scenario, const Geography& geography, const EffectSpec& effect,
                    const std::set<std::string>& used_at, const ReadAt& read_at) {
  Placement out;
  if (used_at.empty()) {
    out.sites = effect.sites;
    return out;
  }
  std::set<std::string> levels_named;
  for (const std::string& used : used_at) levels_named.insert(level_of_site(used));
  for (const std::string& site : all_sites(scenario)) {
    const bool is_read = read_at.levels.contains(level_of_site(site));
    if (!is_read || (!effect.sites.empty() && !effect.sites.contains(site))) continue;
    // Sites of the lever that are of this level speak for themselves.
    const bool is_named = used_at.contains(site);
    if (is_named) out.sites.insert(site);
    if (is_named || levels_named.contains(level_of_site(site))) continue;
    for (const std::string& used : used_at) {
      const Within within = geography.within(site, used);
      if (within == Within::wholly) out.sites.insert(site);
      if (within == Within::partly) out.partly.insert(site);
    }
    if (out.sites.contains(site)) out.partly.erase(site);
  }
  out.is_nowhere = out.sites.empty() && out.partly.empty();
  return out;
}

void resolve_levers(Scenario& scenario) {
  for (auto& [name, event] : scenario.events) {
    for (EffectSpec& effect : event.effects) take_value(scenario, effect);
  }
  for (auto& [name, lever] : scenario.levers) {
    for (EffectSpec& effect : lever.effects) take_value(scenario, effect);
  }
  Resolving{scenario}.resolve();
}

}  // namespace rassoflow
