// Frames of a shard: whatever is cut off, flipped or claimed, only whole frames are believed.
#include "analysis/store/frames.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <random>

#include "analysis/store/bytes.hpp"
#include "tests/store/study_kit.hpp"

namespace rassoflow {
namespace {

std::vector<std::string> payloads_in(std::string_view bytes, FramesRead* read = nullptr) {
  std::vector<std::string> payloads;
  const FramesRead found =
      read_frames_of(bytes, [&](const Frame& frame) { payloads.emplace_back(frame.payload); });
  if (read != nullptr) *read = found;
  return payloads;
}

std::string shard_of(const std::vector<std::string>& payloads) {
  std::string bytes{shard_magic};
  for (const std::string& payload : payloads) {
    bytes += encode_frame(FrameKind::unit, "key", payload);
  }
  return bytes;
}

TEST(Frames, ComeBackAsTheyWereWritten) {
  FramesRead read;
  const std::string bytes = shard_of({"first", "", std::string(100'000, 'x')});
  EXPECT_THAT(payloads_in(bytes, &read),
              testing::ElementsAre("first", "", std::string(100'000, 'x')));
  EXPECT_TRUE(read.is_shard);
  EXPECT_EQ(read.end, bytes.size());
  EXPECT_EQ(read.torn + read.damaged, 0U);
}

TEST(Frames, CutAnywhereKeepAllWholeOnesBefore) {
  const std::string bytes = shard_of({"first", "second", "third"});
  const std::size_t two = shard_of({"first", "second"}).size();
  for (std::size_t length = two; length < bytes.size(); ++length) {
    FramesRead read;
    EXPECT_EQ(payloads_in(std::string_view(bytes).substr(0, length), &read).size(), 2U) << length;
    EXPECT_EQ(read.end, two);
    EXPECT_EQ(read.torn, length - two);
  }
}

TEST(Frames, WithAnyBitFlippedLoseOnlyThatFrame) {
  const std::string bytes = shard_of({"first", "second", "third"});
  const std::size_t begin = shard_of({"first"}).size(), end = shard_of({"first", "second"}).size();
  for (std::size_t at = begin; at < end; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      FramesRead read;
      EXPECT_THAT(payloads_in(flipped, &read), testing::ElementsAre("first", "third")) << at;
      EXPECT_EQ(read.damaged, end - begin);
    }
  }
}

TEST(Frames, OfAFileAreThoseOfItsBytes) {
  const TempFolder folder;
  const std::string bytes = shard_of({"first", std::string(200'000, 'y'), "third"}) + "torn";
  const auto file = folder.write("shard.log", bytes);
  std::vector<std::string> payloads;
  const FramesRead read =
      read_frames(file, [&](const Frame& frame) { payloads.emplace_back(frame.payload); });
  EXPECT_EQ(payloads, payloads_in(bytes));
  EXPECT_EQ(read.torn, 4U);
}

TEST(Frames, OfSomethingElseAreNone) {
  FramesRead read;
  EXPECT_TRUE(payloads_in("SQLite format 3 and more", &read).empty());
  EXPECT_FALSE(read.is_shard);
}

TEST(Frames, ThatClaimMoreThanThereIsAreNotAllocatedFor) {
  std::string frame = encode_frame(FrameKind::unit, "key", "payload");
  const std::uint32_t claim = std::numeric_limits<std::uint32_t>::max();
  frame.replace(4 + 1 + frame_key_bytes, sizeof claim,
                std::string(reinterpret_cast<const char*>(&claim), sizeof claim));
  EXPECT_TRUE(payloads_in(std::string(shard_magic) + frame).empty());
}

TEST(StudyBytes, ComeBackAsTheyWereWritten) {
  const Study study = small_study();
  const auto read = decode_study(encode_study(study));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode_study(*read), encode_study(study));
  EXPECT_EQ(read->rows, study.rows);
  EXPECT_EQ(read->factors, study.factors);
}

TEST(StudyBytes, CutAnywhereAreNoStudy) {
  const std::string bytes = encode_study(small_study());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_study(std::string_view(bytes).substr(0, length))) << length;
  }
  EXPECT_FALSE(decode_study(bytes + "x"));
}

TEST(UnitBytes, ComeBackAsTheyWereWritten) {
  Unit unit = small_unit(1, 9, 2.5);
  unit.values[1] = std::numeric_limits<double>::quiet_NaN();
  const auto read = decode_unit(encode_unit(unit));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode_unit(*read), encode_unit(unit));
  unit.values.clear();
  unit.failure = "the claim";
  EXPECT_EQ(decode_unit(encode_unit(unit))->failure, "the claim");
}

TEST(UnitBytes, CutAnywhereAreNoUnit) {
  const std::string bytes = encode_unit(small_unit(1, 9, 2.5));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_unit(std::string_view(bytes).substr(0, length))) << length;
  }
}

// Whatever bytes: nothing crashes, and under the sanitizers nothing is read that is not there.
TEST(StudyBytes, StandAnyBytes) {
  std::mt19937_64 source{20220630};
  const std::string good = encode_study(small_study());
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = good;
    for (int change = 0; change < 3; ++change) {
      bytes[source() % bytes.size()] = static_cast<char>(source());
    }
    const auto read = decode_study(bytes);
    if (read) {
      EXPECT_LE(read->rows.size(), bytes.size());
    }
  }
}

}  // namespace
}  // namespace rassoflow
