// Events: dates in order, effects that mean something where they act, and values that stay within
// the plausible range of their parameter whatever is in force together.
#include <algorithm>
#include <cmath>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double highest_ratio = 1e6;
/// Inverse ratios cancel but for the last bits of a double.
constexpr double rounding = 1e-12;

/// Where anything reads a parameter.
struct ReadAt {
  bool once = false;  ///< for the whole scenario, at no site
  std::set<std::string> levels;
};

std::map<std::string, ReadAt> places_of_reading(const Checking& checking) {
  std::map<std::string, ReadAt> places;
  for (const QuantitySlot& slot : checking.slots) {
    for (const std::string& name : parameters_in(*slot.quantity)) {
      ReadAt& at = places[name];
      at.levels.insert(slot.levels.begin(), slot.levels.end());
      if (slot.role != Role::factor) continue;
      // The rows of every site are turned into another unit as well.
      at.once = true;
      for (const auto& [level, spec] : checking.scenario.levels) at.levels.insert(level);
    }
  }
  return places;
}

/// " is below `low`, 0.1" or nothing.
std::string beyond(double value, const std::optional<double>& low,
                   const std::optional<double>& high) {
  if (low && !(value >= *low - rounding * std::max(1.0, std::abs(*low)))) {
    return " below `low`, " + number_in_words(*low);
  }
  if (high && !(value <= *high + rounding * std::max(1.0, std::abs(*high)))) {
    return " above `high`, " + number_in_words(*high);
  }
  return "";
}

class EventCheck {
 public:
  explicit EventCheck(Checking& checking)
      : checking_(checking), read_at_(places_of_reading(checking)) {}

  void look() {
    for (const auto& [name, event] : checking_.scenario.events) {
      look_at_dates(name, event);
      look_for_twice(name, event);
      for (const EffectSpec& effect : event.effects) look_at_effect(name, event, effect);
    }
    for (const auto& [name, parameter] : checking_.scenario.parameters) {
      look_at_values(name, parameter);
    }
  }

 private:
  void look_at_dates(const std::string& name, const EventSpec& event) {
    if (event.announced && *event.announced > event.from) {
      checking_.fault(event.place, dotted_key({"events", name, "announced"}),
                      "the event is announced on " + format_date(*event.announced) +
                          ", after it starts on " + format_date(event.from),
                      "`announced` is at most `from`");
    }
    if (event.to && *event.to <= event.from) {
      checking_.fault(
          event.place, dotted_key({"events", name, "to"}),
          "the event is over on " + format_date(*event.to) + ", not after it starts on " +
              format_date(event.from),
          "`to` is the first day on which it is over; leave it out where it is for good");
    }
  }

  void look_at_effect(const std::string& name, const EventSpec& event, const EffectSpec& effect) {
    const std::string key = key_of(name, event, effect);
    const bool is_ratio = effect.kind == EffectSpec::Kind::ratio;
    const std::string what = is_ratio ? "the ratio " : "the difference ";
    if (is_ratio && !(effect.value >= 0 && effect.value <= highest_ratio)) {
      checking_.fault(effect.place, key,
                      what + number_in_words(effect.value) + " is not 0 or more, at most 1,000,000",
                      "a ratio multiplies; use `difference` to add or take away");
    }
    if (effect.low && effect.high && *effect.low > *effect.high) {
      checking_.fault(effect.place, key,
                      "`low` is " + number_in_words(*effect.low) + ", above `high`, " +
                          number_in_words(*effect.high));
    }
    const std::string why = beyond(effect.value, effect.low, effect.high);
    if (!why.empty()) {
      checking_.fault(effect.place, key, what + number_in_words(effect.value) + " is" + why,
                      "the range says within which values the effect may lie");
    }
    look_at_sites(key, effect);
  }

  void look_at_sites(const std::string& key, const EffectSpec& effect) {
    const auto read = read_at_.find(effect.parameter);
    if (read == read_at_.end()) return;
    const ReadAt& at = read->second;
    for (const std::string& site : effect.sites) {
      const std::string level = site.substr(0, site.find(':'));
      if (at.levels.contains(level) || !checking_.scenario.levels.contains(level)) continue;
      checking_.fault(effect.place, key,
                      "nothing reads " + in_ticks(effect.parameter) + " at " + in_ticks(site) +
                          ", so the effect would do nothing",
                      at.levels.empty() ? "leave `site` out"
                                        : "it is read at level " +
                                              listed({at.levels.begin(), at.levels.end()}, "and"));
    }
  }

  void look_for_twice(const std::string& name, const EventSpec& event) {
    struct Changed {
      bool everywhere = false;
      std::set<std::string> sites;
    };
    std::map<std::string, Changed> changed;
    for (const EffectSpec& effect : event.effects) {
      Changed& so_far = changed[effect.parameter];
      const auto again = std::ranges::find_if(
          effect.sites, [&](const std::string& site) { return so_far.sites.contains(site); });
      const bool is_everywhere = effect.sites.empty();
      if (so_far.everywhere || again != effect.sites.end() ||
          (is_everywhere && !so_far.sites.empty())) {
        checking_.fault(effect.place, key_of(name, event, effect),
                        "the event changes " + in_ticks(effect.parameter) + " twice" +
                            (again != effect.sites.end() ? " at " + in_ticks(*again) : ""),
                        "write one effect, or two events");
      }
      so_far.everywhere = so_far.everywhere || is_everywhere;
      so_far.sites.insert(effect.sites.begin(), effect.sites.end());
    }
  }

  /// Within the parameter's own range, wherever it is read and whatever is in force together.
  void look_at_values(const std::string& name, const ParameterSpec& parameter) {
    Quantity quantity;
    quantity.kind = Quantity::Kind::parameter;
    quantity.parameter = name;
    if (checking_.values.change_count(quantity) == 0) return;
    const auto read = read_at_.find(name);
    if (read == read_at_.end()) return;
    std::set<std::string> said;
    const auto look_at = [&](const std::string& site, Date from) {
      const auto value = checking_.values.at(quantity, site, from);
      const std::vector<Change> changes = checking_.values.changes_at(quantity, site, from);
      if (!value || changes.empty()) return true;
      const std::string why = beyond(*value, parameter.low, parameter.high);
      if (why.empty()) return true;
      std::vector<std::string> names;
      for (const Change& change : changes) names.push_back(*change.event);
      const std::string events = listed(names, "and");
      if (!said.insert(events).second) return true;
      const Change& last = *std::ranges::max_element(changes, {}, &Change::from);
      checking_.fault(last.effect->place,
                      key_of(*last.event, checking_.scenario.events.at(*last.event), *last.effect),
                      (names.size() == 1 ? "under the event " : "under the events ") + events +
                          " the value of " + in_ticks(name) + " " + checking_.at_from(site, from) +
                          " is " + number_in_words(*value) + "," + why,
                      "the range says within which values the parameter may lie");
      return true;
    };
    const ReadAt& at = read->second;
    if (at.once) checking_.for_each_stretch({&quantity}, {}, look_at);
    if (at.levels.empty()) return;
    checking_.for_each_stretch({&quantity}, {at.levels.begin(), at.levels.end()}, look_at);
  }

  static std::string key_of(const std::string& name, const EventSpec& event,
                            const EffectSpec& effect) {
    const auto position = &effect - event.effects.data();
    return dotted_key({"events", name, "effects", "[" + std::to_string(position + 1) + "]"});
  }

  Checking& checking_;
  std::map<std::string, ReadAt> read_at_;
};

}  // namespace

void check_events(Checking& checking) {
  EventCheck{checking}.look();
}

}  // namespace rassoflow
