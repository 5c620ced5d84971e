// Worlds nobody thought of: small scenarios put together at random, always valid, and the bytes of
// a monitor, so that two trials compare.
//
//   Dice dice{seed};
//   const Pathway pathway = pathway_from(any_world(dice));
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/hash.hpp"
#include "sim/model/monitor.hpp"

namespace rassoflow {

/// A fixed sequence of choices.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(mix64(seed + 1)) {}
  /// 0 ... count - 1
  std::uint64_t below(std::uint64_t count) {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mix64(state_) % count;
  }
  bool one_in(std::uint64_t count) { return below(count) == 0; }
  template <class T>
  const T& of(const std::vector<T>& things) {
    return things[below(things.size())];
  }

 private:
  std::uint64_t state_;
};

/// One year of 1-3 levels, 2-8 stages, pools with other work, upkeep or pace, loops, withdrawals,
/// calendars and dated changes.
std::string any_world(Dice& dice);

/// Every number that was counted, one after the other.
std::string bytes_of(const Monitor& monitor);

}  // namespace rassoflow
