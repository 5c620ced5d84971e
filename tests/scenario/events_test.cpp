// Events: what a file says of them, how their effects compose to the last bit, and what was known
// when.
#include <gmock/gmock.h>

#include "sim/scenario/advice.hpp"
#include "sim/scenario/value_index.hpp"
#include "sim/scenario/values.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string event(const std::string& name, const std::string& dates, const std::string& effects) {
  return "[events." + name + "]\ntitle = \"T\"\ngrade = \"assumed\"\nsource = \"s\"\n" + dates +
         "\neffects = [" + effects + "]\n";
}

/// A world with two sites and a parameter `x` of 8, 9 at B, 10 from 1 May on.
std::string two_sites(const std::string& events) {
  return small_world() +
         "[sites.all]\n\"A\" = {}\n\"B\" = {}\n[parameters.x]\nunit = \"\"\ngrade = \"assumed\"\n"
         "source = \"s\"\nvalue = 8\nchanges = [ { from = 2020-05-01, value = 10, announced = "
         "2020-04-01 }, { site = \"all:B\", from = 2020-01-01, value = 9 } ]\n" +
         events;
}

std::optional<double> x_on(const Scenario& scenario, const char* date,
                           const std::string& site = "all:A") {
  const auto value = value_of(scenario, named("x"), site, day(date));
  EXPECT_EQ(ValueIndex{scenario}.at(named("x"), site, day(date)), value);
  return value;
}

TEST(Events, ChangeAParameterFromTheFirstDayToTheLast) {
  const Scenario scenario = scenario_of(two_sites(event(
      "strike", "from = 2020-03-01\nto = 2020-03-11", "{ parameter = \"x\", ratio = 0.25 }")));
  EXPECT_EQ(x_on(scenario, "2020-02-29"), 8);
  EXPECT_EQ(x_on(scenario, "2020-03-01"), 2);
  EXPECT_EQ(x_on(scenario, "2020-03-10"), 2);
  EXPECT_EQ(x_on(scenario, "2020-03-11"), 8);
  EXPECT_THAT(
      change_dates(scenario, named("x")),
      ElementsAre(day("2020-01-01"), day("2020-03-01"), day("2020-03-11"), day("2020-05-01")));
}

TEST(Events, WithoutAnEndAreForGoodAndFollowTheBase) {
  const Scenario scenario = scenario_of(
      two_sites(event("rule", "from = 2020-03-01", "{ parameter = \"x\", difference = -3 }")));
  EXPECT_EQ(x_on(scenario, "2020-04-30"), 5);
  EXPECT_EQ(x_on(scenario, "2020-05-01"), 7);
  EXPECT_EQ(x_on(scenario, "2299-12-31"), 7);
  EXPECT_EQ(x_on(scenario, "2020-05-01", "all:B"), 6);
}

TEST(Events, ActAtTheSitesTheyName) {
  const Scenario scenario = scenario_of(two_sites(
      event("one", "from = 2020-03-01", "{ parameter = \"x\", site = \"all:A\", ratio = 2 }") +
      event("two", "from = 2020-04-01",
            "{ parameter = \"x\", site = [\"all:B\", \"all:A\"], ratio = 3 }")));
  EXPECT_EQ(x_on(scenario, "2020-03-01", "all:A"), 16);
  EXPECT_EQ(x_on(scenario, "2020-03-01", "all:B"), 9);
  EXPECT_EQ(x_on(scenario, "2020-04-01", "all:A"), 48);
  EXPECT_EQ(x_on(scenario, "2020-04-01", "all:B"), 27);
  EXPECT_EQ(x_on(scenario, "2020-04-01", ""), 8);
}

TEST(Events, MultiplyByEveryRatioBeforeTheyAddEveryDifference) {
  const Scenario scenario = scenario_of(
      two_sites(event("a", "from = 2020-03-01", "{ parameter = \"x\", difference = 5 }") +
                event("b", "from = 2020-03-01", "{ parameter = \"x\", ratio = 0.5 }") +
                event("c", "from = 2020-03-01", "{ parameter = \"x\", difference = -1 }") +
                event("d", "from = 2020-03-01", "{ parameter = \"x\", ratio = 0.25 }")));
  EXPECT_EQ(x_on(scenario, "2020-03-01"), 8 * 0.5 * 0.25 + 5 - 1);
}

// 0.3 × 0.7 × 3 and 3 × 0.7 × 0.3 are two doubles.
TEST(Events, ComposeInTheOrderOfTheirNames) {
  const std::string first = event("a", "from = 2020-03-01", "{ parameter = \"x\", ratio = 0.3 }");
  const std::string second = event("b", "from = 2020-03-01", "{ parameter = \"x\", ratio = 0.7 }");
  const std::string third = event("c", "from = 2020-03-01", "{ parameter = \"x\", ratio = 3 }");
  const double expected = 8 * (0.3 * 0.7 * 3);
  ASSERT_NE(expected, 8 * (3 * 0.7 * 0.3));
  for (const std::string& events : {first + second + third, third + second + first}) {
    EXPECT_EQ(x_on(scenario_of(two_sites(events)), "2020-03-01"), expected);
  }
  const Scenario from_files =
      scenario_of("format = 1\ntitle = \"t\"\nextends = [\"c.toml\", \"base.toml\", \"a.toml\"]\n",
                  {{"c.toml", third}, {"a.toml", first}, {"base.toml", two_sites(second)}});
  EXPECT_EQ(x_on(from_files, "2020-03-01"), expected);
}

TEST(Events, ChangeEveryFactorOfAProduct) {
  const Scenario scenario = scenario_of(two_sites(
      event("strike", "from = 2020-03-01",
            "{ parameter = \"x\", ratio = 0.5 }, { parameter = \"reports\", ratio = 2 }")));
  Quantity product;
  product.kind = Quantity::Kind::product;
  product.factors = {named("x"), named("reports")};
  EXPECT_EQ(value_of(scenario, product, "all:A", day("2020-03-01")), 4 * 60);
  EXPECT_EQ(ValueIndex{scenario}.at(product, "all:A", day("2020-03-01")), 4 * 60);
}

TEST(Events, ThatAreNeutralAreAsIfTheyWereNotWritten) {
  const Scenario scenario =
      scenario_of(two_sites(event("a", "from = 2020-03-01",
                                  "{ parameter = \"x\", site = \"all:A\", ratio = 1 }, "
                                  "{ parameter = \"reports\", difference = 0 }") +
                            event("b", "from = 2020-03-01", "")));
  const Scenario without = scenario_of(two_sites(""));
  for (const char* parameter : {"x", "reports"}) {
    EXPECT_EQ(change_dates(scenario, named(parameter)), change_dates(without, named(parameter)));
  }
  const ValueIndex values{scenario};
  EXPECT_FALSE(values.has_own_values(named("x"), "all:A"));
  EXPECT_EQ(values.change_count(named("x")), 0U);
  EXPECT_EQ(x_on(scenario, "2020-03-01"), 8);
}

// What is known on each day of the value for 1 June: the base of 1 May is announced on 1 April, the
// strike of May to July on 20 April, the rule of June on its first day.
TEST(KnownOn, SeesStepsAndEventsFromTheDayOfTheirAnnouncement) {
  const Scenario scenario = scenario_of(
      two_sites(event("rule", "from = 2020-06-01", "{ parameter = \"x\", difference = 1 }") +
                event("strike", "from = 2020-05-15\nto = 2020-07-01\nannounced = 2020-04-20",
                      "{ parameter = \"x\", ratio = 0.5 }")));
  const auto known = [&](const char* date, const char* on, const std::string& site = "all:A") {
    return value_of(scenario, named("x"), site, day(date), day(on));
  };
  EXPECT_EQ(known("2020-06-01", "2019-01-01"), 8);
  EXPECT_EQ(known("2020-06-01", "2020-03-31"), 8);
  EXPECT_EQ(known("2020-06-01", "2020-04-01"), 10);
  EXPECT_EQ(known("2020-06-01", "2020-04-19"), 10);
  EXPECT_EQ(known("2020-06-01", "2020-04-20"), 5);
  EXPECT_EQ(known("2020-06-01", "2020-05-31"), 5);
  EXPECT_EQ(known("2020-06-01", "2020-06-01"), 6);
  EXPECT_EQ(known("2020-06-01", "2030-01-01"), 6);
  // The end of the strike is announced with it.
  EXPECT_EQ(known("2020-07-01", "2020-04-20"), 10);
  EXPECT_EQ(known("2020-07-01", "2020-06-01"), 11);
  // A value of one site that is not announced yet leaves that of every site.
  EXPECT_EQ(known("2020-02-01", "2019-12-31", "all:B"), 8);
  EXPECT_EQ(known("2020-02-01", "2020-01-01", "all:B"), 9);
}

TEST(KnownOn, IsEverythingInForceFromTheDayOn) {
  const Scenario scenario = scenario_of(
      two_sites(event("strike", "from = 2020-03-01\nto = 2020-07-01\nannounced = 2020-02-01",
                      "{ parameter = \"x\", ratio = 0.5 }")));
  for (Date date = day("2019-12-01"); date < day("2020-09-01"); date += std::chrono::days{1}) {
    for (const char* site : {"all:A", "all:B", ""}) {
      EXPECT_EQ(value_of(scenario, named("x"), site, date, date),
                value_of(scenario, named("x"), site, date));
    }
  }
}

TEST(KnownOn, IsNothingBeforeTheOnlyValueIsAnnounced) {
  const Scenario scenario =
      scenario_of(with(two_sites(""), "value = 8\nchanges = [ ", "changes = [ "));
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-05-01"), day("2020-03-31")),
            std::nullopt);
  EXPECT_EQ(value_of(scenario, named("x"), "all:A", day("2020-05-01"), day("2020-04-01")), 10);
}

TEST(Events, GiveTheirEffectsWhatTheseDoNotState) {
  const Scenario scenario = scenario_of(two_sites(
      "[events.e]\ntitle = \"T\"\nfrom = 2020-03-01\ngrade = \"published\"\n"
      "source = \"a bulletin\"\nnote = \"n\"\neffects = [ { parameter = \"x\", ratio = 2, "
      "low = 1, high = 3 }, { parameter = \"reports\", difference = 1, grade = \"assumed\", "
      "source = \"none\", note = \"own\" } ]\n"));
  const EventSpec& event = scenario.events.at("e");
  EXPECT_EQ(event.effects[0].grade, Grade::published);
  EXPECT_EQ(event.effects[0].source, "a bulletin");
  EXPECT_EQ(event.effects[0].note, "n");
  EXPECT_EQ(event.effects[0].high, 3);
  EXPECT_EQ(event.effects[1].grade, Grade::assumed);
  EXPECT_EQ(event.effects[1].source, "none");
  EXPECT_EQ(event.effects[1].note, "own");
  EXPECT_FALSE(event.announced || event.to);
  EXPECT_EQ(event.effects[0].place, (Place{"world/main.toml", 78, 13}));
}

TEST(Events, AreMergedKeyByKey) {
  const std::string base = two_sites(
      event("e", "from = 2020-03-01\nto = 2020-04-01", "{ parameter = \"x\", ratio = 2 }"));
  const Scenario later = scenario_of(
      "format = 1\ntitle = \"t\"\nextends = \"base.toml\"\n[events.e]\nto = 2020-09-01\n",
      {{"base.toml", base}});
  EXPECT_EQ(x_on(later, "2020-08-31"), 20);
  const Scenario off =
      scenario_of("format = 1\ntitle = \"t\"\nextends = \"base.toml\"\n[events.e]\neffects = []\n",
                  {{"base.toml", base}});
  EXPECT_EQ(x_on(off, "2020-03-15"), 8);
  EXPECT_EQ(off.events.at("e").title, "T");
}

TEST(Events, InForceTogetherStayWithinTheRangeOfTheParameter) {
  const std::string world =
      with(two_sites(event("a", "from = 2020-03-01\nto = 2020-06-01",
                           "{ parameter = \"reports\", ratio = 2 }") +
                     event("b", "from = 2020-05-01", "{ parameter = \"reports\", ratio = 3 }")),
           "value = 30", "low = 20\nhigh = 150\nvalue = 30");
  EXPECT_THAT(faults_in(world),
              ElementsAre("events.b.effects[1]: under the events `a` and `b` the value of "
                          "`reports` at `all:A` from 2020-05-01 is 240, above `high`, 150"));
  EXPECT_THAT(faults_in(with(world, "high = 150", "high = 240")), IsEmpty());
}

/// 30 × 49 × (1/49) is not 30 in doubles; it is not out of a range that ends there either.
TEST(Events, ThatCancelStayWithinTheRangeOfTheParameter) {
  const std::string world =
      with(two_sites(event("a", "from = 2020-01-01\nto = 2020-02-01",
                           "{ parameter = \"reports\", ratio = 49 }") +
                     event("b", "from = 2020-01-01\nto = 2020-02-01",
                           "{ parameter = \"reports\", ratio = 0.02040816326530612 }")),
           "value = 30", "low = 30\nhigh = 40\nvalue = 30");
  EXPECT_THAT(faults_in(world), IsEmpty());
}

TEST(Events, ThatAreAssumedAreWorthALook) {
  const Scenario scenario = scenario_of(
      two_sites(event("a", "from = 2020-03-01",
                      "{ parameter = \"reports\", ratio = 0.9, low = 0.5, high = 1 }, "
                      "{ parameter = \"x\", ratio = 1, grade = \"derived\" }") +
                event("b", "from = 2020-03-01", "{ parameter = \"x\", difference = 0 }")));
  std::string said;
  for (const Diagnostic& line : advice(scenario)) said += format_diagnostic(line) + "\n";
  EXPECT_THAT(said,
              HasSubstr("events.a.effects: the effect on `reports` is assumed, from 0.5 to 1"));
  EXPECT_THAT(said, HasSubstr("events.b.effects: the effect on `x` is assumed, without a range"));
  EXPECT_THAT(said, testing::Not(HasSubstr("events.a.effects: the effect on `x`")));
}

}  // namespace
}  // namespace rassoflow::scenario_test
