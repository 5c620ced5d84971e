// When there are enough replications. One looks at a contiguous prefix of them, and only at sizes
// that are fixed beforehand: whoever stops at any time, or on what happens to finish first, stops
// on luck.
//
//   for (std::uint32_t n = first_look; ...; n = next_look(n))     // 20, 30, 45, 68, 102, ...
//     if (half_width_of(summary, target).is_met()) ...
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/estimators/summary.hpp"

namespace rassoflow {

inline constexpr std::uint32_t first_look = 20;

/// Half as many again, rounded up.
constexpr std::uint32_t next_look(std::uint32_t look) {
  return look + (look + 1) / 2;
}

/// One of the two: relative to the mean, or in its unit.
struct WidthTarget {
  std::optional<double> relative;
  std::optional<double> absolute;
};

/// Of the 95% interval of the mean. NaN where it does not exist: fewer than two values, or a
/// relative target of a mean that is 0.
struct HalfWidth {
  double wanted = 0;
  double reached = 0;
  /// Replications with which the standard deviation met so far would do; nothing if not known.
  std::optional<std::uint32_t> needed;
  bool is_met() const { return reached <= wanted; }
};
/// The smallest n of at least 2 with t(n) sd / sqrt(n) <= half-width; it falls as n rises. Nothing
/// if no number would do.
std::optional<std::uint32_t> replications_needed(double sd, double half_width, double coverage);

HalfWidth half_width_of(const Summary& summary, const WidthTarget& target);

}  // namespace rassoflow
