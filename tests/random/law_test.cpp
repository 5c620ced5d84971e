#include "sim/random/law.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace rassoflow {
namespace {

struct LawCase {
  LawFamily family;
  double first;
  double second;
  double mean;
  double standard_deviation;
  double second_moment_deviation;  ///< standard deviation of the square of one draw
};

std::vector<double> sample(const LawCase& law, std::uint32_t size) {
  const LawCoefficients drawn = coefficients(law.family, law.first, law.second);
  std::vector<double> values;
  for (std::uint32_t i = 0; i < size; ++i) {
    KeyedStream stream{Purpose{20120605, "law"}, 0, i, 0};
    values.push_back(draw(drawn, stream));
  }
  return values;
}

/// From the raw moments 1, 2 and 4.
LawCase with_moments(LawFamily family, double first, double second, double m1, double m2,
                     double m4) {
  return {family, first, second, m1, std::sqrt(m2 - m1 * m1), std::sqrt(m4 - m2 * m2)};
}

LawCase lognormal(double mean, double cv) {
  const double growth = 1 + cv * cv;
  return with_moments(LawFamily::lognormal, mean, cv, mean, mean * mean * growth,
                      std::pow(mean, 4) * std::pow(growth, 6));
}

LawCase gamma(double mean, double cv) {
  const double k = 1 / (cv * cv);
  const double scale = mean * cv * cv;
  return with_moments(LawFamily::gamma, mean, cv, mean, scale * scale * k * (k + 1),
                      std::pow(scale, 4) * k * (k + 1) * (k + 2) * (k + 3));
}

LawCase weibull(double mean, double shape) {
  const double scale = mean / std::tgamma(1 + 1 / shape);
  return with_moments(LawFamily::weibull, mean, shape, mean,
                      scale * scale * std::tgamma(1 + 2 / shape),
                      std::pow(scale, 4) * std::tgamma(1 + 4 / shape));
}

const LawCase exponential = with_moments(LawFamily::exponential, 5, 0, 5, 2 * 25, 24 * 625);
const LawCase uniform = with_moments(LawFamily::uniform, 1, 3, 2, 13.0 / 3, 121.0 / 5);

class Law : public testing::TestWithParam<LawCase> {};

/// Mean and mean square lie within 4.9 standard errors: by the central limit theorem a sound law
/// fails each at a given seed with probability 1e-6.
TEST_P(Law, HasTheMeanAndTheSpreadThatThePlannerStated) {
  const LawCase& law = GetParam();
  const std::vector<double> values = sample(law, 400'000);
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  double sum_of_squares = 0;
  for (const double value : values) {
    sum += value;
    sum_of_squares += value * value;
  }
  const double m2 = law.standard_deviation * law.standard_deviation + law.mean * law.mean;
  EXPECT_NEAR(sum / n, law.mean, 4.9 * law.standard_deviation / std::sqrt(n));
  EXPECT_NEAR(sum_of_squares / n, m2, 4.9 * law.second_moment_deviation / std::sqrt(n));
  EXPECT_DOUBLE_EQ(mean_of(law.family, law.first, law.second), law.mean);
}

TEST_P(Law, TakesAMeanThatIsScaledIntoTheDraw) {
  const LawCase& law = GetParam();
  const bool is_uniform = law.family == LawFamily::uniform;
  const auto scaled = [&](double factor) {
    LawCase other = law;
    other.first *= factor;
    if (is_uniform) other.second *= factor;
    return sample(other, 1000);
  };
  const std::vector<double> before = sample(law, 1000);
  const std::vector<double> doubled = scaled(2);
  const std::vector<double> raised = scaled(1.1);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(doubled[i], 2 * before[i]);          // to the bit
    EXPECT_DOUBLE_EQ(raised[i], 1.1 * before[i]);  // 1.1 itself is rounded
  }
}

TEST_P(Law, IsNeverNegative) {
  for (const double value : sample(GetParam(), 10'000)) {
    ASSERT_TRUE(value >= 0 && std::isfinite(value));
  }
}

INSTANTIATE_TEST_SUITE_P(Families, Law,
                         testing::Values(exponential, uniform, lognormal(14, 0.5),
                                         lognormal(86400, 0.1), gamma(14, 0.5), gamma(3600, 1.5),
                                         weibull(14, 1.5), weibull(2, 0.8), weibull(1, 10)));

TEST(LawOfNoSpread, IsItsMean) {
  for (const LawFamily family : {LawFamily::fixed, LawFamily::lognormal, LawFamily::gamma}) {
    for (const double cv : {0.0, 1e-300, 1e-10}) {
      for (const double value : sample({family, 7, cv, 0, 0, 0}, 10)) EXPECT_EQ(value, 7);
    }
  }
  for (const double value : sample({LawFamily::uniform, 7, 7, 0, 0, 0}, 10)) EXPECT_EQ(value, 7);
}

TEST(LawOfMeanZero, IsZero) {
  for (const LawFamily family : {LawFamily::fixed, LawFamily::exponential, LawFamily::lognormal,
                                 LawFamily::gamma, LawFamily::weibull, LawFamily::uniform}) {
    const double second = family == LawFamily::uniform ? 0 : 2;
    for (const double value : sample({family, 0, second, 0, 0, 0}, 10)) EXPECT_EQ(value, 0);
  }
}

TEST(LawAtTheEdgeOfWhatIsAllowed, StaysFinite) {
  for (const LawCase& law :
       {LawCase{LawFamily::lognormal, 1e6, 100, 0, 0, 0},
        LawCase{LawFamily::gamma, 1e6, 100, 0, 0, 0}, LawCase{LawFamily::gamma, 1e6, 2e-9, 0, 0, 0},
        LawCase{LawFamily::weibull, 1e6, 0.05, 0, 0, 0},
        LawCase{LawFamily::weibull, 1e6, 100, 0, 0, 0}}) {
    for (const double value : sample(law, 10'000)) ASSERT_TRUE(value >= 0 && std::isfinite(value));
  }
}

TEST(LawFault, NamesTheArgumentThatIsWrong) {
  using F = LawFamily;
  EXPECT_EQ(law_fault(F::fixed, -1, 0), "value must be a finite number of at least 0");
  EXPECT_EQ(law_fault(F::exponential, -1, 0), "mean must be a finite number of at least 0");
  EXPECT_EQ(law_fault(F::lognormal, 1, -0.1), "cv must be from 0 to 100");
  EXPECT_EQ(law_fault(F::gamma, 1, 100.1), "cv must be from 0 to 100");
  EXPECT_EQ(law_fault(F::weibull, 1, 0.04), "shape must be from 0.05 to 100");
  EXPECT_EQ(law_fault(F::weibull, 1, 101), "shape must be from 0.05 to 100");
  EXPECT_EQ(law_fault(F::uniform, 2, 1), "high must be a finite number of at least low");
  EXPECT_EQ(law_fault(F::uniform, -1, 1), "low must be a finite number of at least 0");
}

TEST(LawFault, TakesTheEdgesAndNothingBeyondNumbers) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double missing = std::nan("");
  using F = LawFamily;
  for (const F family : {F::fixed, F::exponential}) {
    EXPECT_FALSE(law_fault(family, 0, missing));
    EXPECT_TRUE(law_fault(family, infinity, 0));
    EXPECT_TRUE(law_fault(family, missing, 0));
  }
  for (const F family : {F::lognormal, F::gamma}) {
    EXPECT_FALSE(law_fault(family, 0, 0));
    EXPECT_FALSE(law_fault(family, 1, 100));
    EXPECT_TRUE(law_fault(family, 1, missing));
  }
  EXPECT_FALSE(law_fault(F::weibull, 1, 0.05));
  EXPECT_FALSE(law_fault(F::weibull, 1, 100));
  EXPECT_TRUE(law_fault(F::weibull, 1, missing));
  EXPECT_FALSE(law_fault(F::uniform, 1, 1));
  EXPECT_TRUE(law_fault(F::uniform, 1, infinity));
  EXPECT_TRUE(law_fault(F::uniform, 1, missing));
}

TEST(LawArgumentNames, AreThoseOfTheFormat) {
  using Names = std::array<std::string_view, 2>;
  EXPECT_EQ(law_argument_names(LawFamily::fixed), (Names{"value", ""}));
  EXPECT_EQ(law_argument_names(LawFamily::exponential), (Names{"mean", ""}));
  EXPECT_EQ(law_argument_names(LawFamily::lognormal), (Names{"mean", "cv"}));
  EXPECT_EQ(law_argument_names(LawFamily::gamma), (Names{"mean", "cv"}));
  EXPECT_EQ(law_argument_names(LawFamily::weibull), (Names{"mean", "shape"}));
  EXPECT_EQ(law_argument_names(LawFamily::uniform), (Names{"low", "high"}));
}

/// Owners 1, 2 and 3, as for the variates.
std::vector<double> golden(LawFamily family, double first, double second) {
  std::vector<double> values;
  for (std::uint64_t owner = 1; owner <= 3; ++owner) {
    KeyedStream stream{Purpose{1, "golden"}, 0, owner, 0};
    values.push_back(draw(coefficients(family, first, second), stream));
  }
  return values;
}

using Values = std::vector<double>;

TEST(GoldenLaws, DoNotMove) {
  EXPECT_EQ(golden(LawFamily::fixed, 14, 0), (Values{14, 14, 14}));
  EXPECT_EQ(golden(LawFamily::exponential, 14, 0),
            (Values{21.926664872003258, 6.0573209786778559, 35.278213851917165}));
  EXPECT_EQ(golden(LawFamily::lognormal, 14, 0.5),
            (Values{6.2968499828314455, 10.517199474657632, 28.244710650656675}));
  EXPECT_EQ(golden(LawFamily::gamma, 14, 0.5),
            (Values{5.3423102396151583, 10.51370125628295, 28.178878290779661}));
  EXPECT_EQ(golden(LawFamily::weibull, 14, 1.5),
            (Values{20.915062426511817, 8.8715159496924443, 28.71762399801581}));
  EXPECT_EQ(golden(LawFamily::uniform, 1, 3),
            (Values{2.9326538887239462, 1.4343151005165735, 2.4732872195363873}));
}

}  // namespace
}  // namespace rassoflow
