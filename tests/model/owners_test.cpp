// Owners at work, told to the second: which of their cases they take up, when they look again, and
// where the time of a case goes meanwhile. 11 January 2019 is a Friday; the gate lets every case of
// the first week in at 16:00:01.
#include <algorithm>
#include <map>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// Seven hours a day, so that half a day is three and a half.
constexpr std::string_view office = R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:30", "13:30-17:00"]
)";

std::string owned(std::string_view pool, std::string_view hours, double rate = 3,
                  std::string_view to = "2019-06-01") {
  return gated("2019-01-05", to, rate) + std::string(office) + "[pools.staff]\n" +
         std::string(pool) + R"(
[stages.task]
kind = "work"
pool = "staff"
mode = "owner"
effort = { law = "fixed", value = )" +
         std::string(hours) + R"(, unit = "hours" }
next = "ended"
)";
}

std::vector<std::string> first(const std::vector<std::string>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

std::vector<std::uint64_t> keys_of(const std::vector<TraceRecord>& records) {
  std::vector<std::uint64_t> keys;
  for (const TraceRecord& record : records) keys.push_back(record.case_key);
  return keys;
}

TEST(Owner, TakesTheOldestReportFirstAndWorksOnOverLunchAndWeekend) {
  const Story story{owned("positions = 1\ncaseload = 1000\ncalendar = \"office\"", "5")};
  // Friday 0:59:59, Monday to 14:00:01; then to 17:00 and Tuesday 11:00:01; then to 17:00, where a
  // second is left for Wednesday; then from 09:00:01 over lunch.
  EXPECT_THAT(first(story.ends("task"), 4),
              ElementsAre("2019-01-14 14:00:01", "2019-01-15 11:00:01", "2019-01-16 09:00:01",
                          "2019-01-16 15:00:01"));
  // The cases come through the gate in one second and are done in the order of their reports.
  EXPECT_EQ(keys_of(story.records(EventKind::step_end, "task")), keys_of(story.arrivals()));
  // After half a day of work: 0:59:59 on Friday and 2:30:01 on Monday; 2:59:59 and 0:30:01.
  EXPECT_THAT(first(story.dates(EventKind::slice_end, "task"), 2),
              ElementsAre("2019-01-14 11:30:01", "2019-01-15 09:30:01"));
  EXPECT_EQ(story.pool_cell(0).busy_seconds + story.pool_cell(1).busy_seconds,
            std::ssize(story.arrivals()) * 5 * 3600);
}

/// A third of the cases are urgent: they come on Monday at 10:00:01, while an older one is in hand.
std::string with_urgent_ones(std::string_view slice) {
  std::string text =
      owned("positions = 1\ncaseload = 1000\ncalendar = \"office\"\n" + std::string(slice), "9", 6);
  text.replace(text.find("next = \"task\""), 13, "next = \"sorting\"");
  return text + R"(
[stages.sorting]
kind = "decide"
routes = [ { to = "late", probability = 0.3 }, { to = "task" } ]
[calendars.monday]
days = ["Mon"]
hours = ["10:00-10:01"]
[stages.late]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
calendar = "monday"
next = "urgent"
[stages.urgent]
kind = "work"
pool = "staff"
mode = "owner"
priority = -1
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)";
}

TEST(Owner, TurnsToTheUrgentWhenTheSliceEndsAndNotBefore) {
  const Story story{with_urgent_ones("")};
  ASSERT_GT(story.ends("urgent").size(), 5U);
  // The slice of Friday ends on Monday at 11:30:01; an hour each, over lunch and night.
  EXPECT_THAT(first(story.ends("urgent"), 5),
              ElementsAre("2019-01-14 13:30:01", "2019-01-14 14:30:01", "2019-01-14 15:30:01",
                          "2019-01-14 16:30:01", "2019-01-15 09:30:01"));
  EXPECT_LT(story.records(EventKind::step_end, "urgent").back().when,
            story.records(EventKind::step_end, "task").front().when);
}

TEST(Owner, SeesWhatJoinsInTheVerySecondInWhichTheSliceEnds) {
  // Two hours: 0:59:59 on Friday, 1:00:01 on Monday, which is 10:00:01.
  const Story story{with_urgent_ones("slice_hours = 2")};
  EXPECT_THAT(first(story.ends("urgent"), 3),
              ElementsAre("2019-01-14 11:00:01", "2019-01-14 12:00:01", "2019-01-14 14:00:01"));
}

TEST(Owner, OfALongSliceTurnsToTheUrgentWhenTheCaseIsDone) {
  // Nine hours of the first case: 0:59:59 on Friday, 7 on Monday, 1:00:01 on Tuesday.
  const Story story{with_urgent_ones("slice_hours = 100")};
  EXPECT_EQ(story.ends("task").front(), "2019-01-15 10:00:01");
  EXPECT_THAT(first(story.ends("urgent"), 2),
              ElementsAre("2019-01-15 11:00:01", "2019-01-15 12:00:01"));
  EXPECT_THAT(story.dates(EventKind::slice_end, "task"), IsEmpty());
}

TEST(Owner, TakesTheEarlierDueDateBeforeTheOlderReport) {
  std::string text = owned("positions = 1\ncaseload = 1000", "1", 6);
  text.replace(text.find("next = \"task\""), 13, "next = \"sorting\"");
  text.replace(text.find("mode = \"owner\""), 14, "mode = \"owner\"\ndue_days = 10");
  const Story story{text + R"(
[stages.sorting]
kind = "decide"
routes = [ { to = "quick", probability = 0.5 }, { to = "task" } ]
[stages.quick]
kind = "work"
pool = "staff"
mode = "owner"
due_days = 2
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)"};
  const auto slow = story.records(EventKind::step_end, "task");
  const auto quick = story.records(EventKind::step_end, "quick");
  ASSERT_GT(std::min(slow.size(), quick.size()), 5U);
  EXPECT_LT(quick.back().when, slow.front().when);
}

TEST(Owner, LeavesTheOthersWaitingInTheirHands) {
  const Story story{owned("positions = 1\ncaseload = 1000", "5")};
  const auto cases = std::ssize(story.arrivals());
  const Seconds waited = 5 * 3600 * cases * (cases - 1) / 2;
  EXPECT_EQ(story.cause_seconds(Cause::other_cases), waited);
  EXPECT_EQ(story.cause_seconds(Cause::worked_on), 5 * 3600 * cases);
  EXPECT_EQ(story.cause_seconds(Cause::unallocated), 0);
  EXPECT_EQ(story.cause_seconds(Cause::no_one_free), 0);
  EXPECT_EQ(story.stage_cell("task").waited_seconds, waited);
  EXPECT_EQ(story.stage_cell("task").exit_waiting_seconds, waited);
}

TEST(Owner, OfTwoCasesAtMostLeavesTheOthersUnallocated) {
  const Story story{owned("positions = 1\ncaseload = 2", "5")};
  const auto cases = std::ssize(story.arrivals());
  // Each but the first waits five hours in hand; the i-th from the third on (i - 2) times five
  // before.
  EXPECT_EQ(story.cause_seconds(Cause::other_cases), 5 * 3600 * (cases - 1));
  EXPECT_EQ(story.cause_seconds(Cause::unallocated), 5 * 3600 * (cases - 1) * (cases - 2) / 2);
  EXPECT_EQ(story.cause_seconds(Cause::worked_on), 5 * 3600 * cases);
  EXPECT_EQ(story.stage_cell("task").started, cases);
}

TEST(Owner, WhoIsAbsentStopsAndTheCaseWaits) {
  // One half post, on duty every other day. Of 30 hours either 7:59:59 fall on Friday and 22:00:01
  // on Sunday, or nobody is there on Friday, 24 fall on Saturday and 6 on Monday.
  const std::string text = owned("positions = 0.5\ncaseload = 1000", "30", 0.2);
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed < 60; ++seed) {
    const Story story{text, seed};
    if (story.arrivals().size() != 1) continue;
    const std::string end = story.ends("task").front();
    ++seen[end];
    const bool on_friday = end == "2019-01-13 22:00:01";
    EXPECT_TRUE(on_friday || end == "2019-01-14 06:00:00") << end;
    EXPECT_EQ(story.cause_seconds(Cause::owner_absent), 86400);
    EXPECT_EQ(story.cause_seconds(Cause::unallocated), on_friday ? 0 : 7 * 3600 + 3599);
    EXPECT_EQ(story.cause_seconds(Cause::other_cases), 0);
    EXPECT_EQ(story.cause_seconds(Cause::worked_on), 30 * 3600);
  }
  EXPECT_EQ(seen.size(), 2U);
}

TEST(Owner, OverNightIsAbsentUnlessAnotherCaseIsInHand) {
  // Two cases of two hours: the first from 16:00:01 to 17:00 and Monday to 10:00:01, the other to
  // 12:00:01, and the night between counts as other cases.
  const std::string text = owned("positions = 1\ncaseload = 9\ncalendar = \"office\"", "2", 0.3);
  int seen = 0;
  for (std::uint64_t seed = 1; seed < 60; ++seed) {
    const Story story{text, seed};
    if (story.arrivals().size() != 2) continue;
    ++seen;
    EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-14 10:00:01", "2019-01-14 12:00:01"));
    EXPECT_EQ(story.cause_seconds(Cause::other_cases), (2 * 24 + 18) * 3600);
    EXPECT_EQ(story.cause_seconds(Cause::owner_absent), 0);
  }
  EXPECT_GT(seen, 3);
}

/// Comes back to its owner after replies, over a year.
constexpr std::string_view looped = R"(next = "reply"
[stages.reply]
kind = "wait"
delay = { law = "exponential", mean = 5, unit = "days" }
routes = [ { to = "task", probability = 0.7, visits = "1-4" }, { to = "ended" } ])";

TEST(Owner, KeepsTheCaseOverItsReturnsAndNeverHasMoreThanTheirCaseload) {
  std::string text = owned("positions = 6.5\nabsence = 0.2\ncaseload = 4\ncalendar = \"office\"",
                           "3", 3, "2019-12-01");
  text.replace(text.rfind("next = \"ended\""), 14, looped);
  text.replace(text.find("{ from = 2019-01-11, value = 0 }"), 32,
               "{ from = 2019-10-01, value = 0 }");
  const Pathway pathway = pathway_from(text);
  Trial trial{pathway, 1, 0};
  std::map<std::uint64_t, std::uint32_t> owner_of;
  std::size_t most = 0;
  for (Seconds when = 0; when < pathway.to; when += 5 * 3600 + 17) {
    trial.run_until(when);
    for (const Hold& hold : trial.state().holds) {
      if (hold.instance == no_slot || hold.position == no_slot) continue;
      const auto [known, is_new] = owner_of.emplace(hold.case_key, hold.position);
      EXPECT_EQ(known->second, hold.position);
    }
    for (const Position& position : trial.state().positions) {
      EXPECT_LE(position.cases, 4U);
      most = std::max<std::size_t>(most, position.cases);
    }
  }
  EXPECT_EQ(most, 4U);
  EXPECT_GT(owner_of.size(), 100U);
  trial.run_until(pathway.to);
  trial.finish();
}

}  // namespace
}  // namespace rassoflow
