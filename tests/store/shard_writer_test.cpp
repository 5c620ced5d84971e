// The writer of a shard and the readers of a store: one process writes, a torn tail is cut, nothing
// of another study gets in.
#include "analysis/store/shard_writer.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "analysis/store/store_folder.hpp"
#include "sim/core/diagnostic.hpp"
#include "tests/store/study_kit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;

class Shards : public ::testing::Test {
 protected:
  std::vector<Unit> units(std::optional<Study> study = small_study()) const {
    std::vector<Unit> found;
    read_shards(shard_files(folder.path()), study,
                [&](Unit&& unit) { found.push_back(std::move(unit)); });
    return found;
  }
  static std::string why(const std::function<void()>& act) {
    try {
      act();
    } catch (const WorldError& error) {
      return error.message;
    }
    return "";
  }
  TempFolder folder;
  std::filesystem::path file = folder.path() / shard_name({});
};

TEST_F(Shards, HoldWhatWasPut) {
  ShardWriter writer{file, small_study()};
  writer.put(small_unit(0, 0, 1));
  writer.put(small_unit(1, 1, 2));
  writer.close();
  ASSERT_EQ(units().size(), 2U);
  EXPECT_EQ(units()[1].values, small_unit(1, 1, 2).values);
  EXPECT_EQ(units()[1].key, small_unit(1, 1, 2).key);
}

TEST_F(Shards, TakeUnitsOfManyThreads) {
  {
    ShardWriter writer{file, small_study()};
    std::vector<std::jthread> team;
    for (std::uint32_t t = 0; t < 8; ++t) {
      team.emplace_back([&writer, t] {
        for (std::uint32_t i = 0; i < 200; ++i) writer.put(small_unit(t % 2, t * 200 + i, i));
      });
    }
  }
  EXPECT_EQ(units().size(), 1600U);
}

TEST_F(Shards, CutATornTailAndGoOn) {
  ShardWriter{file, small_study()}.put(small_unit(0, 0, 1));
  const auto whole = std::filesystem::file_size(file);
  std::ofstream{file, std::ios::app | std::ios::binary}
      << unit_frame(small_unit(0, 1, 2)).substr(0, 40);
  {
    ShardWriter writer{file, small_study()};
    EXPECT_EQ(writer.cut(), 40U);
    EXPECT_EQ(std::filesystem::file_size(file), whole);
    writer.put(small_unit(1, 0, 3));
  }
  ASSERT_EQ(units().size(), 2U);
  EXPECT_EQ(units()[1].point, 1U);
}

TEST_F(Shards, ThatDiedBeforeTheirFirstBytesBeginAnew) {
  for (const char* torn : {"", "RASS"}) {
    folder.write(file.filename().string(), torn);
    EXPECT_TRUE(units().empty());
    ShardWriter{file, small_study()}.put(small_unit(0, 0, 1));
    EXPECT_EQ(units().size(), 1U);
  }
}

TEST_F(Shards, LeaveAFileThatIsNone) {
  folder.write(file.filename().string(), "my own notes, not a shard");
  EXPECT_THAT(why([&] { ShardWriter{file, small_study()}; }), HasSubstr("is left as it is"));
  EXPECT_EQ(read_text(file), "my own notes, not a shard");
  EXPECT_THAT(why([&] { units(); }), HasSubstr("is no shard of a sweep"));
}

TEST_F(Shards, AreWrittenByOneProcess) {
  const ShardWriter first{file, small_study()};
  EXPECT_THAT(why([&] {
                ShardWriter{file, small_study()};
              }),
              HasSubstr("is being written by another process"));
}

TEST_F(Shards, OfAnotherStudyAreRefusedWithTheReason) {
  ShardWriter{file, small_study()}.close();
  Study other = small_study();
  other.seed = 8;
  EXPECT_THAT(why([&] { units(other); }), HasSubstr("the seed was 7 and is 8"));
  other = small_study();
  other.model_version = 4;
  EXPECT_THAT(why([&] { units(other); }), HasSubstr("the model has changed since"));
  other = small_study();
  other.rows.pop_back();
  EXPECT_THAT(why([&] { units(other); }), HasSubstr("the rows that are kept"));
}

TEST_F(Shards, PassOverUnitsThatAreNoneOfTheStudy) {
  Unit outside = small_unit(0, 0, 1);
  outside.point = 2;
  Unit narrow = small_unit(0, 1, 1);
  narrow.values.pop_back();
  folder.write("shard-1-of-1.log", std::string(shard_magic) + study_frame(small_study()) +
                                       unit_frame(outside) + unit_frame(narrow) +
                                       unit_frame(small_unit(1, 1, 5)));
  std::optional<Study> study = small_study();
  int good = 0;
  const auto reads = read_shards(shard_files(folder.path()), study, [&](const Unit&) { ++good; });
  EXPECT_EQ(good, 1);
  EXPECT_EQ(reads[0].bad_units, 2U);
}

}  // namespace
}  // namespace rassoflow
