// In 200 worlds put together at random every identity holds to the end, and a trial that is saved
// at any second and resumed counts the same. Seeds are fixed: a failure prints the world.
#include "tests/model/small_worlds.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

constexpr std::uint64_t worlds = 200;

TEST(AnyWorld, KeepsEveryIdentityAndResumesAsIfItHadNeverStopped) {
  std::int64_t events = 0;
  for (std::uint64_t seed = 0; seed < worlds; ++seed) {
    Dice dice{seed};
    const std::string text = any_world(dice);
    try {
      const Pathway pathway = pathway_from(text);
      std::vector<TraceRecord> trace;
      Trial whole{pathway, seed, 1, &trace};
      whole.run_until(pathway.to);
      events += whole.state().events;
      const std::string expected = bytes_of(whole.finish());
      // Midnights matter most: messages, duty, openings and changes fall on them.
      const Seconds day = static_cast<Seconds>(1 + dice.below(363)) * seconds_per_day;
      const Seconds when = dice.one_in(3) ? day + static_cast<Seconds>(dice.below(86400)) : day;
      Trial first{pathway, seed, 1};
      first.run_until(when);
      Trial second{pathway, first.save()};
      second.run_until(pathway.to);
      ASSERT_EQ(bytes_of(second.finish()), expected)
          << "world " << seed << " saved at " << pathway.axis.format(when) << "\n"
          << text;
    } catch (const InvariantViolation& violation) {
      FAIL() << "world " << seed << ": " << violation.message << "\n" << text;
    }
  }
  EXPECT_GT(events, 200000) << "worlds in which little happens prove little";
}

}  // namespace
}  // namespace rassoflow
