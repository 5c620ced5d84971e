#include "sim/core/diagnostic.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace rassoflow {
namespace {

using testing::ElementsAre;

TEST(FormatDiagnostic, PutsThePlaceFirstAndTheHelpOnALineOfItsOwn) {
  EXPECT_EQ(format_diagnostic({{"a.toml", 3, 7}, "run.seed", "must be at least 0", "write 1"}),
            "a.toml:3:7: error: run.seed: must be at least 0\n  help: write 1");
}

TEST(FormatDiagnostic, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(format_diagnostic({{"a.toml", 3, 0}, "", "is odd", ""}), "a.toml:3: error: is odd");
  EXPECT_EQ(format_diagnostic({{"a.toml", 0, 0}, "", "is odd", ""}), "a.toml: error: is odd");
  EXPECT_EQ(format_diagnostic({{}, "", "is odd", ""}), "error: is odd");
}

TEST(SortDiagnostics, OrdersByPlaceThenMessageAndRemovesRepeats) {
  const Diagnostic first{{"a.toml", 2, 1}, "", "late in the alphabet: z", ""};
  const Diagnostic second{{"a.toml", 10, 1}, "y", "message a", ""};
  const Diagnostic third{{"a.toml", 10, 1}, "x", "message b", ""};
  const Diagnostic fourth{{"b.toml", 1, 1}, "", "message", ""};
  Diagnostics found{fourth, third, second, first, third, fourth};
  sort_diagnostics(found);
  EXPECT_THAT(found, ElementsAre(first, second, third, fourth));
}

TEST(SortDiagnostics, DoesNotDependOnTheOrderOfFinding) {
  // Equal in place and message, so that only key and help tell them apart.
  Diagnostics sorted{
      {{"a", 1, 1}, "j", "m", ""}, {{"a", 1, 1}, "k", "m", ""}, {{"a", 1, 1}, "k", "m", "h"}};
  Diagnostics shuffled = sorted;
  std::vector<int> order{0, 1, 2};
  do {
    for (std::size_t i = 0; i < 3; ++i) shuffled[i] = sorted[static_cast<std::size_t>(order[i])];
    sort_diagnostics(shuffled);
    EXPECT_EQ(shuffled, sorted);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(NearestName, CorrectsSlipsOfTheFinger) {
  const std::vector<std::string> known{"arrivals", "calendar", "delay",
                                       "effort",   "pool",     "priority"};
  EXPECT_EQ(nearest_name("calender", known), "calendar");  // one letter replaced
  EXPECT_EQ(nearest_name("efort", known), "effort");       // one left out
  EXPECT_EQ(nearest_name("delayy", known), "delay");       // one too many
  EXPECT_EQ(nearest_name("arrviasl", known), "arrivals");  // two swaps of neighbours
  EXPECT_EQ(nearest_name("POOL", known), "pool");
}

TEST(NearestName, IsSilentWhereNothingIsNear) {
  const std::vector<std::string> known{"arrivals", "pool"};
  EXPECT_EQ(nearest_name("withdrawal", known), "");
  EXPECT_EQ(nearest_name("", known), "");
  EXPECT_EQ(nearest_name("pool", {}), "");
  EXPECT_EQ(nearest_name(std::string(101, 'p'), {std::string(101, 'p')}), "");
}

TEST(NearestName, AllowsAThirdOfTheLengthAndOneAtLeast) {
  EXPECT_EQ(nearest_name("po", {"pool"}), "");
  EXPECT_EQ(nearest_name("ab", {"a"}), "a");
  EXPECT_EQ(nearest_name("xxcdef", {"abcdef"}), "abcdef");  // 2 of 6
  EXPECT_EQ(nearest_name("xxxdef", {"abcdef"}), "");        // 3 of 6
  EXPECT_EQ(nearest_name("xxcde", {"abcde"}), "");          // 2 of 5
}

TEST(NearestName, CountsASwapOfNeighboursAsOneEdit) {
  EXPECT_EQ(nearest_name("ba", {"ab"}), "ab");
  EXPECT_EQ(nearest_name("acb", {"bac"}), "");  // two edits
}

TEST(NearestName, BreaksTiesByTheAlphabet) {
  EXPECT_EQ(nearest_name("pol", {"pool", "poll"}), "poll");
  EXPECT_EQ(nearest_name("pol", {"poll", "pool"}), "poll");
  EXPECT_EQ(nearest_name("poll", {"pool", "poll"}), "poll");
}

}  // namespace
}  // namespace rassoflow
