// Who is on duty: shares of full time are exact over a year to one day, and whoever goes off duty
// leaves the task to the others.
#include <cmath>
#include <set>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

constexpr Seconds office_day = 8 * 3600;

std::string staffed(std::string_view pool, std::string_view to = "2020-01-01") {
  return run("2019-01-01", to) + R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"
[stages.report]
kind = "report"
arrivals = 0.2
next = "task"
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
[pools.staff]
calendar = "office"
)" + std::string(pool) +
         "\n";
}

Seconds duty_of(const Story& story, std::size_t first_month, std::size_t last_month) {
  Seconds sum = 0;
  for (std::size_t m = first_month; m <= last_month; ++m) sum += story.pool_cell(m).duty_seconds;
  return sum;
}

/// 2019 has 261 weekdays, 8 of them bank holidays.
constexpr double working_days = 253;

void expect_duty(const Story& story, double share_sum, double positions) {
  const Seconds duty = duty_of(story, 0, 11);
  EXPECT_EQ(duty % office_day, 0);
  const Seconds days_on_duty = duty / office_day;
  EXPECT_LE(std::abs(static_cast<double>(days_on_duty) - share_sum * working_days), positions)
      << "one day for each position that is not on duty every day";
}

TEST(Duty, OfWholePostsIsEveryWorkingDay) {
  const Story story{staffed("positions = 27")};
  EXPECT_EQ(duty_of(story, 0, 11), 27 * 253 * office_day);
  EXPECT_EQ(duty_of(story, 3, 3), 27 * 20 * office_day) << "22 weekdays less Easter";
}

TEST(Duty, OfAThirdOfAPostIsThatShareOfTheYearToOneDay) {
  expect_duty(Story{staffed("positions = 0.3")}, 0.3, 1);
}

TEST(Duty, OfALittleMoreThanWholePostsIsExactToOneDay) {
  expect_duty(Story{staffed("positions = 27.01")}, 27.01, 1);
}

TEST(Duty, IsExactToOneDayForEveryPositionWithAbsence) {
  expect_duty(Story{staffed("positions = 4.5\nabsence = 0.2")}, 4.5 * 0.8, 5);
}

TEST(Duty, IsExactOverAnyStretchOfMonths) {
  // 21 working days in May 2019 (23 weekdays less two bank holidays), 20 in June, 23 in July.
  const Story story{staffed("positions = 0.4")};
  const double days = static_cast<double>(duty_of(story, 4, 6)) / office_day;
  EXPECT_LE(std::abs(days - 0.4 * 64), 1);
}

TEST(Duty, DiffersBetweenPositionsAndReplications) {
  // Twenty half posts on the same days would be 20 or 0 on duty; with phases of their own the
  // number of days on duty in one month differs between replications.
  const std::string text = staffed("positions = 0.37", "2019-02-01");
  std::set<Seconds> seen;
  for (std::uint32_t r = 0; r < 12; ++r) {
    const Story story{text, 1, r};
    seen.insert(story.pool_cell().duty_seconds / office_day);
  }
  // 22 working days: 0.37 × 22 is 8.14.
  EXPECT_EQ(seen, (std::set<Seconds>{8, 9}));
}

TEST(Duty, FollowsDatedPositionsUpAndDownToNoneAndBack) {
  const Story story{staffed("positions = \"people\"") +
                    dated("people", "2",
                          "{ from = 2019-04-01, value = 5 }, { from = 2019-05-01, value = 0 }, "
                          "{ from = 2019-06-01, value = 1 }")};
  EXPECT_EQ(duty_of(story, 0, 2), 2 * (22 + 20 + 21) * office_day);
  EXPECT_EQ(duty_of(story, 3, 3), 5 * 20 * office_day);
  EXPECT_EQ(duty_of(story, 4, 4), 0);
  EXPECT_EQ(duty_of(story, 5, 5), 20 * office_day);
}

TEST(Duty, ThatChangesInMidMonthCountsFromThatDay) {
  const Story story{staffed("positions = \"people\"") +
                    dated("people", "1", "{ from = 2019-01-16, value = 3 }")};
  // January 2019: 2 to 15 has 10 working days, 16 to 31 has 12.
  EXPECT_EQ(duty_of(story, 0, 0), (10 + 3 * 12) * office_day);
}

TEST(Duty, OffReturnsTheTaskWithTheEffortThatIsLeft) {
  // One half post, round the clock: on duty every other day. 30 hours of work begun at
  // 16:00:01 are stretches of 7:59:59, 22:00:01 in all, on alternate days.
  const Story story{gated("2019-01-05", "2019-06-01", 1) + R"(
[pools.staff]
positions = 0.5
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 30, unit = "hours" }
next = "ended"
)"};
  const auto ends = story.records(EventKind::step_end, "task");
  ASSERT_GT(ends.size(), 2U);
  // Whether Friday is a day on duty decides the phase; 30 hours are then a day and a quarter.
  const Seconds friday = story.at("2019-01-11");
  const Seconds day = seconds_per_day;
  const bool on_friday = ends.front().when == friday + 2 * day + 22 * 3600 + 1;
  EXPECT_TRUE(on_friday || ends.front().when == friday + 3 * day + 6 * 3600)
      << story.date(ends.front().when);
  Seconds on_duty = on_friday ? 7 * 3600 + 3599 : 0;  // left of Friday
  Seconds today = on_friday ? friday + 2 * day : friday + day;
  Seconds worked = 0;
  for (const TraceRecord& end : ends) {
    worked += 30 * 3600;
    while (on_duty + day < worked) {
      on_duty += day;
      today += 2 * day;
    }
    EXPECT_EQ(end.when, today + worked - on_duty);
  }
  EXPECT_EQ(story.stage_cell("task").started, std::ssize(ends));
}

}  // namespace
}  // namespace rassoflow
