// Who owns a case: the state of places on the lists of a pool's people.
//
// A place belongs to the site of its pool. The case keeps a ticket for it, which travels with it
// like a reference number on a file; only the pool's own site looks at the place.
#pragma once

#include <cstdint>

#include "sim/core/time.hpp"
#include "sim/model/lane.hpp"

namespace rassoflow {

/// Of a strand's visit to a stage: in whose hands it has waited, and for how long.
struct OwnedVisit {
  Seconds due = 0;
  Seconds owner_busy = 0;    ///< time that its owner had spent at work when it came to hand
  Seconds unallocated = 0;   ///< waited for an owner
  Seconds other_cases = 0;   ///< while its owner worked on other cases
  Seconds owner_absent = 0;  ///< while its owner did not work
};

/// Stale once the place has been given back.
struct Ticket {
  std::uint32_t hold = no_slot;
  std::uint32_t serial = 0;
  std::uint32_t branch = 0;  ///< that asked for it; 0: the trunk
};

/// Asked for, then held until it is given back.
struct Hold {
  std::uint64_t case_key = 0;
  Seconds due = 0;                   ///< orders the queue of the unallocated
  std::int64_t effort_owed = 0;      ///< thousandths, by hand-overs, for the next work
  std::uint32_t serial = 0;          ///< raised when it is given back
  std::uint32_t instance = no_slot;  ///< of the pool; none: the place is not in use
  std::uint32_t position = no_slot;  ///< who holds the case; none: unallocated
  std::uint32_t lane = 0;            ///< within the instance
  std::uint32_t next = no_slot;      ///< among the unallocated
  std::uint32_t previous = no_slot;
  std::uint32_t first_waiting = no_slot;  ///< strands that go on once it is allocated
  std::uint32_t trunk = no_slot;          ///< whose hazard it moves; none on a visit
  std::uint32_t is_handed_over = 0;       ///< unallocated because its position has ended
};

/// Word that a case gives back a place of another site.
struct HoldReturn {
  Ticket ticket;
  std::uint64_t case_key = 0;
  Seconds when = 0;
  std::uint32_t pool = 0;  ///< position among Pathway::owner_pools
  std::uint32_t is_pending = 0;
};

}  // namespace rassoflow
