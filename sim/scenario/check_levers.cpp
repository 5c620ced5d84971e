// Levers: names, dates and places that make sense, and no two of them on one parameter at one place
// on one day unless they say what happens then.
#include <algorithm>
#include <cmath>

#include "sim/scenario/check_effects.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

class LeverCheck {
 public:
  explicit LeverCheck(Checking& checking)
      : checking_(checking),
        scenario_(checking.scenario),
        effects_(checking),
        geography_(scenario_) {}

  void look() {
    for (const auto& [name, lever] : scenario_.levers) {
      look_at_uses(name, lever);
      effects_.look_at_effects({"levers", name}, "the lever", lever.effects);
      look_at_effects(name, lever);
      look_at_bundle(name, lever);
    }
    for (const auto& [name, lever] : scenario_.levers) {
      for (const LeverUse& use : uses_of(lever)) {
        look_at_places(name, lever, use);
        for (const std::string& member : lever.bundle) {
          const auto found = scenario_.levers.find(member);
          if (found != scenario_.levers.end()) look_at_places(member, found->second, use);
        }
      }
    }
    look_for_lost_totals();
    look_for_conflicts();
  }

 private:
  void look_at_uses(const std::string& name, const LeverSpec& lever) {
    effects_.look_at_dates(lever.place, {"levers", name}, "the lever", lever.use);
    for (std::size_t i = 0; i < lever.waves.size(); ++i) {
      const LeverUse& wave = lever.waves[i];
      const std::string at = "[" + std::to_string(i + 1) + "]";
      effects_.look_at_dates(wave.place, {"levers", name, "waves", at}, "the wave", wave);
    }
    const bool has_own =
        lever.use.from || lever.use.to || lever.use.announced || !lever.use.sites.empty();
    if (lever.waves.empty() || !has_own) return;
    checking_.fault(lever.place, dotted_key({"levers", name, "waves"}),
                    "the lever has waves and dates or sites of its own",
                    "give `from`, `to`, `announced` and `site` in each wave");
  }

  void look_at_effects(const std::string& name, const LeverSpec& lever) {
    for (std::size_t i = 0; i < lever.effects.size(); ++i) {
      const EffectSpec& effect = lever.effects[i];
      const std::string key = effect_key({"levers", name}, i);
      const auto parameter = scenario_.parameters.find(effect.parameter);
      if (parameter == scenario_.parameters.end()) continue;
      if (!parameter->second.not_a_lever.empty()) {
        checking_.fault(effect.place, key, "no lever may act on " + in_ticks(effect.parameter),
                        parameter->second.not_a_lever);
      }
      if (effects_.read_at(effect.parameter) == nullptr) {
        checking_.fault(
            effect.place, key,
            "nothing reads " + in_ticks(effect.parameter) + ", so the effect would do nothing", "");
      }
      if (lever.ramp_days > 0 && effect.scale() != EffectSpec::Scale::difference &&
          effect.value <= 0) {
        checking_.fault(effect.place, key, "a ratio of 0 cannot be reached by a ramp",
                        "a ramp follows the logarithm of the ratio; write a small number");
      }
      if (effect.kind == EffectSpec::Kind::total) {
        look_at_total(key, effect);
      } else if (!effect.by.empty()) {
        checking_.fault(effect.place, key, "only a `total` is shared `by` something", "");
      }
    }
  }

  void look_at_total(const std::string& key, const EffectSpec& effect) {
    const ReadAt* at = effects_.read_at(effect.parameter);
    if (at == nullptr || at->levels.size() == 1) return;
    checking_.fault(effect.place, key,
                    at->levels.empty() ? "the parameter is read at no site to share a total among"
                                       : "the parameter is read at several levels, so that a total "
                                         "has no one way to be shared",
                    "use `difference` with `site`");
  }

  void look_at_bundle(const std::string& name, const LeverSpec& lever) {
    for (const std::string& member : lever.bundle) {
      const auto found = scenario_.levers.find(member);
      if (found == scenario_.levers.end() || found->second.bundle.empty()) continue;
      checking_.fault(lever.place, dotted_key({"levers", name, "bundle"}),
                      member == name ? "the lever is in its own bundle"
                                     : in_ticks(member) + " is a bundle itself",
                      "a bundle names levers with effects of their own");
    }
  }

  void look_at_places(const std::string& name, const LeverSpec& lever, const LeverUse& use) {
    for (std::size_t i = 0; i < lever.effects.size(); ++i) {
      const EffectSpec& effect = lever.effects[i];
      const ReadAt* at = effects_.read_at(effect.parameter);
      if (at == nullptr) continue;
      const Placement where = placement(scenario_, geography_, effect, use.sites, *at);
      const std::string key = effect_key({"levers", name}, i);
      const std::vector<std::string> partly(where.partly.begin(), where.partly.end());
      if (!partly.empty()) {
        checking_.fault(use.place, key,
                        listed(partly, "and") + (partly.size() == 1 ? " lies" : " lie") +
                            " only in part where the lever is used",
                        "name sites of level " +
                            listed({at->levels.begin(), at->levels.end()}, "or") + ", which read " +
                            in_ticks(effect.parameter));
      } else if (where.is_nowhere) {
        checking_.fault(
            use.place, key,
            "nothing reads " + in_ticks(effect.parameter) +
                " where the lever is used, so the effect would do nothing",
            "it is read at level " + listed({at->levels.begin(), at->levels.end()}, "and"));
      }
    }
  }

  /// A total that came to no site at all.
  void look_for_lost_totals() {
    for (const auto& [name, lever] : scenario_.levers) {
      if (uses_of(lever).empty()) continue;
      for (std::size_t i = 0; i < lever.effects.size(); ++i) {
        const EffectSpec& effect = lever.effects[i];
        const bool is_shared =
            effect.kind != EffectSpec::Kind::total || effect.is_neutral() ||
            std::ranges::any_of(
                scenario_.lever_changes, [&, &owner = name](const LeverChange& change) {
                  return change.lever == owner && change.effect.parameter == effect.parameter;
                });
        if (is_shared) continue;
        checking_.fault(effect.place, effect_key({"levers", name}, i),
                        "no site where the lever is used has any of " +
                            in_ticks(effect.by.empty() ? effect.parameter : effect.by) +
                            ", by which the total is shared",
                        "name another parameter with `by`");
      }
    }
  }

  bool settle(const LeverChange& a, const LeverChange& b) const {
    if (a.replaces.contains(b.lever) || b.replaces.contains(a.lever)) return true;
    return a.combines == Combines::max && b.combines == Combines::max && a.lever != b.lever &&
           a.effect.scale() == b.effect.scale();
  }

  /// Of which the check of effects has spoken.
  static bool is_twice_in_one_use(const LeverChange& a, const LeverChange& b) {
    const Place &one = a.effect.place, &other = b.effect.place;
    return a.lever == b.lever && one != other;
  }

  static bool meet(const LeverChange& a, const LeverChange& b) {
    if (a.from >= b.to || b.from >= a.to) return false;
    if (a.effect.sites.empty() || b.effect.sites.empty()) return true;
    return std::ranges::any_of(
        a.effect.sites, [&](const std::string& site) { return b.effect.sites.contains(site); });
  }

  void look_for_conflicts() {
    std::map<std::string, std::vector<const LeverChange*>> by_parameter;
    for (const LeverChange& change : scenario_.lever_changes) {
      by_parameter[change.effect.parameter].push_back(&change);
    }
    std::set<std::pair<std::string, std::string>> said;
    std::size_t looks = 0;
    for (const auto& [parameter, changes] : by_parameter) {
      for (std::size_t i = 0; i < changes.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if (++looks > most_looks) return;
          const LeverChange &a = *changes[j], &b = *changes[i];
          if (!meet(a, b) || settle(a, b) || is_twice_in_one_use(a, b)) continue;
          if (said.emplace(a.lever, b.lever).second) report(parameter, a, b);
        }
      }
    }
  }

  void report(const std::string& parameter, const LeverChange& a, const LeverChange& b) {
    const LeverSpec& owner = scenario_.levers.at(b.bundle.empty() ? b.lever : b.bundle);
    const std::string day = format_date(std::max(a.from, b.from));
    if (a.lever == b.lever) {
      checking_.fault(
          owner.place, dotted_key({"levers", b.lever}),
          "the lever is in use twice on " + day + " where it changes " + in_ticks(parameter),
          "by itself, in a bundle or in a wave: let the dates or places differ");
      return;
    }
    checking_.fault(owner.place, dotted_key({"levers", b.lever}),
                    "the levers " + in_ticks(a.lever) + " and " + in_ticks(b.lever) +
                        " both change " + in_ticks(parameter) + " on " + day,
                    "let one `replaces` the other, or both have `combines = \"max\"`");
  }

  static constexpr std::size_t most_looks = 2'000'000;

  Checking& checking_;
  const Scenario& scenario_;
  EffectCheck effects_;
  Geography geography_;
};

}  // namespace

void check_levers(Checking& checking) {
  LeverCheck{checking}.look();
}

}  // namespace rassoflow
