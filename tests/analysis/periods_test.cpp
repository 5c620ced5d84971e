#include "analysis/kpis/periods.hpp"

#include <gmock/gmock.h>

namespace rassoflow {
namespace {

using ::testing::ElementsAre;

Date date(const char* text) {
  return parse_date(text).value();
}
Month month(int year, int number) {
  return {year * 12 + number - 1};
}

std::vector<std::string> names(const std::vector<Period>& periods, Period::Kind kind) {
  std::vector<std::string> found;
  for (const Period& period : periods) {
    if (period.kind == kind) found.push_back(period.name);
  }
  return found;
}

TEST(CountedMonths, BeginWithTheFirstWholeMonth) {
  const auto months = counted_months(date("2015-04-01"), date("2017-07-02"), date("2022-07-01"));
  EXPECT_EQ(months.first, month(2017, 8));
  EXPECT_EQ(months.end, month(2022, 7));
}

TEST(CountedMonths, HoldTheCutFirstMonthIfTheRunBeginsInIt) {
  const auto months = counted_months(date("2020-01-15"), date("2020-01-15"), date("2020-03-10"));
  EXPECT_EQ(months.first, month(2020, 1));
  EXPECT_EQ(months.end, month(2020, 4));
}

TEST(CountedMonths, HoldOneMonthAtLeast) {
  const auto months = counted_months(date("2020-01-01"), date("2020-01-15"), date("2020-01-20"));
  EXPECT_EQ(range_name(months), "2020-01/2020-01");
}

TEST(ParsePeriod, ReadsMonthsQuartersYearsAndRanges) {
  EXPECT_EQ(parse_period("2018-07"), (MonthRange{month(2018, 7), month(2018, 8)}));
  EXPECT_EQ(parse_period("2018-Q3"), (MonthRange{month(2018, 7), month(2018, 10)}));
  EXPECT_EQ(parse_period("2018"), (MonthRange{month(2018, 1), month(2019, 1)}));
  EXPECT_EQ(parse_period("2018-04/2019-03"), (MonthRange{month(2018, 4), month(2019, 4)}));
  EXPECT_EQ(parse_period("2019-Q4/2020-Q1"), (MonthRange{month(2019, 10), month(2020, 4)}));
}

TEST(ParsePeriod, RefusesEverythingElse) {
  for (const char* text : {"", "18", "2018-13", "2018-00", "2018-Q5", "2018-Q0", "2018-7",
                           "2018-07-31", "2019-03/2018-04", "2018/2019-03", "2018-", "-018"}) {
    EXPECT_FALSE(parse_period(text)) << text;
  }
}

TEST(OutputPeriods, AreWholeOnesInsideTheWindow) {
  const MonthRange window{month(2017, 7), month(2019, 8)};
  const auto periods = output_periods(window, date("2019-08-01"), {});
  EXPECT_EQ(names(periods, Period::Kind::month).size(), 25U);
  EXPECT_THAT(names(periods, Period::Kind::quarter),
              ElementsAre("2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4",
                          "2019-Q1", "2019-Q2"));
  EXPECT_THAT(names(periods, Period::Kind::year), ElementsAre("2018"));
  EXPECT_EQ(periods.back().name, "2017-07/2019-07");
}

TEST(OutputPeriods, TakeNamedRangesThatTheWindowCovers) {
  const MonthRange window{month(2018, 1), month(2019, 7)};
  const auto periods = output_periods(
      window, date("2019-07-01"),
      {"2018-04/2019-03", "2018-Q2", "2017-04/2018-03", "2018-04/2019-03", "nonsense"});
  EXPECT_THAT(names(periods, Period::Kind::range), ElementsAre("2018-04/2019-03"));
}

TEST(OutputPeriods, LeaveOutQuartersThatTheEndCuts) {
  const MonthRange window{month(2020, 1), month(2020, 7)};
  const auto periods = output_periods(window, date("2020-06-30"), {});
  EXPECT_THAT(names(periods, Period::Kind::quarter), ElementsAre("2020-Q1"));
  EXPECT_EQ(periods.back().name, "2020-01/2020-06");
}

}  // namespace
}  // namespace rassoflow
