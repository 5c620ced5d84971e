// What a trial remembers of work that is no case: for each pool at a site the
// hours of other work and of upkeep that wait, and whom its positions serve
// today; for each upkeep at a site how many cases it is for.
#pragma once

#include <cstdint>

#include "sim/core/time.hpp"

namespace rassoflow {

/// Whom a position on duty serves today.
enum class Serves : std::uint8_t { cases, upkeep, other_work };

/// One pool instance. Backlogs are thousandths of a second of effort.
struct OtherWorkState {
  std::int64_t backlog = 0;
  std::int64_t upkeep_backlog = 0;
  std::int64_t owed_to_cases = 0;  ///< millionths of a position for a day, below a whole one
  // Since the last settlement, at 00:00 of a day.
  Seconds settled_at = 0;
  Seconds worked = 0;  ///< working seconds of the calendar up to then
  Seconds busy = 0;    ///< working seconds of positions on cases up to then
  // The positions of today; none once the day is settled.
  std::uint32_t on_cases = 0;
  std::uint32_t on_upkeep = 0;
  std::uint32_t on_other_work = 0;
  std::uint32_t released = 0;  ///< of those on other work, serving cases since `through_at`
  Seconds through_at = never;  ///< when those on other work have worked it off today
};

/// One upkeep at one site. News of a case takes effect on the next working day between sites.
struct UpkeepCount {
  std::int64_t cases = 0;
  std::int64_t change = 0;  ///< under way
  Seconds change_at = 0;    ///< when all of it takes effect
};

}  // namespace rassoflow
