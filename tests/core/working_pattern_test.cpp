#include <gtest/gtest.h>

#include <string>

#include "sim/core/calendar.hpp"

namespace rassoflow {
namespace {

const TimeAxis axis{parse_date("2015-04-01").value()};  // a Wednesday
const Seconds ten_years = axis.at(parse_date("2025-04-01").value());

Seconds clock(int hours, int minutes, int seconds) {
  return (hours * Seconds{60} + minutes) * 60 + seconds;
}

/// The second of `2016-03-24 16:00:00`.
Seconds at(const std::string& text) {
  return axis.at(parse_date(text.substr(0, 10)).value()) + clock(std::stoi(text.substr(11, 2)),
                                                                 std::stoi(text.substr(14, 2)),
                                                                 std::stoi(text.substr(17, 2)));
}

WorkingPatternSpec office_spec() {
  WorkingPatternSpec spec;
  spec.days = {true, true, true, true, true, false, false};
  spec.hours = {{clock(9, 0, 0), clock(17, 0, 0)}};
  spec.bank_holidays = BankHolidays::closed;
  return spec;
}

WorkingPatternSpec split_spec() {
  WorkingPatternSpec spec = office_spec();
  spec.hours = {{clock(9, 0, 0), clock(12, 30, 0)}, {clock(13, 30, 0), clock(17, 0, 0)}};
  return spec;
}

const WorkingPattern office{office_spec(), axis, ten_years};
const WorkingPattern split{split_spec(), axis, ten_years};
const WorkingPattern always{WorkingPatternSpec{}, axis, ten_years};

std::string finish(const WorkingPattern& pattern, const std::string& start, Seconds working) {
  return axis.format(pattern.finish(at(start), working));
}

TEST(WorkingPattern, FinishStaysInTheDayWhereItCan) {
  EXPECT_EQ(finish(office, "2015-04-16 09:00:00", 1), "2015-04-16 09:00:01");
  EXPECT_EQ(finish(office, "2015-04-16 10:11:12", clock(1, 2, 3)), "2015-04-16 11:13:15");
}

TEST(WorkingPattern, WorkThatEndsAtClosingTimeEndsThen) {
  EXPECT_EQ(finish(office, "2015-04-17 16:00:00", 3600), "2015-04-17 17:00:00");
  EXPECT_EQ(finish(office, "2015-04-13 09:00:00", 5 * 8 * 3600), "2015-04-17 17:00:00");
  EXPECT_EQ(finish(split, "2015-04-17 12:00:00", 1800), "2015-04-17 12:30:00");
}

TEST(WorkingPattern, FinishSkipsTheWeekend) {
  EXPECT_EQ(finish(office, "2015-04-17 16:00:00", 3601), "2015-04-20 09:00:01");
  // 29:45 are left of Friday, 30:15 are worked on Monday.
  EXPECT_EQ(finish(office, "2015-04-17 16:30:15", 3600), "2015-04-20 09:30:15");
  EXPECT_EQ(finish(office, "2015-04-18 12:00:00", 1), "2015-04-20 09:00:01");
  EXPECT_EQ(finish(office, "2015-04-17 17:00:00", 1), "2015-04-20 09:00:01");
}

TEST(WorkingPattern, FinishSkipsTheEasterWeekend) {
  EXPECT_EQ(finish(office, "2016-03-24 16:00:00", 3 * 3600), "2016-03-29 11:00:00");
  EXPECT_EQ(finish(office, "2016-03-25 10:00:00", 3600), "2016-03-29 10:00:00");
}

TEST(WorkingPattern, FinishSkipsChristmasAndItsSubstitutes) {
  EXPECT_EQ(finish(office, "2015-12-24 16:00:00", 2 * 3600), "2015-12-29 10:00:00");
  EXPECT_EQ(finish(office, "2016-12-23 16:00:00", 2 * 3600), "2016-12-28 10:00:00");
  EXPECT_EQ(finish(office, "2021-12-24 16:00:00", 2 * 3600), "2021-12-29 10:00:00");
  EXPECT_EQ(finish(office, "2021-12-31 16:59:59", 2), "2022-01-04 09:00:01");
}

TEST(WorkingPattern, FinishSkipsTheJubileeOf2022) {
  EXPECT_EQ(finish(office, "2022-05-30 09:00:00", 4 * 8 * 3600), "2022-06-06 17:00:00");
}

TEST(WorkingPattern, FinishBreaksForLunch) {
  EXPECT_EQ(finish(split, "2015-04-20 12:00:00", 3600), "2015-04-20 14:00:00");
  EXPECT_EQ(finish(split, "2015-04-20 12:45:00", 1), "2015-04-20 13:30:01");
  EXPECT_EQ(finish(split, "2015-04-20 08:00:00", 15 * 3600), "2015-04-22 10:00:00");
  EXPECT_EQ(finish(split, "2015-04-20 09:00:00", 7 * 3600), "2015-04-20 17:00:00");
}

TEST(WorkingPattern, NoWorkEndsWhereItStarts) {
  for (const char* start : {"2015-04-18 12:00:00", "2015-04-20 17:00:00", "2015-04-20 09:00:00"}) {
    EXPECT_EQ(finish(office, start, 0), start);
    EXPECT_EQ(finish(always, start, 0), start);
  }
  EXPECT_EQ(office.finish(ten_years + 5, 0), ten_years + 5);
  EXPECT_EQ(always.finish(ten_years + 5, 0), ten_years + 5);
}

TEST(WorkingPattern, FinishIsNeverBeyondTheHorizon) {
  WorkingPatternSpec spec = office_spec();
  const WorkingPattern three_days{spec, axis,
                                  2 * seconds_per_day + 1};  // Wednesday, Thursday; Good Friday
  EXPECT_EQ(three_days.days(), 3);
  EXPECT_EQ(three_days.finish(0, 16 * 3600), at("2015-04-02 17:00:00"));
  EXPECT_EQ(three_days.finish(0, 16 * 3600 + 1), never);
  EXPECT_EQ(three_days.finish(0, never), never);
  EXPECT_EQ(three_days.finish(5 * seconds_per_day, 1), never);

  const WorkingPattern two_days{WorkingPatternSpec{}, axis, 2 * seconds_per_day};
  EXPECT_EQ(two_days.finish(0, 2 * seconds_per_day), 2 * seconds_per_day);
  EXPECT_EQ(two_days.finish(1, 2 * seconds_per_day), never);
  EXPECT_EQ(two_days.finish(0, never), never);
  EXPECT_EQ(two_days.finish(3 * seconds_per_day, 1), never);
}

TEST(WorkingPattern, CountsTheWorkDoneSinceTheOrigin) {
  EXPECT_EQ(split.worked(0), 0);
  EXPECT_EQ(split.worked(at("2015-04-01 09:00:01")), 1);
  EXPECT_EQ(split.worked(at("2015-04-01 13:00:00")), clock(3, 30, 0));
  EXPECT_EQ(split.worked(at("2015-04-01 14:00:00")), clock(4, 0, 0));
  // Easter: 3 April is Good Friday, 6 April is Easter Monday.
  EXPECT_EQ(split.worked(at("2015-04-07 09:00:00")), 2 * clock(7, 0, 0));
  EXPECT_EQ(split.seconds_per_working_day(), clock(7, 0, 0));
  EXPECT_EQ(always.worked(ten_years + 1), ten_years);
}

TEST(WorkingPattern, CountsWorkingDays) {
  const auto day = [](const char* text) {
    return axis.at(parse_date(text).value()) / seconds_per_day;
  };
  EXPECT_EQ(office.working_days_before(0), 0);
  EXPECT_EQ(office.working_days_before(1), 1);
  // April 2015 has 22 weekdays; Good Friday and Easter Monday are among them.
  EXPECT_EQ(office.working_days_before(day("2015-05-01")), 20);
  // 2016 has 261 weekdays and eight bank holidays.
  EXPECT_EQ(
      office.working_days_before(day("2017-01-01")) - office.working_days_before(day("2016-01-01")),
      253);
  EXPECT_TRUE(office.is_working_day(0));
  EXPECT_FALSE(office.is_working_day(day("2015-04-03")));
  EXPECT_FALSE(office.is_working_day(day("2015-04-04")));
  EXPECT_FALSE(office.is_working_day(-1));
  EXPECT_FALSE(office.is_working_day(office.days()));
}

TEST(WorkingPattern, OpensAtOpeningTimeAndNotAtClosingTime) {
  EXPECT_FALSE(split.is_open(at("2015-04-20 08:59:59")));
  EXPECT_TRUE(split.is_open(at("2015-04-20 09:00:00")));
  EXPECT_TRUE(split.is_open(at("2015-04-20 12:29:59")));
  EXPECT_FALSE(split.is_open(at("2015-04-20 12:30:00")));
  EXPECT_TRUE(split.is_open(at("2015-04-20 13:30:00")));
  EXPECT_FALSE(split.is_open(at("2015-04-20 17:00:00")));
  EXPECT_FALSE(split.is_open(at("2015-04-19 10:00:00")));
}

TEST(WorkingPattern, NextOpeningIsNowWhereItIsOpen) {
  const auto next = [](const char* when) { return axis.format(split.next_opening(at(when))); };
  EXPECT_EQ(next("2015-04-20 10:00:00"), "2015-04-20 10:00:00");
  EXPECT_EQ(next("2015-04-20 00:00:00"), "2015-04-20 09:00:00");
  EXPECT_EQ(next("2015-04-20 12:30:00"), "2015-04-20 13:30:00");
  EXPECT_EQ(next("2015-04-20 17:00:00"), "2015-04-21 09:00:00");
  EXPECT_EQ(next("2016-03-24 17:00:00"), "2016-03-29 09:00:00");
  EXPECT_EQ(always.next_opening(12345), 12345);
  EXPECT_EQ(always.next_opening(ten_years), never);
  EXPECT_EQ(office.next_opening(ten_years - 3600), never);
}

TEST(WorkingPattern, NextWorkingDayIsAlwaysALaterDay) {
  const auto next = [](const char* when) { return axis.format(office.next_working_day(at(when))); };
  EXPECT_EQ(next("2016-03-23 00:00:00"), "2016-03-24 00:00:00");
  EXPECT_EQ(next("2016-03-23 23:59:59"), "2016-03-24 00:00:00");
  EXPECT_EQ(next("2016-03-24 00:00:00"), "2016-03-29 00:00:00");
  EXPECT_EQ(next("2016-03-27 12:00:00"), "2016-03-29 00:00:00");
  EXPECT_EQ(always.next_working_day(0), seconds_per_day);
  EXPECT_EQ(always.next_working_day(ten_years - seconds_per_day), never);
  EXPECT_EQ(always.next_working_day(ten_years + seconds_per_day), never);
}

TEST(WorkingPattern, ClosesOnNamedDaysAndKeepsBankHolidaysOpenIfSoAsked) {
  WorkingPatternSpec spec = office_spec();
  spec.bank_holidays = BankHolidays::open;
  spec.closed = {parse_date("2016-03-29").value()};
  const WorkingPattern pattern{spec, axis, ten_years};
  EXPECT_EQ(finish(pattern, "2016-03-28 16:00:00", 2 * 3600), "2016-03-30 10:00:00");
}

TEST(WorkingPattern, IsRoundTheClockOnlyWithoutAnyGap) {
  EXPECT_TRUE(always.is_round_the_clock());
  EXPECT_FALSE(office.is_round_the_clock());
  WorkingPatternSpec spec;
  spec.closed = {parse_date("2016-03-29").value()};
  EXPECT_FALSE((WorkingPattern{spec, axis, ten_years}.is_round_the_clock()));
  spec.closed.clear();
  spec.hours = {{0, seconds_per_day - 1}};
  EXPECT_FALSE((WorkingPattern{spec, axis, ten_years}.is_round_the_clock()));
}

TEST(WorkingPattern, WithoutAnyHoursNothingEverEnds) {
  WorkingPatternSpec spec;
  spec.days = {};
  const WorkingPattern closed{spec, axis, ten_years};
  EXPECT_EQ(closed.finish(10, 1), never);
  EXPECT_EQ(closed.next_opening(10), never);
  EXPECT_EQ(closed.next_working_day(10), never);
  EXPECT_EQ(closed.worked(ten_years), 0);
  spec = {};
  spec.hours = {};
  const WorkingPattern no_hours{spec, axis, ten_years};
  EXPECT_EQ(no_hours.finish(10, 1), never);
  EXPECT_EQ(no_hours.next_opening(10), never);
}

}  // namespace
}  // namespace rassoflow
