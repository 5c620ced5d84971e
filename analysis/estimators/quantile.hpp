// The quantile of a sample, as Hyndman and Fan (1996, The American Statistician 50:4) define type
// 7: with h = (n - 1) p, the value between the order statistics floor(h) and floor(h) + 1 (counted
// from 0), interpolated linearly. The default of R and of NumPy.
//
//   std::vector values{4.0, 1.0, 2.0};
//   quantile_of(values, 0.75);   // 3.0, and the values are reordered
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/core/contracts.hpp"

namespace rassoflow {

/// NaN for an empty sample. Reorders the values. After a smaller quantile `done` of the same values
/// only those above it are looked at.
template <class Number>
double quantile_of(std::vector<Number>& values, double p, double done = 0) {
  RF_EXPECT(0 <= done && done <= p && p <= 1);
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto place = [&](double share) { return static_cast<double>(values.size() - 1) * share; };
  const double h = place(p);
  const auto below = values.begin() + static_cast<std::ptrdiff_t>(std::floor(h));
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(std::floor(place(done)));
  std::nth_element(first, below, values.end());
  const double low = static_cast<double>(*below);
  if (below + 1 == values.end()) return low;
  const double high = static_cast<double>(*std::min_element(below + 1, values.end()));
  return low + (h - std::floor(h)) * (high - low);
}

}  // namespace rassoflow
