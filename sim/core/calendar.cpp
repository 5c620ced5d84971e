#include "sim/core/calendar.hpp"

#include <algorithm>

namespace rassoflow {

namespace {

using std::chrono::April;
using std::chrono::August;
using std::chrono::days;
using std::chrono::December;
using std::chrono::January;
using std::chrono::July;
using std::chrono::June;
using std::chrono::last;
using std::chrono::May;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;

bool is_weekend(Date date) {
  const weekday day{date};
  return day == Saturday || day == Sunday;
}

/// The first weekday from `date` on that is not a bank holiday already.
Date substitute_for(Date date, const std::set<Date>& taken) {
  while (is_weekend(date) || taken.contains(date)) date += days{1};
  return date;
}

Date early_may(std::chrono::year year) {
  // The 50th and the 75th anniversary of VE Day.
  const int number = static_cast<int>(year);
  return number == 1995 || number == 2020 ? Date{year / May / 8} : Date{year / May / Monday[1]};
}

Date spring(std::chrono::year year) {
  switch (static_cast<int>(year)) {
    case 2002:
      return year / June / 4;  // Golden Jubilee
    case 2012:
      return year / June / 4;  // Diamond Jubilee
    case 2022:
      return year / June / 2;  // Platinum Jubilee
    default:
      return year / May / Monday[last];
  }
}

/// Days given once, beyond the eight of every year.
void add_extra_days(std::chrono::year year, std::set<Date>& holidays) {
  switch (static_cast<int>(year)) {
    case 1981:
      holidays.insert(year / July / 29);
      break;  // royal wedding
    case 1999:
      holidays.insert(year / December / 31);
      break;  // millennium
    case 2002:
      holidays.insert(year / June / 3);
      break;
    case 2011:
      holidays.insert(year / April / 29);
      break;  // royal wedding
    case 2012:
      holidays.insert(year / June / 5);
      break;
    case 2022:
      holidays.insert(year / June / 3);
      break;
    default:
      break;
  }
}

}  // namespace

Date easter_sunday(int year) {
  // The letters are those of the published algorithm.
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int day_of_march = h + l - 7 * m + 22;
  return Date{std::chrono::year{year} / std::chrono::March / 1} + days{day_of_march - 1};
}

std::set<Date> bank_holidays(int year_number) {
  const std::chrono::year year{year_number};
  const Date easter = easter_sunday(year_number);
  std::set<Date> holidays{easter - days{2}, easter + days{1}, early_may(year), spring(year),
                          year / August / Monday[last]};
  holidays.insert(substitute_for(year / January / 1, holidays));
  // Christmas Day first: Boxing Day gives way where one substitute would fall on the other.
  const Date boxing_day = year / December / 26;
  if (!is_weekend(boxing_day)) holidays.insert(boxing_day);
  holidays.insert(substitute_for(year / December / 25, holidays));
  if (is_weekend(boxing_day)) holidays.insert(substitute_for(boxing_day, holidays));
  add_extra_days(year, holidays);
  return holidays;
}

bool is_bank_holiday(Date date) {
  return bank_holidays(static_cast<int>(std::chrono::year_month_day{date}.year())).contains(date);
}

WorkingPattern::WorkingPattern(const WorkingPatternSpec& spec, const TimeAxis& axis,
                               Seconds horizon)
    : hours_(spec.hours) {
  RF_EXPECT(horizon >= 0 && horizon < never);
  [[maybe_unused]] Seconds previous_end = 0;  // used by the contracts only
  for (const HourRange& range : hours_) {
    RF_EXPECT(previous_end <= range.from && range.from < range.to && range.to <= seconds_per_day);
    previous_end = range.to;
    seconds_per_working_day_ += range.to - range.from;
  }
  days_ = (horizon + seconds_per_day - 1) / seconds_per_day;
  end_ = days_ * seconds_per_day;

  working_days_before_.reserve(static_cast<std::size_t>(days_) + 1);
  working_days_before_.push_back(0);
  std::chrono::year year{};
  std::set<Date> holidays;
  for (std::int32_t day = 0; day < days_; ++day) {
    const Date date = axis.origin() + std::chrono::days{day};
    bool is_working = !hours_.empty() && spec.days[weekday{date}.iso_encoding() - 1] &&
                      !spec.closed.contains(date);
    if (spec.bank_holidays == BankHolidays::closed) {
      const std::chrono::year this_year = std::chrono::year_month_day{date}.year();
      if (day == 0 || this_year != year) holidays = bank_holidays(static_cast<int>(this_year));
      year = this_year;
      is_working = is_working && !holidays.contains(date);
    }
    if (is_working) working_days_.push_back(day);
    working_days_before_.push_back(static_cast<std::int32_t>(working_days_.size()));
  }
  total_ = static_cast<Seconds>(working_days_.size()) * seconds_per_working_day_;
  round_the_clock_ = total_ == end_;
}

/// The first second of a working day by which `worked` seconds have been worked in it.
Seconds WorkingPattern::second_in_day(Seconds worked) const {
  RF_EXPECT(worked > 0 && worked <= seconds_per_working_day_);
  const HourRange* range = hours_.data();
  while (worked > range->to - range->from) {
    worked -= range->to - range->from;
    ++range;
  }
  return range->from + worked;
}

Seconds WorkingPattern::finish_by_day(Seconds start, Seconds working_seconds) const {
  if (working_seconds == 0) return start;
  const Seconds before = worked(start);
  if (working_seconds > total_ - before) return never;
  const Seconds target = before + working_seconds;
  // One off, so that a full day ends on that day and not before the next one.
  const std::int64_t number = (target - 1) / seconds_per_working_day_;
  const Seconds finished =
      start_of_working_day(number) + second_in_day(target - number * seconds_per_working_day_);
  RF_ENSURE(finished > start && worked(finished) == target);
  return finished;
}

Seconds WorkingPattern::next_opening(Seconds when) const {
  RF_EXPECT(when >= 0);
  if (when >= end_) return never;
  if (round_the_clock_) return when;
  const std::int64_t day = when / seconds_per_day;
  if (is_working_day(day)) {
    const Seconds second = when - day * seconds_per_day;
    for (const HourRange& range : hours_) {
      if (second < range.to) return day * seconds_per_day + std::max(second, range.from);
    }
  }
  const Seconds next = next_working_day(when);
  return next == never ? never : next + hours_.front().from;
}

}  // namespace rassoflow
