// Pools without positions slow down as open cases grow; they look at them on Mondays at 00:00.
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;

std::string paced(std::string_view pace, std::string_view more = "") {
  return gated("2019-01-05", "2019-03-01", 0.7) + "[pools.staff]\npace = " + std::string(pace) +
         "\n" + std::string(more) + R"(
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 100, unit = "hours" }
next = "ended"
)";
}

/// Of a story in which so many cases arrive, at most two of them by Monday 7 January.
Story of_cases(std::size_t cases, const std::string& text) {
  for (std::uint64_t seed = 1; seed < 500; ++seed) {
    Story story{text, seed};
    const auto arrivals = story.arrivals();
    if (arrivals.size() == cases && arrivals[2].when > story.at("2019-01-07")) return story;
  }
  throw std::runtime_error("no seed gives that number of cases");
}

TEST(Pace, SlowsWhatIsInHandOnMonday) {
  // At full speed from Friday 16:00:01 to Monday 00:00: 201,599 s. From then on four cases are
  // open against a capacity of two: the 158,401 s that are left take twice as long.
  const Story story = of_cases(4, paced("{ capacity = 2, exponent = 1 }"));
  EXPECT_THAT(story.ends("task"), Each("2019-01-17 16:00:02"));
  EXPECT_EQ(story.pool_cell().busy_seconds, 4 * (201599 + 2 * 158401));
}

TEST(Pace, RaisesTheRatioToItsExponent) {
  // (2/4)^0.5 is 0.707 to the thousandth: 158,401,000 / 707 s are 224,047 s, rounded up.
  const Story story = of_cases(4, paced("{ capacity = 2, exponent = 0.5 }"));
  EXPECT_THAT(story.ends("task"), Each("2019-01-16 14:14:07"));
}

TEST(Pace, IsFullWhereCapacityIsEnoughOrTheExponentIsNone) {
  const std::string base = "2019-01-15 20:00:01";
  EXPECT_THAT(of_cases(4, paced("{ capacity = 4, exponent = 3 }")).ends("task"), Each(base));
  EXPECT_THAT(of_cases(4, paced("{ capacity = 1, exponent = 0 }")).ends("task"), Each(base));
}

TEST(Pace, IsTimeThatPassesAndNotWorkAtHand) {
  const Story story = of_cases(4, paced("{ capacity = 2, exponent = 1 }"));
  Seconds all = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    all += story.at("2019-01-17", 16 * 3600 + 2) - arrival.when;
  }
  EXPECT_EQ(story.cause_seconds(Cause::worked_on), 0);
  EXPECT_EQ(story.cause_seconds(Cause::outside), all);
}

TEST(Pace, MultipliesTheProductivityOfTheDay) {
  // From Wednesday 16 January 00:00 twice as productive: half speed becomes full speed again.
  // 201,599 s + 172,800 s / 2 leave 72,001 s.
  const Story story =
      of_cases(4, paced("{ capacity = 2, exponent = 1 }", "productivity = \"speed\"") +
                      dated("speed", "1", "{ from = 2019-01-16, value = 2 }"));
  EXPECT_THAT(story.ends("task"), Each("2019-01-16 20:00:01"));
}

TEST(Pace, FollowsTheDatesOfItsCapacity) {
  // On Wednesday the capacity becomes four: full speed, with the cases seen on Monday.
  const Story story = of_cases(4, paced("{ capacity = \"room\", exponent = 1 }") +
                                      dated("room", "2", "{ from = 2019-01-16, value = 4 }"));
  EXPECT_THAT(story.ends("task"), Each("2019-01-16 20:00:01"));
}

}  // namespace
}  // namespace rassoflow
