#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sim/core/calendar.hpp"

namespace rassoflow {
namespace {

std::vector<std::string> days_without_year(int year) {
  std::vector<std::string> days;
  for (const Date date : bank_holidays(year)) {
    const std::string text = format_date(date);
    EXPECT_EQ(text.substr(0, 5), std::to_string(year) + "-");
    days.push_back(text.substr(5));
  }
  return days;
}

TEST(BankHolidays, AreThoseOfThePublishedListsFrom2015To2021) {
  const std::map<int, std::vector<std::string>> lists{
      {2015, {"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"}},
      {2016, {"01-01", "03-25", "03-28", "05-02", "05-30", "08-29", "12-26", "12-27"}},
      {2017, {"01-02", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"}},
      {2018, {"01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"}},
      {2019, {"01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"}},
      {2020, {"01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"}},
      {2021, {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"}},
  };
  for (const auto& [year, days] : lists) EXPECT_EQ(days_without_year(year), days);
}

TEST(BankHolidays, From2022KnowOnlyWhatWasAnnouncedByJune2022) {
  const std::map<int, std::vector<std::string>> lists{
      {2022, {"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "12-26", "12-27"}},
      {2023, {"01-02", "04-07", "04-10", "05-01", "05-29", "08-28", "12-25", "12-26"}},
      {2024, {"01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"}},
      {2025, {"01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"}},
  };
  for (const auto& [year, days] : lists) EXPECT_EQ(days_without_year(year), days);
}

TEST(BankHolidays, IncludeTheDaysGivenOnceInEarlierYears) {
  const std::map<int, std::vector<std::string>> lists{
      {1981, {"01-01", "04-17", "04-20", "05-04", "05-25", "07-29", "08-31", "12-25", "12-28"}},
      {1995, {"01-02", "04-14", "04-17", "05-08", "05-29", "08-28", "12-25", "12-26"}},
      {1999, {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28", "12-31"}},
      {2002, {"01-01", "03-29", "04-01", "05-06", "06-03", "06-04", "08-26", "12-25", "12-26"}},
      {2011, {"01-03", "04-22", "04-25", "04-29", "05-02", "05-30", "08-29", "12-26", "12-27"}},
      {2012, {"01-02", "04-06", "04-09", "05-07", "06-04", "06-05", "08-27", "12-25", "12-26"}},
  };
  for (const auto& [year, days] : lists) EXPECT_EQ(days_without_year(year), days);
}

TEST(BankHolidays, NeverFallOnAWeekendAndAreEightAYearAtLeast) {
  for (int year = 1978; year <= 2100; ++year) {
    const std::set<Date> holidays = bank_holidays(year);
    EXPECT_GE(holidays.size(), 8u) << year;
    for (const Date date : holidays) {
      EXPECT_LE(std::chrono::weekday{date}.iso_encoding(), 5u) << format_date(date);
    }
  }
}

TEST(BankHolidays, CanBeAskedForOneDay) {
  EXPECT_TRUE(is_bank_holiday(parse_date("2016-03-25").value()));
  EXPECT_FALSE(is_bank_holiday(parse_date("2016-03-24").value()));
  EXPECT_FALSE(is_bank_holiday(parse_date("2022-09-19").value()));
  EXPECT_FALSE(is_bank_holiday(parse_date("2023-05-08").value()));
}

TEST(EasterSunday, MatchesTheTables) {
  // The earliest and the latest possible days are among them.
  for (const char* text : {"1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23", "2008-03-23",
                           "2016-03-27", "2019-04-21", "2024-03-31", "2038-04-25", "2285-03-22"}) {
    const Date date = parse_date(text).value();
    EXPECT_EQ(
        format_date(easter_sunday(static_cast<int>(std::chrono::year_month_day{date}.year()))),
        text);
  }
}

}  // namespace
}  // namespace rassoflow
