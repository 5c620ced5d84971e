#include "sim/random/variates.hpp"

#include "sim/core/contracts.hpp"

namespace rassoflow {

namespace {

/// Shape at least 1.
double gamma_by_squeeze(KeyedStream& stream, double shape) {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = standard_normal(stream);
    const double root = 1.0 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double u = standard_uniform(stream);
    const double x_squared = x * x;
    // Nearly every draw ends here, without a logarithm.
    if (u < 1.0 - 0.0331 * x_squared * x_squared) return d * v;
    if (std::log(u) < 0.5 * x_squared + d * (1.0 - v + std::log(v))) return d * v;
  }
}

}  // namespace

double standard_gamma(KeyedStream& stream, double shape) {
  RF_EXPECT(shape > 0);
  if (shape >= 1) return gamma_by_squeeze(stream, shape);
  // exp(-exponential) is a uniform that is never 0.
  const double boost = std::exp(-standard_exponential(stream) / shape);
  return boost * gamma_by_squeeze(stream, shape + 1);
}

}  // namespace rassoflow
