// The value of a Quantity at a site on a date, as check and compile both read it, and the one rule
// of how dated changes compose:
//
//   value = base × every ratio + every difference
//
// The base is the parameter's own step in force; ratios and differences are those of the events in
// force, taken in the order of their names, so that no file decides the last bit. Neutral effects
// (ratio 1, difference 0) are left out as if they had not been written.
#pragma once

#include <optional>
#include <set>
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

/// A ratio or difference with its dates.
struct Change {
  const std::string* event;
  const EffectSpec* effect;
  Date from;
  Date to;  ///< the highest date: for good
  Date announced;

  bool acts_at(const std::string& site) const {
    return effect->sites.empty() || effect->sites.contains(site);
  }
  bool is_in_force(const std::string& site, Date date, Date known_on) const {
    return from <= date && date < to && announced <= known_on && acts_at(site);
  }
};

/// Calls `visit(change)` for everything that is not neutral, in the order of the events' names; an
/// event changes a parameter at a site at most once.
template <class Visit>
void for_each_change(const Scenario& scenario, Visit visit) {
  for (const auto& [name, event] : scenario.events) {
    for (const EffectSpec& effect : event.effects) {
      if (effect.is_neutral()) continue;
      visit(Change{&name, &effect, event.from, event.to.value_or(Date::max()),
                   event.announced.value_or(event.from)});
    }
  }
}

/// What the changes in force make of a base.
class Composition {
 public:
  void add(const EffectSpec& effect) {
    if (effect.kind == EffectSpec::Kind::ratio) ratio_ *= effect.value;
    if (effect.kind == EffectSpec::Kind::difference) difference_ += effect.value;
  }
  double of(double base) const { return base * ratio_ + difference_; }

 private:
  double ratio_ = 1;
  double difference_ = 0;
};

}  // namespace rassoflow
