// A queue threaded through the things that wait in it: whatever has `next` and `previous` can be in
// one lane at a time. Joining looks from the end, where most belong; leaving takes the same time
// anywhere.
//
//   link_into(lane, strands, slot, [&](const Strand& a, const Strand& b) { return ...; });
//   unlink_from(lane, strands, slot);
#pragma once

#include <cstdint>
#include <vector>

namespace rassoflow {

inline constexpr std::uint32_t no_slot = UINT32_MAX;

struct Lane {
  std::uint32_t first = no_slot;
  std::uint32_t last = no_slot;
};

/// Behind everything that it does not come before.
template <class Thing, class Before>
void link_into(Lane& lane, std::vector<Thing>& things, std::uint32_t added, Before comes_before) {
  std::uint32_t before = lane.last;
  while (before != no_slot && comes_before(things[added], things[before])) {
    before = things[before].previous;
  }
  const std::uint32_t after = before == no_slot ? lane.first : things[before].next;
  things[added].previous = before;
  things[added].next = after;
  (before == no_slot ? lane.first : things[before].next) = added;
  (after == no_slot ? lane.last : things[after].previous) = added;
}

/// At the end.
template <class Thing>
void append_to(Lane& lane, std::vector<Thing>& things, std::uint32_t added) {
  link_into(lane, things, added, [](const Thing&, const Thing&) { return false; });
}

template <class Thing>
void unlink_from(Lane& lane, std::vector<Thing>& things, std::uint32_t taken) {
  Thing& thing = things[taken];
  (thing.previous == no_slot ? lane.first : things[thing.previous].next) = thing.next;
  (thing.next == no_slot ? lane.last : things[thing.next].previous) = thing.previous;
  thing.previous = thing.next = no_slot;
}

/// `visit(slot)` from first to last; it may take the slot out of the lane.
template <class Thing, class Visit>
void for_each_in(const std::vector<Thing>& things, const Lane& lane, Visit visit) {
  for (std::uint32_t slot = lane.first; slot != no_slot;) {
    const std::uint32_t next = things[slot].next;
    visit(slot);
    slot = next;
  }
}

}  // namespace rassoflow
