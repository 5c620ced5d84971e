// What a trial counts at every step: visits to one stage at one site, or of one class, since the
// beginning of the month, and the number inside, whose integral over time is a multiplication and
// an addition. A count is a line of the cache.
//
//   count_at(counts_of_stage, sites, site, case_class, [&](StageCount& count) { count.come(now);
//   });
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/core/time.hpp"

namespace rassoflow {

struct alignas(64) StageCount {
  std::int32_t entries = 0;
  std::int32_t exits = 0;
  std::int32_t started = 0;
  std::int32_t inside = 0;
  Seconds exit_seconds = 0;
  Seconds exit_waiting_seconds = 0;
  Seconds waited_seconds = 0;
  Seconds time_sum = 0;  ///< exit times less entry times, since the beginning of the run
  Seconds area = 0;      ///< the integral up to the last end of a month
  Seconds ended = 0;     ///< what the visits that had ended by then took

  void come(Seconds now) {
    ++entries;
    ++inside;
    time_sum -= now;
  }
  void start(Seconds waited) {
    ++started;
    waited_seconds += waited;
  }
  void go(Seconds now, Seconds entered_at, Seconds waited) {
    ++exits;
    --inside;
    time_sum += now;
    exit_seconds += now - entered_at;
    exit_waiting_seconds += waited;
  }
};
static_assert(sizeof(StageCount) == 64);

/// Applies `change` to the counts of a stage at a site and of a class; classes follow sites.
template <class Change>
void count_at(StageCount* of_stage, std::size_t sites, std::size_t site, std::size_t case_class,
              Change change) {
  change(of_stage[site]);
  change(of_stage[sites + case_class]);
}

}  // namespace rassoflow
