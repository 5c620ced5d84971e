// What the corpus of broken files does not show: that right scenarios pass, and where the limits
// lie.
#include "sim/scenario/check_scenario.hpp"

#include <gmock/gmock.h>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Police who hold the clock, an Area that cases visit, a court that takes over.
std::string three_levels() {
  return R"(format = 1
title = "Three levels"
[run]
origin = 2020-01-01
to = 2022-01-01
[levels]
force = {}
area = { owns_clock = false }
court = {}
[sites.force]
"Kent" = { area = "SE" }
"Essex" = { area = { "SE" = 0.1, "East" = 0.9 } }
[sites.area]
"SE" = {}
"East" = {}
[sites.court]
"South" = {}
[parameters.fte]
unit = "FTE"
grade = "assumed"
source = "s"
changes = [ { site = "area:SE", value = 3 }, { site = "area:East", value = 2 } ]
[pools.lawyers]
level = "area"
positions = "fte"
[stages.report]
kind = "report"
level = "force"
arrivals = 1
next = "advice"
[stages.advice]
kind = "work"
level = "area"
pool = "lawyers"
effort = { law = "fixed", value = 1, unit = "hours" }
withdrawal = "early"
next = "write"
[stages.write]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 1, unit = "days" }
withdrawal = "early"
next = "decision"
[stages.decision]
kind = "decide"
level = "force"
routes = [ { to = "stop", probability = 0.5 }, { to = "advice", probability = 0.1 }, { to = "trial" } ]
[stages.trial]
kind = "wait"
level = "court"
delay = { law = "fixed", value = 9, unit = "days" }
next = "verdict"
[stages.verdict]
kind = "outcome"
level = "court"
code = "guilty"
[stages.stop]
kind = "outcome"
level = "force"
code = "15"
[withdrawal.early]
bands = [ { from_day = 0, per_day = 0.01 } ]
to = "stop"
)";
}

TEST(CheckScenario, PassesGoodWorlds) {
  EXPECT_THAT(faults_in(small_world()), IsEmpty());
  EXPECT_THAT(faults_in(three_levels()), IsEmpty());
}

TEST(CheckScenario, NeedsAValueAtEverySiteThatReadsOne) {
  EXPECT_THAT(faults_in(with(three_levels(), ", { site = \"area:East\", value = 2 }", "")),
              ElementsAre("pools.lawyers.positions: the parameter `fte` has no value at "
                          "`area:East` from 2020-01-01"));
}

TEST(CheckScenario, LooksAtSitesThatDifferFromTheOthers) {
  const std::string text =
      with(three_levels(),
           "changes = [ { site = \"area:SE\", value = 3 }, { site = \"area:East\", value = 2 } ]",
           "value = 3\nchanges = [ { site = \"area:SE\", value = -2 } ]");
  EXPECT_THAT(faults_in(text),
              ElementsAre("pools.lawyers.positions: the value at `area:SE` from 2020-01-01 is -2, "
                          "but must be 0 or more FTE, at most 100,000"));
}

TEST(CheckScenario, ReadsValuesOnlyWithinTheRun) {
  const std::string dates[] = {"2020-01-01", "2020-01-02", "2021-12-31", "2022-01-01"};
  const bool is_seen[] = {true, true, true, false};
  for (std::size_t i = 0; i < std::size(dates); ++i) {
    const auto said = faults_in(
        with(three_levels(), "value = 2 }",
             "value = 2 }, { site = \"area:East\", from = " + dates[i] + ", value = -1 }"));
    EXPECT_EQ(said.size(), is_seen[i] ? 1U : 0U) << dates[i];
  }
}

TEST(CheckScenario, LetsAVisitReturnOnlyWhereItCameFrom) {
  EXPECT_THAT(faults_in(with(three_levels(), "next = \"decision\"", "next = \"trial\"")),
              Contains("stages.write.routes: a case that came from level `force` for a visit would "
                       "leave it to level `court`"));
}

TEST(CheckScenario, WantsOnePhaseForAWholeVisit) {
  EXPECT_THAT(
      faults_in(with(three_levels(), "withdrawal = \"early\"\nnext = \"decision\"",
                     "next = \"decision\"")),
      ElementsAre("stages.write.withdrawal: the phase differs from that of `advice`, where a visit "
                  "that comes here starts"));
}

TEST(CheckScenario, AddsUpRoutesWithinABillionth) {
  const auto sum_with = [](const char* last) {
    return faults_in(with(with(small_world(), "{ product = [0.5, 0.2] }, visits = \"1-2\"", "0.1"),
                          "{ to = \"charged\" }",
                          "{ to = \"charged\", probability = " + std::string(last) + " }"));
  };
  EXPECT_THAT(sum_with("0.3"), IsEmpty());
  EXPECT_THAT(sum_with("0.3000000009"), IsEmpty());
  EXPECT_THAT(sum_with("0.3000000011"), testing::SizeIs(1));
  EXPECT_THAT(sum_with("0.2999999989"), testing::SizeIs(1));
}

TEST(CheckScenario, LooksAtEachVisitOfEachClassOnItsOwn) {
  const std::string two_classes =
      small_world() + "[classes.a]\nshare = 0.25\n[classes.b]\nshare = 0.75\n";
  const auto routes = [&](const std::string& text) {
    return faults_in(with(two_classes, "{ to = \"charged\" },", text));
  };
  EXPECT_THAT(
      routes("{ to = \"charged\", classes = [\"a\"] }, { to = \"closed\", classes = [\"b\"] },"),
      IsEmpty());
  EXPECT_THAT(routes("{ to = \"charged\", classes = [\"a\"] },"),
              ElementsAre("stages.review.routes: the routes open to class `b`, visit 1, from "
                          "2020-01-01 add up to 0.7, less than 1"));
  EXPECT_THAT(routes("{ to = \"charged\", visits = \"1-2\" },"),
              ElementsAre("stages.review.routes: the routes open to class `a`, visit 3, from "
                          "2020-01-01 add up to 0.6, less than 1"));
}

TEST(CheckScenario, SaysFromWhenRoutesDoNotAddUp) {
  const std::string text = with(small_world(), "probability = 0.6", "probability = \"nfa\"") +
                           "[parameters.nfa]\nvalue = 0.6\nunit = \"share\"\ngrade = \"assumed\"\n"
                           "source = \"s\"\nchanges = [ { from = 2020-09-01, value = 0.95 } ]\n";
  EXPECT_THAT(faults_in(text),
              ElementsAre("stages.review.routes: the routes open to class `all`, visit 1, from "
                          "2020-09-01 add up to 1.05, more than 1"));
}

TEST(CheckScenario, AllowsALoopInWhichTimePassesAtACrossing) {
  const std::string loop = with(with(three_levels(),
                                     "kind = \"wait\"\nlevel = \"area\"\ndelay = { law = "
                                     "\"fixed\", value = 1, unit = \"days\" }",
                                     "kind = \"decide\"\nlevel = \"area\""),
                                "kind = \"work\"\nlevel = \"area\"\npool = \"lawyers\"\neffort = { "
                                "law = \"fixed\", value = 1, unit = \"hours\" }",
                                "kind = \"decide\"\nlevel = \"area\"");
  EXPECT_THAT(faults_in(loop), IsEmpty());
}

TEST(CheckScenario, DoesNotCountARouteOfProbabilityZeroAsAWayOut) {
  const std::string text = with(
      small_world(), "next = \"review\"\n\n[stages.closed]",
      "routes = [ { to = \"review\", probability = 0 }, { to = \"lab\" } ]\n\n[stages.closed]");
  EXPECT_THAT(faults_in(text),
              ElementsAre(HasSubstr("stages.lab: a case that comes to this stage never ends")));
}

TEST(CheckScenario, RefusesMoreThanItCanCheck) {
  std::string text = small_world();
  for (int i = 0; i < 1001; ++i) {
    text += "[pools.p" + std::to_string(i) + "]\n";
  }
  EXPECT_THAT(faults_in(text), ElementsAre(": the scenario has 1002 pools"));
}

}  // namespace
}  // namespace rassoflow::scenario_test
