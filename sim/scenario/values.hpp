// The value of a Quantity at a site on a date, as check and compile both read it, and the one rule
// of how dated changes compose:
//
//   value = base × every ratio + every difference
//   odds  = odds of that value × every odds ratio
//
// The base is the parameter's own step in force; the changes are those of the events in force and
// then of the levers in use, taken in the order of their names, so that no file decides the last
// bit. Neutral effects (ratio 1, difference 0) are left out as if they had not been written.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// The step of the parameter in force (of the named site if it has any in force, else of every
/// site; the latest `from` not after `date`), changed by the events in force. Nothing if no step is
/// in force.
std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date);

/// The same as far as it was announced by `known_on`: what diaries and due dates may count on.
/// Steps and events announced later are not yet seen; an event's end is announced with the event.
/// From `date` on, everything that is in force on `date` is known.
std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date, Date known_on);

/// Every date on which a change of a parameter named in the quantity becomes known.
std::set<Date> announcement_dates(const Scenario& scenario, const Quantity& quantity);

/// Every date at which any parameter named in the quantity changes.
std::set<Date> change_dates(const Scenario& scenario, const Quantity& quantity);

/// `force:Kent`
std::string qualified_site(const std::string& level, const std::string& name);
/// All of them, qualified.
std::vector<std::string> all_sites(const Scenario& scenario);

/// A number, and what multiplies its odds where it is a probability.
struct Weight {
  double value = 0;
  double odds = 1;

  /// The value, or the probability with these odds.
  double applied() const { return odds == 1 ? value : value * odds / (1 - value + value * odds); }
};

/// Of ways that exclude each other: the weights times their odds, scaled to their old sum. Where no
/// odds ratio acts the values are left as they are, to the last bit.
std::vector<double> probabilities(const std::vector<Weight>& weights);

/// The same as value_of, before the odds ratios are applied: of the routes of one decision, all
/// weights are multiplied first and then scaled to add up to 1.
std::optional<Weight> weight_of(const Scenario& scenario, const Quantity& quantity,
                                const std::string& qualified_site, Date date, Date known_on);

/// What an event or a lever does to a parameter, with its dates.
struct Change {
  const std::string* cause;  ///< name of the event or lever
  const EffectSpec* effect;
  Date from;
  Date to;  ///< the highest date: for good
  Date announced;
  const LeverChange* lever = nullptr;  ///< nothing: it is an event's

  bool acts_at(const std::string& site) const {
    return effect->sites.empty() || effect->sites.contains(site);
  }
  bool is_in_force(const std::string& site, Date date, Date known_on) const {
    return from <= date && date < to && announced <= known_on && acts_at(site);
  }
  /// How much of the effect there is on a day: a ramp takes a step each week, to the mean of a
  /// straight line over that week.
  double grown(Date date) const;
  /// The effect of the day: a ratio's logarithm grows along the line.
  double value_on(Date date) const;
};

/// Calls `visit(change)` for everything that is not neutral: events in the order of their names,
/// then the changes of levers in theirs. An event changes a parameter at a site at most once.
template <class Visit>
void for_each_change(const Scenario& scenario, Visit visit) {
  for (const auto& [name, event] : scenario.events) {
    for (const EffectSpec& effect : event.effects) {
      if (effect.is_neutral()) continue;
      visit(Change{&name, &effect, event.from, event.to.value_or(Date::max()),
                   event.announced.value_or(event.from)});
    }
  }
  for (const LeverChange& change : scenario.lever_changes) {
    if (change.effect.is_neutral()) continue;
    visit(Change{&change.lever, &change.effect, change.from, change.to, change.announced, &change});
  }
}

/// Calls `visit(date)` for every date on which the change makes a difference.
template <class Visit>
void for_each_date_of(const Change& change, Visit visit) {
  visit(change.from);
  if (change.lever != nullptr) {
    const std::chrono::days ramp{change.lever->ramp_days};
    for (std::chrono::days day{7}; day < ramp; day += std::chrono::days{7}) {
      if (change.from + day < change.to) visit(change.from + day);
    }
    if (change.from + ramp < change.to) visit(change.from + ramp);
  }
  if (change.to != Date::max()) visit(change.to);
}

/// What the changes make of a base on a day, given those of one parameter that are in force then.
Weight composed(double base, std::span<const Change> in_force, Date date);

/// The parameter's own value, before any change.
std::optional<double> base_value_of(const ParameterSpec& parameter,
                                    const std::string& qualified_site, Date date);

}  // namespace rassoflow
