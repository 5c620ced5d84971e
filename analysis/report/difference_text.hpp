// How differences and their intervals read.
#pragma once

#include <string>

#include "analysis/estimators/summary.hpp"

namespace rassoflow {

/// As many places after the point as the larger end of the range asks for.
int decimals_for_range(const Interval& range);
/// `+1.2`, `-0.3`, `0`
std::string signed_text(double value, int decimals);
/// `-0.3 to 1.2`
std::string range_text(const Interval& range, int decimals);
/// `12x`; `-` where nothing varies.
std::string gain_text(double gain);
/// `+1.2%`
std::string relative_text(double relative);

}  // namespace rassoflow
