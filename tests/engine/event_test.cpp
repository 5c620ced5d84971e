// How an event packs, and what comes first within a second.
#include "sim/engine/event.hpp"

#include <gtest/gtest.h>

namespace rassoflow {
namespace {

TEST(Event, KeepsEveryPartUpToItsLimit) {
  const std::uint64_t largest_tie = (1U << 20) - 1;
  const std::uint32_t largest_generation = (1U << 24) - 1;
  const Event event =
      make_event(never, EventClass::arrival, largest_tie, UINT32_MAX, largest_generation, 255);
  EXPECT_EQ(event.seconds(), never);
  EXPECT_EQ(event.event_class(), EventClass::arrival);
  EXPECT_EQ(event.when & largest_tie, largest_tie);
  EXPECT_EQ(event.slot(), UINT32_MAX);
  EXPECT_EQ(event.generation(), largest_generation);
  EXPECT_EQ(event.kind(), 255);
  EXPECT_EQ(sizeof(Event), 16U);
}

TEST(Event, PartsDoNotSpillIntoTheirNeighbours) {
  const Event event = make_event(5, EventClass::policy, (1U << 20) + 3, 7, (1U << 24) + 9, 2);
  EXPECT_EQ(event.seconds(), 5);
  EXPECT_EQ(event.event_class(), EventClass::policy);
  EXPECT_EQ(event.when & 0xFFFFF, 3U);
  EXPECT_EQ(event.slot(), 7U);
  EXPECT_EQ(event.generation(), 9U) << "a generation is compared modulo 2^24";
  EXPECT_EQ(event.kind(), 2);
}

TEST(Event, IsOrderedBySecondThenClassThenTie) {
  const auto when = [](Seconds seconds, EventClass event_class, std::uint64_t tie) {
    return make_event(seconds, event_class, tie, 1, 1, 1).when;
  };
  EXPECT_LT(when(9, EventClass::arrival, 0xFFFFF), when(10, EventClass::policy, 0));
  EXPECT_LT(when(9, EventClass::policy, 0xFFFFF), when(9, EventClass::capacity, 0));
  EXPECT_LT(when(9, EventClass::capacity, 0xFFFFF), when(9, EventClass::message, 0));
  EXPECT_LT(when(9, EventClass::message, 0xFFFFF), when(9, EventClass::completion, 0));
  EXPECT_LT(when(9, EventClass::completion, 0xFFFFF), when(9, EventClass::withdrawal, 0));
  EXPECT_LT(when(9, EventClass::withdrawal, 0xFFFFF), when(9, EventClass::arrival, 0));
  EXPECT_LT(when(9, EventClass::message, 4), when(9, EventClass::message, 5));
}

TEST(Event, TieOfACaseFitsItsBitsAndChangesWithTheSecond) {
  int first_wins = 0;
  for (Seconds second = 0; second < 1000; ++second) {
    const std::uint64_t a = tie_of(0x1234, second);
    const std::uint64_t b = tie_of(0x9876, second);
    EXPECT_LT(a, 1U << 20);
    first_wins += a < b;
  }
  // Fair: standard deviation 16; 64 is four of them (1 in 16,000), and the keys are fixed.
  EXPECT_NEAR(first_wins, 500, 64);
}

}  // namespace
}  // namespace rassoflow
