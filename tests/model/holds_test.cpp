// Places on the lists of a pool's people, told to the second: who gets one and when, and when it
// is given back. 11 January 2019 is a Friday; the gate lets about 20 cases in at 16:00:01.
#include <algorithm>
#include <map>
#include <numeric>

#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// Each case holds a place of `staff` for ten hours.
std::string held_for_ten_hours(std::string_view pool, double rate = 3) {
  return gated("2019-01-05", "2019-03-01", rate) + "[pools.staff]\n" + std::string(pool) + R"(
[stages.task]
kind = "hold"
pool = "staff"
next = "errand"
[stages.errand]
kind = "wait"
delay = { law = "fixed", value = 10, unit = "hours" }
next = "back"
[stages.back]
kind = "release"
pool = "staff"
next = "after"
[stages.after]
kind = "wait"
delay = { law = "fixed", value = 100, unit = "days" }
next = "ended"
)";
}

void at_level(std::string& text, std::string_view stage, std::string_view level) {
  const std::string header = "[stages." + std::string(stage) + "]\n";
  text.insert(text.find(header) + header.size(), "level = \"" + std::string(level) + "\"\n");
}

/// The state at a date, before anything of that second.
TrialState state_at(const Pathway& pathway, Seconds when, std::uint32_t replication = 0) {
  Trial trial{pathway, 1, replication};
  trial.run_until(when);
  return trial.state();
}

std::vector<std::uint32_t> cases_of(const TrialState& state) {
  std::vector<std::uint32_t> cases;
  for (const Position& position : state.positions) cases.push_back(position.cases);
  return cases;
}

TEST(Hold, OfOnePlaceIsGivenToOneCaseAfterTheOther) {
  const Story story{held_for_ten_hours("positions = 1\ncaseload = 1")};
  const auto holds = story.records(EventKind::step_end, "task");
  ASSERT_EQ(holds.size(), story.arrivals().size());
  ASSERT_GT(holds.size(), 10U);
  const Seconds start = story.at("2019-01-11", 16 * 3600 + 1);
  const auto cases = std::ssize(holds);
  for (std::int64_t i = 0; i < cases; ++i) {
    EXPECT_EQ(holds[static_cast<std::size_t>(i)].when, start + i * 36000);
  }
  // All asked in the same second: the order is drawn from their keys.
  EXPECT_TRUE(std::ranges::is_sorted(holds, {}, [&](const TraceRecord& hold) {
    return mix64(hold.case_key ^ static_cast<std::uint64_t>(start));
  }));
  const StageCell cell = story.stage_cell("task");
  EXPECT_EQ(cell.waited_seconds, 36000 * cases * (cases - 1) / 2);
  EXPECT_EQ(cell.exit_waiting_seconds, cell.waited_seconds);
  EXPECT_EQ(cell.exit_seconds, cell.waited_seconds);
  EXPECT_EQ(story.stage_cell("back").exits, cases);
}

TEST(Hold, GivesEveryPlaceThereIsAndNoMore) {
  const Story story{held_for_ten_hours("positions = 2\ncaseload = 3")};
  const auto holds = story.records(EventKind::step_end, "task");
  ASSERT_GT(holds.size(), 12U);
  const Seconds start = story.at("2019-01-11", 16 * 3600 + 1);
  for (std::size_t i = 0; i < holds.size(); ++i) {
    EXPECT_EQ(holds[i].when, start + static_cast<Seconds>(i / 6) * 36000);
  }
}

TEST(Hold, GoesToWhoeverHasFewestCases) {
  const Pathway pathway = pathway_from(held_for_ten_hours("positions = 4\ncaseload = 1000"));
  const Seconds evening = pathway.axis.at(parse_date("2019-01-11").value()) + 17 * 3600;
  const std::vector<std::uint32_t> cases = cases_of(state_at(pathway, evening));
  const std::uint32_t all = std::accumulate(cases.begin(), cases.end(), 0U);
  EXPECT_GT(all, 12U);
  for (const std::uint32_t count : cases) {
    EXPECT_GE(count, all / 4);
    EXPECT_LE(count, (all + 3) / 4);
  }
}

TEST(Hold, BreaksATieByANumberOfTheCaseAndThePosition) {
  const Pathway pathway = pathway_from(held_for_ten_hours("positions = 4\ncaseload = 1000", 0.5));
  const Seconds start = pathway.axis.at(parse_date("2019-01-11").value()) + 16 * 3600 + 1;
  const std::uint64_t staff = combine(hash_name(pathway.sites[0].qualified), hash_name("staff"));
  std::map<std::uint32_t, int> chosen;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    const TrialState state = state_at(pathway, start + 1, replication);
    std::vector<Hold> holds = state.holds;
    if (holds.empty()) continue;
    const Hold first = *std::ranges::min_element(holds, {}, [&](const Hold& hold) {
      return mix64(hold.case_key ^ static_cast<std::uint64_t>(start));
    });
    const auto number = [&](std::uint32_t k) {
      return KeyedStream{Purpose{1, "allocation"}, replication,
                         combine(combine(first.case_key, staff), k), 0}();
    };
    std::uint32_t lowest = 0;
    for (std::uint32_t k = 1; k < 4; ++k) {
      if (number(k) < number(lowest)) lowest = k;
    }
    EXPECT_EQ(first.position, lowest);
    ++chosen[lowest];
  }
  EXPECT_EQ(chosen.size(), 4U) << "nobody is always preferred";
}

TEST(Hold, WaitsForTheOfficeToOpenAndForSomebodyOnDuty) {
  std::string text = held_for_ten_hours(
                         "positions = \"people\"\ncaseload = 50\n"
                         "calendar = \"office\"") +
                     dated("people", "0", "{ from = 2019-01-15, value = 1 }") + R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
)";
  EXPECT_THAT(Story{text}.ends("task"), Each("2019-01-15 09:00:00"));
}

TEST(Hold, CountsWhoWaitsAndWhoHasAnOwnerAtTheEndOfTheMonth) {
  std::string text = held_for_ten_hours("positions = 3\ncaseload = 2");
  text.replace(text.find("value = 10, unit = \"hours\""), 26, "value = 50, unit = \"days\" ");
  const Story story{text};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.pool_cell(0).held_at_end, 6);
  EXPECT_EQ(story.pool_cell(0).unallocated_at_end, cases - 6);
  EXPECT_EQ(story.pool_cell(0).positions_at_end, 3);
}

TEST(Hold, IsGivenToTheLowerPriorityThenToTheEarlierDueDate) {
  const Story story{gated("2019-01-05", "2019-06-01", 6) + R"(
[pools.staff]
positions = 1
caseload = 1
[stages.task]
kind = "decide"
routes = [ { to = "slow", probability = 0.3 }, { to = "urgent", probability = 0.3 },
           { to = "quick" } ]
[stages.slow]
kind = "hold"
pool = "staff"
due_days = 10
next = "errand"
[stages.quick]
kind = "hold"
pool = "staff"
due_days = 2
next = "errand"
[stages.urgent]
kind = "hold"
pool = "staff"
due_days = 20
priority = -1
next = "errand"
[stages.errand]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)"};
  const auto slow = story.records(EventKind::step_end, "slow");
  const auto quick = story.records(EventKind::step_end, "quick");
  const auto urgent = story.records(EventKind::step_end, "urgent");
  ASSERT_GT(std::min({slow.size(), quick.size(), urgent.size()}), 3U);
  EXPECT_LT(urgent.back().when, quick.front().when);
  EXPECT_LT(quick.back().when, slow.front().when);
}

/// The place is given back in the very second in which each case leaves `errand`.
void expect_next_in_the_same_second(const std::vector<TraceRecord>& holds,
                                    const std::vector<TraceRecord>& leavings) {
  ASSERT_GT(holds.size(), 5U);
  ASSERT_EQ(holds.size(), leavings.size());
  for (std::size_t i = 1; i < holds.size(); ++i) EXPECT_EQ(holds[i].when, leavings[i - 1].when);
}

TEST(Hold, EndsWithTheOutcome) {
  std::string text = held_for_ten_hours("positions = 1\ncaseload = 1");
  text.replace(text.find("next = \"back\""), 13, "next = \"ended\"");
  text.erase(text.find("[stages.back]"));
  const Story story{text};
  expect_next_in_the_same_second(story.records(EventKind::step_end, "task"),
                                 story.records(EventKind::step_end, "errand"));
}

/// Nobody withdraws before 20 January; from then on everyone in the phase within minutes.
constexpr std::string_view sudden_withdrawal = R"(
[withdrawal.support]
bands = [ { from_day = 0, per_day = "hazard" } ]
to = "gone"
[stages.gone]
kind = "outcome"
code = "gone"
)";

TEST(Hold, EndsWithTheWithdrawal) {
  std::string text = held_for_ten_hours("positions = 1\ncaseload = 1") +
                     std::string(sudden_withdrawal) +
                     dated("hazard", "0", "{ from = 2019-01-20, value = 1000 }");
  text.replace(text.find("value = 10, unit = \"hours\" }"), 28,
               "value = 30, unit = \"days\" }\nwithdrawal = \"support\"");
  const Story story{text};
  const auto holds = story.records(EventKind::step_end, "task");
  EXPECT_EQ(holds.size(), story.arrivals().size());
  expect_next_in_the_same_second(holds, story.records(EventKind::withdrawal, "errand"));
  EXPECT_EQ(story.pool_cell(0).held_at_end, 0);
}

TEST(Hold, IsNotHeldByACaseThatWithdrawsWhileItWaits) {
  std::string text = held_for_ten_hours("positions = 1\ncaseload = 1") +
                     std::string(sudden_withdrawal) +
                     dated("hazard", "0", "{ from = 2019-01-12, value = 1000 }");
  text.replace(text.find("kind = \"hold\""), 13, "kind = \"hold\"\nwithdrawal = \"support\"");
  const Story story{text};
  // The first has its place before Saturday; all others withdraw in the queue.
  EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-11 16:00:01"));
  EXPECT_EQ(std::ssize(story.records(EventKind::withdrawal, "task")),
            std::ssize(story.arrivals()) - 1);
  EXPECT_EQ(story.pool_cell(0).unallocated_at_end, 0);
  const StageCell cell = story.stage_cell("task");
  EXPECT_EQ(cell.exit_waiting_seconds, cell.exit_seconds);
}

TEST(Hold, EndsWhenAnotherLevelTakesTheClock) {
  std::string text = gated("2019-01-05", "2019-06-01") + R"(
[levels.force]
[levels.court]
[sites.force."Kent"]
[sites.court."South"]
[pools.staff]
level = "force"
positions = 1
caseload = 1
[stages.task]
kind = "hold"
level = "force"
pool = "staff"
next = "errand"
[stages.errand]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 10, unit = "hours" }
next = "trial"
[stages.trial]
kind = "wait"
level = "court"
delay = { law = "fixed", value = 60, unit = "days" }
next = "ended"
)";
  for (const std::string_view stage : {"report", "gate"}) at_level(text, stage, "force");
  at_level(text, "ended", "court");
  const Story story{text};
  expect_next_in_the_same_second(story.records(EventKind::step_end, "task"),
                                 story.records(EventKind::step_end, "errand"));
}

TEST(Hold, InTheBackgroundLetsTheCaseGoOn) {
  std::string text = held_for_ten_hours("positions = 1\ncaseload = 3");
  text.replace(text.find("kind = \"hold\""), 13, "kind = \"hold\"\nbackground = true");
  const Story story{text};
  const Seconds joined = story.at("2019-01-11", 16 * 3600 + 1);
  EXPECT_THAT(story.ends("errand"), Each("2019-01-12 02:00:01"));
  EXPECT_EQ(story.ends("errand").size(), story.arrivals().size());
  EXPECT_THAT(story.ends("task"), IsEmpty()) << "it never stops there";
  const TrialState night = state_at(story.pathway(), joined + 3600);
  EXPECT_EQ(night.pools[0].held, 3U);
  EXPECT_EQ(night.pools[0].unallocated, story.arrivals().size() - 3);
  // Who leaves before a place is free leaves the queue.
  const TrialState later = state_at(story.pathway(), joined + 36001);
  EXPECT_EQ(later.pools[0].held + later.pools[0].unallocated, 0U);
}

}  // namespace
}  // namespace rassoflow
