#include "sim/core/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rassoflow {

namespace {

/// The number that the digits spell, or nothing if any character is not a digit.
std::optional<unsigned> read_digits(std::string_view text) {
  unsigned value = 0;
  const char* const first = text.data();
  const char* const end = first + text.size();
  const auto [stopped, error] = std::from_chars(first, end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = read_digits(text.substr(0, 4));
  const auto month = read_digits(text.substr(5, 2));
  const auto day = read_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::string format_date(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

Date first_of_month(int year, unsigned month) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{1}};
}

Month month_of(Date date) {
  const std::chrono::year_month_day civil{date};
  return Month{static_cast<int>(civil.year()) * 12 +
               static_cast<int>(static_cast<unsigned>(civil.month())) - 1};
}

std::string month_name(Month month) {
  return fmt::format("{:04}-{:02}", month.year(), month.month());
}

std::string quarter_name(Month month) {
  return fmt::format("{:04}-Q{}", month.year(), (month.month() - 1) / 3 + 1);
}

std::string year_name(Month month) {
  return fmt::format("{:04}", month.year());
}

std::string TimeAxis::format(Seconds when) const {
  const Date date = date_of(when);
  const Seconds second = when - at(date);
  return fmt::format("{} {:02}:{:02}:{:02}", format_date(date), second / seconds_per_hour,
                     second / 60 % 60, second % 60);
}

}  // namespace rassoflow
