// Differences of systems that share their luck, and which of several is best.
#include "analysis/estimators/paired.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "analysis/estimators/best.hpp"
#include "analysis/estimators/stopping.hpp"

namespace rassoflow {
namespace {

using ::testing::DoubleNear;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(PairedDifference, IsTheStudentIntervalOfTheDifferences) {
  // Differences 1, 2, 3: mean 2, standard deviation 1, t(2 degrees, 95%) = 4.30265.
  const PairedDifference found =
      paired_difference(std::vector{10.0, 20.0, 30.0}, std::vector{11.0, 22.0, 33.0});
  EXPECT_EQ(found.base_mean, 20);
  EXPECT_EQ(found.option_mean, 22);
  EXPECT_EQ(found.difference.mean, 2);
  EXPECT_THAT(found.difference.mean95.low, DoubleNear(2 - 4.30265 / std::sqrt(3), 1e-5));
  EXPECT_THAT(found.difference.mean95.high, DoubleNear(2 + 4.30265 / std::sqrt(3), 1e-5));
  EXPECT_EQ(found.relative, 0.1);
  // Hours displaced may be fewer than none: a share of that would have the wrong sign.
  EXPECT_TRUE(
      std::isnan(paired_difference(std::vector{-2.0, -1.0}, std::vector{1.0, 1.0}).relative));
  EXPECT_FALSE(found.is_clear());
  // Variances 100 and 121 against 1.
  EXPECT_DOUBLE_EQ(found.gain, 221);
}

TEST(PairedDifference, LeavesOutPairsOfWhichOneValueDoesNotExist) {
  const PairedDifference found =
      paired_difference(std::vector{1.0, missing, 3.0, 4.0}, std::vector{2.0, 9.0, missing, 6.0});
  EXPECT_EQ(found.difference.n, 2U);
  EXPECT_EQ(found.base_mean, 2.5);
  EXPECT_EQ(found.difference.mean, 1.5);
}

TEST(PairedDifference, OfTheSameValuesIsNothingWithoutSpread) {
  const std::vector values{1.0, 5.0, 7.0};
  const PairedDifference found = paired_difference(values, values);
  EXPECT_EQ(found.difference.mean, 0);
  EXPECT_EQ(found.difference.sd, 0);
  EXPECT_FALSE(found.is_clear());
  EXPECT_TRUE(std::isinf(found.gain));
}

TEST(PairedDifference, OfOnePairHasNoInterval) {
  const PairedDifference found = paired_difference(std::vector{1.0}, std::vector{2.0});
  EXPECT_EQ(found.difference.mean, 1);
  EXPECT_TRUE(std::isnan(found.difference.mean95.low));
  EXPECT_FALSE(found.is_clear());
}

TEST(ComparisonWithTheBest, OfTwoSystemsIsAOneSidedBoundOnTheirDifference) {
  // B - A: 1, 2, 3; t(2 degrees, 90% two-sided) = 2.91999, half-width 1.68586.
  const auto found = compare_with_best({{10, 20, 30}, {11, 22, 33}}, 0.95);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].may_be_best);
  EXPECT_FALSE(found[1].may_be_best);
  EXPECT_EQ(found[1].behind.low, 0);
  EXPECT_THAT(found[1].behind.high, DoubleNear(2 + 1.68586, 1e-5));
  EXPECT_THAT(found[0].behind.low, DoubleNear(-2 - 1.68586, 1e-5));
  EXPECT_EQ(found[0].behind.high, 0);
}

TEST(ComparisonWithTheBest, SaysHowManyReplicationsWouldTellTwoApart) {
  const auto found = compare_with_best({{0, 0, 0, 0}, {-3, 5, -3, 5}}, 0.95);
  ASSERT_TRUE(found[1].may_be_best);
  ASSERT_TRUE(found[1].needed);
  // Mean 1, standard deviation 4.6188: the first n with t(n) 4.6188 / sqrt(n) <= 1.
  const double sd = std::sqrt(64.0 / 3);
  const auto half = [&](std::uint32_t n) { return critical_t(n, 0.90) * sd / std::sqrt(n); };
  EXPECT_LE(half(*found[1].needed), 1);
  EXPECT_GT(half(*found[1].needed - 1), 1);
  EXPECT_FALSE(found[0].needed);
}

TEST(ComparisonWithTheBest, KeepsSystemsThatAreTheSameTogether) {
  const auto found = compare_with_best({{1, 2, 3}, {1, 2, 3}, {11, 12, 13}}, 0.95);
  EXPECT_TRUE(found[0].may_be_best && found[1].may_be_best);
  EXPECT_FALSE(found[1].needed);
  EXPECT_FALSE(found[2].may_be_best);
  EXPECT_EQ(found[2].behind.low, 0);
  EXPECT_EQ(found[2].behind.high, 10);
}

TEST(ComparisonWithTheBest, SaysNothingOfOneSystemOrOneReplication) {
  EXPECT_TRUE(compare_with_best({{1, 2, 3}}, 0.95).empty());
  EXPECT_TRUE(compare_with_best({{1, missing, 3}, {2, 3, missing}}, 0.95).empty());
}

// 4,000 studies of four systems whose luck is partly shared. Hsu's intervals hold all at once with
// at least 95%: the share of studies in which one misses is under 0.05 + 3.7 x 0.0034, missed by
// chance in one of 10,000 runs of this test.
TEST(ComparisonWithTheBest, HoldsForAllSystemsAtOnce) {
  std::mt19937_64 source{20220630};
  std::normal_distribution<double> normal;
  const std::vector<double> truth{0, 0.1, 0.3, 1.5};
  constexpr int studies = 4000;
  int missed = 0, best_lost = 0;
  for (int study = 0; study < studies; ++study) {
    std::vector<std::vector<double>> systems(truth.size());
    for (int replication = 0; replication < 12; ++replication) {
      const double shared = normal(source);
      for (std::size_t s = 0; s < truth.size(); ++s) {
        systems[s].push_back(truth[s] + shared +
                             0.2 * (1 + static_cast<double>(s)) * normal(source));
      }
    }
    const auto found = compare_with_best(systems, 0.95);
    if (!found[0].may_be_best) ++best_lost;
    bool is_covered = true;
    for (std::size_t s = 0; s < truth.size(); ++s) {
      const double behind = s == 0 ? -0.1 : truth[s];
      is_covered = is_covered && found[s].behind.low <= behind && behind <= found[s].behind.high;
    }
    if (!is_covered) ++missed;
  }
  EXPECT_LT(missed, studies * (0.05 + 3.7 * 0.0034));
  EXPECT_LT(best_lost, studies * (0.05 + 3.7 * 0.0034));
  RecordProperty("missed", missed);
}

}  // namespace
}  // namespace rassoflow
