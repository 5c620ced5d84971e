#include "analysis/report/difference_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/figures.hpp"

namespace rassoflow {
namespace {

bool is_zero(const std::string& text) {
  return text.find_first_of("123456789") == std::string::npos;
}

}  // namespace

int decimals_for_range(const Interval& range) {
  const double largest = std::max(std::abs(range.low), std::abs(range.high));
  if (std::isnan(largest) || largest == 0) return 0;
  return largest >= 100 ? 0 : largest >= 1 ? 1 : largest >= 0.1 ? 2 : largest >= 0.01 ? 3 : 4;
}

std::string signed_text(double value, int decimals) {
  const std::string text = grouped(value, decimals);
  return value > 0 && !is_zero(text) ? "+" + text : text;
}

std::string range_text(const Interval& range, int decimals) {
  if (std::isnan(range.low)) return "-";
  return grouped(range.low, decimals) + " to " + grouped(range.high, decimals);
}

std::string gain_text(double gain) {
  if (std::isnan(gain) || std::isinf(gain)) return "-";
  if (gain >= 1000) return ">999x";
  return fmt::format("{:.{}f}x", gain, gain >= 9.95 ? 0 : 1);
}

std::string relative_text(double relative) {
  if (std::isnan(relative)) return "-";
  if (relative > 9.99) return ">999%";
  const bool is_large = std::abs(relative) >= 0.9995;
  const std::string text = fmt::format("{:+.{}f}%", 100 * relative, is_large ? 0 : 1);
  return is_zero(text) ? "0%" : text;
}

}  // namespace rassoflow
