#include "analysis/kpis/periods.hpp"

#include <algorithm>
#include <charconv>

namespace rassoflow {
namespace {

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<MonthRange> parse_single(std::string_view name) {
  if (name.size() < 4) return std::nullopt;
  const auto year = parse_digits(name.substr(0, 4));
  if (!year) return std::nullopt;
  const int january = *year * 12;
  if (name.size() == 4) return MonthRange{{january}, {january + 12}};
  if (name.size() != 7 || name[4] != '-') return std::nullopt;
  if (name[5] == 'Q') {
    const int quarter = name[6] - '0';
    if (quarter < 1 || quarter > 4) return std::nullopt;
    return MonthRange{{january + (quarter - 1) * 3}, {january + quarter * 3}};
  }
  const auto month = parse_digits(name.substr(5, 2));
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  return MonthRange{{january + *month - 1}, {january + *month}};
}

int round_up(int index, int step) {
  return (index + step - 1) / step * step;
}

}  // namespace

MonthRange counted_months(Date origin, Date from, Date to) {
  const Month last = month_of(to - std::chrono::days{1});
  Month first = month_of(from);
  if (first.first_day() < from && from != origin) ++first.index;
  if (first > last) first = month_of(from);
  return {first, {last.index + 1}};
}

std::optional<MonthRange> parse_period(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return parse_single(name);
  const auto first = parse_single(name.substr(0, slash));
  const auto last = parse_single(name.substr(slash + 1));
  if (!first || !last || first->months() != last->months() || last->first < first->first) {
    return std::nullopt;
  }
  return MonthRange{first->first, last->end};
}

std::string range_name(const MonthRange& months) {
  return month_name(months.first) + "/" + month_name({months.end.index - 1});
}

std::vector<Period> output_periods(const MonthRange& window, Date to,
                                   const std::vector<std::string>& further_names) {
  std::vector<Period> periods;
  const bool is_cut = window.end.first_day() > to;
  const int whole_end = window.end.index - (is_cut ? 1 : 0);
  for (int m = window.first.index; m < window.end.index; ++m) {
    periods.push_back({month_name({m}), Period::Kind::month, {{m}, {m + 1}}});
  }
  for (int m = round_up(window.first.index, 3); m + 3 <= whole_end; m += 3) {
    periods.push_back({quarter_name({m}), Period::Kind::quarter, {{m}, {m + 3}}});
  }
  for (int m = round_up(window.first.index, 12); m + 12 <= whole_end; m += 12) {
    periods.push_back({year_name({m}), Period::Kind::year, {{m}, {m + 12}}});
  }
  const auto is_listed = [&](const std::string& name) {
    return std::any_of(periods.begin(), periods.end(),
                       [&](const Period& period) { return period.name == name; });
  };
  const std::string window_name = range_name(window);
  std::vector<std::string> names = further_names;
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const auto months = parse_period(name);
    if (!months || name == window_name || is_listed(name)) continue;
    if (months->first < window.first || months->end.index > whole_end) continue;
    periods.push_back({name, Period::Kind::range, *months});
  }
  periods.push_back({window_name, Period::Kind::window, window});
  return periods;
}

}  // namespace rassoflow
