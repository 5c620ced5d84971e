// Queues and the people who serve them, to the second.
#include <algorithm>
#include <map>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;

constexpr std::string_view office = R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"
)";

std::string working(std::string_view pool, std::string_view effort,
                    std::string_view rest = "next = \"ended\"") {
  return std::string(office) + "[pools.staff]\n" + std::string(pool) +
         "\n[stages.task]\nkind = \"work\"\npool = \"staff\"\neffort = " + std::string(effort) +
         "\n" + std::string(rest) + "\n";
}

constexpr std::string_view ten_hours = R"({ law = "fixed", value = 10, unit = "hours" })";

TEST(Work, GoesOnOverNightAndWeekendInTheHoursOfTheOffice) {
  // Friday 16:00:01-17:00, Monday all 8 hours, Tuesday 09:00 to 10:00:01.
  const Story story{gated("2019-01-05", "2019-03-01") +
                    working("positions = 1000\ncalendar = \"office\"", ten_hours)};
  EXPECT_THAT(story.ends("task"), Each("2019-01-15 10:00:01"));
  EXPECT_EQ(story.ends("task").size(), story.arrivals().size());
}

TEST(Work, InAPoolWithoutLimitStartsAtOnceAndIsBooked) {
  const Story story{gated("2019-01-05", "2019-03-01") +
                    working("calendar = \"office\"", ten_hours)};
  EXPECT_THAT(story.ends("task"), Each("2019-01-15 10:00:01"));
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.stage_cell("task").started, cases);
  EXPECT_EQ(story.stage_cell("task").waited_seconds, 0);
  EXPECT_EQ(story.pool_cell().busy_seconds, cases * 10 * 3600);
  EXPECT_EQ(story.pool_cell().duty_seconds, 0);
}

TEST(Work, OfOnePersonIsDoneOneAfterTheOther) {
  const Story story{gated("2019-01-05", "2019-03-01") +
                    working("positions = 1", R"({ law = "fixed", value = 1, unit = "hours" })")};
  const std::vector<TraceRecord> ends = story.records(EventKind::step_end, "task");
  ASSERT_EQ(ends.size(), story.arrivals().size());
  const Seconds start = story.at("2019-01-11", 16 * 3600 + 1);
  const auto cases = std::ssize(ends);
  for (std::int64_t i = 0; i < cases; ++i) {
    EXPECT_EQ(ends[static_cast<std::size_t>(i)].when, start + (i + 1) * 3600);
  }
  // All joined in the same second: neither the first nor the last to be reported is preferred.
  EXPECT_TRUE(std::ranges::is_sorted(ends, {}, [&](const TraceRecord& end) {
    return mix64(end.case_key ^ static_cast<std::uint64_t>(start));
  }));
  const StageCell cell = story.stage_cell("task");
  EXPECT_EQ(cell.waited_seconds, 3600 * cases * (cases - 1) / 2);
  EXPECT_EQ(cell.exit_waiting_seconds, cell.waited_seconds);
  EXPECT_EQ(cell.exit_seconds, 3600 * cases * (cases + 1) / 2);
  EXPECT_EQ(story.pool_cell().busy_seconds, 3600 * cases);
}

TEST(Work, OfALongerQueueIsServedInTheOrderOfJoining) {
  const Story story{run("2019-01-01", "2019-12-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "task"
[stages.ended]
kind = "outcome"
code = "ended"
)" + working("positions = 1", R"({ law = "exponential", mean = 1, unit = "days" })")};
  const std::vector<TraceRecord> arrivals = story.arrivals();
  const std::vector<TraceRecord> ends = story.records(EventKind::step_end, "task");
  ASSERT_GT(ends.size(), 200U);
  for (std::size_t i = 0; i < ends.size(); ++i) EXPECT_EQ(ends[i].case_key, arrivals[i].case_key);
}

TEST(Work, StartsNoEarlierThanTheOfficeOpens) {
  std::string text = gated("2019-01-05", "2019-03-01") +
                     working("positions = 1000\ncalendar = \"office\"",
                             R"({ law = "fixed", value = 1, unit = "hours" })");
  text.replace(text.find("days = [\"Fri\"]"), 14, "days = [\"Sun\"]");
  const Story story{text};
  const std::vector<std::string> ends = story.ends("task");
  EXPECT_THAT(ends, testing::Contains("2019-01-07 10:00:00"));
  EXPECT_THAT(ends, testing::Contains("2019-01-14 10:00:00"));
  EXPECT_EQ(ends.size(), story.arrivals().size());
  // From Sunday 16:00:01 to Monday 09:00.
  EXPECT_EQ(story.stage_cell("task").waited_seconds, std::ssize(ends) * (17 * 3600 - 1));
}

/// Two classes meet at the gate; each case takes an hour of the one person there is.
std::string two_classes(std::string_view priorities) {
  return gated("2019-01-05", "2019-03-01", 6) + std::string(priorities) +
         working("positions = 1", R"({ law = "fixed", value = 1, unit = "hours" })");
}

std::map<std::uint64_t, std::size_t> classes_of(const Story& story) {
  std::map<std::uint64_t, std::size_t> classes;
  for (const ArrivalStream& stream : story.pathway().streams) {
    for (std::uint32_t layer = 0; layer < stream.layer_count; ++layer) {
      for (std::uint32_t serial = 1; serial < 100; ++serial) {
        classes[combine(combine(stream.key, layer), serial)] = stream.case_class.value;
      }
    }
  }
  return classes;
}

TEST(Work, ServesTheClassWithTheLowerPriorityFirst) {
  const Story story{two_classes(
      "[classes.adult]\nshare = 0.5\npriority = 1\n[classes.urgent]\nshare = 0.5\npriority = 0\n")};
  const auto classes = classes_of(story);
  std::vector<std::size_t> served;
  for (const TraceRecord& end : story.records(EventKind::step_end, "task")) {
    served.push_back(classes.at(end.case_key));
  }
  // Even the first: all join before anybody is called. Class 1 is `urgent`.
  EXPECT_TRUE(std::is_sorted(served.rbegin(), served.rend()));
  EXPECT_EQ(served.front(), 1U);
  EXPECT_EQ(served.back(), 0U);
}

TEST(Work, ServesTheEarlierDueDateFirstAcrossStages) {
  // Half go to `slow` (due in 10 days), half to `quick` (due in 2), at the same second.
  const Story story{gated("2019-01-05", "2019-03-01", 6) + R"(
[pools.staff]
positions = 1
[stages.task]
kind = "decide"
routes = [ { to = "slow", probability = 0.5 }, { to = "quick" } ]
[stages.slow]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
due_days = 10
next = "ended"
[stages.quick]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
due_days = 2
next = "ended"
)"};
  const auto slow = story.records(EventKind::step_end, "slow");
  const auto quick = story.records(EventKind::step_end, "quick");
  ASSERT_GT(slow.size(), 5U);
  ASSERT_GT(quick.size(), 5U);
  EXPECT_LT(quick.back().when, slow.front().when);
}

TEST(Work, AnUrgentCaseThatJoinsInTheSameSecondIsCalledFirst) {
  // `first` comes to the pool at once, `second` through a wait of no length: later in the same
  // second, but with the better priority.
  const Story story{gated("2019-01-05", "2019-03-01", 6) + R"(
[pools.staff]
positions = 1
[stages.task]
kind = "decide"
routes = [ { to = "plain", probability = 0.8 }, { to = "detour" } ]
[stages.detour]
kind = "wait"
delay = { law = "fixed", value = 0, unit = "seconds" }
next = "urgent"
[stages.plain]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.urgent]
kind = "work"
pool = "staff"
priority = -1
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)"};
  const auto plain = story.records(EventKind::step_end, "plain");
  const auto urgent = story.records(EventKind::step_end, "urgent");
  ASSERT_GT(plain.size(), 5U);
  ASSERT_GT(urgent.size(), 1U);
  EXPECT_EQ(story.date(urgent.front().when), "2019-01-11 17:00:01");
  EXPECT_LT(urgent.back().when, plain.front().when);
}

TEST(Work, AtHalfTheProductivityTakesTwiceAsLong) {
  const Story story{
      gated("2019-01-05", "2019-03-01") +
      working("positions = 1000\nproductivity = 0.5\ncalendar = \"office\"", ten_hours)};
  // 20 working hours: 0:59:59 on Friday, 8 on Monday, 8 on Tuesday, 3:00:01 on Wednesday.
  EXPECT_THAT(story.ends("task"), Each("2019-01-16 12:00:01"));
}

TEST(Work, AtThreeTimesTheProductivityEndsWithTheSecondInWhichItIsDone) {
  // 36,000 s of effort at 3 a second are 12,000 s; 10,000 s are 3,333 s and a third.
  const Story exact{gated("2019-01-05", "2019-03-01") +
                    working("positions = 1000\nproductivity = 3", ten_hours)};
  EXPECT_THAT(exact.ends("task"), Each("2019-01-11 19:20:01"));
  const Story rounded{gated("2019-01-05", "2019-03-01") +
                      working("positions = 1000\nproductivity = 3",
                              R"({ law = "fixed", value = 10000, unit = "seconds" })")};
  EXPECT_THAT(rounded.ends("task"), Each("2019-01-11 16:55:35"));
}

TEST(Work, InHandGoesOnAtThePaceOfTheDay) {
  // 7:59:59 of effort at pace 1 until midnight; the 12:00:01 that are left take 6:00:01 at pace 2.
  const Story story{gated("2019-01-05", "2019-03-01") +
                    dated("pace", "1", "{ from = 2019-01-12, value = 2 }") +
                    working("positions = 1000\nproductivity = \"pace\"",
                            R"({ law = "fixed", value = 20, unit = "hours" })")};
  EXPECT_THAT(story.ends("task"), Each("2019-01-12 06:00:01"));
  EXPECT_EQ(story.pool_cell().busy_seconds,
            std::ssize(story.arrivals()) * (7 * 3600 + 3599 + 6 * 3600 + 1));
}

TEST(Work, InHandGoesBackToTheHeadWhenPositionsEnd) {
  // Two people until Saturday 00:00, nobody on Saturday, one from Sunday on. Each task is 12 hours;
  // the two begun have 4:00:01 left and come first, though `late` joins with an early due date.
  const Story story{
      gated("2019-01-05", "2019-03-01") +
      dated("people", "2", "{ from = 2019-01-12, value = 0 }, { from = 2019-01-13, value = 1 }") +
      working("positions = \"people\"", R"({ law = "fixed", value = 12, unit = "hours" })")};
  const std::vector<std::string> ends = story.ends("task");
  ASSERT_GT(ends.size(), 4U);
  EXPECT_THAT(std::vector<std::string>(ends.begin(), ends.begin() + 4),
              ElementsAre("2019-01-13 04:00:01", "2019-01-13 08:00:02", "2019-01-13 20:00:02",
                          "2019-01-14 08:00:02"));
  const auto cases = std::ssize(ends);
  EXPECT_EQ(story.pool_cell().busy_seconds, cases * 12 * 3600);
  EXPECT_EQ(story.stage_cell("task").started, cases);
}

TEST(Work, MorePositionsStartMoreWorkTheSameDay) {
  const Story story{gated("2019-01-05", "2019-03-01") +
                    dated("people", "0", "{ from = 2019-02-01, value = 1000 }") +
                    working("positions = \"people\"", ten_hours)};
  EXPECT_THAT(story.ends("task"), Each("2019-02-01 10:00:00"));
  EXPECT_EQ(story.ends("task").size(), story.arrivals().size());
}

TEST(Work, QueueIsCountedBeforeTheNewMonthChangesTheStaff) {
  // The change falls on the end of a month, whose queue it must not touch.
  const Story story{gated("2019-01-05", "2019-05-01") +
                    dated("people", "0",
                          "{ from = 2019-03-01, value = 1000 }, { from = 2019-04-01, value = 1 }") +
                    working("positions = \"people\"", ten_hours)};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.pool_cell(0).waiting_at_end, cases);
  EXPECT_EQ(story.pool_cell(1).waiting_at_end, cases);
  EXPECT_EQ(story.pool_cell(2).waiting_at_end, 0);
  EXPECT_THAT(story.ends("task"), Each("2019-03-01 10:00:00"));
}

TEST(Work, TwoPoolsDoNotShareTheirPeople) {
  const Story story{gated("2019-01-05", "2019-03-01") + R"(
[pools.first]
positions = 1
[pools.second]
positions = 1
[stages.task]
kind = "work"
pool = "first"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "later"
[stages.later]
kind = "work"
pool = "second"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)"};
  const auto task = story.records(EventKind::step_end, "task");
  const auto later = story.records(EventKind::step_end, "later");
  ASSERT_EQ(task.size(), later.size());
  for (std::size_t i = 0; i < task.size(); ++i) EXPECT_EQ(later[i].when, task[i].when + 3600);
}

}  // namespace
}  // namespace rassoflow
