#include "sim/scenario/values.hpp"

#include <gmock/gmock.h>

#include <random>

#include "sim/scenario/value_index.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;

Scenario with_changes(const std::string& changes) {
  return scenario_of(small_world() +
                     "[sites.all]\n\"A\" = {}\n\"B\" = {}\n[parameters.x]\nunit = \"\"\n"
                     "grade = \"assumed\"\nsource = \"s\"\nchanges = [" +
                     changes + "]\n");
}

TEST(ValueOf, IsTheLatestValueInForce) {
  const Scenario scenario = with_changes(
      "{ value = 1 }, { from = 2020-06-01, value = 3 }, { from = 2020-03-01, value = 2 }");
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2019-01-01")), 1);
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-02-29")), 1);
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-03-01")), 2);
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2030-01-01")), 3);
}

TEST(ValueOf, PutsANamedSiteBeforeEverySite) {
  const Scenario scenario = with_changes(
      "{ value = 1 }, { site = \"all:A\", from = 2020-02-01, value = 5 }, "
      "{ from = 2020-03-01, value = 2 }");
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-01-31")), 1);
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-04-01")), 5);
  EXPECT_EQ(value_of(scenario, named("x"), "all:B", day("2020-04-01")), 2);
  EXPECT_EQ(value_of(scenario, named("x"), "", day("2020-04-01")), 2);
}

TEST(ValueOf, IsNothingBeforeTheFirstValueAndForUnknownNames) {
  const Scenario scenario = with_changes("{ from = 2020-03-01, value = 2 }");
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-02-29")), std::nullopt);
  EXPECT_EQ(value_of(scenario, named("y"), "all:A", day("2020-03-01")), std::nullopt);
}

TEST(ValueOf, MultipliesTheFactorsOfAProduct) {
  const Scenario scenario = with_changes("{ from = 2020-03-01, value = 2 }");
  Quantity half;
  half.literal = 0.5;
  Quantity product;
  product.kind = Quantity::Kind::product;
  product.factors = {named("x"), half, named("reports")};
  EXPECT_EQ(value_of(scenario, product, "all:A", day("2020-03-01")), 30);
  EXPECT_EQ(value_of(scenario, product, "all:A", day("2020-04-01")), 40);
  EXPECT_EQ(value_of(scenario, product, "all:A", day("2020-01-01")), std::nullopt);
  EXPECT_THAT(change_dates(scenario, product), ElementsAre(day("2020-03-01"), day("2020-04-01")));
}

// Random steps from a fixed seed: the quick lookup and the definition never differ.
TEST(ValueIndex, AgreesWithValueOfEverywhere) {
  std::mt19937 random(20220630);
  for (int world = 0; world < 50; ++world) {
    Scenario scenario;
    auto& steps = scenario.parameters["x"].steps;
    const auto count = random() % 12;
    for (std::uint_fast32_t i = 0; i < count; ++i) {
      ParameterStep step;
      const auto site = random() % 3;
      if (site > 0) step.site = site == 1 ? "l:A" : "l:B";
      if (random() % 4 != 0) step.from = day("2020-01-01") + std::chrono::days(random() % 8);
      step.value = static_cast<double>(i);
      steps.push_back(step);
    }
    const ValueIndex index{scenario};
    for (const char* site : {"", "l:A", "l:B", "l:C"}) {
      for (int d = -1; d < 9; ++d) {
        const Date date = day("2020-01-01") + std::chrono::days(d);
        ASSERT_EQ(index.at(named("x"), site, date), value_of(scenario, named("x"), site, date))
            << "world " << world << " site " << site << " day " << d;
      }
    }
  }
}

}  // namespace
}  // namespace rassoflow::scenario_test
