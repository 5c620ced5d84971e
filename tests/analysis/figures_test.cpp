#include "analysis/report/figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rassoflow {
namespace {

TEST(Grouped, PutsCommasBetweenThousands) {
  EXPECT_EQ(grouped(1234567.25, 1), "1,234,567.2");
  EXPECT_EQ(grouped(-1000, 0), "-1,000");
  EXPECT_EQ(grouped(999.6, 0), "1,000");
  EXPECT_EQ(grouped(-0.001, 1), "0.0");
  EXPECT_EQ(grouped(std::nan(""), 1), "-");
}

TEST(Readable, KeepsThreeFigures) {
  EXPECT_EQ(readable(10295), "10,295");
  EXPECT_EQ(readable(99.96), "100");
  EXPECT_EQ(readable(12.34), "12.3");
  EXPECT_EQ(readable(1.239), "1.24");
  EXPECT_EQ(readable(0.6475), "0.647");
  EXPECT_EQ(readable(0.06475), "0.0648");
  EXPECT_EQ(readable(0), "0");
}

TEST(Sparkline, RisesFromNothingToTheLargest) {
  EXPECT_EQ(sparkline({0, 1, 4, 8}), " ▁▄█");
  EXPECT_EQ(sparkline({0, 0}), "  ");
  EXPECT_EQ(sparkline({}), "");
}

TEST(Bar, IsDrawnInEighthsOfACell) {
  EXPECT_EQ(bar(0.5, 4), "██");
  EXPECT_EQ(bar(1.0 / 32, 4), "▏");
  EXPECT_EQ(bar(0, 4), "");
  EXPECT_EQ(bar(7, 2), "██");
}

TEST(Alignment, CountsCharactersAndNotBytes) {
  EXPECT_EQ(left_aligned("é", 3), "é  ");
  EXPECT_EQ(right_aligned("é", 3), "  é");
  EXPECT_EQ(left_aligned("abcdef", 4), "abc…");
  EXPECT_EQ(right_aligned("abcdef", 4), "abcdef");
}

TEST(Wrapped, BreaksAtSpacesOnly) {
  EXPECT_EQ(wrapped("one two three", 8), "one two\nthree\n");
  EXPECT_EQ(wrapped("one two", 6, "  "), "  one\n  two\n");
  EXPECT_EQ(wrapped("unbreakable", 4), "unbreakable\n");
  EXPECT_EQ(wrapped("", 4), "");
}

}  // namespace
}  // namespace rassoflow
