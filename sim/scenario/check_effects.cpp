#include "sim/scenario/check_effects.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double highest_ratio = 1e6;

/// What a word of an effect is about; the plain `ratio` and `difference` act on anything.
struct WordRule {
  EffectSpec::Kind kind;
  std::vector<Role> roles;
  const char* in_words;
};
const std::vector<WordRule>& word_rules() {
  static const std::vector<WordRule> rules{
      {EffectSpec::Kind::odds_ratio, {Role::probability}, "a probability of routes"},
      {EffectSpec::Kind::hazard_ratio, {Role::hazard, Role::multiplier}, "a hazard"},
      {EffectSpec::Kind::time_ratio,
       {Role::law_time, Role::due_days, Role::slice_hours, Role::hand_over_hours, Role::notice,
        Role::time_limit},
       "a time"},
      {EffectSpec::Kind::shift, {Role::strength}, "the strength of evidence or a threshold of it"},
  };
  return rules;
}

}  // namespace

std::string beyond(double value, const std::optional<double>& low,
                   const std::optional<double>& high) {
  if (low && !(value >= *low - effect_rounding * std::max(1.0, std::abs(*low)))) {
    return " below `low`, " + number_in_words(*low);
  }
  if (high && !(value <= *high + effect_rounding * std::max(1.0, std::abs(*high)))) {
    return " above `high`, " + number_in_words(*high);
  }
  return "";
}

std::string effect_key(std::vector<std::string> path, std::size_t index) {
  path.emplace_back("effects");
  path.push_back("[" + std::to_string(index + 1) + "]");
  return dotted_key(path);
}

EffectCheck::EffectCheck(Checking& checking)
    : checking_(checking), read_at_(places_of_reading(checking.scenario)) {
  for (const QuantitySlot& slot : checking.slots) {
    for (const std::string& name : parameters_in(*slot.quantity)) roles_[name].insert(slot.role);
  }
}

const ReadAt* EffectCheck::read_at(const std::string& parameter) const {
  const auto found = read_at_.find(parameter);
  return found == read_at_.end() ? nullptr : &found->second;
}

void EffectCheck::look_at_dates(const Place& place, const std::vector<std::string>& path,
                                const std::string& what, const LeverUse& dates) {
  if (!dates.from) return;
  const auto key = [&](const char* last) {
    std::vector<std::string> out = path;
    out.emplace_back(last);
    return dotted_key(out);
  };
  if (dates.announced && *dates.announced > *dates.from) {
    checking_.fault(place, key("announced"),
                    what + " is announced on " + format_date(*dates.announced) +
                        ", after it starts on " + format_date(*dates.from),
                    "`announced` is at most `from`");
  }
  if (dates.to && *dates.to <= *dates.from) {
    checking_.fault(place, key("to"),
                    what + " is over on " + format_date(*dates.to) + ", not after it starts on " +
                        format_date(*dates.from),
                    "`to` is the first day on which it is over; leave it out where it is for good");
  }
}

void EffectCheck::look_at_effects(const std::vector<std::string>& path, const std::string& what,
                                  const std::vector<EffectSpec>& effects) {
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const std::string key = effect_key(path, i);
    look_at_number(key, effects[i]);
    look_at_word(key, effects[i]);
    look_at_sites(key, effects[i]);
  }
  look_for_twice(path, what, effects);
}

void EffectCheck::look_at_number(const std::string& key, const EffectSpec& effect) {
  if (!effect.value_parameter.empty()) {
    const bool is_there = checking_.scenario.parameters.contains(effect.value_parameter);
    if (is_there && single_value(checking_.scenario, effect.value_parameter) == nullptr) {
      checking_.fault(effect.place, key,
                      "the value of " + in_ticks(effect.value_parameter) +
                          " changes with date or site, so it cannot be that of an effect",
                      "let the parameter have a `value` alone");
    }
  }
  const bool is_ratio = effect.scale() != EffectSpec::Scale::difference;
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
}

void EffectCheck::look_at_word(const std::string& key, const EffectSpec& effect) {
  const auto roles = roles_.find(effect.parameter);
  if (roles == roles_.end()) return;
  for (const WordRule& rule : word_rules()) {
    if (rule.kind != effect.kind) continue;
    const bool fits = std::ranges::all_of(roles->second, [&](Role role) {
      return std::ranges::find(rule.roles, role) != rule.roles.end();
    });
    if (fits) continue;
    checking_.fault(effect.place, key,
                    in_ticks(std::string(effect_words[static_cast<std::size_t>(effect.kind)])) +
                        " is that of " + rule.in_words + ", but " + in_ticks(effect.parameter) +
                        " is read as something else",
                    "use `ratio` or `difference`");
  }
}

void EffectCheck::look_at_sites(const std::string& key, const EffectSpec& effect) {
  const ReadAt* at = read_at(effect.parameter);
  if (at == nullptr) return;
  for (const std::string& site : effect.sites) {
    const std::string level = level_of_site(site);
    if (at->levels.contains(level) || !checking_.scenario.levels.contains(level)) continue;
    checking_.fault(effect.place, key,
                    "nothing reads " + in_ticks(effect.parameter) + " at " + in_ticks(site) +
                        ", so the effect would do nothing",
                    at->levels.empty() ? "leave `site` out"
                                       : "it is read at level " +
                                             listed({at->levels.begin(), at->levels.end()}, "and"));
  }
}

void EffectCheck::look_for_twice(const std::vector<std::string>& path, const std::string& what,
                                 const std::vector<EffectSpec>& effects) {
  struct Changed {
    bool everywhere = false;
    std::set<std::string> sites;
  };
  std::map<std::string, Changed> changed;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const EffectSpec& effect = effects[i];
    Changed& so_far = changed[effect.parameter];
    const auto again = std::ranges::find_if(
        effect.sites, [&](const std::string& site) { return so_far.sites.contains(site); });
    const bool is_everywhere = effect.sites.empty();
    if (so_far.everywhere || again != effect.sites.end() ||
        (is_everywhere && !so_far.sites.empty())) {
      checking_.fault(effect.place, effect_key(path, i),
                      what + " changes " + in_ticks(effect.parameter) + " twice" +
                          (again != effect.sites.end() ? " at " + in_ticks(*again) : ""),
                      "write one effect, or two " + path.front());
    }
    so_far.everywhere = so_far.everywhere || is_everywhere;
    so_far.sites.insert(effect.sites.begin(), effect.sites.end());
  }
}

}  // namespace rassoflow
