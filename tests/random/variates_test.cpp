#include "sim/random/variates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <functional>
#include <vector>

namespace rassoflow {
namespace {

using Draw = std::function<double(KeyedStream&)>;

std::vector<double> sample(std::uint32_t size, const Draw& draw) {
  std::vector<double> values;
  for (std::uint32_t i = 0; i < size; ++i) {
    KeyedStream stream{Purpose{19810729, "variates"}, 0, i, 0};
    values.push_back(draw(stream));
  }
  return values;
}

/// Kolmogorov and Smirnov: a sound variate fails at a given seed with probability 1e-6
/// (2 exp(-2 c^2) = 1e-6 at c = 2.6935).
void expect_law(const Draw& draw, const std::function<double(double)>& distribution) {
  std::vector<double> values = sample(200'000, draw);
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = distribution(values[i]);
    distance =
        std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  EXPECT_LT(distance * std::sqrt(n), 2.6935);
}

TEST(StandardUniform, HasTheUniformLaw) {
  expect_law(standard_uniform, [](double x) { return x; });
}

TEST(StandardUniform, IsTheTop53BitsOfAWord) {
  KeyedStream words{Purpose{1, "golden"}, 0, 1, 0};
  KeyedStream stream = words;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(standard_uniform(stream) * 0x1p53, static_cast<double>(words() >> 11));
  }
}

TEST(StandardExponential, HasTheExponentialLaw) {
  const boost::math::exponential law(1);
  expect_law(standard_exponential, [&](double x) { return cdf(law, x); });
}

TEST(StandardNormal, HasTheNormalLaw) {
  const boost::math::normal law(0, 1);
  expect_law(standard_normal, [&](double x) { return cdf(law, x); });
}

class StandardGamma : public testing::TestWithParam<double> {};

TEST_P(StandardGamma, HasTheGammaLaw) {
  const double shape = GetParam();
  const boost::math::gamma_distribution<> law(shape);
  expect_law([=](KeyedStream& stream) { return standard_gamma(stream, shape); },
             [&](double x) { return cdf(law, x); });
}

INSTANTIATE_TEST_SUITE_P(Shapes, StandardGamma,
                         testing::Values(0.05, 0.5, 0.999, 1.0, 1.001, 2.5, 4.0, 50.0, 10'000.0));

TEST(StandardGamma, OfATinyShapeIsNeverNegativeNorMissing) {
  for (const double value :
       sample(10'000, [](KeyedStream& stream) { return standard_gamma(stream, 1e-4); })) {
    ASSERT_TRUE(value >= 0 && std::isfinite(value));
  }
}

/// Values of owners 1, 2 and 3; any change of these changes every result of the simulator.
std::vector<double> golden(const Draw& draw) {
  std::vector<double> values;
  for (std::uint64_t owner = 1; owner <= 3; ++owner) {
    KeyedStream stream{Purpose{1, "golden"}, 0, owner, 0};
    values.push_back(draw(stream));
  }
  return values;
}

using Values = std::vector<double>;

TEST(GoldenVariates, DoNotMove) {
  EXPECT_EQ(golden(standard_uniform),
            (Values{0.96632694436197297, 0.21715755025828676, 0.73664360976819354}));
  EXPECT_EQ(golden(standard_exponential),
            (Values{1.5661903480002328, 0.43266578419127544, 2.5198724179940832}));
  EXPECT_EQ(golden(standard_normal),
            (Values{-1.4552584576893337, -0.36934951347701167, 1.7219598638821614}));
  EXPECT_EQ(golden([](KeyedStream& s) { return standard_gamma(s, 0.5); }),
            (Values{0.032287489751020311, 0.4195029328211467, 0.026191929317138631}));
  EXPECT_EQ(golden([](KeyedStream& s) { return standard_gamma(s, 4); }),
            (Values{1.5263743541757595, 3.0039146446522715, 8.0511080830799031}));
}

/// Rare branches of the ziggurats and the rejection, through a sum over many draws.
TEST(GoldenVariates, DoNotMoveInTheRareBranchesEither) {
  const auto sum = [](const Draw& draw) {
    double total = 0;
    for (const double value : sample(20'000, draw)) total += value * value;
    return total;
  };
  EXPECT_EQ(sum(standard_exponential), 41167.572516622255);
  EXPECT_EQ(sum(standard_normal), 20230.993826596026);
  EXPECT_EQ(sum([](KeyedStream& s) { return standard_gamma(s, 0.5); }), 14842.371963163565);
  EXPECT_EQ(sum([](KeyedStream& s) { return standard_gamma(s, 1.5); }), 73915.880667773628);
}

}  // namespace
}  // namespace rassoflow
