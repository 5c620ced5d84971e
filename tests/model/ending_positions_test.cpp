// What becomes of work when a position ends: handed over, finished, or left until it comes back.
// 11 January 2019 is a Friday; the gate lets about 20 cases in at 16:00:01.
#include <algorithm>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;

std::vector<std::string> first(const std::vector<std::string>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

/// Two people in an office of eight hours; the changes say how many there are later.
std::string office(std::string_view pool, std::string_view changes, std::string_view mode,
                   std::string_view hours = "4") {
  return gated("2019-01-05", "2019-06-01") + dated("people", "2", changes) + R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
[pools.staff]
calendar = "office"
positions = "people"
)" + std::string(pool) +
         R"(
[stages.task]
kind = "work"
pool = "staff"
mode = ")" +
         std::string(mode) + R"("
effort = { law = "fixed", value = )" +
         std::string(hours) + R"(, unit = "hours" }
next = "ended"
)";
}

constexpr std::string_view one_from_monday = "{ from = 2019-01-14, value = 1 }";

TrialState state_at(const Story& story, std::string_view date, Seconds second_of_day = 0) {
  Trial trial{story.pathway(), 1, 0};
  trial.run_until(story.at(date, second_of_day));
  return trial.state();
}

Seconds busy(const Story& story) {
  Seconds sum = 0;
  for (std::size_t m = 0; m < story.pathway().months(); ++m) sum += story.pool_cell(m).busy_seconds;
  return sum;
}

TEST(HandOver, GivesEveryCaseToTheOthersAndCostsAnHourEach) {
  const Story story{office("caseload = 1000\nhand_over_hours = 1", one_from_monday, "owner")};
  const auto cases = std::ssize(story.arrivals());
  const std::int64_t handed_over = state_at(story, "2019-01-12").positions[1].cases;
  ASSERT_GE(handed_over, cases / 2);
  ASSERT_LE(handed_over, cases - cases / 2);
  const Seconds effort = (4 * cases + handed_over) * 3600;
  EXPECT_EQ(busy(story), effort);
  // Both worked for 0:59:59 on Friday, one person from Monday on, 28,800 seconds a day.
  const Seconds left = effort - 2 * 3599;
  const Seconds last = story.records(EventKind::step_end, "task").back().when;
  EXPECT_EQ(story.pathway().patterns[2].worked(last) -
                story.pathway().patterns[2].worked(story.at("2019-01-14")),
            left);
  EXPECT_EQ(story.ends("task").size(), story.arrivals().size());
}

TEST(HandOver, GoesOverTheCaseloadSoThatNobodyWithACaseWaits) {
  const Story story{office("caseload = 5", one_from_monday, "owner")};
  EXPECT_EQ(state_at(story, "2019-01-12").pools[0].held, 10U);
  const TrialState monday = state_at(story, "2019-01-14", 9 * 3600 + 1);
  EXPECT_EQ(monday.positions[0].cases, 10U);
  EXPECT_EQ(monday.positions[1].cases, 0U);
  EXPECT_EQ(monday.pools[0].held + monday.pools[0].unallocated, story.arrivals().size());
}

TEST(HandOver, KeepsTheWorkDoneAndTheOrderOfTheCases) {
  const Story story{office("caseload = 1000", one_from_monday, "owner")};
  // 4:00:00 less the 0:59:59 of Friday are left of what is in hand.
  EXPECT_EQ(story.ends("task").front(), "2019-01-14 12:00:01");
  const auto ends = story.records(EventKind::step_end, "task");
  // Then the oldest, whoever had it.
  std::vector<TraceRecord> rest = story.arrivals();
  std::erase_if(rest, [&](const TraceRecord& r) { return r.case_key == ends.front().case_key; });
  ASSERT_EQ(rest.size() + 1, ends.size());
  for (std::size_t i = 0; i < rest.size(); ++i) EXPECT_EQ(ends[i + 1].case_key, rest[i].case_key);
  EXPECT_EQ(busy(story), std::ssize(story.arrivals()) * 4 * 3600);
}

TEST(HandOver, OfACaseThatIsElsewhereWaitsForItsNextWork) {
  // A day's wait between two tasks of an hour. On Monday the 14th one of two people goes while all
  // cases are away; the other has all of them, and the hour of hand-over with the next task.
  std::string text = office("caseload = 1000\nhand_over_hours = 1", one_from_monday, "owner", "1");
  text.replace(text.rfind("next = \"ended\""), 14, R"(next = "reply"
[stages.reply]
kind = "wait"
delay = { law = "fixed", value = 30, unit = "days" }
next = "again"
[stages.again]
kind = "work"
pool = "staff"
mode = "owner"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended")");
  text.replace(text.find("2019-01-14"), 10, "2019-02-04");
  const Story story{text};
  const auto cases = std::ssize(story.arrivals());
  ASSERT_LT(story.records(EventKind::step_end, "task").back().when, story.at("2019-02-04"));
  const std::int64_t handed_over = state_at(story, "2019-02-03").positions[1].cases;
  EXPECT_EQ(state_at(story, "2019-02-05").positions[0].cases, cases);
  EXPECT_EQ(busy(story), (2 * cases + handed_over) * 3600);
}

TEST(Finish, WorksOffTheOwnCasesAsIfNothingHadChanged) {
  const Story changed{office("caseload = 1000\non_end = \"finish\"", one_from_monday, "owner")};
  const Story same{office("caseload = 1000", "", "owner")};
  EXPECT_EQ(changed.trace(), same.trace());
  EXPECT_EQ(changed.pool_cell(0).positions_at_end, 1);
  EXPECT_EQ(same.pool_cell(0).positions_at_end, 2);
  // From the end of the last case on one person is on duty, eight hours a day.
  EXPECT_EQ(same.pool_cell(1).duty_seconds, 2 * 20 * 8 * 3600);
  EXPECT_EQ(changed.pool_cell(1).duty_seconds, 20 * 8 * 3600);
}

TEST(Finish, TakesNoNewCases) {
  const Story story{office("caseload = 3\non_end = \"finish\"", one_from_monday, "owner")};
  std::uint32_t before = 3;
  for (int day = 12; day < 32; ++day) {
    const std::uint32_t cases =
        state_at(story, "2019-01-" + std::to_string(day)).positions[1].cases;
    EXPECT_LE(cases, before);
    before = cases;
  }
  EXPECT_EQ(before, 0U);
  EXPECT_EQ(story.ends("task").size(), story.arrivals().size());
}

TEST(Stop, LeavesTheCasesUntilThePositionComesBack) {
  const Story story{office("caseload = 1000\non_end = \"stop\"",
                           "{ from = 2019-01-14, value = 1 }, { from = 2019-02-04, value = 2 }",
                           "owner")};
  const std::int64_t left = state_at(story, "2019-02-03").positions[1].cases;
  EXPECT_EQ(left, state_at(story, "2019-01-12").positions[1].cases);
  const auto ends = story.records(EventKind::step_end, "task");
  const auto after = std::ranges::count_if(
      ends, [&](const TraceRecord& end) { return end.when >= story.at("2019-02-04"); });
  EXPECT_EQ(after, left);
  // 0:59:59 of the first were done on Friday.
  const auto resumed = std::ranges::find_if(
      ends, [&](const TraceRecord& end) { return end.when >= story.at("2019-02-04"); });
  EXPECT_EQ(story.date(resumed->when), "2019-02-04 12:00:01");
  EXPECT_EQ(story.date(ends.back().when > resumed->when ? (resumed + 1)->when : 0),
            "2019-02-04 16:00:01");
  EXPECT_EQ(busy(story), std::ssize(story.arrivals()) * 4 * 3600);
}

/// Round the clock, twelve hours a task; two people until Saturday 00:00, none on Saturday, one
/// from Sunday on.
std::string in_pool(std::string_view pool) {
  return gated("2019-01-05", "2019-03-01") +
         dated("people", "2",
               "{ from = 2019-01-12, value = 0 }, { from = 2019-01-13, value = 1 }") +
         "[pools.staff]\npositions = \"people\"\n" + std::string(pool) + R"(
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 12, unit = "hours" }
next = "ended"
)";
}

TEST(HandOver, OfWorkInAPoolAddsToWhatIsLeft) {
  // 7:59:59 were done on Friday; 4:00:01 and two hours of hand-over are left of each of the two.
  const Story story{in_pool("hand_over_hours = 2")};
  EXPECT_THAT(first(story.ends("task"), 3),
              ElementsAre("2019-01-13 06:00:01", "2019-01-13 12:00:02", "2019-01-14 00:00:02"));
  EXPECT_EQ(busy(story), (std::ssize(story.arrivals()) * 12 + 2 * 2) * 3600);
}

TEST(Finish, OfWorkInAPoolEndsWithTheTaskInHand) {
  const Story story{in_pool("on_end = \"finish\"")};
  EXPECT_THAT(first(story.ends("task"), 4),
              ElementsAre("2019-01-12 04:00:01", "2019-01-12 04:00:01", "2019-01-13 12:00:00",
                          "2019-01-14 00:00:00"));
  // On duty: two people for eleven days, then 4:00:01 each, then one from the 13th.
  EXPECT_EQ(story.pool_cell(0).duty_seconds, 2 * (7 * 86400 + 4 * 3600 + 1) + 19 * 86400);
}

TEST(Stop, OfWorkInAPoolWaitsForItsOwnPosition) {
  // The first position is back on Sunday and goes on; the second never is.
  const Story story{in_pool("on_end = \"stop\"")};
  EXPECT_THAT(first(story.ends("task"), 2),
              ElementsAre("2019-01-13 04:00:01", "2019-01-13 16:00:01"));
  EXPECT_EQ(std::ssize(story.ends("task")), std::ssize(story.arrivals()) - 1);
  EXPECT_EQ(story.stage_cell("task", 1).inside_at_end, 1);
}

}  // namespace
}  // namespace rassoflow
