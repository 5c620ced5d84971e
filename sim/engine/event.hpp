// An event: when it happens and to whom, in 16 bytes.
//
// `when` packs seconds (40 bits), class (4) and a tie (20); `what` packs slot
// (32), generation (24) and kind (8). Events are ordered by `when`; where even
// the tie is equal, by case key and then by the case's own sequence, looked up
// through the slot. Slots are never compared: the order belongs to the case,
// not to a thread, a partition or a file.
#pragma once

#include <cstdint>

#include "sim/core/hash.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

/// What comes first within one second. Dispatch follows once all of them are done.
enum class EventClass : std::uint8_t {
  policy,      ///< parameters of the day, reporting
  capacity,    ///< who is on duty
  message,     ///< what crosses between sites
  sharing,     ///< whom those on duty serve today
  completion,  ///< a step ends
  withdrawal,
  arrival,
  meeting,  ///< who meets or sits is known once everybody of the second has come
};

struct Event {
  std::uint64_t when = 0;
  std::uint64_t what = 0;

  Seconds seconds() const { return static_cast<Seconds>(when >> 24); }
  EventClass event_class() const { return static_cast<EventClass>((when >> 20) & 0xF); }
  std::uint32_t slot() const { return static_cast<std::uint32_t>(what >> 32); }
  std::uint32_t generation() const { return static_cast<std::uint32_t>(what >> 8) & 0xFFFFFF; }
  std::uint8_t kind() const { return static_cast<std::uint8_t>(what); }
};

/// Equal sites get equal treatment: within a second and class the order of two cases is drawn
/// from their keys anew for every second.
inline std::uint64_t tie_of(std::uint64_t case_key, Seconds seconds) {
  return mix64(case_key ^ static_cast<std::uint64_t>(seconds)) >> 44;
}

inline Event make_event(Seconds seconds, EventClass event_class, std::uint64_t tie,
                        std::uint32_t slot, std::uint32_t generation, std::uint8_t kind) {
  return {(static_cast<std::uint64_t>(seconds) << 24) |
              (static_cast<std::uint64_t>(event_class) << 20) | (tie & 0xFFFFF),
          (static_cast<std::uint64_t>(slot) << 32) |
              (static_cast<std::uint64_t>(generation & 0xFFFFFF) << 8) | kind};
}

}  // namespace rassoflow
