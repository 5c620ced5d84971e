#include "sim/scenario/advice.hpp"

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

/// Defaults (absence 0, productivity 1, the share of the only class) and certainties need no
/// source.
bool needs_source(const QuantitySlot& slot) {
  if (slot.quantity->kind == Quantity::Kind::parameter) return false;
  if (slot.quantity->kind == Quantity::Kind::product) return true;
  const double value = slot.quantity->literal;
  return value != 0 && value != 1;
}

void add_unsourced(const QuantitySlot& slot, const Quantity& quantity, Diagnostics& out) {
  if (quantity.kind == Quantity::Kind::literal) {
    out.push_back({quantity.place.file.empty() ? slot.place : quantity.place, slot.key,
                   "the number " + number_in_words(quantity.literal) + " has no source",
                   "make it a parameter with a source, or graded `assumed`"});
  }
  for (const Quantity& factor : quantity.factors) add_unsourced(slot, factor, out);
}

template <class T>
std::string range_in_words(const T& number) {
  if (!number.low || !number.high) return ", without a range";
  return ", from " + number_in_words(*number.low) + " to " + number_in_words(*number.high);
}

void add_values_of(const std::vector<EffectSpec>& effects, std::set<std::string>& parameters) {
  for (const EffectSpec& effect : effects) parameters.insert(effect.value_parameter);
}

template <class T>
void add_unused(const std::map<std::string, T>& things, const std::set<std::string>& used,
                const std::string& table, const std::string& what, Diagnostics& out) {
  for (const auto& [name, thing] : things) {
    if (used.contains(name)) continue;
    out.push_back({thing.place, dotted_key({table, name}), "nothing uses this " + what, ""});
  }
}

}  // namespace

Diagnostics advice(const Scenario& scenario) {
  Diagnostics out;
  std::set<std::string> parameters, pools, phases, calendars{scenario.crossing_calendar};
  for (const QuantitySlot& slot : quantity_slots(scenario)) {
    for (const std::string& name : parameters_in(*slot.quantity)) parameters.insert(name);
    if (needs_source(slot)) add_unsourced(slot, *slot.quantity, out);
  }
  for (const auto& [name, event] : scenario.events) add_values_of(event.effects, parameters);
  for (const auto& [name, lever] : scenario.levers) add_values_of(lever.effects, parameters);
  for (const auto& [name, stage] : scenario.stages) {
    pools.insert(stage.pool);
    phases.insert(stage.withdrawal);
    calendars.insert(stage.calendar);
  }
  for (const auto& [name, pool] : scenario.pools) calendars.insert(pool.calendar);
  for (const auto& [name, upkeep] : scenario.upkeep) pools.insert(upkeep.pool);
  add_unused(scenario.parameters, parameters, "parameters", "parameter", out);
  add_unused(scenario.pools, pools, "pools", "pool", out);
  add_unused(scenario.withdrawal, phases, "withdrawal", "phase", out);
  add_unused(scenario.calendars, calendars, "calendars", "calendar", out);
  for (const auto& [name, parameter] : scenario.parameters) {
    if (parameter.grade != Grade::assumed) continue;
    out.push_back({parameter.place, dotted_key({"parameters", name}),
                   "the value is assumed" + range_in_words(parameter),
                   "replace it with a local figure where there is one"});
  }
  for (const auto& [name, event] : scenario.events) {
    for (const EffectSpec& effect : event.effects) {
      if (effect.grade != Grade::assumed) continue;
      out.push_back(
          {effect.place, dotted_key({"events", name, "effects"}),
           "the effect on " + in_ticks(effect.parameter) + " is assumed" + range_in_words(effect),
           "replace it with a figure where there is one"});
    }
  }
  sort_diagnostics(out);
  return out;
}

}  // namespace rassoflow
