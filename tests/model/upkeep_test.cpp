// What live cases cost a pool: from and until which day they count, and that their hours come
// before cases. The cases reach their mark on Friday 11 January 2019 at 16:00:01.
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;

constexpr std::int64_t hour = 3600;

constexpr std::int64_t effort(std::int64_t seconds) {
  return 1000 * seconds;
}

/// Every case is live from the gate on, waits so many days, is told, and waits one more day.
std::string live(std::string_view pool, std::string_view upkeep, std::string_view days,
                 std::string_view to = "2019-02-01") {
  return "crossing_calendar = \"office\"\n" + gated("2019-01-05", to, 0.5) +
         std::string(office_hours) + "[pools.staff]\ncalendar = \"office\"\n" + std::string(pool) +
         "\n[upkeep.live]\npool = \"staff\"\n" + std::string(upkeep) + R"(
[stages.task]
kind = "decide"
marks = ["begun"]
next = "long"
[stages.long]
kind = "wait"
delay = { law = "fixed", unit = "days", value = )" +
         std::string(days) + R"( }
next = "telling"
[stages.telling]
kind = "decide"
marks = ["told"]
next = "short"
[stages.short]
kind = "wait"
delay = { law = "fixed", unit = "days", value = 1 }
next = "ended"
)";
}

TEST(Upkeep, CountsFromTheWorkingDayAfterTheMarkToTheOneAfterTheOutcome) {
  // Live until Thursday 16:00:01: five hours a week on Monday to Thursday are four of one hour.
  const Story story =
      story_of_cases(3, live("positions = 1", "from = \"begun\"\nhours_per_week = 5", "5"));
  EXPECT_EQ(story.pool_cell().upkeep_in, effort(3 * 4 * hour));
  EXPECT_EQ(story.pool_cell().upkeep_done, effort(3 * 4 * hour)) << "in idle time, day by day";
  EXPECT_EQ(story.pool_cell().upkeep_seconds, 3 * 4 * hour);
  EXPECT_EQ(story.pool_cell().upkeep_at_end, 0);
}

TEST(Upkeep, EndsWithTheFirstOfItsMarks) {
  // Told on Wednesday: Thursday is the first day without.
  const Story story = story_of_cases(
      3, live("positions = 1", "from = \"begun\"\nto = [\"told\"]\nhours_per_week = 5", "5"));
  EXPECT_EQ(story.pool_cell().upkeep_in, effort(3 * 3 * hour));
}

TEST(Upkeep, OfACaseThatEndsBeforeItsPoolHearsOfItIsNone) {
  const Story story = story_of_cases(
      3, live("positions = 1", "from = \"begun\"\nto = [\"told\"]\nhours_per_week = 5", "1"));
  EXPECT_EQ(story.pool_cell().upkeep_in, 0) << "told on Saturday, before Monday";
}

TEST(Upkeep, IsDividedByTheWorkingDaysOfTheCalendar) {
  // Two hours on each Monday and Thursday from 14 January to the end of the month.
  std::string text = live("positions = 1", "from = \"begun\"\nhours_per_week = 4", "40");
  constexpr std::string_view pool = "[pools.staff]\ncalendar = \"office\"";
  text.replace(text.find(pool), pool.size(),
               "[calendars.two_days]\ndays = [\"Mon\", \"Thu\"]\n"
               "[pools.staff]\ncalendar = \"two_days\"");
  const Story story = story_of_cases(2, text);
  EXPECT_EQ(story.pool_cell().upkeep_in, effort(2 * 6 * 2 * hour));
}

TEST(Upkeep, ThatNobodyHasTimeForWaits) {
  const Story story = story_of_cases(
      2,
      live("positions = \"people\"", "from = \"begun\"\nhours_per_week = 20", "40", "2019-03-01") +
          dated("people", "0", "{ from = 2019-02-01, value = 1 }"));
  // 14 working days of 8 hours in January; then one person has no time for anything else.
  EXPECT_EQ(story.pool_cell(0).upkeep_at_end, effort(14 * 8 * hour));
  EXPECT_EQ(story.pool_cell(1).upkeep_done, effort(20 * 8 * hour));
}

/// The cases themselves need the people whom their upkeep takes.
std::string needed(std::string_view pool, std::string_view hours_per_week) {
  return "crossing_calendar = \"office\"\n" + gated("2019-01-05", "2019-02-01", 0.5) +
         std::string(office_hours) + "[pools.staff]\ncalendar = \"office\"\n" + std::string(pool) +
         "\n[upkeep.live]\npool = \"staff\"\nfrom = \"begun\"\nhours_per_week = " +
         std::string(hours_per_week) + R"(
[stages.task]
kind = "work"
pool = "staff"
marks = ["begun"]
effort = { law = "fixed", unit = "hours", value = 10 }
next = "ended"
)";
}

TEST(Upkeep, ComesBeforeCases) {
  // Two cases of four hours a day are one of two people on Monday and Tuesday. The other goes on
  // with one case until Tuesday 10:00:01, then with the second; on Wednesday only its own four
  // hours are owed, which no whole day holds: both people are there for cases.
  const Story story = story_of_cases(2, needed("positions = 2", "20"));
  EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-15 10:00:01", "2019-01-16 11:00:02"));
  EXPECT_EQ(story.pool_cell().upkeep_in, effort((8 + 8 + 4) * hour));
  EXPECT_EQ(story.pool_cell().upkeep_done, effort((8 + 8 + 4) * hour));
  EXPECT_EQ(story.pool_cell().busy_seconds, 20 * hour);
}

TEST(Upkeep, ComesBeforeOtherWork) {
  // One of two people on upkeep on Monday and Tuesday, the other on cases: nothing is done of 16
  // hours a day but what is idle; on Wednesday four hours of idle time are owed to upkeep first.
  const Story story = story_of_cases(
      2, needed("positions = 2\nother_work = 16\nsharing = \"adult_rape_first\"", "20"));
  EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-15 10:00:01", "2019-01-16 11:00:02"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.upkeep_done, effort(20 * hour));
  EXPECT_EQ(cell.other_work_at_end, effort(40 * hour)) << "as much as cases and upkeep took";
  EXPECT_EQ(cell.busy_seconds + cell.upkeep_seconds + cell.other_work_seconds, cell.duty_seconds);
}

TEST(Upkeep, ReachesThePoolOfTheCasesOwnSiteOfAnotherLevel) {
  const Story story{"crossing_calendar = \"office\"\n" + run("2019-01-05", "2019-06-01") +
                    std::string(office_hours) + R"(
[levels.force]
[levels.area]
owns_clock = false
[sites.force."A"]
area = "North"
[sites.force."B"]
area = { "North" = 0.5, "South" = 0.5 }
[sites.area."North"]
[sites.area."South"]
[sites.area."West"]
[parameters.reports]
unit = "cases"
grade = "assumed"
source = "a test"
changes = [ { site = "force:A", value = 0 }, { site = "force:B", value = 1 } ]
[pools.lawyers]
level = "area"
positions = 100
[upkeep.live]
pool = "lawyers"
from = "charged"
hours_per_week = 7
[stages.report]
kind = "report"
level = "force"
arrivals = "reports"
next = "charge"
[stages.charge]
kind = "wait"
level = "force"
marks = ["charged"]
delay = { law = "fixed", unit = "days", value = 365 }
next = "ended"
[stages.ended]
kind = "outcome"
level = "force"
code = "ended"
)"};
  // Nobody ends. Every case costs an hour on each day from the working day after its report.
  const Pathway& pathway = story.pathway();
  std::vector<std::int64_t> expected(3, 0);
  std::vector<std::int64_t> cases(3, 0);
  for (std::size_t month = 0; month < pathway.months(); ++month) {
    for (std::size_t area = 0; area < 3; ++area) {
      expected[area] += story.pool_cell(month, area).upkeep_in;
    }
  }
  std::int64_t days = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    const Seconds start =
        pathway.patterns[pathway.crossing_pattern.value].next_working_day(arrival.when);
    days += std::max<Seconds>(0, (pathway.to - start) / seconds_per_day);
  }
  for (std::size_t month = 0; month < pathway.months(); ++month) {
    for (std::size_t area = 0; area < 3; ++area) {
      cases[area] += story.site_cell(month, "area:" + pathway.sites[area].name).reported;
    }
  }
  EXPECT_EQ(expected[0] + expected[1] + expected[2], effort(days * hour));
  EXPECT_EQ(expected[2], 0);
  EXPECT_EQ(cases[2], 0);
  EXPECT_GT(expected[0], 0);
  EXPECT_GT(expected[1], 0);
}

}  // namespace
}  // namespace rassoflow
