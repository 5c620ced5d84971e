// The quantile of a sorted sample, as Hyndman and Fan (1996, The American Statistician 50:4) define
// type 7: with h = (n - 1) p, the value between the order statistics floor(h) and floor(h) + 1
// (counted from 0), interpolated linearly. The default of R and of NumPy.
//
//   quantile_of_sorted(std::vector{1.0, 2.0, 4.0}, 0.75);   // 3.0
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/core/contracts.hpp"

namespace rassoflow {

/// NaN for an empty sample.
template <class Number>
double quantile_of_sorted(const std::vector<Number>& sorted, double p) {
  RF_EXPECT(p >= 0 && p <= 1);
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto below = static_cast<std::size_t>(std::floor(h));
  const double low = static_cast<double>(sorted[below]);
  if (below + 1 == sorted.size()) return low;
  return low + (h - std::floor(h)) * (static_cast<double>(sorted[below + 1]) - low);
}

}  // namespace rassoflow
