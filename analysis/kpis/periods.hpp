// The calendar periods of the output. A run counts by month; a period is a range of whole months,
// counted from the first simulated month, inside the window that the results cover.
//
//   months 2018-07 · quarters 2018-Q3 · years 2018 · ranges 2018-04/2019-03 and 2019-Q4/2020-Q1
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/time.hpp"

namespace rassoflow {

/// Months [first, end) of the civil calendar.
struct MonthRange {
  Month first;
  Month end;
  friend auto operator<=>(const MonthRange&, const MonthRange&) = default;
  int months() const { return end.index - first.index; }
};

struct Period {
  enum class Kind { month, quarter, year, range, window };
  std::string name;
  Kind kind = Kind::month;
  MonthRange months;
  /// Ranges, years and windows of more than a quarter also give means per quarter.
  bool holds_quarters() const { return months.months() > 3 && months.months() % 3 == 0; }
};

/// The months counted in results, for a run that starts at `origin` and counts from `from` to `to`:
/// those that begin on or after `from` (the month of the origin counts if `from` is the origin);
/// if there are none, the months that [from, to) touches. The last month may be cut by `to`.
MonthRange counted_months(Date origin, Date from, Date to);

/// `2018-07`, `2018-Q3`, `2018`, or two of a kind with `/` between; nothing for anything else.
std::optional<MonthRange> parse_period(std::string_view name);

/// `2017-07/2022-06`
std::string range_name(const MonthRange& months);

/// Months, then whole quarters, whole calendar years, the named ranges that the window covers, and
/// the window itself, each name once. `to` cuts the last month: a period that holds a cut month is
/// listed only if it is the window or that month's own.
std::vector<Period> output_periods(const MonthRange& window, Date to,
                                   const std::vector<std::string>& further_names);

}  // namespace rassoflow
