// The difference between two systems that met the same luck: values that belong together by their
// index, so that what both have in common cancels.
//
//   PairedDifference d = paired_difference(base, option);    // option minus base
//   d.difference.mean95       // paired t: of the replications' differences
//   d.gain                    // 12: independent runs would need 12 times as many replications
#pragma once

#include <span>

#include "analysis/estimators/summary.hpp"

namespace rassoflow {

struct PairedDifference {
  double base_mean = std::numeric_limits<double>::quiet_NaN();
  double option_mean = std::numeric_limits<double>::quiet_NaN();
  Summary difference;  ///< of the pairs in which both values exist
  /// Of the mean of the base; NaN where that is not above 0.
  double relative = std::numeric_limits<double>::quiet_NaN();
  /// Variance of the difference of independent runs over that of the paired; infinite where every
  /// difference is the same, NaN where neither varies.
  double gain = std::numeric_limits<double>::quiet_NaN();

  /// The 95% interval leaves out 0 and more than one difference is there.
  bool is_clear() const { return difference.mean95.low > 0 || difference.mean95.high < 0; }
};

/// Both of one length.
PairedDifference paired_difference(std::span<const double> base, std::span<const double> option);

}  // namespace rassoflow
