#include "analysis/estimators/designs.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <random>

#include "sim/core/contracts.hpp"

namespace rassoflow {
namespace {

/// The standard fixes the numbers of the engine; those of its distributions it leaves open.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  std::uint64_t bits() { return engine_(); }
  std::size_t below(std::size_t end) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(end));
  }
  std::vector<std::size_t> permutation(std::size_t count) {
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[below(i)]);
    return order;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace

Design full_factorial(const std::vector<std::size_t>& levels) {
  Design design{{}};
  for (const std::size_t count : levels) {
    RF_EXPECT(count > 0);
    Design longer;
    for (const std::vector<double>& point : design) {
      for (std::size_t level = 0; level < count; ++level) {
        longer.push_back(point);
        longer.back().push_back(
            count == 1 ? 0 : static_cast<double>(level) / static_cast<double>(count - 1));
      }
    }
    design = std::move(longer);
  }
  return design;
}

Design latin_hypercube(std::size_t factors, std::size_t points, std::uint64_t seed) {
  Draws draws{seed};
  Design design(points, std::vector<double>(factors));
  for (std::size_t f = 0; f < factors; ++f) {
    const auto strips = draws.permutation(points);
    for (std::size_t p = 0; p < points; ++p) {
      design[p][f] =
          (static_cast<double>(strips[p]) + draws.uniform()) / static_cast<double>(points);
    }
  }
  return design;
}

Design sobol_points(std::size_t factors, std::size_t points, std::uint64_t seed) {
  RF_EXPECT(factors > 0 && factors <= most_sobol_factors);
  Draws draws{seed};
  std::vector<std::uint64_t> shift(factors);
  for (std::uint64_t& bits : shift) bits = draws.bits();
  boost::random::sobol sequence{factors};
  Design design(points, std::vector<double>(factors));
  for (std::vector<double>& point : design) {
    for (std::size_t f = 0; f < factors; ++f) {
      point[f] = static_cast<double>((sequence() ^ shift[f]) >> 11) * 0x1p-53;
    }
  }
  return design;
}

Design morris_trajectories(std::size_t factors, std::size_t trajectories, std::uint64_t seed) {
  constexpr double third = 1.0 / 3.0;
  Draws draws{seed};
  Design design;
  for (std::size_t t = 0; t < trajectories; ++t) {
    // On levels 0 ... 3; a step of two levels goes up from the lower two and down from the others.
    std::vector<int> level(factors);
    for (int& one : level) one = static_cast<int>(draws.below(4));
    const auto add = [&] {
      std::vector<double> point;
      for (const int one : level) point.push_back(one == 3 ? 1 : one * third);
      design.push_back(std::move(point));
    };
    add();
    for (const std::size_t f : draws.permutation(factors)) {
      level[f] += level[f] < 2 ? 2 : -2;
      add();
    }
  }
  return design;
}

Design saltelli_points(std::size_t factors, std::size_t points, std::uint64_t seed) {
  Design design;
  for (const std::vector<double>& both : sobol_points(2 * factors, points, seed)) {
    const auto middle = both.begin() + static_cast<std::ptrdiff_t>(factors);
    const std::vector<double> a(both.begin(), middle);
    const std::vector<double> b(middle, both.end());
    design.push_back(a);
    design.push_back(b);
    for (std::size_t f = 0; f < factors; ++f) {
      design.push_back(a);
      design.back()[f] = b[f];
    }
  }
  return design;
}

}  // namespace rassoflow
