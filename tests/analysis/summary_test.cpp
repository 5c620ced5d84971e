#include "analysis/estimators/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "analysis/estimators/quantile.hpp"

namespace rassoflow {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Summary, IsTheTextbookOneForFiveValues) {
  // 2, 4, 4, 4, 6: mean 4, sum of squares 8, sd sqrt(2); t of 4 degrees: 2.7764451, 1.5332063.
  const Summary s = Summariser{}.summarise(std::vector{2.0, 4.0, 4.0, 4.0, 6.0});
  EXPECT_EQ(s.n, 5U);
  EXPECT_DOUBLE_EQ(s.mean, 4);
  EXPECT_DOUBLE_EQ(s.sd, std::sqrt(2.0));
  EXPECT_NEAR(s.mean95.high - 4, 2.7764451 * std::sqrt(2.0 / 5), 1e-6);
  EXPECT_NEAR(4 - s.mean80.low, 1.5332063 * std::sqrt(2.0 / 5), 1e-6);
  EXPECT_NEAR(s.period95.high - 4, 2.7764451 * std::sqrt(2.0 * 1.2), 1e-6);
  EXPECT_NEAR(4 - s.period80.low, 1.5332063 * std::sqrt(2.0 * 1.2), 1e-6);
}

TEST(Summary, OfOneValueHasNoSpread) {
  const Summary s = Summariser{}.summarise(std::vector{3.0});
  EXPECT_EQ(s.n, 1U);
  EXPECT_EQ(s.mean, 3);
  EXPECT_TRUE(std::isnan(s.sd));
  EXPECT_TRUE(std::isnan(s.mean95.low));
  EXPECT_TRUE(std::isnan(s.period80.high));
}

TEST(Summary, LeavesOutReplicationsWithoutTheQuantity) {
  Summariser summariser;
  const Summary s = summariser.summarise(std::vector{missing, 1.0, missing, 3.0});
  EXPECT_EQ(s.n, 2U);
  EXPECT_EQ(s.mean, 2);
  EXPECT_DOUBLE_EQ(s.sd, std::sqrt(2.0));
  EXPECT_EQ(summariser.summarise(std::vector{missing}).n, 0U);
}

TEST(Summary, OfEqualValuesHasIntervalsOfNoWidth) {
  const Summary s = Summariser{}.summarise(std::vector<double>(7, 0.25));
  EXPECT_EQ(s.sd, 0);
  EXPECT_EQ(s.period95.low, 0.25);
  EXPECT_EQ(s.period95.high, 0.25);
}

TEST(Summary, UsesOrderStatisticsFromTwoHundredReplications) {
  // 1 ... 199: t. 1 ... 200: k = floor(0.025 * 201) = 5 and floor(0.1 * 201) = 20.
  std::vector<double> values(199);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(199 - i);
  EXPECT_LT(Summariser{}.summarise(values).period95.low, 0);
  values.push_back(200);
  const Summary s = Summariser{}.summarise(values);
  EXPECT_EQ(s.period95.low, 5);
  EXPECT_EQ(s.period95.high, 196);
  EXPECT_EQ(s.period80.low, 20);
  EXPECT_EQ(s.period80.high, 181);
}

TEST(OrderInterval, OfFewValuesIsTheirRange) {
  const Interval range = order_interval(std::vector{1.0, 2.0, 9.0}, 0.95);
  EXPECT_EQ(range.low, 1);
  EXPECT_EQ(range.high, 9);
}

struct Coverage {
  int mean80 = 0, mean95 = 0, period80 = 0, period95 = 0;
};

/// How many of `experiments` intervals from n standard normal values hold 0 or the next value.
Coverage coverage_of_normals(int experiments, std::size_t n, std::uint64_t seed) {
  std::mt19937_64 engine{seed};
  std::normal_distribution<double> normal;
  Summariser summariser;
  Coverage held;
  std::vector<double> values(n);
  const auto holds = [](const Interval& range, double value) {
    return range.low <= value && value <= range.high ? 1 : 0;
  };
  for (int i = 0; i < experiments; ++i) {
    for (double& value : values) value = normal(engine);
    const double next = normal(engine);
    const Summary s = summariser.summarise(values);
    held.mean80 += holds(s.mean80, 0);
    held.mean95 += holds(s.mean95, 0);
    held.period80 += holds(s.period80, next);
    held.period95 += holds(s.period95, next);
  }
  return held;
}

// Counts are binomial: four standard deviations either side, a false alarm in 16,000 a count.
void expect_binomial(int count, int experiments, double p) {
  EXPECT_NEAR(count, experiments * p, 4 * std::sqrt(experiments * p * (1 - p)));
}

TEST(Summary, CoversAsItSaysWithTenReplications) {
  const Coverage held = coverage_of_normals(20000, 10, 1);
  expect_binomial(held.mean80, 20000, 0.80);
  expect_binomial(held.mean95, 20000, 0.95);
  expect_binomial(held.period80, 20000, 0.80);
  expect_binomial(held.period95, 20000, 0.95);
}

TEST(Summary, CoversAsItSaysWithOrderStatistics) {
  const Coverage held = coverage_of_normals(5000, 200, 2);
  expect_binomial(held.period95, 5000, 191.0 / 201);  // k = 5 of 201 gaps at either end
  expect_binomial(held.period80, 5000, 161.0 / 201);
}

TEST(Quantile, InterpolatesByTypeSevenInAnyOrder) {
  std::vector<double> values{8, 1, 4, 2};
  EXPECT_EQ(quantile_of(values, 0), 1);
  EXPECT_EQ(quantile_of(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile_of(values, 0.9), 4 + 0.7 * 4);
  EXPECT_EQ(quantile_of(values, 1), 8);
  std::vector<int> one{5}, none;
  EXPECT_EQ(quantile_of(one, 0.9), 5);
  EXPECT_TRUE(std::isnan(quantile_of(none, 0.5)));
}

}  // namespace
}  // namespace rassoflow
