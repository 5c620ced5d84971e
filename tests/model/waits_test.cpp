// Delays that nobody staffs, in calendar days and in the working time of a calendar.
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::SizeIs;

constexpr std::string_view straight = R"(
[stages.report]
kind = "report"
arrivals = 0.2
next = "task"
[stages.ended]
kind = "outcome"
code = "ended"
)";

std::string waiting(std::string_view delay, std::string_view calendar) {
  return "[stages.task]\nkind = \"wait\"\nnext = \"ended\"\ndelay = " + std::string(delay) +
         (calendar.empty() ? "" : "\ncalendar = \"" + std::string(calendar) + "\"") + "\n" + R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:00", "13:00-17:00"]
bank_holidays = "closed"
)";
}

TEST(Wait, InCalendarDaysEndsAtTheSameTimeOfDay) {
  const Story story{run("2019-01-01", "2020-01-01") + std::string(straight) +
                    waiting(R"({ law = "fixed", value = 10, unit = "days" })", "")};
  const std::vector<TraceRecord> arrivals = story.arrivals();
  const std::vector<TraceRecord> ends = story.records(EventKind::step_end, "task");
  ASSERT_GT(ends.size(), 30U);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    EXPECT_EQ(ends[i].case_key, arrivals[i].case_key);
    EXPECT_EQ(ends[i].when - arrivals[i].when, 10 * 86400);
  }
}

TEST(Wait, EndingOnTheDayTheRunEndsIsNotSeen) {
  const Story story{gated("2019-01-05", "2019-01-25") +
                    waiting(R"({ law = "fixed", value = 14, unit = "days" })", "")};
  EXPECT_THAT(story.ends("gate"), Each("2019-01-11 16:00:01"));
  EXPECT_THAT(story.ends("task"), SizeIs(0));
  EXPECT_EQ(story.stage_cell("task").inside_at_end, std::ssize(story.arrivals()));
}

TEST(Wait, InHoursOfWorkSkipsLunchNightAndWeekend) {
  // Friday 16:00:01 to 17:00, then 6:00:01 of Monday's 7 hours: 09-12 and 13 to 16:00:01.
  const Story story{gated("2019-01-05", "2019-03-01") +
                    waiting(R"({ law = "fixed", value = 7, unit = "hours" })", "office")};
  EXPECT_THAT(story.ends("task"), Each("2019-01-14 16:00:01"));
  EXPECT_EQ(story.ends("task").size(), story.arrivals().size());
}

TEST(Wait, InDaysOfACalendarCountsWorkingDaysAcrossEaster) {
  // From Friday 12 April, 16:00:01: Mon 15, Tue 16, Wed 17, Thu 18; Good Friday 19 and Easter
  // Monday 22 are closed, so that five working days end on Tuesday 23.
  const Story story{gated("2019-04-06", "2019-05-31") +
                    waiting(R"({ law = "fixed", value = 5, unit = "days" })", "office")};
  EXPECT_THAT(story.ends("task"), Each("2019-04-23 16:00:01"));
  EXPECT_THAT(story.ends("task"), SizeIs(story.arrivals().size()));
}

TEST(Wait, InDaysOfACalendarCountsWorkingDaysAcrossChristmasAndNewYear) {
  // From Friday 20 December: 23, 24, 27, 30, 31, then 2 January.
  const Story story{gated("2019-12-14", "2020-01-31") +
                    waiting(R"({ law = "fixed", value = 6, unit = "days" })", "office")};
  EXPECT_THAT(story.ends("task"), Each("2020-01-02 16:00:01"));
  EXPECT_THAT(story.ends("task"), SizeIs(story.arrivals().size()));
}

TEST(Wait, ThatEndsWithTheWorkingDayEndsAtClosingTime) {
  const Story story{gated("2019-01-05", "2019-03-01") +
                    waiting(R"({ law = "fixed", value = 3599, unit = "seconds" })", "office")};
  EXPECT_THAT(story.ends("task"), Each("2019-01-11 17:00:00"));
}

TEST(Wait, TakesTheLawOfTheDayOnWhichItBegins) {
  const Story story{run("2019-01-01", "2019-12-01") + std::string(straight) +
                    dated("days", "3", "{ from = 2019-06-01, value = 30 }") +
                    waiting(R"({ law = "fixed", value = "days", unit = "days" })", "")};
  const Seconds june = story.at("2019-06-01");
  int early = 0, late = 0;
  for (const TraceRecord& end : story.records(EventKind::step_end, "task")) {
    const Seconds arrived = story.of_case(end.case_key).front().when;
    EXPECT_EQ(end.when - arrived, (arrived < june ? 3 : 30) * 86400);
    ++(arrived < june ? early : late);
  }
  EXPECT_GT(early, 10);
  EXPECT_GT(late, 10);
}

TEST(Wait, OfNoLengthEndsInTheSameSecond) {
  const Story story{gated("2019-01-05", "2019-03-01") +
                    waiting(R"({ law = "fixed", value = 0, unit = "days" })", "office")};
  EXPECT_THAT(story.ends("task"), Each("2019-01-11 16:00:01"));
}

}  // namespace
}  // namespace rassoflow
