// Who serves cases and who other work, day by day and to the second, under each sharing rule. In
// every world the cases join at Friday 11 January 2019, 16:00:01, and the office has eight hours.
#include <cmath>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;

constexpr std::int64_t hour = 3600;

/// Counted in thousandths of a second.
constexpr std::int64_t effort(std::int64_t seconds) {
  return 1000 * seconds;
}

std::string shared(std::string_view pool, std::string_view hours_of_a_case, std::string_view to) {
  return gated("2019-01-05", to, 0.5) + std::string(office_hours) +
         "[pools.staff]\ncalendar = \"office\"\n" + std::string(pool) +
         "\n[stages.task]\nkind = \"work\"\npool = \"staff\"\nnext = \"ended\"\n"
         "effort = { law = \"fixed\", unit = \"hours\", value = " +
         std::string(hours_of_a_case) + " }\n";
}

TEST(OtherWork, IsDoneInIdleTimeWhereCasesComeFirst) {
  const Story story = story_of_cases(
      3,
      shared("positions = 2\nother_work = 16\nsharing = \"adult_rape_first\"", "10", "2019-01-19"));
  // Two at once from Friday 16:00:01 (59:59), Monday all day, Tuesday 1:00:01; then the third.
  EXPECT_THAT(story.ends("task"),
              ElementsAre("2019-01-15 10:00:01", "2019-01-15 10:00:01", "2019-01-16 12:00:01"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.busy_seconds, 3 * 10 * hour);
  EXPECT_EQ(cell.other_work_in, effort(10 * 16 * hour));
  EXPECT_EQ(cell.other_work_at_end, effort(3 * 10 * hour)) << "every hour of a case displaces one";
  EXPECT_EQ(cell.other_work_done, effort((160 - 30) * hour));
  EXPECT_EQ(cell.other_work_seconds, (160 - 30) * hour);
  // At the end of Friday, Saturday and Sunday; of Monday, Tuesday, Wednesday, Thursday, Friday.
  const std::int64_t friday = 2 * (hour - 1);
  const std::int64_t monday = friday + 16 * hour;
  const std::int64_t tuesday = monday + 16 * hour - (7 * hour - 1);
  EXPECT_EQ(cell.other_work_second_days, 3 * friday + monday + tuesday + 3 * 30 * hour);
}

TEST(OtherWork, ThatIsLittleIsDoneOnItsDayWhereverThereIsIdleTime) {
  const Story story = story_of_cases(
      3,
      shared("positions = 2\nother_work = 6\nsharing = \"adult_rape_first\"", "1", "2019-01-19"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.other_work_done, effort(10 * 6 * hour));
  EXPECT_EQ(cell.other_work_seconds, 10 * 6 * hour);
  EXPECT_EQ(cell.other_work_second_days, 0);
  EXPECT_EQ(cell.busy_seconds, 3 * hour);
  EXPECT_EQ(cell.duty_seconds, 10 * 16 * hour);
}

TEST(OtherWork, SharesPositionsInProportionToWhatWaits) {
  // Four people, 32 hours a day come in, three cases of 40 hours. Of the hours that wait each
  // morning (cases : others) are cases, times four positions, plus what was left the day before:
  //   Monday    120 : 32   3.157892              3
  //   Tuesday    96 : 56   2.526312 + 0.157892   2   the third case goes back to the queue
  //   Wednesday  80 : 72   2.105260 + 0.684204   2
  //   Thursday   64 : 88   1.684208 + 0.789464   2
  //   Friday     48 : 104  1.263156 + 0.473672   1   the second goes back, the first ends at 17:00
  //   Monday     40 : 112  1.052628 + 0.736828   1
  const Story story =
      story_of_cases(3, shared("positions = 4\nother_work = 32", "40", "2019-01-22"));
  EXPECT_EQ(story.ends("task").front(), "2019-01-18 17:00:00");
  EXPECT_EQ(story.stage_cell("task").started, 3);
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.busy_seconds, (3 + 2 + 2 + 2 + 1 + 1) * 8 * hour);
  EXPECT_EQ(cell.other_work_in, effort(11 * 32 * hour));
  EXPECT_EQ(cell.other_work_done, effort((5 * 32 + 8 + 16 + 16 + 16 + 24 + 24) * hour));
  EXPECT_EQ(cell.other_work_at_end, effort(88 * hour));
  EXPECT_EQ(cell.other_work_second_days, (24 + 40 + 56 + 72 + 3 * 80 + 88) * hour);
  EXPECT_EQ(cell.busy_seconds + cell.other_work_seconds, cell.duty_seconds);
}

TEST(OtherWork, ThatIsWorkedOffLeavesTheRestOfTheDayToCases) {
  // Two people are through with three hours at 10:30 and are there when the cases join. On Monday
  // 3,602 s of cases against three hours are half a position: both are on other work again until
  // 10:30, the second left of either case goes first.
  const Story story = story_of_cases(3, shared("positions = 2\nother_work = 3", "1", "2019-01-19"));
  EXPECT_THAT(story.ends("task"),
              ElementsAre("2019-01-14 10:30:01", "2019-01-14 10:30:01", "2019-01-14 11:30:01"));
  EXPECT_EQ(story.stage_cell("task").waited_seconds, 66 * hour + hour / 2)
      << "the third, from Friday 16:00:01 to Monday 10:30:01";
  EXPECT_EQ(story.pool_cell().other_work_done, effort(10 * 3 * hour));
  EXPECT_EQ(story.pool_cell().other_work_second_days, 0);
}

TEST(OtherWork, IsHelpedByWhoeverHasNoCase) {
  // 20 hours a day for two people leave four more each day. One case of 7 hours is worth
  // 7/47 + 7/51 + 7/55 + 7/59 of two positions by Thursday: the first whole one. It ends at 16:00,
  // and its hour until 17:00 goes to the 52 hours that wait.
  const Story story =
      story_of_cases(1, shared("positions = 2\nother_work = 20", "7", "2019-01-18"));
  EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-17 16:00:00"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.other_work_at_end, effort((52 - 8 - 1) * hour));
  EXPECT_EQ(cell.busy_seconds + cell.other_work_seconds, cell.duty_seconds);
}

TEST(OtherWork, BehindARingFenceIsDoneByTheOthersAlone) {
  // Half of three people serve cases: one, two, one, two, ... On Friday one begins a case, on
  // Monday two go on with it and a second one, on Tuesday one with the third.
  const Story story = story_of_cases(
      3, shared("positions = 3\nother_work = 24\nsharing = \"ring_fenced\"\nring_fence = 0.5", "8",
                "2019-01-19"));
  EXPECT_THAT(story.ends("task"),
              ElementsAre("2019-01-14 16:00:01", "2019-01-14 17:00:00", "2019-01-15 16:00:01"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.busy_seconds, 3 * 8 * hour);
  EXPECT_EQ(cell.other_work_done, effort(15 * 8 * hour)) << "idle time on the case side is lost";
  EXPECT_EQ(cell.other_work_at_end, effort((10 * 24 - 15 * 8) * hour));
}

TEST(OtherWork, BehindARingFenceKeepsItsPeopleWhereThereIsNone) {
  const Story story = story_of_cases(
      1, shared("positions = 2\nother_work = 1\nsharing = \"ring_fenced\"\nring_fence = 0", "8",
                "2019-01-19"));
  EXPECT_THAT(story.ends("task"), testing::IsEmpty());
  EXPECT_EQ(story.pool_cell().waiting_at_end, 1);
  EXPECT_EQ(story.pool_cell().other_work_at_end, 0);
}

TEST(OtherWork, IsDoneByProductivityOfTheDay) {
  // Half as fast from Monday 14 January: the last second of the case takes two, and 28,798 s of
  // idle time are 14,399 s of other work.
  const Story story =
      story_of_cases(1, shared("positions = 1\nproductivity = \"speed\"\nother_work = 8\n"
                               "sharing = \"adult_rape_first\"",
                               "1", "2019-01-19") +
                            dated("speed", "1", "{ from = 2019-01-14, value = 0.5 }"));
  EXPECT_THAT(story.ends("task"), ElementsAre("2019-01-14 09:00:02"));
  const PoolCell& cell = story.pool_cell();
  EXPECT_EQ(cell.other_work_done, effort(4 * 8 * hour + 7 * hour + 1 + 14399 + 4 * 4 * hour));
  EXPECT_EQ(cell.other_work_seconds, 10 * 8 * hour - (hour - 1) - 2);
}

TEST(OtherWork, FollowsItsDatesAndSites) {
  const Story story{shared("positions = 10\nother_work = \"hours\"\nsharing = \"adult_rape_first\"",
                           "1", "2019-03-01") +
                    dated("hours", "8",
                          "{ from = 2019-01-19, value = 4 }, "
                          "{ from = 2019-02-06, value = 0 }")};
  // 7 to 18 January are ten working days, 21 to 31 nine; 1 to 5 February three.
  EXPECT_EQ(story.pool_cell(0).other_work_in, effort((10 * 8 + 9 * 4) * hour));
  EXPECT_EQ(story.pool_cell(1).other_work_in, effort(3 * 4 * hour));
}

TEST(OtherWork, IsCountedInTheMonthInWhichItIsDone) {
  // Nobody until February: 19 working days of 8 hours wait, then three people work off 24 a day.
  const Story story{shared("positions = \"people\"\nother_work = \"hours\"", "1", "2019-03-01") +
                    dated("people", "0", "{ from = 2019-02-01, value = 3 }") +
                    dated("hours", "8", "{ from = 2019-02-01, value = 0 }")};
  EXPECT_EQ(story.pool_cell(0).other_work_at_end, effort(19 * 8 * hour));
  EXPECT_EQ(story.pool_cell(0).other_work_done, 0);
  EXPECT_EQ(story.pool_cell(1).other_work_at_end, 0);
  EXPECT_EQ(story.pool_cell(1).other_work_done, effort(19 * 8 * hour));
}

}  // namespace
}  // namespace rassoflow
