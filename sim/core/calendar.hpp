// When people work: weekends, England-and-Wales bank holidays and the hours of
// a working pattern.
//
//   WorkingPattern office{spec, axis, horizon};
//   Seconds done = office.finish(start, 3 * seconds_per_hour);
//
// A pattern turns working seconds into dates and back with prefix sums by day;
// it knows nothing of headcount. `worked(t)` is the number of working seconds in
// [0, t); `finish(t, s)` is the first second by which s working seconds have
// passed since t. Hence worked(finish(t, s)) - worked(t) == s whenever it ends.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "sim/core/time.hpp"

namespace rassoflow {

/// Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991).
Date easter_sunday(int year);

/// Bank holidays in England and Wales under the Banking and Financial Dealings
/// Act 1971 and its proclamations, substitute days included (1978 onwards),
/// with the one-off days of 1999, 2002, 2011, 2012, 2020 and 2022 (announced
/// before July 2022). Source: the Act, schedule 1; London Gazette proclamations.
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

  bool is_round_the_clock() const { return round_the_clock_; }
  bool is_working_day(std::int64_t day) const;
  bool is_open(Seconds when) const;
  /// First second at or after `when` at which work goes on; `never` if none is left.
  Seconds next_opening(Seconds when) const;
  Seconds worked(Seconds when) const;
  Seconds finish(Seconds start, Seconds working_seconds) const;
  /// Number of working days in [0, day).
  std::int64_t working_days_before(std::int64_t day) const;
  /// 00:00 of the first working day after the day that holds `when`.
  Seconds next_working_day(Seconds when) const;
  Seconds seconds_per_working_day() const { return seconds_per_working_day_; }
  std::int64_t days() const { return static_cast<std::int64_t>(worked_before_day_.size()) - 1; }

 private:
  std::vector<HourRange> hours_;
  std::vector<Seconds> worked_before_day_;        ///< [days + 1]
  std::vector<std::int32_t> working_days_before_;  ///< [days + 1]
  Seconds seconds_per_working_day_ = 0;
  bool round_the_clock_ = false;
};

}  // namespace rassoflow
