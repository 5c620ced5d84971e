// Places along the paths of a pathway: what is right passes, and what could leave a circle of cases
// waiting for one another is refused.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A stage a line: name, kind and pool, and where it leads; `b` is a background hold, `o` an
/// owner's work, `d` a decision between two.
struct Step {
  std::string name, kind, pool;
  std::vector<std::string> next;
};

std::string world(const std::vector<Step>& steps, const std::string& ranks = "") {
  std::string text = R"(format = 1
title = "Places"
[run]
origin = 2020-01-01
to = 2021-01-01
[stages.end]
kind = "outcome"
code = "end"
[stages.report]
kind = "report"
arrivals = 1
next = "start"
)";
  for (const std::string pool : {"a", "b", "c"}) {
    text += "[pools." + pool + "]\npositions = 2\ncaseload = 3\n";
    // Such as "b1 a2": the pool's letter before its rank.
    const std::size_t rank = ranks.find(pool);
    if (rank != std::string::npos) text += fmt::format("rank = {}\n", ranks[rank + 1]);
  }
  for (const Step& step : steps) {
    text += "[stages." + step.name + "]\n";
    if (step.kind == "o") {
      text +=
          "kind = \"work\"\nmode = \"owner\"\neffort = { law = \"fixed\", value = 1, unit = "
          "\"hours\" }\n";
    } else if (step.kind == "b") {
      text += "kind = \"hold\"\nbackground = true\n";
    } else if (step.kind == "wait") {
      text += "kind = \"wait\"\ndelay = { law = \"fixed\", value = 1, unit = \"hours\" }\n";
    } else {
      text += "kind = \"" + step.kind + "\"\n";
    }
    if (!step.pool.empty()) text += "pool = \"" + step.pool + "\"\n";
    if (step.next.size() == 1) {
      text += "next = \"" + step.next.front() + "\"\n";
    } else {
      text += fmt::format("routes = [ {{ to = \"{}\", probability = 0.5 }}, {{ to = \"{}\" }} ]\n",
                          step.next[0], step.next[1]);
    }
  }
  return text;
}

TEST(CheckHolds, AHoldIsReleasedOrEndsWithTheCase) {
  EXPECT_THAT(faults_in(world({{"start", "hold", "a", {"work"}},
                               {"work", "o", "a", {"back"}},
                               {"back", "release", "a", {"start", "end"}}})),
              IsEmpty());
  EXPECT_THAT(faults_in(world(
                  {{"start", "hold", "a", {"work", "end"}}, {"work", "o", "a", {"work", "end"}}})),
              IsEmpty());
}

TEST(CheckHolds, AnOwnersWorkTakesItsPlaceItselfWhereverTheCaseComesFrom) {
  EXPECT_THAT(faults_in(world({{"start", "o", "a", {"reply", "end"}},
                               {"reply", "wait", "", {"start", "again"}},
                               {"again", "o", "a", {"back"}},
                               {"back", "release", "a", {"end"}}})),
              IsEmpty());
}

TEST(CheckHolds, AReleaseComesAfterAStageThatAsksForThePlace) {
  EXPECT_THAT(
      faults_in(world({{"start", "hold", "a", {"back"}}, {"back", "release", "b", {"end"}}})),
      ElementsAre("stages.back.pool: no case that comes here holds a place of `b`"));
  EXPECT_THAT(faults_in(world({{"start", "b", "a", {"back"}}, {"back", "release", "a", {"end"}}})),
              IsEmpty());
}

TEST(CheckHolds, EveryWayIntoAStageComesWithTheSamePlaces) {
  EXPECT_THAT(
      faults_in(world({{"start", "decide", "", {"take", "wait"}},
                       {"take", "hold", "a", {"wait"}},
                       {"wait", "wait", "", {"later"}},
                       {"later", "wait", "", {"end"}}})),
      ElementsAre("stages.wait.kind: a case from `take` holds a place of `a` here, a case from "
                  "`start` does not"));
  EXPECT_THAT(
      faults_in(world({{"start", "hold", "a", {"wait"}}, {"wait", "wait", "", {"start", "end"}}})),
      ElementsAre("stages.start.kind: a case from `wait` holds a place of `a` here, a case "
                  "from `report` does not"));
  EXPECT_THAT(faults_in(world({{"start", "decide", "", {"take", "wait"}},
                               {"take", "b", "a", {"wait"}},
                               {"wait", "wait", "", {"end"}}})),
              IsEmpty())
      << "in the background any way will do";
}

TEST(CheckHolds, PlacesAreTakenInRisingRank) {
  const std::vector<Step> both{{"start", "hold", "a", {"second"}},
                               {"second", "hold", "b", {"work"}},
                               {"work", "wait", "", {"end"}}};
  EXPECT_THAT(faults_in(world(both, "a1 b2")), IsEmpty());
  EXPECT_THAT(faults_in(world(both, "a2 b1")),
              ElementsAre("stages.second.pool: a case waits here for a place of `b` and may hold "
                          "one of `a`, whose rank is not lower"));
  EXPECT_THAT(faults_in(world(both, "a1 b1")).size(), 1U);
  EXPECT_THAT(faults_in(world(both, "a1")),
              ElementsAre("stages.second.pool: a case waits here for a place of `b` and may hold "
                          "one of `a`, but not both have a rank"));
}

TEST(CheckHolds, APlaceThatMayBeHeldCountsOnEveryPathAfterIt) {
  // The owner's work of `b` comes first on the second turn, when `a` is held as well.
  EXPECT_THAT(
      faults_in(world({{"start", "o", "a", {"other", "end"}},
                       {"other", "wait", "", {"third", "start"}},
                       {"third", "o", "b", {"start"}}},
                      "a2 b1")),
      ElementsAre("stages.third.pool: a case waits here for a place of `b` and may hold one "
                  "of `a`, whose rank is not lower"));
}

TEST(CheckHolds, WhatIsAskedForInTheBackgroundAloneNeedsNoRank) {
  EXPECT_THAT(faults_in(world({{"start", "b", "a", {"take"}},
                               {"take", "hold", "b", {"work"}},
                               {"work", "o", "b", {"end"}}})),
              IsEmpty());
  // Unless somebody waits for such a place somewhere: then both need one.
  EXPECT_THAT(faults_in(world({{"start", "b", "a", {"take"}},
                               {"take", "hold", "b", {"work"}},
                               {"work", "o", "a", {"end"}}},
                              "b1 a2")),
              ElementsAre("stages.take.pool: a case waits here for a place of `b` and may hold one "
                          "of `a`, whose rank is not lower"));
}

/// Two branches from `start` to `joined`.
std::string forked(const std::vector<Step>& steps) {
  return world(steps, "c1 a2 b3") + R"([stages.start]
kind = "fork"
join = "joined"
branches = [ { to = "left" }, { to = "right" } ]
[stages.joined]
kind = "join"
next = "end"
)";
}

/// The same with a place of `c` held before the fork.
std::string forked_with_place(std::vector<Step> steps) {
  steps.push_back({"take", "hold", "c", {"start"}});
  return with(forked(steps), "next = \"start\"", "next = \"take\"");
}

TEST(CheckHolds, ABranchGivesBackWhatItTakes) {
  EXPECT_THAT(faults_in(forked({{"left", "hold", "a", {"give"}},
                                {"give", "release", "a", {"joined"}},
                                {"right", "o", "b", {"more"}},
                                {"more", "release", "b", {"joined"}}})),
              IsEmpty());
  EXPECT_THAT(
      faults_in(forked({{"left", "o", "a", {"joined"}}, {"right", "wait", "", {"joined"}}})),
      ElementsAre("stages.left.routes: a branch of `start` may come to the join with a "
                  "place of `a`"));
}

TEST(CheckHolds, BranchesShareOnlyAnOwnerWhomTheCaseHasHadBefore) {
  std::vector<Step> both{{"left", "o", "c", {"joined"}}, {"right", "o", "c", {"joined"}}};
  EXPECT_THAT(faults_in(forked_with_place(both)), IsEmpty());
  EXPECT_THAT(faults_in(forked(both)),
              testing::Contains("stages.right.pool: two branches of `start` take a place of `c`"));
  both[0].next = {"give"};
  both.push_back({"give", "release", "c", {"joined"}});
  EXPECT_THAT(faults_in(forked_with_place(both)),
              ElementsAre("stages.give.pool: a branch of `start` gives back a place of `c`, which "
                          "the case may hold since before the fork"));
}

}  // namespace
}  // namespace rassoflow::scenario_test
