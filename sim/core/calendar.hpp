// When people work: weekends, England-and-Wales bank holidays and the hours of
// a working pattern.
//
//   WorkingPattern office{spec, axis, horizon};
//   Seconds done = office.finish(start, 3 * seconds_per_hour);
//
// A pattern turns working seconds into dates and back by counting working days, which
// are all of the same length; it knows nothing of headcount. `worked(t)` is the number of working seconds in
// [0, t); `finish(t, s)` is the first second by which s working seconds have
// passed since t. Hence worked(finish(t, s)) - worked(t) == s whenever it ends.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <vector>

#include "sim/core/contracts.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

/// Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991).
Date easter_sunday(int year);

/// Bank holidays in England and Wales under the Banking and Financial Dealings
/// Act 1971 and its proclamations (1978 onwards), with the one-off days announced
/// before July 2022 (1981, 1995, 1999, 2002, 2011, 2012, 2020, 2022). A day that falls
/// on a weekend is replaced by its substitute, as in the published lists.
/// Source: the Act, schedule 1; London Gazette proclamations.
bool is_bank_holiday(Date date);
std::set<Date> bank_holidays(int year);

struct HourRange {
  Seconds from = 0;            ///< seconds after midnight
  Seconds to = seconds_per_day;  ///< not included; at most 86400
};

enum class BankHolidays { open, closed };

struct WorkingPatternSpec {
  std::array<bool, 7> days{true, true, true, true, true, true, true};  ///< Monday first
  std::vector<HourRange> hours{HourRange{}};  ///< rising, apart
  BankHolidays bank_holidays = BankHolidays::open;
  std::set<Date> closed;  ///< further days without work
};

class WorkingPattern {
 public:
  /// Covers [0, horizon) in full days; beyond it `finish` returns `never`.
  WorkingPattern(const WorkingPatternSpec& spec, const TimeAxis& axis, Seconds horizon);

  /// Every second covered is a working one.
  bool is_round_the_clock() const { return round_the_clock_; }
  bool is_working_day(std::int64_t day) const {
    return day >= 0 && day < days_ && working_days_before(day) != working_days_before(day + 1);
  }
  bool is_open(Seconds when) const { return next_opening(when) == when; }
  /// First second at or after `when` at which work goes on; `never` if none is left.
  Seconds next_opening(Seconds when) const;
  Seconds worked(Seconds when) const;
  /// Work that ends with a working day ends at closing time, not at the next opening.
  Seconds finish(Seconds start, Seconds working_seconds) const;
  /// Number of working days in [0, day).
  std::int64_t working_days_before(std::int64_t day) const {
    RF_EXPECT(day >= 0);
    return working_days_before_[static_cast<std::size_t>(day < days_ ? day : days_)];
  }
  /// 00:00 of the first working day after the day that holds `when`; `never` if none is left.
  Seconds next_working_day(Seconds when) const;
  /// 00:00 of the working day with this number, counted from 0; expects that there is one.
  Seconds start_of_working_day(std::int64_t number) const {
    RF_EXPECT(number >= 0 && static_cast<std::size_t>(number) < working_days_.size());
    return working_days_[static_cast<std::size_t>(number)] * seconds_per_day;
  }
  Seconds seconds_per_working_day() const { return seconds_per_working_day_; }
  std::int64_t days() const { return days_; }

 private:
  Seconds worked_in_day(Seconds second) const;
  Seconds second_in_day(Seconds worked) const;
  Seconds finish_by_day(Seconds start, Seconds working_seconds) const;

  std::vector<HourRange> hours_;
  std::vector<std::int32_t> working_days_before_;  ///< [days + 1]
  std::vector<std::int32_t> working_days_;         ///< the days on which work goes on, rising
  std::int64_t days_ = 0;
  Seconds end_ = 0;  ///< 00:00 after the last day
  Seconds seconds_per_working_day_ = 0;
  Seconds total_ = 0;  ///< working seconds in [0, end)
  bool round_the_clock_ = false;
};

inline Seconds WorkingPattern::worked_in_day(Seconds second) const {
  Seconds sum = 0;
  for (const HourRange& range : hours_) {
    sum += std::clamp(second, range.from, range.to) - range.from;
  }
  return sum;
}

inline Seconds WorkingPattern::worked(Seconds when) const {
  RF_EXPECT(when >= 0);
  if (when >= end_) return total_;
  if (round_the_clock_) return when;
  const std::int64_t day = when / seconds_per_day;
  const std::int64_t before = working_days_before(day);
  // 1 or 0: a branch here would be guessed wrong on every other weekend.
  const Seconds works_today = working_days_before(day + 1) - before;
  return before * seconds_per_working_day_ +
         works_today * worked_in_day(when - day * seconds_per_day);
}

inline Seconds WorkingPattern::finish(Seconds start, Seconds working_seconds) const {
  RF_EXPECT(start >= 0 && working_seconds >= 0);
  if (!round_the_clock_) return finish_by_day(start, working_seconds);
  const Seconds end = start + working_seconds;
  return end <= end_ || working_seconds == 0 ? end : never;
}

inline Seconds WorkingPattern::next_working_day(Seconds when) const {
  RF_EXPECT(when >= 0);
  const std::int64_t number = working_days_before(when / seconds_per_day + 1);
  const bool is_left = number < static_cast<std::int64_t>(working_days_.size());
  return is_left ? start_of_working_day(number) : never;
}

}  // namespace rassoflow
