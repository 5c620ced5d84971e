// Events: dates in order, effects that mean something where they act; and values that stay within
// the plausible range of their parameter whatever events and levers are in force together.
#include <algorithm>

#include "sim/scenario/check_effects.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

/// "the events `strike` and `flood`", "the event `strike` and the lever `training`"
std::string causes_in_words(const std::vector<Change>& changes) {
  std::vector<std::string> events, levers;
  for (const Change& change : changes) {
    auto& names = change.lever == nullptr ? events : levers;
    if (std::ranges::find(names, *change.cause) == names.end()) names.push_back(*change.cause);
  }
  const auto phrase = [](const char* noun, const std::vector<std::string>& names) {
    if (names.empty()) return std::string();
    return std::string("the ") + noun + (names.size() == 1 ? " " : "s ") + listed(names, "and");
  };
  const std::string of_events = phrase("event", events), of_levers = phrase("lever", levers);
  return of_events + (events.empty() || levers.empty() ? "" : " and ") + of_levers;
}

/// Where the effect stands: in its event, or in the lever that it belongs to.
std::string key_of(const Scenario& scenario, const Change& change) {
  if (change.lever != nullptr) return dotted_key({"levers", *change.cause, "effects"});
  const EventSpec& event = scenario.events.at(*change.cause);
  return effect_key({"events", *change.cause},
                    static_cast<std::size_t>(change.effect - event.effects.data()));
}

/// Within the parameter's own range, wherever it is read and whatever is in force together.
void look_at_values(Checking& checking, const std::string& name, const ParameterSpec& parameter,
                    const ReadAt* at) {
  Quantity quantity;
  quantity.kind = Quantity::Kind::parameter;
  quantity.parameter = name;
  if (at == nullptr || checking.values.change_count(quantity) == 0) return;
  std::set<std::string> said;
  const auto look_at = [&](const std::string& site, Date from) {
    const auto value = checking.values.at(quantity, site, from);
    const std::vector<Change> changes = checking.values.changes_at(quantity, site, from);
    if (!value || changes.empty()) return true;
    const std::string why = beyond(*value, parameter.low, parameter.high);
    if (why.empty()) return true;
    const std::string causes = causes_in_words(changes);
    if (!said.insert(causes).second) return true;
    const Change& last = *std::ranges::max_element(changes, {}, &Change::from);
    checking.fault(last.effect->place, key_of(checking.scenario, last),
                   "under " + causes + " the value of " + in_ticks(name) + " " +
                       checking.at_from(site, from) + " is " + number_in_words(*value) + "," + why,
                   "the range says within which values the parameter may lie");
    return true;
  };
  if (at->once) checking.for_each_stretch({&quantity}, {}, look_at);
  if (at->levels.empty()) return;
  checking.for_each_stretch({&quantity}, {at->levels.begin(), at->levels.end()}, look_at);
}

}  // namespace

void check_events(Checking& checking) {
  EffectCheck effects{checking};
  for (const auto& [name, event] : checking.scenario.events) {
    LeverUse dates;
    dates.from = event.from;
    dates.to = event.to;
    dates.announced = event.announced;
    effects.look_at_dates(event.place, {"events", name}, "the event", dates);
    effects.look_at_effects({"events", name}, "the event", event.effects);
    for (const EffectSpec& effect : event.effects) {
      if (effect.kind != EffectSpec::Kind::total) continue;
      checking.fault(effect.place, dotted_key({"events", name, "effects"}),
                     "an event has no `total` to share among sites", "use `difference`");
    }
  }
  for (const auto& [name, parameter] : checking.scenario.parameters) {
    look_at_values(checking, name, parameter, effects.read_at(name));
  }
}

}  // namespace rassoflow
