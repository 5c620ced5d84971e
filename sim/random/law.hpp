// The law of a duration: a family with its parameters as a planner states them
// (mean, coefficient of variation), turned once into the coefficients that a
// draw needs.
//
//   LawCoefficients law = coefficients(LawFamily::lognormal, 14 * 86400.0, 1.0);
//   double seconds = draw(law, stream);
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/random/variates.hpp"

namespace rassoflow {

enum class LawFamily : std::uint8_t { fixed, exponential, lognormal, gamma, weibull, uniform };
inline constexpr std::array<std::string_view, 6> law_family_names{
    "fixed", "exponential", "lognormal", "gamma", "weibull", "uniform"};

/// Names of the two arguments of each family, in order; "" where there is none.
/// lognormal and gamma take mean and cv (standard deviation over mean), weibull mean and shape.
std::array<std::string_view, 2> law_argument_names(LawFamily family);

/// Why these arguments are not a law (in words), or nothing.
/// fixed: value >= 0 · exponential: mean >= 0 · lognormal, gamma: mean >= 0, cv >= 0 and at most
/// 100 · weibull: mean >= 0, shape in [0.05, 100] · uniform: 0 <= low <= high.
/// All finite. An argument that the family does not have is not looked at.
std::optional<std::string> law_fault(LawFamily family, double first, double second);

/// `a` is a scale (for uniform, the lower end), `b` the shape of the family (for uniform, the
/// width), so that a mean moves a draw in proportion.
struct LawCoefficients {
  LawFamily family = LawFamily::fixed;
  double a = 0;
  double b = 0;
};

/// `first` and, for uniform, `second` carry the unit of the result.
/// A cv of 0 (or under 1e-9, which nobody could tell from it) gives the fixed law of the mean.
LawCoefficients coefficients(LawFamily family, double first, double second);

double draw_slow(const LawCoefficients& law, KeyedStream& stream);

/// A value with the unit of the law's first argument, never negative.
inline double draw(const LawCoefficients& law, KeyedStream& stream) {
  switch (law.family) {
    case LawFamily::exponential: return law.a * standard_exponential(stream);
    case LawFamily::lognormal: return law.a * std::exp(law.b * standard_normal(stream));
    default: return draw_slow(law, stream);
  }
}

double mean_of(LawFamily family, double first, double second);

}  // namespace rassoflow
