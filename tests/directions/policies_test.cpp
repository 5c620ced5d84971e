// What is true of every file of scenarios/policies: it extends the baseline, it is off, and in use
// it changes nothing before somebody gives it a number.
#include "tests/directions/policies.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/values.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using testing::IsEmpty;

const Date april{parse_date("2019-04-01").value()};

/// What they do is known or chosen as soon as they have a date; `jnap` has one of them.
const std::set<std::string> not_neutral{"rasso_recruitment",
                                        "rasso_recruitment_2021_22",
                                        "police_uplift",
                                        "early_advice_within_21_days",
                                        "early_advice_before_arrest",
                                        "early_advice_in_24_hours",
                                        "no_early_advice",
                                        "jnap"};

TEST(Policies, ExtendTheBaselineEachByItselfAndChangeNoNumber) {
  const std::string baseline = digest_with_levers(with_policy(""));
  std::set<std::string> levers;
  for (const auto& file : policy_files()) {
    SCOPED_TRACE(file.filename());
    const Scenario scenario = with_policy(file);
    EXPECT_FALSE(scenario.levers.empty());
    EXPECT_THAT(scenario.lever_changes, IsEmpty()) << "in use without a scenario that says so";
    EXPECT_EQ(digest_with_levers(scenario), baseline);
    for (const auto& [name, lever] : scenario.levers) levers.insert(name);
  }
  EXPECT_EQ(levers.size(), catalogue().levers.size());
  EXPECT_EQ(digest_with_levers(catalogue()), baseline);
}

TEST(Policies, InUseAsTheyShipChangeNoNumberUnlessItIsKnownOrChosen) {
  const std::string baseline = digest_with_levers(catalogue());
  for (const auto& [name, lever] : catalogue().levers) {
    SCOPED_TRACE(name);
    Scenario scenario = catalogue();
    put_to_use(scenario, name, april);
    const bool is_same = digest_with_levers(scenario) == baseline;
    EXPECT_EQ(is_same, !not_neutral.contains(name));
  }
}

/// No number without unit, range, grade and source; a number without a published figure is neutral
/// or a choice.
TEST(Policies, SayOfEveryNumberWhereItMayLie) {
  for (const auto& [name, lever] : catalogue().levers) {
    SCOPED_TRACE(name);
    EXPECT_FALSE(lever.note.empty());
    EXPECT_TRUE(!lever.effects.empty() || !lever.bundle.empty());
    for (const EffectSpec& effect : lever.effects) {
      SCOPED_TRACE(effect.parameter);
      ASSERT_FALSE(effect.value_parameter.empty()) << "a number that a scenario cannot replace";
      const ParameterSpec& number = catalogue().parameters.at(effect.value_parameter);
      ASSERT_TRUE(number.low && number.high);
      if (not_neutral.contains(name)) continue;
      EXPECT_EQ(number.steps.at(0).value, effect.neutral_value());
    }
  }
}

/// From 2018 on and from June 2022 on: at either edge of any number no value leaves its range.
TEST(Policies, AreValidAtEitherEdgeOfEveryNumber) {
  for (const Edge edge : {Edge::low, Edge::high}) {
    for (const char* from : {"2018-07-01", "2022-06-01"}) {
      for (const auto& [name, lever] : catalogue().levers) {
        if (!lever.bundle.empty()) continue;
        SCOPED_TRACE(name + (edge == Edge::low ? ", low, " : ", high, ") + from);
        Scenario scenario = catalogue();
        scenario.run.to = parse_date("2023-01-01").value();
        put_to_use(scenario, name, parse_date(from).value());
        for (const EffectSpec& effect : lever.effects) move(scenario, effect.value_parameter, edge);
        // Every Area cannot lend: some have fewer posts than the largest number lent.
        if (name == "staff_lent") scenario.levers.at(name).use.sites = {"area:North West"};
        resolve_levers(scenario);
        EXPECT_EQ(in_words(check_scenario(scenario)), "");
      }
    }
  }
}

TEST(Policies, InABundleDoWhatTheyDoByThemselves) {
  for (const auto& [name, bundle] : catalogue().levers) {
    if (bundle.bundle.empty()) continue;
    SCOPED_TRACE(name);
    Scenario scenario = catalogue();
    for (const std::string& member : bundle.bundle) {
      for (const EffectSpec& effect : scenario.levers.at(member).effects) {
        const double neutral = effect.neutral_value();
        const bool up = edge_of(scenario, effect.value_parameter, Edge::high) != neutral;
        move(scenario, effect.value_parameter, up ? Edge::high : Edge::low);
      }
    }
    Scenario bundled = scenario;
    put_to_use(bundled, name, april);
    for (const std::string& member : bundle.bundle) put_to_use(scenario, member, april);
    EXPECT_EQ(digest_with_levers(bundled), digest_with_levers(scenario));
    EXPECT_NE(digest_with_levers(bundled), digest_with_levers(catalogue()));
  }
}

double number_at(const Scenario& scenario, const Quantity& quantity, const std::string& site,
                 const char* date) {
  return value_of(scenario, quantity, site, parse_date(date).value()).value();
}

/// Officers are published and how many of them investigate rape is not: with none nothing is
/// faster.
TEST(PoliceUplift, SpeedsUpEnquiriesByTheShareThatReachesThem) {
  Scenario scenario = catalogue();
  put_to_use(scenario, "police_uplift", april);
  resolve_levers(scenario);
  const Quantity& speed = scenario.pools.at("enquiries").productivity;
  EXPECT_EQ(number_at(scenario, speed, "force:Kent", "2022-06-30"), 1);
  scenario.parameters.at("uplift_share_reaching_rasso").steps.at(0).value = 0.5;
  EXPECT_EQ(number_at(scenario, speed, "force:Kent", "2019-03-31"), 1);
  EXPECT_DOUBLE_EQ(number_at(scenario, speed, "force:Kent", "2022-06-30"), 1.053);
}

double in_area(const Scenario& scenario, const std::string& parameter, const std::string& area,
               const char* date) {
  Quantity quantity;
  quantity.kind = Quantity::Kind::parameter;
  quantity.parameter = parameter;
  return number_at(scenario, quantity, "area:" + area, date);
}

TEST(StaffMoves, TakeFromOneAreaWhatTheyGiveToAnotherMonthByMonth) {
  Scenario scenario = catalogue();
  scenario.parameters.at("lent_posts").steps.at(0).value = -6;
  scenario.parameters.at("received_posts").steps.at(0).value = 6;
  const auto wave = [&](const char* lever, const char* from, const char* to, const char* site) {
    LeverUse use;
    use.from = parse_date(from).value();
    use.to = parse_date(to).value();
    use.sites = {std::string("area:") + site};
    scenario.levers.at(lever).waves.push_back(use);
  };
  wave("staff_lent", "2019-04-01", "2019-05-01", "North West");
  wave("staff_lent", "2019-05-01", "2019-06-01", "West Midlands");
  wave("staff_received", "2019-04-01", "2019-06-01", "Wessex");
  resolve_levers(scenario);
  EXPECT_EQ(in_words(check_scenario(scenario)), "");
  const auto moved = [&](const char* area, const char* date) {
    return in_area(scenario, "rasso_staff", area, date) -
           in_area(catalogue(), "rasso_staff", area, date);
  };
  EXPECT_EQ(moved("North West", "2019-03-31"), 0);
  EXPECT_EQ(moved("North West", "2019-04-30"), -6);
  EXPECT_EQ(moved("North West", "2019-05-01"), 0);
  EXPECT_EQ(moved("West Midlands", "2019-05-31"), -6);
  EXPECT_EQ(moved("Wessex", "2019-05-15"), 6);
  EXPECT_EQ(moved("Wessex", "2019-06-01"), 0);
}

TEST(RassoRecruitment, AddsAsManyPostsAsItSaysInProportionToThoseThatAreThere) {
  Scenario scenario = catalogue();
  put_to_use(scenario, "rasso_recruitment", april);
  resolve_levers(scenario);
  double added = 0;
  std::map<std::string, double> growth;
  for (const auto& [area, site] : scenario.sites.at("area")) {
    const double more = in_area(scenario, "added_rasso_posts", area, "2020-03-31");
    added += more;
    growth[area] = more / in_area(scenario, "rasso_staff", area, "2019-04-01");
  }
  EXPECT_NEAR(added, 194, 1e-9);
  for (const auto& [area, ratio] : growth) EXPECT_NEAR(ratio, growth.at("Wessex"), 1e-12) << area;
}

}  // namespace
}  // namespace rassoflow
