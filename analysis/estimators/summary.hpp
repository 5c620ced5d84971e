// What replications of one quantity say: mean, standard deviation and two kinds of interval, both
// about chance only.
//
//   mean    a confidence interval of the expected value: mean ± t sd / sqrt(n)
//   period  where one more replication would fall: mean ± t sd sqrt(1 + 1/n); from 200 replications
//           on, order statistics, which assume no shape
//
// A replication in which the quantity does not exist (a median of no cases) is NaN in the values
// and is left out: `n` says how many remain. Values are added up in the order of their index, so
// that the bytes depend on no thread.
//
//   Summary summary = Summariser{}.summarise(values);
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace rassoflow {

struct Interval {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

struct Summary {
  std::uint32_t n = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();  ///< from two replications on
  Interval mean80, mean95;                               ///< from two replications on
  Interval period80, period95;                           ///< from two replications on
};

inline constexpr std::uint32_t order_statistics_from = 200;

/// Two-sided Student-t critical value: P(|T| <= t) = coverage with n - 1 degrees of freedom, n > 1.
double critical_t(std::uint32_t n, double coverage);

/// Keeps the critical values of the sample sizes it has met; not shared between threads.
class Summariser {
 public:
  Summary summarise(std::span<const double> values);

 private:
  struct Critical {
    std::uint32_t n = 0;
    double t80 = 0;
    double t95 = 0;
  };
  const Critical& critical(std::uint32_t n);

  std::vector<Critical> known_;
  std::vector<double> present_;
};

/// Order statistics k and n + 1 - k, k = floor((1 - coverage) / 2 (n + 1)) but at least 1: one more
/// value falls between them with a probability of at least `coverage` where n allows it.
Interval order_interval(std::span<const double> sorted, double coverage);

}  // namespace rassoflow
