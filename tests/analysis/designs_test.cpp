// Designs of experiments: exact where they are, their defining property where they are random.
#include "analysis/estimators/designs.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

namespace rassoflow {
namespace {

using ::testing::ElementsAre;

TEST(Designs, FullFactorialIsEveryCombination) {
  EXPECT_THAT(full_factorial({2, 3}),
              ElementsAre(ElementsAre(0, 0), ElementsAre(0, 0.5), ElementsAre(0, 1),
                          ElementsAre(1, 0), ElementsAre(1, 0.5), ElementsAre(1, 1)));
  EXPECT_THAT(full_factorial({1}), ElementsAre(ElementsAre(0)));
}

TEST(Designs, LatinHypercubeHasOnePointInEachStripOfEachFactor) {
  const Design design = latin_hypercube(5, 37, 3);
  for (std::size_t f = 0; f < 5; ++f) {
    std::set<int> strips;
    for (const auto& point : design) strips.insert(static_cast<int>(point[f] * 37));
    EXPECT_EQ(strips.size(), 37U);
  }
}

TEST(Designs, SobolPointsStayANetWhenShifted) {
  // 64 points of two factors: one in each of the 64 boxes of every shape 2^i x 2^(6-i).
  const Design design = sobol_points(2, 64, 11);
  for (int i = 0; i <= 6; ++i) {
    std::set<std::pair<int, int>> boxes;
    for (const auto& point : design) {
      boxes.emplace(static_cast<int>(std::ldexp(point[0], i)),
                    static_cast<int>(std::ldexp(point[1], 6 - i)));
    }
    // Boost's sequence begins after the point at the origin, so one box of a shape may be missed.
    EXPECT_GE(boxes.size(), 63U) << i;
  }
  EXPECT_NE(design, sobol_points(2, 64, 12));
}

TEST(Designs, MorrisMovesOneFactorAtATimeByTwoThirds) {
  const Design design = morris_trajectories(4, 10, 5);
  ASSERT_EQ(design.size(), 50U);
  for (std::size_t t = 0; t < 10; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t step = 1; step <= 4; ++step) {
      const auto& before = design[t * 5 + step - 1];
      const auto& after = design[t * 5 + step];
      for (std::size_t f = 0; f < 4; ++f) {
        EXPECT_TRUE(0 <= after[f] && after[f] <= 1);
        if (before[f] == after[f]) continue;
        EXPECT_NEAR(std::abs(after[f] - before[f]), 2.0 / 3, 1e-15);
        moved.insert(f);
      }
      EXPECT_EQ(moved.size(), step);
    }
  }
}

TEST(Designs, SaltelliExchangesOneFactorBetweenTwoPoints) {
  const Design design = saltelli_points(3, 8, 5);
  ASSERT_EQ(design.size(), 40U);
  for (std::size_t row = 0; row < 8; ++row) {
    const auto& a = design[row * 5];
    const auto& b = design[row * 5 + 1];
    for (std::size_t f = 0; f < 3; ++f) {
      auto expected = a;
      expected[f] = b[f];
      EXPECT_EQ(design[row * 5 + 2 + f], expected);
    }
  }
}

TEST(Designs, AreTheSameForTheSameSeed) {
  EXPECT_EQ(latin_hypercube(3, 10, 1), latin_hypercube(3, 10, 1));
  EXPECT_NE(latin_hypercube(3, 10, 1), latin_hypercube(3, 10, 2));
  // Pinned: a store is worth nothing if its points move.
  EXPECT_DOUBLE_EQ(latin_hypercube(1, 2, 1)[0][0], 0.56820351818309867);
}

}  // namespace
}  // namespace rassoflow
