#include "sim/random/law.hpp"

#include "sim/core/contracts.hpp"

namespace rassoflow {

namespace {

constexpr double least_cv = 1e-9;
constexpr double largest_cv = 100;
constexpr double least_shape = 0.05;
constexpr double largest_shape = 100;

// Written so that "not a number" is outside.
bool is_within(double value, double low, double high) {
  return value >= low && value <= high;
}
bool is_amount(double value) {
  return std::isfinite(value) && value >= 0;
}

}  // namespace

std::array<std::string_view, 2> law_argument_names(LawFamily family) {
  switch (family) {
    case LawFamily::fixed:
      return {"value", ""};
    case LawFamily::exponential:
      return {"mean", ""};
    case LawFamily::lognormal:
      return {"mean", "cv"};
    case LawFamily::gamma:
      return {"mean", "cv"};
    case LawFamily::weibull:
      return {"mean", "shape"};
    case LawFamily::uniform:
      return {"low", "high"};
  }
  RF_ASSERT(!"a family of the list");
  return {};
}

std::optional<std::string> law_fault(LawFamily family, double first, double second) {
  if (!is_amount(first)) {
    return std::string{law_argument_names(family)[0]} + " must be a finite number of at least 0";
  }
  switch (family) {
    case LawFamily::fixed:
    case LawFamily::exponential:
      return std::nullopt;
    case LawFamily::lognormal:
    case LawFamily::gamma:
      if (is_within(second, 0, largest_cv)) return std::nullopt;
      return "cv must be from 0 to 100";
    case LawFamily::weibull:
      if (is_within(second, least_shape, largest_shape)) return std::nullopt;
      return "shape must be from 0.05 to 100";
    case LawFamily::uniform:
      if (std::isfinite(second) && second >= first) return std::nullopt;
      return "high must be a finite number of at least low";
  }
  return "the family is not known";
}

LawCoefficients coefficients(LawFamily family, double first, double second) {
  RF_EXPECT(!law_fault(family, first, second));
  switch (family) {
    case LawFamily::fixed:
    case LawFamily::exponential:
      return {family, first, 0};
    case LawFamily::lognormal: {
      if (second < least_cv) return {LawFamily::fixed, first, 0};
      const double cv_squared = second * second;
      return {family, first / std::sqrt(1 + cv_squared), std::sqrt(std::log1p(cv_squared))};
    }
    case LawFamily::gamma: {
      if (second < least_cv) return {LawFamily::fixed, first, 0};
      const double cv_squared = second * second;
      return {family, first * cv_squared, 1 / cv_squared};
    }
    case LawFamily::weibull:
      return {family, first / std::tgamma(1 + 1 / second), 1 / second};
    case LawFamily::uniform:
      return {family, first, second - first};
  }
  RF_ASSERT(!"a family of the list");
  return {};
}

double draw_slow(const LawCoefficients& law, KeyedStream& stream) {
  switch (law.family) {
    case LawFamily::fixed:
      return law.a;
    case LawFamily::gamma:
      return law.a * standard_gamma(stream, law.b);
    case LawFamily::weibull:
      return law.a * std::pow(standard_exponential(stream), law.b);
    case LawFamily::uniform:
      return law.a + law.b * standard_uniform(stream);
    case LawFamily::exponential:
    case LawFamily::lognormal:
      return draw(law, stream);
  }
  RF_ASSERT(!"a family of the list");
  return 0;
}

double mean_of(LawFamily family, double first, double second) {
  return family == LawFamily::uniform ? first + (second - first) / 2 : first;
}

}  // namespace rassoflow
