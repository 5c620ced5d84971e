#include "sim/random/keyed_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <functional>
#include <set>
#include <vector>

#include "sim/random/variates.hpp"

namespace rassoflow {
namespace {

using Counter = r123::Philox4x32::ctr_type;
using Key = r123::Philox4x32::key_type;

Counter philox(Counter counter, Key key) {
  return r123::Philox4x32{}(counter, key);
}

TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  EXPECT_EQ(philox({{0, 0, 0, 0}}, {{0, 0}}),
            (Counter{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({{ones, ones, ones, ones}}, {{ones, ones}}),
            (Counter{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
  EXPECT_EQ(philox({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}}),
            (Counter{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

TEST(Purpose, CombinesSeedAndName) {
  EXPECT_EQ((Purpose{42, "effort/review"}.key()), combine(42, hash_name("effort/review")));
  EXPECT_NE((Purpose{42, "effort/review"}.key()), (Purpose{43, "effort/review"}.key()));
  EXPECT_NE((Purpose{42, "effort/review"}.key()), (Purpose{42, "effort/charge"}.key()));
}

TEST(KeyedStream, CountsOverReplicationOwnerVisitAndBlock) {
  const Purpose purpose{1, "effort/review"};
  const Key key{
      {static_cast<std::uint32_t>(purpose.key()), static_cast<std::uint32_t>(purpose.key() >> 32)}};
  KeyedStream stream{purpose, 7, 0x0123456789abcdefULL, 3};
  for (std::uint32_t block = 0; block < 3; ++block) {
    const Counter words = philox({{(3u << 12) + block, 7, 0x89abcdef, 0x01234567}}, key);
    EXPECT_EQ(stream(), (std::uint64_t{words[1]} << 32) | words[0]);
    EXPECT_EQ(stream(), (std::uint64_t{words[3]} << 32) | words[2]);
  }
}

TEST(KeyedStream, CopiesAreIndependent) {
  KeyedStream stream{Purpose{1, "delay"}, 0, 5, 0};
  stream();
  KeyedStream copy = stream;
  const std::uint64_t next = copy();
  copy();
  EXPECT_EQ(stream(), next);
}

TEST(KeyedStream, NoTwoNeighboursShareAWord) {
  std::set<std::uint64_t> words;
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    for (std::uint64_t owner = 0; owner < 20; ++owner) {
      for (std::uint32_t visit = 0; visit < 10; ++visit) {
        KeyedStream stream{Purpose{1, "delay"}, replication, owner, visit};
        for (int i = 0; i < 4; ++i) words.insert(stream());
      }
    }
  }
  EXPECT_EQ(words.size(), 5u * 20 * 10 * 4);
}

constexpr int pairs = 200'000;
constexpr int cells = 16;

/// Pearson's test that pairs fill a 16 by 16 grid evenly: uniform and independent at once. A sound
/// generator fails at a given seed with probability 1e-6.
void expect_even_pairs(const std::function<std::pair<double, double>(std::uint32_t)>& pair) {
  std::vector<int> counts(cells * cells);
  for (std::uint32_t i = 0; i < pairs; ++i) {
    const auto [x, y] = pair(i);
    const auto row = static_cast<std::size_t>(x * cells);
    const auto column = static_cast<std::size_t>(y * cells);
    ++counts.at(row * cells + column);
  }
  const double expected = double{pairs} / (cells * cells);
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  const boost::math::chi_squared law(cells * cells - 1);
  EXPECT_LT(sum, quantile(complement(law, 1e-6)));
}

double uniform_of(const char* purpose, std::uint32_t replication, std::uint64_t owner,
                  std::uint32_t visit) {
  KeyedStream stream{Purpose{20150401, purpose}, replication, owner, visit};
  return standard_uniform(stream);
}

TEST(Independence, OfWordsOfOneStream) {
  expect_even_pairs([](std::uint32_t i) {
    KeyedStream stream{Purpose{20150401, "delay"}, 0, i, 0};
    const double first = standard_uniform(stream);
    return std::pair{first, standard_uniform(stream)};
  });
}

TEST(Independence, OfBlocksOfOneStream) {
  expect_even_pairs([](std::uint32_t i) {
    KeyedStream stream{Purpose{20150401, "delay"}, 0, i, 0};
    const double first = standard_uniform(stream);
    standard_uniform(stream);
    return std::pair{first, standard_uniform(stream)};
  });
}

TEST(Independence, OfNeighbouringVisits) {
  expect_even_pairs([](std::uint32_t i) {
    return std::pair{uniform_of("delay", 0, i, 1), uniform_of("delay", 0, i, 2)};
  });
}

TEST(Independence, OfNeighbouringCases) {
  expect_even_pairs([](std::uint32_t i) {
    return std::pair{uniform_of("delay", 0, 2 * i, 0), uniform_of("delay", 0, 2 * i + 1, 0)};
  });
}

TEST(Independence, OfNeighbouringReplications) {
  expect_even_pairs([](std::uint32_t i) {
    return std::pair{uniform_of("delay", 2 * i, 99, 0), uniform_of("delay", 2 * i + 1, 99, 0)};
  });
}

TEST(Independence, OfPurposesOfOneCase) {
  expect_even_pairs([](std::uint32_t i) {
    return std::pair{uniform_of("delay/review", 0, i, 0), uniform_of("effort/review", 0, i, 0)};
  });
}

TEST(Independence, OfNeighbouringMasterSeeds) {
  expect_even_pairs([](std::uint32_t i) {
    KeyedStream one{Purpose{2 * i, "delay"}, 0, 7, 0};
    KeyedStream other{Purpose{2 * i + 1, "delay"}, 0, 7, 0};
    return std::pair{standard_uniform(one), standard_uniform(other)};
  });
}

}  // namespace
}  // namespace rassoflow
