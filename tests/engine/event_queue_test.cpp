// The queue against a sorted set, under everything a trial does to it.
#include "sim/engine/event_queue.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <tuple>
#include <vector>

namespace rassoflow {
namespace {

constexpr Seconds day = seconds_per_day;
constexpr Seconds horizon = 20 * day;

/// Slots are the keys; a generation other than the slot's own is stale.
struct BySlot {
  std::vector<std::uint32_t> generations = std::vector<std::uint32_t>(1000, 0);
  bool before(const Event& a, const Event& b) const {
    return a.slot() != b.slot() ? a.slot() < b.slot() : a.kind() < b.kind();
  }
  bool is_current(const Event& event) const {
    return generations[event.slot()] == event.generation();
  }
};

using Queue = EventQueue<BySlot>;

Event at(Seconds seconds, std::uint32_t slot, EventClass event_class = EventClass::completion,
         std::uint64_t tie = 0, std::uint8_t kind = 0, std::uint32_t generation = 0) {
  return make_event(seconds, event_class, tie, slot, generation, kind);
}

std::vector<std::uint32_t> slots_in_order(Queue& queue) {
  std::vector<std::uint32_t> slots;
  while (const Event* next = queue.peek()) {
    slots.push_back(next->slot());
    queue.pop();
  }
  return slots;
}

TEST(EventQueue, ReturnsEventsOfAllDaysInOrder) {
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(3 * day + 5, 4));
  queue.push(at(0, 0));
  queue.push(at(horizon - 1, 6));
  queue.push(at(3 * day, 3));
  queue.push(at(day - 1, 2));
  queue.push(at(1023, 1));
  queue.push(at(3 * day + 1024, 5));
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6}));
}

TEST(EventQueue, SaysWhatIsUpcomingInTheOpenSliceAlone) {
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(1, 1));
  queue.push(at(2, 2));
  queue.push(at(5000, 3));
  EXPECT_EQ(queue.upcoming(), nullptr);
  ASSERT_EQ(queue.peek()->slot(), 1U);
  queue.pop();
  ASSERT_NE(queue.upcoming(), nullptr);
  EXPECT_EQ(queue.upcoming()->slot(), 2U);
  queue.pop();
  EXPECT_EQ(queue.upcoming(), nullptr);
}

TEST(EventQueue, OrdersASecondByClassTieKeyAndKind) {
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(7, 5, EventClass::arrival, 0));
  queue.push(at(7, 4, EventClass::completion, 9));
  queue.push(at(7, 3, EventClass::completion, 8, 1));
  queue.push(at(7, 2, EventClass::completion, 8, 0));
  queue.push(at(7, 1, EventClass::policy, 99));
  queue.push(at(7, 3, EventClass::completion, 8, 0));
  std::vector<std::pair<std::uint32_t, int>> seen;
  while (const Event* next = queue.peek()) {
    seen.emplace_back(next->slot(), next->kind());
    queue.pop();
  }
  EXPECT_EQ(seen, (std::vector<std::pair<std::uint32_t, int>>{
                      {1, 0}, {2, 0}, {3, 0}, {3, 1}, {4, 0}, {5, 0}}));
}

TEST(EventQueue, KeepsNothingAtOrBeyondTheHorizon) {
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(horizon, 1));
  queue.push(at(never, 2));
  EXPECT_EQ(queue.peek(), nullptr);
  queue.push(at(horizon - 1, 3));
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{3}));
}

TEST(EventQueue, OfAHorizonWithinADayWorks) {
  const BySlot order;
  Queue queue{order, 2 * day + 100};
  queue.push(at(2 * day + 99, 1));
  queue.push(at(2 * day + 100, 2));
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{1}));
}

TEST(EventQueue, TakesEventsForTheSecondThatIsBeingProcessed) {
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(5000, 1));
  queue.push(at(5000, 9));
  queue.push(at(5001, 10));
  ASSERT_EQ(queue.peek()->slot(), 1U);
  queue.pop();
  queue.push(at(5000, 4));
  queue.push(at(5000, 2));
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{2, 4, 9, 10}));
}

TEST(EventQueue, LookingAtWhatIsOpenLeavesTheDoorOpenForThisSecond) {
  // The last event of a slice is done and the next is far: peek() would move on, peek_open() not.
  const BySlot order;
  Queue queue{order, horizon};
  queue.push(at(1023, 1));
  queue.push(at(4 * day, 2));
  ASSERT_EQ(queue.peek()->slot(), 1U);
  queue.pop();
  EXPECT_EQ(queue.peek_open(), nullptr);
  queue.push(at(1023, 3));
  ASSERT_NE(queue.peek_open(), nullptr);
  EXPECT_EQ(queue.peek_open()->slot(), 3U);
  queue.pop();
  queue.push(at(1024, 4));
  EXPECT_EQ(queue.peek_open(), nullptr) << "the next slice is not open yet";
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{4, 2}));
}

TEST(EventQueue, DropsWhatIsStaleWhenItsDayComes) {
  BySlot order;
  Queue queue{order, horizon};
  queue.push(at(2 * day, 1));
  queue.push(at(2 * day, 2));
  queue.push(at(2 * day, 3));
  order.generations[2] = 1;
  EXPECT_EQ(slots_in_order(queue), (std::vector<std::uint32_t>{1, 3}));
}

TEST(EventQueue, AgreesWithASortedSetWhateverIsPushed) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937_64 random{seed};
    const auto below = [&](Seconds count) {
      return static_cast<Seconds>(random() % static_cast<std::uint64_t>(count));
    };
    const BySlot order;
    Queue queue{order, horizon};
    using Key = std::tuple<std::uint64_t, std::uint32_t, std::uint8_t>;
    std::multiset<Key> expected;
    Seconds now = 0;
    const auto push_any = [&] {
      Seconds seconds = now;
      switch (below(7)) {
        case 0:
          break;
        case 1:
          seconds += below(3);
          break;
        case 2:
          seconds = std::min((now / day + 1) * day - 1, now + below(day));
          break;
        case 3:
          seconds += below(3 * day);
          break;
        case 4:
          seconds = (now / day + 1 + below(4)) * day;
          break;
        case 5:
          seconds += below(horizon);
          break;
        default:
          seconds = below(2) == 0 ? horizon + below(day) : never;
          break;
      }
      const auto burst = below(8) == 0 ? 1 + below(30) : 1;
      for (Seconds i = 0; i < burst; ++i) {
        const Event event =
            at(seconds, static_cast<std::uint32_t>(below(1000)), static_cast<EventClass>(below(6)),
               static_cast<std::uint64_t>(below(3)), static_cast<std::uint8_t>(below(3)));
        queue.push(event);
        if (seconds < horizon) expected.insert({event.when, event.slot(), event.kind()});
      }
    };
    for (int i = 0; i < 50; ++i) push_any();
    std::size_t popped = 0;
    while (const Event* next = queue.peek()) {
      ASSERT_FALSE(expected.empty());
      ASSERT_EQ((Key{next->when, next->slot(), next->kind()}), *expected.begin())
          << "seed " << seed;
      expected.erase(expected.begin());
      now = next->seconds();
      queue.pop();
      // Fewer pushes than pops towards the end, so that it ends.
      if (++popped < 2000 && below(10) < 9) push_any();
    }
    ASSERT_TRUE(expected.empty()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace rassoflow
