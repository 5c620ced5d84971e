// Posts, people and what they are worth, month by month, computed by hand.
#include "sim/scenario/recruitment.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// The small world with more officers to come.
std::string world(const std::string& posts, const std::string& keys) {
  return small_world() +
         "[parameters.posts]\nunit = \"FTE\"\ngrade = \"assumed\"\nsource = \"s\"\nchanges = [" +
         posts + "]\n[recruitment.officers]\npool = \"officers\"\nposts = \"posts\"\n" + keys;
}

std::vector<StaffMonth> staff(const std::string& posts, const std::string& keys) {
  const Scenario scenario = scenario_of(world(posts, keys));
  return staff_by_month(scenario, scenario.recruitment.at("officers"), "all:all");
}

std::vector<double> in_post(const std::vector<StaffMonth>& months, std::size_t count) {
  std::vector<double> out;
  for (std::size_t m = 0; m < count; ++m) out.push_back(months[m].in_post);
  return out;
}

const std::string ten_from_march =
    "{ value = 0 }, { from = 2020-03-01, value = 10, announced = 2020-01-01 }";
const std::string ten_unannounced = "{ value = 0 }, { from = 2020-03-01, value = 10 }";

TEST(Recruitment, FillsPostsAtOnceWhereNothingTakesTime) {
  EXPECT_THAT(in_post(staff(ten_unannounced, ""), 4), ElementsAre(0, 0, 10, 10));
}

TEST(Recruitment, TakesMonthsUnlessThePostsAreAnnounced) {
  EXPECT_THAT(in_post(staff(ten_unannounced, "months_to_start = 2\n"), 6),
              ElementsAre(0, 0, 0, 0, 10, 10));
  EXPECT_THAT(in_post(staff(ten_from_march, "months_to_start = 2\n"), 6),
              ElementsAre(0, 0, 10, 10, 10, 10));
}

TEST(Recruitment, IsHeldUpWhereFewCanStart) {
  EXPECT_THAT(in_post(staff(ten_unannounced, "starts_a_month = 4\n"), 6),
              ElementsAre(0, 0, 4, 8, 10, 10));
}

TEST(Recruitment, TrainsPeopleMonthByMonth) {
  const auto months = staff(ten_unannounced, "training = [0.25, 0.5]\n");
  EXPECT_EQ(months[2].worth, 2.5);
  EXPECT_EQ(months[2].in_training, 10);
  EXPECT_EQ(months[3].worth, 5);
  EXPECT_EQ(months[4].worth, 10);
  EXPECT_EQ(months[4].in_training, 0);
}

TEST(Recruitment, ReplacesThoseWhoLeave) {
  // One month's share of those who leave 36% a year.
  const double gone = 1 - std::pow(0.64, 1 / 12.0);
  const auto months =
      staff("{ value = 10 }", "in_post = 10\nleavers_a_year = 0.36\ntraining = [0.5]\n");
  EXPECT_EQ(months[0].in_post, 10);
  EXPECT_EQ(months[0].worth, 10);
  EXPECT_NEAR(months[1].left, 10 * gone, 1e-12);
  EXPECT_NEAR(months[1].started, 10 * gone, 1e-12);
  EXPECT_NEAR(months[1].in_post, 10, 1e-12);
  EXPECT_NEAR(months[1].worth, 10 - 5 * gone, 1e-12);
  const auto slow =
      staff("{ value = 10 }", "in_post = 10\nleavers_a_year = 0.36\nmonths_to_start = 3\n");
  // Whoever is sought in January for those who will have left by April starts in April.
  EXPECT_NEAR(slow[1].in_post, 10 * (1 - gone), 1e-12);
  EXPECT_NEAR(slow[2].in_post, 10 * std::pow(1 - gone, 2), 1e-12);
  EXPECT_NEAR(slow[3].in_post, 10, 1e-12);
}

TEST(Recruitment, LetsTheLastGoFirstWherePostsFall) {
  const auto months = staff(
      "{ value = 4 }, { from = 2020-03-01, value = 10 }, { from = "
      "2020-04-01, value = 5 }",
      "in_post = 4\ntraining = [0.5, 0.5, 0.5]\n");
  EXPECT_EQ(months[2].in_post, 10);
  EXPECT_EQ(months[2].worth, 4 + 3);
  EXPECT_EQ(months[3].in_post, 5);
  EXPECT_EQ(months[3].worth, 4 + 0.5);
}

TEST(Recruitment, NeedsAPoolWithALimit) {
  EXPECT_THAT(faults_in(with(world(ten_unannounced, ""), "positions = 3\n", "")),
              ElementsAre("recruitment.officers.pool: the pool `officers` has no `positions`, so "
                          "it has no limit"));
}

TEST(Recruitment, StaysWithinItsRanges) {
  EXPECT_THAT(faults_in(world(ten_unannounced,
                              "months_to_start = 61\nleavers_a_year = 1\ntraining = [1.5]\n")),
              UnorderedElementsAre(
                  "recruitment.officers.leavers_a_year: the value is 1, but must be a share of at "
                  "least 0 and below 1",
                  "recruitment.officers.months_to_start: the value is 61, but must be from 0 to 60 "
                  "months",
                  "recruitment.officers.training[1]: the value is 1.5, but must be from 0 to 1"));
}

}  // namespace
}  // namespace rassoflow::scenario_test
