// Simulated time is a whole number of seconds since 00:00 of the scenario's
// first civil day (its origin). Dates are civil dates; local clock changes are
// ignored, so every day has 86,400 seconds.
//
//   TimeAxis axis{parse_date("2015-04-01").value()};
//   axis.at(parse_date("2015-04-02").value());      // 86400
//   month_name(month_of(axis.date_of(86400)));       // "2015-04"
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rassoflow {

using Seconds = std::int64_t;
using Date = std::chrono::sys_days;

inline constexpr Seconds seconds_per_day = 86400;
inline constexpr Seconds seconds_per_hour = 3600;
/// Later than any event; 40 bits of seconds are 34,865 years.
inline constexpr Seconds never = (Seconds{1} << 40) - 1;

/// Rounds a duration in seconds half up; values beyond `never` become `never`.
/// A duration is turned into an integer once, here, as soon as it is known.
inline Seconds round_to_seconds(double seconds) {
  if (!(seconds > 0)) return 0;
  if (seconds >= static_cast<double>(never)) return never;
  return static_cast<Seconds>(seconds + 0.5);
}

/// Reads `YYYY-MM-DD`; nothing if it is not a date of the civil calendar.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);
/// `month` is 1 for January to 12 for December.
Date first_of_month(int year, unsigned month);

/// Months are counted from the year 0, so that they compare and subtract.
struct Month {
  std::int32_t index = 0;
  int year() const { return index / 12; }
  unsigned month() const { return static_cast<unsigned>(index % 12) + 1; }
  Date first_day() const { return first_of_month(year(), month()); }
  friend auto operator<=>(Month, Month) = default;
};
Month month_of(Date date);

/// `2021-07`, `2021-Q3` and `2021`: the ISO names of output periods.
std::string month_name(Month month);
std::string quarter_name(Month month);
std::string year_name(Month month);

/// Turns dates into seconds since the origin and back.
class TimeAxis {
 public:
  explicit TimeAxis(Date origin) : origin_(origin) {}
  Date origin() const { return origin_; }
  Seconds at(Date date) const { return (date - origin_).count() * seconds_per_day; }
  Date date_of(Seconds when) const {
    return origin_ + std::chrono::days{when >= 0 ? when / seconds_per_day
                                                 : (when + 1) / seconds_per_day - 1};
  }
  /// `2021-07-15 09:30:00`
  std::string format(Seconds when) const;

 private:
  Date origin_;
};

}  // namespace rassoflow
