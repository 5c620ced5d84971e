#include "analysis/estimators/summary.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "sim/core/contracts.hpp"

namespace rassoflow {

double critical_t(std::uint32_t n, double coverage) {
  RF_EXPECT(n > 1 && coverage > 0 && coverage < 1);
  const boost::math::students_t law(static_cast<double>(n - 1));
  return boost::math::quantile(law, 0.5 + coverage / 2);
}

Interval order_interval(std::span<const double> sorted, double coverage) {
  RF_EXPECT(!sorted.empty());
  // Exact products such as 0.025 * 200 must not fall below their integer.
  const double place = (1 - coverage) / 2 * static_cast<double>(sorted.size() + 1) + 1e-9;
  const auto k = std::max<std::size_t>(1, static_cast<std::size_t>(place));
  return {sorted[k - 1], sorted[sorted.size() - k]};
}

const Summariser::Critical& Summariser::critical(std::uint32_t n) {
  for (const Critical& known : known_) {
    if (known.n == n) return known;
  }
  known_.push_back({n, critical_t(n, 0.80), critical_t(n, 0.95)});
  return known_.back();
}

Summary Summariser::summarise(std::span<const double> values) {
  present_.clear();
  for (const double value : values) {
    if (!std::isnan(value)) present_.push_back(value);
  }
  Summary summary;
  summary.n = static_cast<std::uint32_t>(present_.size());
  if (present_.empty()) return summary;
  const double count = static_cast<double>(present_.size());
  double sum = 0;
  for (const double value : present_) sum += value;
  summary.mean = sum / count;
  if (present_.size() < 2) return summary;

  double squares = 0;
  for (const double value : present_) {
    squares += (value - summary.mean) * (value - summary.mean);
  }
  summary.sd = std::sqrt(squares / (count - 1));
  const Critical& t = critical(summary.n);
  const auto around = [&](double half) {
    return Interval{summary.mean - half, summary.mean + half};
  };
  const double of_mean = summary.sd / std::sqrt(count);
  summary.mean80 = around(t.t80 * of_mean);
  summary.mean95 = around(t.t95 * of_mean);
  if (summary.n >= order_statistics_from) {
    std::sort(present_.begin(), present_.end());
    summary.period80 = order_interval(present_, 0.80);
    summary.period95 = order_interval(present_, 0.95);
  } else {
    const double of_period = summary.sd * std::sqrt(1 + 1 / count);
    summary.period80 = around(t.t80 * of_period);
    summary.period95 = around(t.t95 * of_period);
  }
  return summary;
}

}  // namespace rassoflow
