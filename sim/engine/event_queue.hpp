// The pending events: a chain of blocks for each day to come, slices of today, and
// for the current slice a sorted run beside a small heap of what was added since.
//
//   EventQueue queue{order, horizon};
//   queue.push(event);
//   while (const Event* next = queue.peek()) { ...; queue.pop(); }
//
// `Order` breaks ties of equal `when` and drops events that nobody expects any
// more: `bool before(const Event&, const Event&)`, `bool is_current(const Event&)`.
// Invariant: nothing is pushed before the event last popped; events at or after
// the horizon are not kept, for no run looks at them.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/core/contracts.hpp"
#include "sim/engine/event.hpp"

namespace rassoflow {

template <class Order>
class EventQueue {
 public:
  EventQueue(const Order& order, Seconds horizon)
      : order_(order),
        horizon_(horizon),
        days_(static_cast<std::size_t>(horizon / seconds_per_day + 1)) {}

  void push(const Event& event) {
    const Seconds seconds = event.seconds();
    if (seconds >= horizon_) return;
    const auto day = static_cast<std::size_t>(seconds / seconds_per_day);
    if (day != today_) {
      RF_EXPECT(day > today_ || !opened_);
      push_to_day(days_[day], event);
      return;
    }
    push_today(event, seconds);
  }

  /// The next event of the slice that is open, or nothing. Every event of the second that is being
  /// processed is in it; looking further would close the door on events still to be pushed.
  const Event* peek_open() const {
    if (added_.empty()) return run_.empty() ? nullptr : &run_.back();
    if (run_.empty() || comes_before(added_.front(), run_.back())) return &added_.front();
    return &run_.back();
  }

  /// The next event of the slice that is open, unless one is pushed before it: good enough to fetch
  /// what it will touch.
  const Event* upcoming() const { return run_.empty() ? nullptr : &run_.back(); }

  /// The next event before the horizon, or nothing; from now on nothing earlier may be pushed.
  const Event* peek() {
    if (run_.empty() && added_.empty() && !open_next_slice()) return nullptr;
    return peek_open();
  }

  /// Removes what peek() returned.
  void pop() {
    if (!added_.empty() && (run_.empty() || comes_before(added_.front(), run_.back()))) {
      std::pop_heap(added_.begin(), added_.end(), Later{*this});
      added_.pop_back();
    } else {
      run_.pop_back();
    }
  }

 private:
  static constexpr int slice_shift = 10;  // 1,024 seconds
  static constexpr std::size_t slice_count = (seconds_per_day >> slice_shift) + 1;
  static constexpr std::size_t slice_words = (slice_count + 63) / 64;

  static constexpr std::uint32_t no_block = UINT32_MAX;
  static constexpr std::uint32_t events_in_block = 31;

  /// Events of one day; what a day does not need is not held for it.
  struct alignas(64) Block {
    std::array<Event, events_in_block> events;
    std::uint32_t next = no_block;  ///< of the same day and full, or free
  };
  static_assert(sizeof(Block) == 512);

  /// Here and not in the block, so that a push goes to one line of memory.
  struct Day {
    std::uint32_t newest = no_block;
    std::uint32_t count = 0;  ///< events in it
  };

  struct Later {
    const EventQueue& queue;
    bool operator()(const Event& a, const Event& b) const { return queue.comes_before(b, a); }
  };

  bool comes_before(const Event& a, const Event& b) const {
    if (a.when != b.when) return a.when < b.when;
    return order_.before(a, b);
  }

  static std::size_t slice_of(Seconds seconds) {
    return static_cast<std::size_t>((seconds % seconds_per_day) >> slice_shift);
  }

  void push_to_day(Day& day, const Event& event) {
    if (day.newest == no_block || day.count == events_in_block) {
      std::uint32_t block = free_block_;
      if (block == no_block) {
        block = static_cast<std::uint32_t>(blocks_.size());
        blocks_.emplace_back();
      } else {
        free_block_ = blocks_[block].next;
      }
      blocks_[block].next = day.newest;
      day = {block, 0};
    }
    blocks_[day.newest].events[day.count++] = event;
  }

  void push_today(const Event& event, Seconds seconds) {
    const std::size_t slice = slice_of(seconds);
    if (slice == current_slice_ && opened_) {
      added_.push_back(event);
      std::push_heap(added_.begin(), added_.end(), Later{*this});
      return;
    }
    slices_[slice].push_back(event);
    pending_slices_[slice / 64] |= std::uint64_t{1} << (slice % 64);
  }

  bool open_next_slice() {
    for (;;) {
      for (std::size_t word = 0; word < slice_words; ++word) {
        if (pending_slices_[word] == 0) continue;
        const std::size_t slice =
            word * 64 + static_cast<std::size_t>(std::countr_zero(pending_slices_[word]));
        pending_slices_[word] &= pending_slices_[word] - 1;
        current_slice_ = slice;
        opened_ = true;
        run_.swap(slices_[slice]);
        std::sort(run_.begin(), run_.end(), Later{*this});
        return true;
      }
      if (!open_next_day()) return false;
    }
  }

  bool open_next_day() {
    std::size_t day = opened_ ? today_ + 1 : today_;
    while (day < days_.size() && days_[day].newest == no_block) ++day;
    if (day >= days_.size()) return false;
    today_ = day;
    opened_ = true;
    current_slice_ = slice_count;
    auto [block, count] = std::exchange(days_[day], Day{});
    while (block != no_block) {
      Block& of_day = blocks_[block];
      for (std::uint32_t i = 0; i < count; ++i) {
        const Event& event = of_day.events[i];
        if (order_.is_current(event)) push_today(event, event.seconds());
      }
      count = events_in_block;
      const std::uint32_t next = std::exchange(of_day.next, free_block_);
      free_block_ = std::exchange(block, next);
    }
    return true;
  }

  const Order& order_;
  Seconds horizon_;
  std::vector<Day> days_;
  std::vector<Block> blocks_;
  std::uint32_t free_block_ = no_block;
  std::array<std::vector<Event>, slice_count> slices_;
  std::array<std::uint64_t, slice_words> pending_slices_{};
  std::vector<Event> run_;    ///< current slice, latest first
  std::vector<Event> added_;  ///< heap of what was added to it since
  std::size_t today_ = 0;
  std::size_t current_slice_ = slice_count;
  bool opened_ = false;
};

}  // namespace rassoflow
