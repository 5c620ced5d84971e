#include "sim/core/time.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace rassoflow {
namespace {

Date date(std::string_view text) {
  return parse_date(text).value();
}

TEST(ParseDate, ReadsADateOfTheCivilCalendar) {
  EXPECT_EQ(date("1970-01-01").time_since_epoch().count(), 0);
  EXPECT_EQ(date("2015-04-01").time_since_epoch().count(), 16526);
}

TEST(ParseDate, KnowsLeapYears) {
  EXPECT_TRUE(parse_date("2016-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
  EXPECT_FALSE(parse_date("2015-02-29"));
  EXPECT_FALSE(parse_date("1900-02-29"));
}

TEST(ParseDate, RefusesWhatIsNotADate) {
  for (const char* text : {"", "2015-4-1", "2015-04-31", "2015-13-01", "2015-00-10", "2015-01-00",
                           "2015/04/01", "15-04-2015", "2015-04-01 ", " 2015-04-01", "2015-04-0x",
                           "+015-04-01", "-015-04-01", "2015-04-01T00:00", "2015-+4-01"}) {
    EXPECT_FALSE(parse_date(text)) << '"' << text << '"';
  }
}

TEST(FormatDate, IsTheInverseOfParseDateOnEveryDayOfACentury) {
  for (Date day = date("1960-01-01"); day < date("2060-01-01"); day += std::chrono::days{1}) {
    ASSERT_EQ(parse_date(format_date(day)), day);
  }
}

TEST(MonthNames, FollowTheIsoCalendar) {
  const Month july = month_of(date("2021-07-15"));
  EXPECT_EQ(july.year(), 2021);
  EXPECT_EQ(july.month(), 7u);
  EXPECT_EQ(month_name(july), "2021-07");
  EXPECT_EQ(quarter_name(july), "2021-Q3");
  EXPECT_EQ(year_name(july), "2021");
  EXPECT_EQ(format_date(july.first_day()), "2021-07-01");
}

TEST(MonthNames, PutEveryMonthInItsQuarter) {
  const char* quarters[] = {"2020-Q1", "2020-Q1", "2020-Q1", "2020-Q2", "2020-Q2", "2020-Q2",
                            "2020-Q3", "2020-Q3", "2020-Q3", "2020-Q4", "2020-Q4", "2020-Q4"};
  for (unsigned month = 1; month <= 12; ++month) {
    EXPECT_EQ(quarter_name(month_of(first_of_month(2020, month))), quarters[month - 1]);
  }
}

TEST(MonthNames, DecemberIsFollowedByJanuary) {
  const Month december = month_of(date("2019-12-31"));
  EXPECT_EQ(month_name(december), "2019-12");
  EXPECT_EQ(month_name(Month{december.index + 1}), "2020-01");
  EXPECT_EQ(month_of(date("2020-01-01")).index - december.index, 1);
}

TEST(TimeAxis, CountsSecondsFromItsOrigin) {
  const TimeAxis axis{date("2015-04-01")};
  EXPECT_EQ(axis.at(date("2015-04-01")), 0);
  EXPECT_EQ(axis.at(date("2015-04-02")), 86400);
  EXPECT_EQ(axis.at(date("2016-04-01")), 366 * seconds_per_day);  // 29 February 2016 lies between
  EXPECT_EQ(axis.at(date("2015-03-31")), -86400);
  EXPECT_EQ(axis.format(86400 + 9 * 3600 + 30 * 60 + 5), "2015-04-02 09:30:05");
}

TEST(TimeAxis, GivesSecondsBeforeTheOriginToTheDayThatHoldsThem) {
  const TimeAxis axis{date("2015-04-01")};
  EXPECT_EQ(format_date(axis.date_of(86399)), "2015-04-01");
  EXPECT_EQ(format_date(axis.date_of(0)), "2015-04-01");
  EXPECT_EQ(format_date(axis.date_of(-1)), "2015-03-31");
  EXPECT_EQ(format_date(axis.date_of(-86400)), "2015-03-31");
  EXPECT_EQ(format_date(axis.date_of(-86401)), "2015-03-30");
  EXPECT_EQ(axis.format(-1), "2015-03-31 23:59:59");
  EXPECT_EQ(axis.format(-86401), "2015-03-30 23:59:59");
}

TEST(RoundToSeconds, RoundsHalfUp) {
  EXPECT_EQ(round_to_seconds(0.49), 0);
  EXPECT_EQ(round_to_seconds(0.5), 1);
  EXPECT_EQ(round_to_seconds(1.5), 2);
  EXPECT_EQ(round_to_seconds(2.5), 3);
}

TEST(RoundToSeconds, HasNoNegativeDurationsAndNoneBeyondNever) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(round_to_seconds(-3), 0);
  EXPECT_EQ(round_to_seconds(std::nan("")), 0);
  EXPECT_EQ(round_to_seconds(1e300), never);
  EXPECT_EQ(round_to_seconds(infinity), never);
  EXPECT_LE(round_to_seconds(static_cast<double>(never) - 0.25), never);
}

}  // namespace
}  // namespace rassoflow
