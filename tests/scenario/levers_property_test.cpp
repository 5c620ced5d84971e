// Properties of any levers on one parameter, together with any events: what their composition does
// not depend on, what cancels, and that a value changes only on the dates that are named.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/levers.hpp"
#include "sim/scenario/value_index.hpp"
#include "sim/scenario/values.hpp"
#include "tests/scenario/any_days.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

LeverSpec any_lever() {
  LeverSpec lever;
  EffectSpec effect;
  effect.parameter = "x";
  effect.kind = *rc::gen::element(EffectSpec::Kind::ratio, EffectSpec::Kind::difference,
                                  EffectSpec::Kind::odds_ratio);
  effect.value = effect.scale() == EffectSpec::Scale::difference
                     ? *rc::gen::inRange(-90, 91) / 700.0
                     : *rc::gen::inRange(1, 65) / *rc::gen::element(16.0, 10.0, 7.0);
  lever.effects.push_back(effect);
  lever.use.from = any_date();
  if (*rc::gen::arbitrary<bool>()) {
    lever.use.to = *lever.use.from + std::chrono::days{*rc::gen::inRange(1, days_covered)};
  }
  lever.ramp_days = *rc::gen::element(0U, 0U, 5U, 7U, 30U);
  for (const char* site : {"all:A", "all:B"}) {
    if (*rc::gen::inRange(0, 3) == 0) lever.use.sites.insert(site);
  }
  return lever;
}

/// A world in which a pool reads `x` at three sites.
Scenario any_scenario() {
  Scenario scenario =
      scenario_of(small_world() +
                  "[sites.all]\n\"A\" = {}\n\"B\" = {}\n\"C\" = {}\n[parameters.x]\nunit = "
                  "\"\"\ngrade = \"assumed\"\nsource = \"s\"\nvalue = 0.4\n[pools.other]\n"
                  "absence = \"x\"\n");
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    scenario.levers["l" + std::to_string(*rc::gen::inRange(0, 1000))] = any_lever();
  }
  if (*rc::gen::arbitrary<bool>()) {
    EventSpec event;
    event.from = any_date();
    event.effects.push_back(any_lever().effects.front());
    scenario.events["shock"] = event;
  }
  resolve_levers(scenario);
  return scenario;
}

bool is_near(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b)});
}

RC_GTEST_PROP(AnyLevers, HaveTheValueOfTheIndexAndChangeItOnNamedDates, ()) {
  const Scenario scenario = any_scenario();
  const ValueIndex index{scenario};
  const std::set<Date> all = change_dates(scenario, x());
  for (const std::string& site : sites) {
    std::set<Date> dates;
    index.add_changes(x(), site, Date::min(), Date::max(), dates);
    for (int d = 0; d <= 2 * days_covered; ++d) {
      const Date date = first_day + std::chrono::days{d};
      RC_ASSERT(index.at(x(), site, date) == value_of(scenario, x(), site, date));
      if (index.at(x(), site, date) == index.at(x(), site, date - std::chrono::days{1})) continue;
      RC_ASSERT(dates.contains(date));
      RC_ASSERT(all.contains(date));
    }
  }
}

RC_GTEST_PROP(AnyLevers, ThatAreNeutralChangeNoBit, ()) {
  const Scenario scenario = any_scenario();
  Scenario more = scenario;
  LeverSpec lever = any_lever();
  lever.effects.front().value = lever.effects.front().neutral_value();
  more.levers[*rc::gen::element<std::string>("a", "l5x", "z")] = lever;
  resolve_levers(more);
  RC_ASSERT(change_dates(more, x()) == change_dates(scenario, x()));
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(value_of(more, x(), site, date) == value_of(scenario, x(), site, date));
  });
}

/// The same dates and places, ramps included.
RC_GTEST_PROP(AnyLevers, ThatAreInverseCancel, ()) {
  const Scenario scenario = any_scenario();
  Scenario more = scenario;
  LeverSpec lever = any_lever();
  more.levers["a"] = lever;
  EffectSpec& effect = lever.effects.front();
  effect.value = effect.scale() == EffectSpec::Scale::difference ? -effect.value : 1 / effect.value;
  more.levers["zz"] = lever;
  resolve_levers(more);
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(is_near(value_of(more, x(), site, date).value(),
                      value_of(scenario, x(), site, date).value()));
  });
}

/// A lever in use by itself is the lever in use through a bundle, to the last bit.
RC_GTEST_PROP(AnyLevers, AreTheSameInABundle, ()) {
  const Scenario scenario = any_scenario();
  RC_PRE(!scenario.levers.empty());
  Scenario bundled = scenario;
  for (auto& [name, lever] : bundled.levers) {
    LeverSpec bundle;
    bundle.bundle = {name};
    bundle.use = lever.use;
    lever.use = {};
    bundled.levers["bundle_of_" + name] = bundle;
  }
  resolve_levers(bundled);
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(value_of(bundled, x(), site, date) == value_of(scenario, x(), site, date));
  });
}

/// Of a number between 0 and 1 that only odds ratios act on, any of them leave it there.
RC_GTEST_PROP(OddsRatios, LeaveAProbabilityAProbability, ()) {
  const double value = *rc::gen::inRange(0, 1001) / 1000.0;
  const double odds = *rc::gen::inRange(0, 100'000) / 100.0;
  const double applied = Weight{value, odds}.applied();
  RC_ASSERT(value == 1 || (applied >= 0 && applied <= 1));
  const std::vector<double> all = probabilities({{value, odds}, {1 - value}});
  RC_ASSERT(is_near(all[0] + all[1], 1));
  if (odds > 0) RC_ASSERT(is_near(all[0], applied));
}

}  // namespace
}  // namespace rassoflow::scenario_test
