#include "analysis/estimators/stopping.hpp"

#include <cmath>
#include <limits>

namespace rassoflow {
std::optional<std::uint32_t> replications_needed(double sd, double half_width, double coverage) {
  constexpr std::uint32_t most_replications = 1'000'000'000;
  const auto is_enough = [&](std::uint32_t n) {
    return critical_t(n, coverage) * sd / std::sqrt(static_cast<double>(n)) <= half_width;
  };
  if (!is_enough(most_replications)) return std::nullopt;
  std::uint32_t too_few = 1, enough = most_replications;
  while (enough - too_few > 1) {
    const std::uint32_t middle = too_few + (enough - too_few) / 2;
    (is_enough(middle) ? enough : too_few) = middle;
  }
  return enough;
}

HalfWidth half_width_of(const Summary& summary, const WidthTarget& target) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  HalfWidth width{missing, missing, std::nullopt};
  if (target.absolute) width.wanted = *target.absolute;
  if (target.relative && summary.mean != 0) {
    width.wanted = *target.relative * std::abs(summary.mean);
  }
  if (summary.n < 2) return width;
  width.reached =
      critical_t(summary.n, 0.95) * summary.sd / std::sqrt(static_cast<double>(summary.n));
  width.needed = replications_needed(summary.sd, width.wanted, 0.95);
  return width;
}

}  // namespace rassoflow
