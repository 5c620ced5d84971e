#include "sim/scenario/read_scenario.hpp"

#include <gmock/gmock.h>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;

TEST(ReadScenario, FillsEveryFieldOfTheSmallWorld) {
  const Scenario scenario = scenario_of(small_world());
  EXPECT_EQ(scenario.title, "A small world");
  EXPECT_EQ(scenario.run.origin, parse_date("2020-01-01"));
  EXPECT_EQ(scenario.run.from, scenario.run.origin);
  EXPECT_EQ(scenario.run.to, parse_date("2021-01-01"));
  EXPECT_EQ(scenario.run.replications, 10U);

  const ParameterSpec& reports = scenario.parameters.at("reports");
  EXPECT_EQ(reports.grade, Grade::assumed);
  ASSERT_EQ(reports.steps.size(), 2U);
  EXPECT_FALSE(reports.steps[0].from || reports.steps[1].from == reports.steps[0].from);
  EXPECT_EQ(reports.steps[1].announced, parse_date("2020-03-23"));
  EXPECT_EQ(reports.steps[1].place, (Place{"world/main.toml", 14, 13}));

  const WorkingPatternSpec& office = scenario.calendars.at("office").pattern;
  EXPECT_THAT(office.days, ElementsAre(true, true, true, true, true, false, false));
  ASSERT_EQ(office.hours.size(), 1U);
  EXPECT_EQ(office.hours[0].from, 9 * seconds_per_hour);
  EXPECT_EQ(office.hours[0].to, 17 * seconds_per_hour);
  EXPECT_EQ(office.bank_holidays, BankHolidays::closed);

  const StageSpec& review = scenario.stages.at("review");
  EXPECT_EQ(review.kind, StageKind::work);
  ASSERT_EQ(review.effort.size(), 1U);
  EXPECT_EQ(review.effort[0].family, LawFamily::gamma);
  EXPECT_EQ(review.effort[0].unit, TimeUnit::hours);
  EXPECT_EQ(review.effort[0].arguments[0].literal, 14);
  EXPECT_EQ(review.effort[0].arguments[1].literal, 0.5);
  EXPECT_THAT(review.marks, ElementsAre("reviewed"));
  ASSERT_EQ(review.routes.size(), 3U);
  EXPECT_EQ(review.routes[0].to, "closed");
  EXPECT_EQ(review.routes[1].visits.first, 1U);
  EXPECT_EQ(review.routes[1].visits.last, 2U);
  EXPECT_EQ(review.routes[1].probability->factors.size(), 2U);
  EXPECT_FALSE(review.routes[2].probability.has_value());
  EXPECT_EQ(review.routes[2].visits.last, UINT32_MAX);

  const WithdrawalPhase& police = scenario.withdrawal.at("police");
  ASSERT_EQ(police.bands.size(), 2U);
  EXPECT_EQ(police.bands[1].from_day, 7);
  EXPECT_EQ(police.multiplier.literal, 1);
}

TEST(ReadScenario, FillsWhatMayBeLeftOut) {
  const Scenario scenario = scenario_of(small_world());
  EXPECT_EQ(scenario.levels.size(), 1U);
  EXPECT_TRUE(scenario.levels.at("all").owns_clock);
  EXPECT_TRUE(scenario.sites.at("all").contains("all"));
  EXPECT_EQ(scenario.classes.at("all").share.literal, 1);
  EXPECT_EQ(scenario.crossing_calendar, "always");
  EXPECT_EQ(scenario.stages.at("lab").level, "all");
  EXPECT_EQ(scenario.pools.at("officers").level, "all");
}

TEST(ReadScenario, ImpliesTheOnlySiteOfALevel) {
  const Scenario scenario = scenario_of(
      "format = 1\ntitle = \"t\"\n[run]\norigin = 2020-01-01\nto = 2021-01-01\n[levels]\nforce = "
      "{}\n"
      "area = { owns_clock = false }\n[sites]\nforce = { \"Kent\" = {} }\narea = { \"SE\" = {} }\n"
      "[stages.a]\nkind = \"report\"\nlevel = \"force\"\narrivals = 1\nnext = \"b\"\n"
      "[stages.b]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"1\"\n");
  const auto& links = scenario.sites.at("force").at("Kent").links;
  ASSERT_TRUE(links.contains("area"));
  EXPECT_EQ(links.at("area").at(0).site, "SE");
  EXPECT_EQ(links.at("area").at(0).share, 1);
}

TEST(ReadScenario, MeansTheSameInAnyOrderOfEntries) {
  const std::string world = small_world();
  const auto at = world.find("[pools.officers]");
  const auto middle = world.find("[parameters.reports]");
  const std::string turned =
      world.substr(0, middle) + world.substr(at) + world.substr(middle, at - middle);
  const Scenario a = scenario_of(world);
  const Scenario b = scenario_of(turned);
  std::vector<std::string> names_a, names_b;
  for (const auto& [name, stage] : a.stages) names_a.push_back(name);
  for (const auto& [name, stage] : b.stages) names_b.push_back(name);
  EXPECT_EQ(names_a, names_b);
  EXPECT_EQ(a.parameters.at("reports").steps[1].value, b.parameters.at("reports").steps[1].value);
}

TEST(ReadScenario, TakesHoursUpToMidnightInSeveralRanges) {
  const Scenario scenario =
      scenario_of(with(small_world(), "[\"09:00-17:00\"]", "[\"00:00-06:30\", \"07:00-24:00\"]"));
  const auto& hours = scenario.calendars.at("office").pattern.hours;
  ASSERT_EQ(hours.size(), 2U);
  EXPECT_EQ(hours[1].to, seconds_per_day);
}

TEST(ReadScenario, RefusesVisitsThatAreNotAllDigits) {
  for (const char* visits : {"0", "+", "1-", "-2", "1-2-3", "2-1", "1+2", " 1", "101", "-1", "1.5",
                             "99999999999999999999", ""}) {
    const std::string text = with(small_world(), "\"1-2\"", "\"" + std::string(visits) + "\"");
    EXPECT_THAT(faults_in(text), ElementsAre("stages.review.routes[2].visits: the visits `" +
                                             std::string(visits) + "` are not understood"));
  }
}

TEST(ReadScenario, KeepsControlCharactersOutOfTitlesAndMessages) {
  EXPECT_THAT(faults_in(with(small_world(), "A small world", "\\u001b[31mred")),
              ElementsAre("title: the text holds a control character"));
  EXPECT_THAT(faults_in(with(small_world(), "to = \"charged\"", "to = \"a\\nb\"")),
              testing::Contains("stages.review.routes[3].to: there is no stage `a?b`"));
}

TEST(ReadScenario, CutsLongNamesInMessages) {
  const std::string name(5000, 'x');
  const auto said = faults_in(small_world() + name + " = 1\n");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_LT(said[0].size(), 300U);
}

TEST(ReadScenario, ShowsAThousandFaultsAndSaysThatThereAreMore) {
  std::string text = small_world();
  for (int i = 0; i < 2000; ++i) text += "k" + std::to_string(i) + " = 1\n";
  const auto said = faults_in(text);
  EXPECT_EQ(said.size(), 1001U);
  EXPECT_EQ(said[0], ": only the first 1,000 faults are shown");
}

TEST(ReadScenario, KeepsWherePublishedFiguresAre) {
  const Scenario scenario = scenario_of(small_world() + "[published]\ncsv = \"data/p.csv\"\n",
                                        {{"data/p.csv", "key,value\na,1\n"}});
  EXPECT_EQ(scenario.published->csv, "data/p.csv");
  EXPECT_EQ(scenario.published->shown_as, "world/data/p.csv");
  EXPECT_THAT(scenario.files, ElementsAre("world/main.toml", "world/data/p.csv"));
}

TEST(ReadScenario, RefusesFormatsOfTheFuture) {
  EXPECT_THAT(faults_in(with(small_world(), "format = 1", "format = 2")),
              ElementsAre("format: this version reads format 1 only"));
}

}  // namespace
}  // namespace rassoflow::scenario_test
