#include "sim/core/hash.hpp"

#include <gtest/gtest.h>

#include <set>

namespace rassoflow {
namespace {

// The numbers were computed by a second implementation, in Python.

TEST(Mix64, HasTheValuesOfSplitMix64) {
  EXPECT_EQ(mix64(0), 0u);
  EXPECT_EQ(mix64(1), 0x5692161d100b05e5u);
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15u), 0xe220a8397b1dcdafu);  // first output for the seed 0
  EXPECT_EQ(mix64(~0ull), 0xb4d055fcf2cbbd7bu);
}

TEST(HashName, IsTheMixedFnv1aOfTheBytes) {
  EXPECT_EQ(hash_name(""), 0xf52a15e9a9b5e89bu);
  EXPECT_EQ(hash_name("a"), 0x02c0bdbf481420f8u);
  EXPECT_EQ(hash_name("foobar"), mix64(0x85944171f73967e8u));  // FNV-1a as its authors publish it
  EXPECT_EQ(hash_name("foobar"), 0x404da9e3b74078c2u);
  EXPECT_EQ(hash_name("effort/review"), 0x80c67747d5adbecfu);
  EXPECT_EQ(hash_name("\xc3\xa9"), 0x233403617480019eu);  // bytes over 127 count as unsigned
}

TEST(Combine, DependsOnTheOrder) {
  EXPECT_EQ(combine(0, 0), 0xf5dd724ff3b8a536u);
  EXPECT_EQ(combine(1, 2), 0xf4086ec62254e37fu);
  EXPECT_EQ(combine(2, 1), 0x377a215a7061a667u);
  EXPECT_EQ(combine(~0ull, ~0ull), 0x5939e064a81410e4u);
}

TEST(Combine, TellsAllSmallPairsApart) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t a = 0; a < 300; ++a) {
    for (std::uint64_t b = 0; b < 300; ++b) seen.insert(combine(a, b));
  }
  EXPECT_EQ(seen.size(), 90000u);
}

}  // namespace
}  // namespace rassoflow
