// Levers: when and where they are in use, on which scale they act, and what becomes of two that
// want the same.
#include <gmock/gmock.h>

#include <cmath>

#include "sim/scenario/value_index.hpp"
#include "sim/scenario/values.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string lever(const std::string& name, const std::string& keys, const std::string& effects) {
  return "[levers." + name + "]\ntitle = \"T\"\ngrade = \"assumed\"\nsource = \"s\"\n" + keys +
         "\neffects = [" + effects + "]\n";
}

/// Two forces, each with an Area of its own, and Leeds between both; staff `x` of the Areas, share
/// `p` and delay `d` of the forces.
std::string world(const std::string& levers) {
  return R"(
format = 1
title = "T"
[run]
origin = 2020-01-01
to = 2021-01-01
[levels.force]
[levels.area]
owns_clock = false
[sites.force]
"Kent" = { area = "South" }
"York" = { area = "North" }
"Leeds" = { area = { "North" = 0.5, "South" = 0.5 } }
[sites.area]
"North" = {}
"South" = {}
[parameters.x]
unit = "FTE"
grade = "assumed"
source = "s"
changes = [ { site = "area:North", value = 8 }, { site = "area:South", value = 24 } ]
[parameters.p]
value = 0.2
unit = "share"
grade = "assumed"
source = "s"
[parameters.q]
value = 0.3
unit = "share"
grade = "assumed"
source = "s"
[parameters.d]
value = 10
unit = "days"
grade = "assumed"
source = "s"
[pools.staff]
level = "area"
positions = "x"
[stages.report]
kind = "report"
level = "force"
arrivals = 1
next = "look"
[stages.look]
kind = "wait"
level = "force"
delay = { law = "exponential", mean = "d", unit = "days" }
routes = [ { to = "closed", probability = "p" }, { to = "other", probability = "q" }, { to = "review" } ]
[stages.review]
kind = "work"
level = "area"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "charged"
[stages.closed]
kind = "outcome"
level = "force"
code = "closed"
[stages.other]
kind = "outcome"
level = "force"
code = "other"
[stages.charged]
kind = "outcome"
level = "force"
code = "charged"
)" + levers;
}

double on(const Scenario& scenario, const std::string& parameter, const std::string& site,
          const char* date) {
  const double value = value_of(scenario, named(parameter), site, day(date)).value();
  EXPECT_EQ(ValueIndex{scenario}.at(named(parameter), site, day(date)), value);
  return value;
}

const std::string more_days = "{ parameter = \"d\", time_ratio = 2 }";

TEST(Levers, WithoutADateAreOff) {
  const Scenario scenario = scenario_of(world(lever("slow", "", more_days)));
  EXPECT_THAT(scenario.lever_changes, IsEmpty());
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-12-31"), 10);
}

TEST(Levers, ArePutToUseByTheFileThatExtendsThem) {
  const Scenario scenario = scenario_of(
      "format = 1\ntitle = \"Kent is slow\"\nextends = \"base.toml\"\n[levers.slow]\n"
      "from = 2020-03-01\nto = 2020-04-01\nsite = \"force:Kent\"\n",
      {{"base.toml", world(lever("slow", "", more_days))}});
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-29"), 10);
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-03-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-03-31"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-04-01"), 10);
  EXPECT_EQ(on(scenario, "d", "force:York", "2020-03-01"), 10);
}

TEST(Levers, ComeInWaves) {
  const Scenario scenario = scenario_of(world(
      lever("slow",
            "waves = [ { from = 2020-02-01, site = \"force:Kent\" }, { from = 2020-03-01, to = "
            "2020-05-01, site = [\"force:York\", \"force:Leeds\"] } ]",
            more_days)));
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:York", "2020-02-01"), 10);
  EXPECT_EQ(on(scenario, "d", "force:York", "2020-03-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Leeds", "2020-05-01"), 10);
  EXPECT_THAT(change_dates(scenario, named("d")),
              ElementsAre(day("2020-02-01"), day("2020-03-01"), day("2020-05-01")));
}

TEST(Levers, AtAnAreaActOnTheForcesThatBelongToItWholly) {
  const std::string keys = "from = 2020-02-01\nsite = [\"area:South\"]";
  EXPECT_THAT(faults_in(world(lever("slow", keys, more_days))),
              ElementsAre("levers.slow.effects[1]: `force:Leeds` lies only in part where the lever "
                          "is used"));
  const std::string of_kent =
      lever("slow", "from = 2020-02-01\nsite = [\"area:South\", \"force:Kent\"]",
            more_days + ", { parameter = \"x\", difference = 2 }");
  const Scenario scenario = scenario_of(world(of_kent));
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Leeds", "2020-02-01"), 10);
  EXPECT_EQ(on(scenario, "x", "area:South", "2020-02-01"), 26);
  EXPECT_EQ(on(scenario, "x", "area:North", "2020-02-01"), 8);
}

TEST(Levers, ShareATotalInProportion) {
  const Scenario scenario =
      scenario_of(world(lever("hire", "from = 2020-02-01", "{ parameter = \"x\", total = 6 }")));
  EXPECT_EQ(on(scenario, "x", "area:North", "2020-02-01"), 8 + 1.5);
  EXPECT_EQ(on(scenario, "x", "area:South", "2020-02-01"), 24 + 4.5);
}

TEST(Levers, ShareATotalByAnotherParameter) {
  const std::string posts =
      "[parameters.posts]\nunit = \"FTE\"\ngrade = \"assumed\"\nsource = \"s\"\nvalue = 0\n"
      "[recruitment.posts]\npool = \"staff\"\nposts = \"posts\"\n";
  const auto hire = [&](const std::string& by) {
    return world(posts + lever("hire", "from = 2020-02-01",
                               "{ parameter = \"posts\", total = 6" + by + " }"));
  };
  const Scenario scenario = scenario_of(hire(", by = \"x\""));
  EXPECT_EQ(on(scenario, "posts", "area:North", "2020-02-01"), 1.5);
  EXPECT_EQ(on(scenario, "posts", "area:South", "2020-02-01"), 4.5);
  EXPECT_THAT(faults_in(hire("")),
              ElementsAre("levers.hire.effects[1]: no site where the lever is used has any of "
                          "`posts`, by which the total is shared"));
}

TEST(Levers, MultiplyOdds) {
  const Scenario scenario = scenario_of(
      world(lever("odds", "from = 2020-02-01", "{ parameter = \"p\", odds_ratio = 4 }")));
  EXPECT_EQ(on(scenario, "p", "force:Kent", "2020-01-31"), 0.2);
  // Odds 1 to 4 become 1 to 1.
  EXPECT_DOUBLE_EQ(on(scenario, "p", "force:Kent", "2020-02-01"), 0.5);
}

TEST(OddsRatios, ScaleTheOtherWaysAlike) {
  const std::vector<double> scaled = probabilities({{0.2, 4}, {0.3, 1}, {0.5, 1}});
  EXPECT_DOUBLE_EQ(scaled[0], 0.5);
  EXPECT_DOUBLE_EQ(scaled[1], 0.1875);
  EXPECT_DOUBLE_EQ(scaled[2], 0.3125);
  // Without any, not even the last bit moves.
  EXPECT_THAT(probabilities({{0.1}, {0.2}, {0.7}}), ElementsAre(0.1, 0.2, 0.7));
}

TEST(Levers, GrowAlongARampWhoseMeanIsThatOfALine) {
  const Scenario scenario = scenario_of(
      world(lever("hire", "from = 2020-02-01\nramp_days = 18\nto = 2020-03-01",
                  "{ parameter = \"x\", difference = 18 }, { parameter = \"d\", ratio = 4 }")));
  // Weeks of 7, 7 and 4 days, at 3.5, 10.5 and 16 eighteenths.
  const auto staff = [&](const char* date) { return on(scenario, "x", "area:North", date); };
  EXPECT_EQ(staff("2020-01-31"), 8);
  EXPECT_DOUBLE_EQ(staff("2020-02-01"), 8 + 3.5);
  EXPECT_DOUBLE_EQ(staff("2020-02-07"), 8 + 3.5);
  EXPECT_DOUBLE_EQ(staff("2020-02-08"), 8 + 10.5);
  EXPECT_DOUBLE_EQ(staff("2020-02-15"), 8 + 16);
  EXPECT_EQ(staff("2020-02-19"), 8 + 18);
  EXPECT_EQ(staff("2020-03-01"), 8);
  EXPECT_DOUBLE_EQ(on(scenario, "d", "force:Kent", "2020-02-08"), 10 * std::pow(4, 10.5 / 18));
  EXPECT_THAT(change_dates(scenario, named("d")),
              ElementsAre(day("2020-02-01"), day("2020-02-08"), day("2020-02-15"),
                          day("2020-02-19"), day("2020-03-01")));
}

TEST(Levers, PutABundleToWorkAtItsDatesAndPlaces) {
  const Scenario scenario = scenario_of(
      world(lever("slow", "", more_days) + lever("hire", "", "{ parameter = \"x\", ratio = 2 }") +
            "[levers.both]\ntitle = \"T\"\ngrade = \"assumed\"\nsource = \"s\"\nbundle = "
            "[\"slow\", \"hire\"]\nfrom = 2020-02-01\nsite = [\"force:York\", \"area:North\"]\n"));
  EXPECT_EQ(on(scenario, "d", "force:York", "2020-02-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-01"), 10);
  EXPECT_EQ(on(scenario, "x", "area:North", "2020-02-01"), 16);
  EXPECT_EQ(on(scenario, "x", "area:South", "2020-02-01"), 24);
  EXPECT_EQ(scenario.lever_changes.front().bundle, "both");
}

TEST(Levers, TakeTheirValueFromAParameter) {
  const std::string effect = "{ parameter = \"d\", time_ratio = \"slowness\" }";
  const std::string slowness =
      "[parameters.slowness]\nunit = \"ratio\"\ngrade = \"assumed\"\nsource = \"s\"\n";
  const Scenario scenario =
      scenario_of(world(lever("slow", "from = 2020-02-01", effect) + slowness + "value = 1.5\n"));
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-01"), 15);
  EXPECT_THAT(faults_in(world(lever("slow", "from = 2020-02-01", effect) + slowness +
                              "changes = [ { from = 2020-01-01, value = 1.5 } ]\n")),
              ElementsAre("levers.slow.effects[1]: the value of `slowness` changes with date or "
                          "site, so it cannot be that of an effect"));
}

TEST(Levers, OnOneParameterAtOnePlaceOnOneDayMustSayWhoGivesWay) {
  const auto two = [](const std::string& keys) {
    return world(lever("a", "from = 2020-02-01", more_days) +
                 lever("b", "from = 2020-03-01\n" + keys, "{ parameter = \"d\", time_ratio = 3 }"));
  };
  EXPECT_THAT(faults_in(two("")), ElementsAre("levers.b: the levers `a` and `b` both change `d` "
                                              "on 2020-03-01"));
  const Scenario replaced = scenario_of(two("to = 2020-04-01\nreplaces = [\"a\"]"));
  EXPECT_EQ(on(replaced, "d", "force:Kent", "2020-02-29"), 20);
  EXPECT_EQ(on(replaced, "d", "force:Kent", "2020-03-01"), 30);
  EXPECT_EQ(on(replaced, "d", "force:Kent", "2020-04-01"), 20);
  const Scenario apart =
      scenario_of(world(lever("a", "from = 2020-02-01\nto = 2020-03-01", more_days) +
                        lever("b", "from = 2020-03-01", more_days)));
  EXPECT_EQ(on(apart, "d", "force:Kent", "2020-03-01"), 20);
}

TEST(Levers, OfWhichTheStrongestCountsDoNotAddUp) {
  const Scenario scenario =
      scenario_of(world(lever("a", "from = 2020-02-01\ncombines = \"max\"", more_days) +
                        lever("b", "from = 2020-03-01\ncombines = \"max\"",
                              "{ parameter = \"d\", time_ratio = 0.25 }")));
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-02-01"), 20);
  EXPECT_EQ(on(scenario, "d", "force:Kent", "2020-03-01"), 2.5);
}

TEST(Levers, LeaveAloneWhatIsNone) {
  const std::string text =
      with(world(lever("a", "from = 2020-02-01", "{ parameter = \"p\", odds_ratio = 2 }")),
           "value = 0.2\n", "value = 0.2\nnot_a_lever = \"the Full Code Test is the law\"\n");
  EXPECT_THAT(faults_in(text), ElementsAre("levers.a.effects[1]: no lever may act on `p`"));
}

TEST(Levers, SpeakOnTheScaleOfWhatTheyActOn) {
  const std::string effects =
      "{ parameter = \"d\", odds_ratio = 2 }, { parameter = \"p\", time_ratio = 2 }, { parameter = "
      "\"q\", shift = 0 }, { parameter = \"x\", hazard_ratio = 1 }";
  EXPECT_THAT(
      faults_in(world(lever("a", "", effects))),
      UnorderedElementsAre(
          "levers.a.effects[1]: `odds_ratio` is that of a probability of routes, but `d` is read "
          "as something else",
          "levers.a.effects[2]: `time_ratio` is that of a time, but `p` is read as something else",
          "levers.a.effects[3]: `shift` is that of the strength of evidence or a threshold of it, "
          "but `q` is read as something else",
          "levers.a.effects[4]: `hazard_ratio` is that of a hazard, but `x` is read as something "
          "else"));
}

TEST(Sums, AddTheirTerms) {
  const Scenario scenario =
      scenario_of(with(world(""), "positions = \"x\"",
                       "positions = { sum = [{ product = [\"x\", 0.5] }, 3, \"q\"] }"));
  const Quantity& positions = *scenario.pools.at("staff").positions;
  EXPECT_DOUBLE_EQ(value_of(scenario, positions, "area:North", day("2020-01-01")).value(), 7.3);
  EXPECT_EQ(ValueIndex{scenario}.at(positions, "area:North", day("2020-01-01")),
            value_of(scenario, positions, "area:North", day("2020-01-01")));
}

}  // namespace
}  // namespace rassoflow::scenario_test
