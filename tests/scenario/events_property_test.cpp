// Properties of any events on one parameter: the rule of composition in other words, the order of
// files and tables, neutral and inverse effects, what is known when.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "sim/scenario/value_index.hpp"
#include "sim/scenario/values.hpp"
#include "tests/scenario/any_days.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

/// Sixteenths of up to 4 and tenths of them: some are exact in binary, most are not.
double any_ratio() {
  return *rc::gen::inRange(1, 65) / *rc::gen::element(16.0, 10.0, 7.0);
}

EffectSpec any_effect() {
  EffectSpec effect;
  effect.parameter = "x";
  effect.kind = *rc::gen::element(EffectSpec::Kind::ratio, EffectSpec::Kind::difference);
  effect.value =
      effect.kind == EffectSpec::Kind::ratio ? any_ratio() : *rc::gen::inRange(-90, 91) / 7.0;
  for (const char* site : {"all:A", "all:B"}) {
    if (*rc::gen::inRange(0, 3) == 0) effect.sites.insert(site);
  }
  return effect;
}

EventSpec any_event() {
  EventSpec event;
  event.from = any_date();
  if (*rc::gen::arbitrary<bool>()) {
    event.to = event.from + std::chrono::days{*rc::gen::inRange(1, days_covered)};
  }
  if (*rc::gen::arbitrary<bool>()) {
    event.announced = event.from - std::chrono::days{*rc::gen::inRange(0, 10)};
  }
  event.effects.push_back(any_effect());
  return event;
}

Scenario any_scenario() {
  Scenario scenario;
  auto& steps = scenario.parameters["x"].steps;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    ParameterStep step;
    step.site = *rc::gen::element<std::string>("", "all:A");
    if (i > 0) step.from = any_date();
    if (step.from && *rc::gen::arbitrary<bool>()) {
      step.announced = *step.from - std::chrono::days{*rc::gen::inRange(0, 10)};
    }
    step.value = *rc::gen::inRange(1, 100) / 3.0;
    if (i == 0) step.site.clear();
    steps.push_back(step);
  }
  const int events = *rc::gen::inRange(0, 9);
  for (int i = 0; i < events; ++i) {
    scenario.events["e" + std::to_string(*rc::gen::inRange(0, 1000))] = any_event();
  }
  return scenario;
}

bool is_near(double a, double b, double scale) {
  return std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b), scale});
}

/// Bounds what rounding can do: differences and ratios as large as they come.
double size_of_everything(const Scenario& scenario) {
  double product = 100;
  double sum = 1;
  for (const auto& [name, event] : scenario.events) {
    const EffectSpec& effect = event.effects.front();
    if (effect.kind == EffectSpec::Kind::ratio) product *= std::max(1.0, effect.value);
    if (effect.kind == EffectSpec::Kind::difference) sum += std::abs(effect.value);
  }
  return product + sum;
}

RC_GTEST_PROP(AnyEvents, AreTheBaseTimesEveryRatioPlusEveryDifference, ()) {
  const Scenario scenario = any_scenario();
  Scenario bare = scenario;
  bare.events.clear();
  const ValueIndex index{scenario};
  on_every_day_and_site([&](const std::string& site, Date date) {
    long double expected = value_of(bare, x(), site, date).value();
    long double sum = 0;
    for (const auto& [name, event] : scenario.events) {
      const EffectSpec& effect = event.effects.front();
      const bool is_on = event.from <= date && (!event.to || date < *event.to);
      if (!is_on || !(effect.sites.empty() || effect.sites.contains(site))) continue;
      if (effect.kind == EffectSpec::Kind::ratio) expected *= effect.value;
      if (effect.kind == EffectSpec::Kind::difference) sum += effect.value;
    }
    const double value = value_of(scenario, x(), site, date).value();
    RC_ASSERT(is_near(value, static_cast<double>(expected + sum), size_of_everything(scenario)));
    RC_ASSERT(index.at(x(), site, date) == value);
  });
}

/// Between two dates that the index names, nothing changes.
RC_GTEST_PROP(AnyEvents, ChangeAValueOnlyOnTheDatesOfChange, ()) {
  const Scenario scenario = any_scenario();
  const ValueIndex index{scenario};
  const std::set<Date> all = change_dates(scenario, x());
  for (const std::string& site : sites) {
    std::set<Date> dates;
    index.add_changes(x(), site, Date::min(), Date::max(), dates);
    for (int d = 0; d <= 2 * days_covered; ++d) {
      const Date date = first_day + std::chrono::days{d};
      if (index.at(x(), site, date) == index.at(x(), site, date - std::chrono::days{1})) continue;
      RC_ASSERT(dates.contains(date));
      RC_ASSERT(all.contains(date));
    }
  }
}

RC_GTEST_PROP(AnyEvents, ThatAreNeutralChangeNoBit, ()) {
  const Scenario scenario = any_scenario();
  Scenario more = scenario;
  const int count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    EventSpec event = any_event();
    EffectSpec& effect = event.effects.front();
    effect.value = effect.kind == EffectSpec::Kind::ratio ? 1 : 0;
    // Before, among and after the others.
    more.events[*rc::gen::element<std::string>("a", "e5x", "z") + std::to_string(i)] = event;
  }
  RC_ASSERT(change_dates(more, x()) == change_dates(scenario, x()));
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(value_of(more, x(), site, date) == value_of(scenario, x(), site, date));
    const Date known_on = date - std::chrono::days{5};
    RC_ASSERT(value_of(more, x(), site, date, known_on) ==
              value_of(scenario, x(), site, date, known_on));
  });
}

RC_GTEST_PROP(AnyEvents, ThatAreInverseCancel, ()) {
  const Scenario scenario = any_scenario();
  Scenario more = scenario;
  EventSpec event = any_event();
  more.events[*rc::gen::element<std::string>("a", "e5x", "z")] = event;
  EffectSpec& effect = event.effects.front();
  effect.value = effect.kind == EffectSpec::Kind::ratio ? 1 / effect.value : -effect.value;
  more.events[*rc::gen::element<std::string>("b", "e6x", "zz")] = event;
  const double size = size_of_everything(more);
  on_every_day_and_site([&](const std::string& site, Date date) {
    const double before = value_of(scenario, x(), site, date).value();
    RC_ASSERT(is_near(value_of(more, x(), site, date).value(), before, size));
  });
}

/// What is known on a day is the whole of a scenario in which nothing announced later is written.
RC_GTEST_PROP(AnyEvents, AreKnownFromTheirAnnouncement, ()) {
  const Scenario scenario = any_scenario();
  const Date known_on = any_date();
  Scenario known = scenario;
  std::erase_if(known.parameters["x"].steps, [&](const ParameterStep& step) {
    return step.from && step.announced.value_or(*step.from) > known_on;
  });
  std::erase_if(known.events, [&](const auto& event) {
    return event.second.announced.value_or(event.second.from) > known_on;
  });
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(value_of(scenario, x(), site, date, known_on) == value_of(known, x(), site, date));
    if (date > known_on) return;
    RC_ASSERT(value_of(scenario, x(), site, date, known_on) == value_of(scenario, x(), site, date));
  });
}

std::string in_toml(const std::string& name, const EventSpec& event) {
  const EffectSpec& effect = event.effects.front();
  std::string site;
  for (const std::string& one : effect.sites) {
    site += (site.empty() ? "site = [\"" : "\", \"") + one;
  }
  if (!site.empty()) site += "\"], ";
  return fmt::format(
      "[events.{}]\ntitle = \"T\"\ngrade = \"assumed\"\nsource = \"s\"\nfrom = {}\n{}"
      "effects = [ {{ parameter = \"x\", {}{} = {} }} ]\n",
      name, format_date(event.from), event.to ? "to = " + format_date(*event.to) + "\n" : "", site,
      effect.kind == EffectSpec::Kind::ratio ? "ratio" : "difference", effect.value);
}

RC_GTEST_PROP(AnyEvents, AreTheSameWhateverTheOrderOfTablesAndFiles, ()) {
  const Scenario scenario = any_scenario();
  std::vector<std::string> tables;
  for (const auto& [name, event] : scenario.events) tables.push_back(in_toml(name, event));
  const std::string world =
      small_world() +
      "[sites.all]\n\"A\" = {}\n\"B\" = {}\n\"C\" = {}\n"
      "[parameters.x]\nunit = \"\"\ngrade = \"assumed\"\nsource = \"s\"\nvalue = 3.3\n";
  const auto read = [&](const std::vector<std::string>& in_order, std::size_t in_first_file) {
    std::string first, second;
    for (std::size_t i = 0; i < in_order.size(); ++i) {
      (i < in_first_file ? first : second) += in_order[i];
    }
    return scenario_of("format = 1\ntitle = \"t\"\nextends = [\"a.toml\", \"b.toml\"]\n",
                       {{"a.toml", first}, {"b.toml", world + second}});
  };
  const Scenario a = read(tables, 0);
  std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
  std::shuffle(tables.begin(), tables.end(), random);
  const Scenario b = read(tables, *rc::gen::inRange<std::size_t>(0, tables.size() + 1));
  RC_ASSERT(a.events.size() == scenario.events.size());
  on_every_day_and_site([&](const std::string& site, Date date) {
    RC_ASSERT(value_of(a, x(), site, date) == value_of(b, x(), site, date));
  });
}

}  // namespace
}  // namespace rassoflow::scenario_test
