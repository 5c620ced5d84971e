// Standard variates: the part of a duration that belongs to the case. The
// parameters of the day scale them afterwards, so that a lever moves a value
// and never redraws it. Golden tests pin every one, so that no upgrade of
// Boost can change results in silence.
#pragma once

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "sim/random/keyed_stream.hpp"

namespace rassoflow {

/// Uniform on [0, 1) with 53 bits.
inline double standard_uniform(KeyedStream& stream) {
  return static_cast<double>(stream() >> 11) * 0x1p-53;
}

/// Exponential with mean 1 (Boost's ziggurat).
inline double standard_exponential(KeyedStream& stream) {
  return boost::random::exponential_distribution<double>{}(stream);
}

/// Normal with mean 0 and standard deviation 1 (Boost's ziggurat).
inline double standard_normal(KeyedStream& stream) {
  return boost::random::normal_distribution<double>{}(stream);
}

/// Gamma with the given shape and scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26:3;
/// shapes under 1 by their boost). shape > 0.
double standard_gamma(KeyedStream& stream, double shape);

}  // namespace rassoflow
