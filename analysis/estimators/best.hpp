// Multiple comparison with the best (Hsu 1984; of systems that share their luck as Nelson and
// Matejcik 1995 do it, here with a Bonferroni bound for each pair, which assumes nothing of how the
// systems depend on one another). Smallest is best; negate the values where it is not.
//
//   for (const AgainstBest& system : compare_with_best({a, b, c}, 0.95))
//     system.may_be_best       // it cannot be told apart from the best
//     system.behind            // by how much it lies behind the best of the others: [low, high]
//
// All intervals hold at once with the coverage asked for, if the differences are normal.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/estimators/summary.hpp"

namespace rassoflow {

struct AgainstBest {
  double mean = std::numeric_limits<double>::quiet_NaN();
  /// Its expected value less that of the best of the others, which is negative for the best itself.
  /// One end is 0 where it is known to be the best or not to be.
  Interval behind;
  bool may_be_best = false;
  /// Replications with which, at the spread met so far, it would probably be told apart from the
  /// system with the best mean; nothing if it is told apart, is that system, or would never be.
  std::optional<std::uint32_t> needed;
};

/// Of each system the values of the same replications; one in which any system has none is left
/// out. Fewer than two remain, or fewer than two systems: nothing can be said, and the result is
/// empty.
std::vector<AgainstBest> compare_with_best(const std::vector<std::vector<double>>& systems,
                                           double coverage);

}  // namespace rassoflow
