// Shards as a database and a database as text: order and number of shards change nothing, and what
// is missing, there twice or contradictory is said.
#include "analysis/store/merge.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "analysis/store/database.hpp"
#include "analysis/store/export.hpp"
#include "sim/core/diagnostic.hpp"
#include "tests/store/study_kit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Merge : public ::testing::Test {
 protected:
  std::filesystem::path shard(const std::string& name, const std::vector<Unit>& units) const {
    std::string bytes = std::string(shard_magic) + study_frame(small_study());
    for (const Unit& unit : units) bytes += unit_frame(unit);
    return folder.write(name, bytes);
  }
  static std::string csv_of(const std::filesystem::path& database) {
    std::string text;
    export_csv(database, [&](std::string_view part) { text += part; });
    return text;
  }
  TempFolder folder;
  std::filesystem::path database = folder.path() / "study.sqlite";
  Unit a = small_unit(0, 0, 1), b = small_unit(0, 1, 2), c = small_unit(1, 0, 3),
       d = small_unit(1, 1, 4.5);
};

TEST_F(Merge, GivesTheSameTextForAnyOrderOfShardsAndUnits) {
  const auto one = shard("one.log", {d, a}), two = shard("two.log", {c, b}),
             all = shard("all.log", {a, b, c, d});
  const MergeOutcome merged = merge_shards({one, two}, database);
  EXPECT_EQ(merged.units, 4U);
  EXPECT_EQ(merged.missing, 0U);
  const std::string text = csv_of(database);
  merge_shards({two, one}, database);
  EXPECT_EQ(csv_of(database), text);
  merge_shards({all}, database);
  EXPECT_EQ(csv_of(database), text);
  EXPECT_THAT(text, HasSubstr("point,replication,hours,kpi,site,class,stage,outcome,period,basis,"
                              "statistic,unit,value\n"
                              "1,0,8,charged,,,,,2020,flow,total,suspects,1\n"
                              "1,0,8,days,,,,,2020,flow,mean,days,0.3333333333333333\n"));
  EXPECT_THAT(text, HasSubstr("2,1,12.5,charged,,,,,2020,flow,total,suspects,4.5\n"));
}

TEST_F(Merge, SaysWhatIsMissing) {
  const MergeOutcome merged = merge_shards({shard("one.log", {a, c, d})}, database);
  EXPECT_EQ(merged.missing, 1U);
  Database read = Database::open_to_read(database);
  Statement complete{read, "SELECT value FROM study WHERE name = 'is_complete'"};
  ASSERT_TRUE(complete.step());
  EXPECT_EQ(complete.integer(0), 0);
}

TEST_F(Merge, CountsUnitsThatAreThereTwiceOnce) {
  const MergeOutcome merged =
      merge_shards({shard("one.log", {a, b}), shard("two.log", {b, c, d, d})}, database);
  EXPECT_EQ(merged.units, 4U);
  EXPECT_EQ(merged.twice, 2U);
  EXPECT_THAT(merged.contradictions, IsEmpty());
}

TEST_F(Merge, SaysWhichUnitsContradictEachOther) {
  Unit other = b;
  other.values[0] = 99;
  const MergeOutcome merged =
      merge_shards({shard("one.log", {a, b}), shard("two.log", {other})}, database);
  EXPECT_THAT(merged.contradictions, testing::ElementsAre("point 1, replication 1"));
}

TEST_F(Merge, TakesAUnitThatWasRunAgainAfterItFailed) {
  Unit failed = b;
  failed.values.clear();
  failed.failure = "the claim";
  for (const auto& units : {std::vector{failed, b}, std::vector{b, failed}}) {
    const MergeOutcome merged = merge_shards({shard("one.log", units)}, database);
    EXPECT_EQ(merged.failed, 0U);
    EXPECT_THAT(csv_of(database), HasSubstr("1,1,8,charged"));
  }
}

TEST_F(Merge, KeepsTheCommandThatMeetsAFailureAgain) {
  a.values.clear();
  a.failure = "the claim";
  EXPECT_EQ(merge_shards({shard("one.log", {a, b, c, d})}, database).failed, 1U);
  Database read = Database::open_to_read(database);
  Statement failed{read, "SELECT failure, command FROM failed"};
  ASSERT_TRUE(failed.step());
  EXPECT_EQ(failed.text(0), "the claim");
  EXPECT_EQ(failed.text(1), "rassoflow sweep sweep.toml --replay 1:0");
}

TEST_F(Merge, GivesViewsOfMeansAndOfTheDesign) {
  merge_shards({shard("one.log", {a, b, c, d})}, database);
  Database read = Database::open_to_read(database);
  Statement mean{read, "SELECT n, mean, sd FROM point_mean WHERE point = 1 AND kpi = 'charged'"};
  ASSERT_TRUE(mean.step());
  EXPECT_EQ(mean.integer(0), 2);
  EXPECT_EQ(mean.number(1), 1.5);
  EXPECT_NEAR(mean.number(2), std::sqrt(0.5), 1e-12);
  Statement design{read, "SELECT hours FROM design WHERE point = 2"};
  ASSERT_TRUE(design.step());
  EXPECT_EQ(design.number(0), 12.5);
}

TEST_F(Merge, LeavesNothingHalfWrittenWhenAShardIsNone) {
  const auto good = shard("one.log", {a, b, c, d});
  merge_shards({good}, database);
  const std::string before = csv_of(database);
  EXPECT_THROW(merge_shards({good, folder.write("x.log", "no shard at all")}, database),
               WorldError);
  EXPECT_EQ(csv_of(database), before);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_THAT(entry.path().string(), Not(HasSubstr(".tmp")));
  }
}

TEST_F(Merge, ExportsAWorkbook) {
  merge_shards({shard("one.log", {a, b, c, d})}, database);
  const auto file = folder.path() / "study.xlsx";
  EXPECT_EQ(export_xlsx(database, file).values, 8U);
  EXPECT_EQ(read_text(file).substr(0, 2), "PK");
  EXPECT_THROW(export_xlsx(database, folder.path() / "none" / "study.xlsx"), WorldError);
}

TEST_F(Merge, RefusesDatabasesThatAreNone) {
  EXPECT_THROW(csv_of(folder.path() / "none.sqlite"), WorldError);
  EXPECT_THROW(csv_of(folder.write("text.sqlite", "hello")), WorldError);
  EXPECT_THROW(csv_of(folder.write("empty.sqlite", "")), WorldError);
}

// Bytes of a database changed anywhere: it is refused or read, and nothing crashes.
TEST_F(Merge, ReadsDatabasesOfAnyBytes) {
  merge_shards({shard("one.log", {a, b, c, d})}, database);
  const std::string good = read_text(database);
  std::mt19937_64 source{20220630};
  for (int round = 0; round < 200; ++round) {
    std::string bytes = good;
    for (int change = 0; change < 20; ++change) {
      bytes[source() % bytes.size()] = static_cast<char>(source());
    }
    const auto file = folder.write("hostile.sqlite", bytes);
    try {
      csv_of(file);
    } catch (const WorldError&) {
      continue;
    }
  }
}

}  // namespace
}  // namespace rassoflow
