// Designs of experiments: points of the unit cube, the same for the same seed on every machine.
//
//   Design design = latin_hypercube(3, 64, 1);
//   design[17][2]      // of point 17 the coordinate of factor 2, from 0 to 1
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rassoflow {

using Design = std::vector<std::vector<double>>;

/// Every combination: factor f takes `levels[f]` values, evenly from 0 to 1 (one alone: 0). The
/// last factor changes fastest.
Design full_factorial(const std::vector<std::size_t>& levels);

/// Of each factor one value in each of `points` equal strips, at random in its strip.
Design latin_hypercube(std::size_t factors, std::size_t points, std::uint64_t seed);

/// Sobol's sequence (Joe and Kuo's numbers, from Boost.Random), each factor shifted digit by digit
/// by a random number, so that every point is uniform and the net stays one.
Design sobol_points(std::size_t factors, std::size_t points, std::uint64_t seed);
inline constexpr std::size_t most_sobol_factors = 1000;

/// Morris's elementary effects: each trajectory has factors + 1 points, of which one follows from
/// the one before by moving one factor by 2/3, on the levels 0, 1/3, 2/3 and 1.
Design morris_trajectories(std::size_t factors, std::size_t trajectories, std::uint64_t seed);

/// Saltelli's scheme for first-order and total indices: for each of `points` rows A, B, and for
/// each factor A with that factor from B; points x (factors + 2) in all, row by row.
Design saltelli_points(std::size_t factors, std::size_t points, std::uint64_t seed);

}  // namespace rassoflow
