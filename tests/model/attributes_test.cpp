// What a case carries with it: flags, the strength of its evidence, the victim's own hazard and the
// dates that were changed. The tests draw the same numbers and decide by hand.
#include <cmath>

#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;

double normal_of(std::string_view purpose, std::uint64_t case_key, std::uint32_t visit = 0) {
  KeyedStream draws{Purpose{1, purpose}, 0, case_key, visit};
  return standard_normal(draws);
}

double uniform_of(std::string_view purpose, std::uint64_t case_key, std::uint32_t visit = 0) {
  KeyedStream draws{Purpose{1, purpose}, 0, case_key, visit};
  return standard_uniform(draws);
}

/// Whether each case that arrived in time came to `stage`, compared with what `expected` says of
/// it.
template <class Expected>
void expect_choice(const Story& story, std::string_view stage, Expected expected) {
  std::size_t took = 0, looked_at = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    if (arrival.when > story.pathway().to - 30 * 86400) continue;
    ++looked_at;
    bool came = false;
    for (const TraceRecord& record : story.of_case(arrival.case_key)) {
      came = came || record.stage == story.stage(stage);
    }
    EXPECT_EQ(came, expected(arrival.case_key)) << std::hex << arrival.case_key;
    if (came) ++took;
  }
  EXPECT_GT(took, looked_at / 20);
  EXPECT_LT(took, looked_at * 19 / 20);
}

std::string deciding(std::string_view keys, std::string_view routes, std::string_view rest = "") {
  return run("2019-01-01", "2020-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 2
next = "choice"
[stages.choice]
kind = "decide"
)" + std::string(keys) +
         "\nroutes = [ " + std::string(routes) + R"( ]
[stages.weak]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
next = "ended"
[stages.strong]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)" + std::string(rest);
}

TEST(Strength, AboveTheThresholdTakesTheBetterRoute) {
  const Story story{deciding("", R"({ to = "weak" }, { to = "strong", above = 0.4 })")};
  expect_choice(story, "strong",
                [](std::uint64_t key) { return normal_of("strength", key) > 0.4; });
}

TEST(Strength, IsReadWithAnErrorOfItsOwnAtEachStageAndVisit) {
  const Story story{
      deciding("reading_error = 0.8", R"({ to = "weak" }, { to = "strong", above = 0.4 })")};
  expect_choice(story, "strong", [](std::uint64_t key) {
    return normal_of("strength", key) + 0.8 * normal_of("reading/choice", key) > 0.4;
  });
}

TEST(Strength, StartsAroundTheMeanOfItsClassAndGrowsWithTheStagesThatAddToIt) {
  const Story story{deciding("strength = 0.25",
                             R"({ to = "weak" }, { to = "strong", above = 0.4 })",
                             "[classes.adult]\nshare = 1\nstrength = -0.5\n")};
  expect_choice(story, "strong",
                [](std::uint64_t key) { return -0.5 + normal_of("strength", key) + 0.25 > 0.4; });
}

TEST(Strength, MovesTheOddsOfARoute) {
  const Story story{
      deciding("", R"({ to = "weak" }, { to = "strong", probability = 0.3, slope = 1.5 })")};
  expect_choice(story, "strong", [](std::uint64_t key) {
    const double odds = 0.3 / 0.7 * std::exp(1.5 * normal_of("strength", key));
    return uniform_of("route/choice", key) >= 1 / (1 + odds);
  });
}

TEST(Strength, WithASlopeOfNothingIsTheSameDraw) {
  const auto stages = [](const Story& story) {
    std::vector<std::uint16_t> out;
    for (const TraceRecord& record : story.trace()) out.push_back(record.stage.value);
    return out;
  };
  const Story with{
      deciding("", R"({ to = "weak" }, { to = "strong", probability = 0.3, slope = 0 })")};
  const Story without{deciding("", R"({ to = "weak" }, { to = "strong", probability = 0.3 })")};
  EXPECT_EQ(stages(with), stages(without));
}

TEST(Strength, AHigherThresholdTakesNoCaseThatALowerOneLeaves) {
  const Story low{deciding("", R"({ to = "weak" }, { to = "strong", above = 0 })")};
  const Story high{deciding("", R"({ to = "weak" }, { to = "strong", above = 0.5 })")};
  for (const TraceRecord& record : high.records(EventKind::step_end, "strong")) {
    const auto in_low = low.of_case(record.case_key);
    EXPECT_TRUE(std::ranges::any_of(
        in_low, [&](const TraceRecord& other) { return other.stage == low.stage("strong"); }));
  }
}

TEST(Flags, OpenAndCloseRoutes) {
  const Story story{run("2019-01-01", "2020-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 2
next = "remand"
[stages.remand]
kind = "decide"
routes = [ { to = "on_bail" }, { to = "in_custody", probability = 0.4 } ]
[stages.on_bail]
kind = "decide"
next = "hearing"
[stages.in_custody]
kind = "decide"
sets = ["custody"]
next = "hearing"
[stages.hearing]
kind = "decide"
routes = [ { to = "slow", unless = ["custody"] }, { to = "fast", flags = ["custody"] } ]
[stages.slow]
kind = "wait"
delay = { law = "fixed", value = 2, unit = "days" }
next = "ended"
[stages.fast]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
clears = ["custody"]
next = "again"
[stages.again]
kind = "decide"
routes = [ { to = "slow", unless = ["custody"] }, { to = "fast", flags = ["custody"] } ]
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  expect_choice(story, "fast",
                [](std::uint64_t key) { return uniform_of("route/remand", key) >= 0.6; });
  // Cleared on entering `fast`: nobody comes back to it.
  EXPECT_EQ(story.stage_cell("slow").entries + story.stage_cell("slow", 1).entries +
                story.stage_cell("slow", 2).entries,
            story.stage_cell("hearing").entries + story.stage_cell("hearing", 1).entries +
                story.stage_cell("hearing", 2).entries -
                (story.stage_cell("fast").entries + story.stage_cell("fast", 1).entries +
                 story.stage_cell("fast", 2).entries) +
                story.stage_cell("fast").exits + story.stage_cell("fast", 1).exits +
                story.stage_cell("fast", 2).exits);
}

std::string withdrawing(std::string_view top, std::string_view phase) {
  return "frailty_cv = " + std::string(top) + "\n" + run("2019-01-01", "2021-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "police"
[stages.police]
kind = "wait"
withdrawal = "support"
delay = { law = "fixed", value = 20, unit = "days" }
next = "new_date"
[stages.new_date]
kind = "decide"
withdrawal = "support"
date_change = true
next = "court"
[stages.court]
kind = "wait"
withdrawal = "support"
delay = { law = "fixed", value = 40, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
[stages.gone]
kind = "outcome"
code = "gone"
[withdrawal.support]
to = "gone"
bands = [ { from_day = 0, per_day = 0.01 } ]
)" + std::string(phase);
}

/// The day of withdrawal after report by hand: hazard 0.01 a day up to day 20, times `ratio` after.
double due_day(std::uint64_t case_key, double cv, double ratio) {
  KeyedStream draws{Purpose{1, "withdrawal"}, 0, case_key, 0};
  const double sigma = std::sqrt(std::log1p(cv * cv));
  const double frailty = std::exp(sigma * normal_of("frailty", case_key) - sigma * sigma / 2);
  const double threshold = standard_exponential(draws) / frailty;
  if (threshold < 0.2) return threshold / 0.01;
  return 20 + (threshold - 0.2) / (0.01 * ratio);
}

void expect_days(const Story& story, double cv, double ratio) {
  int early = 0, late = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    if (arrival.when > story.pathway().to - 61 * 86400) continue;
    const double due = due_day(arrival.case_key, cv, ratio);
    double seen = -1;
    for (const TraceRecord& record : story.of_case(arrival.case_key)) {
      if (record.kind == EventKind::withdrawal) {
        seen = static_cast<double>(record.when - arrival.when) / 86400;
      }
    }
    if (due > 60) {
      EXPECT_EQ(seen, -1);
      continue;
    }
    EXPECT_NEAR(seen, due, 3.0 / 86400);
    ++(due < 20 ? early : late);
  }
  EXPECT_GT(early, 50);
  EXPECT_GT(late, 50);
}

TEST(DateChange, MultipliesTheHazardFromThenOn) {
  expect_days(Story{withdrawing("0", "date_change_ratio = 3")}, 0, 3);
}

TEST(DateChange, WithoutARatioChangesNothing) {
  expect_days(Story{withdrawing("0", "")}, 0, 1);
}

TEST(Frailty, DividesTheThresholdOfEachVictim) {
  expect_days(Story{withdrawing("0.8", "date_change_ratio = 2")}, 0.8, 2);
}

TEST(DateChange, ANewRatioMovesTheDatesOfThoseWhomItConcerns) {
  // Ratio 1 until 1 July 2019, 5 from then on: those between their new date and the end of court
  // on 1 July have spent 0.01 a day so far.
  const Story story{withdrawing("0", "date_change_ratio = \"ratio\"\n") +
                    dated("ratio", "1", "{ from = 2019-07-01, value = 5 }")};
  const Seconds change = story.at("2019-07-01");
  int moved = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    const Seconds told = arrival.when + 20 * 86400;
    if (told >= change || told + 40 * 86400 <= change) continue;
    KeyedStream draws{Purpose{1, "withdrawal"}, 0, arrival.case_key, 0};
    const double threshold = standard_exponential(draws);
    const double until = static_cast<double>(change - arrival.when) / 86400;
    if (threshold <= 0.01 * until) continue;
    const double due = until + (threshold - 0.01 * until) / 0.05;
    if (due > 60) continue;
    for (const TraceRecord& record : story.of_case(arrival.case_key)) {
      if (record.kind != EventKind::withdrawal) continue;
      EXPECT_NEAR(static_cast<double>(record.when - arrival.when) / 86400, due, 3.0 / 86400);
      ++moved;
    }
  }
  EXPECT_GT(moved, 5);
}

}  // namespace
}  // namespace rassoflow
