// From a scenario to the arrays of the hot loop: buckets of visits, tables of routes, dated
// settings, and a digest that depends on every number and on nothing else.
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view looped = R"(
[classes.adult]
share = 0.9
[classes.other]
share = 0.1
priority = 2
[calendars.office]
days = ["Mon", "Fri"]
hours = ["09:00-17:00"]
[pools.staff]
positions = "people"
calendar = "office"
productivity = 1.2346
[stages.report]
kind = "report"
arrivals = 40
per = "quarter"
next = "review"
[stages.review]
kind = "work"
pool = "staff"
withdrawal = "support"
effort = [ { law = "fixed", value = 2, unit = "hours", visits = "1-2" },
           { law = "fixed", value = 1, unit = "hours", visits = "3+" } ]
due_days = 2.5
routes = [ { to = "plan", probability = 0.25, visits = "1" },
           { to = "plan", probability = "late", visits = "2-4", classes = ["other"] },
           { to = "gone", probability = 0.125, classes = ["adult"] },
           { to = "ended" } ]
[stages.plan]
kind = "wait"
delay = { law = "uniform", low = 1, high = 3, unit = "days" }
calendar = "office"
next = "review"
[stages.gone]
kind = "outcome"
code = "gone"
[stages.ended]
kind = "outcome"
code = "ended"
[withdrawal.support]
bands = [ { from_day = 0, per_day = "rate" } ]
to = "gone"
[kpis.old]
kind = "stock"
stages = ["review"]
over_days = [90]
)";

std::string looped_world() {
  return run("2019-01-01", "2020-01-01") + std::string(looped) +
         dated("people", "2",
               "{ from = 2019-05-01, value = 3 }, { from = 2018-01-01, value = 9 }") +
         dated("late", "0.5", "{ from = 2019-03-01, value = 0.75 }") +
         dated("rate", "0", "{ from = 2019-05-01, value = 0.1 }, { from = 2025-01-01, value = 7 }");
}

const Stage& stage_of(const Pathway& pathway, std::string_view name) {
  return *std::ranges::find(pathway.stages, name, &Stage::name);
}

std::vector<std::string> targets(const Pathway& pathway, std::size_t case_class,
                                 std::size_t bucket) {
  const Stage& stage = stage_of(pathway, "review");
  const RouteTable& table =
      pathway.route_tables[stage.route_table + case_class * stage.visit_buckets + bucket];
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < table.count; ++i) {
    names.push_back(pathway.stages[pathway.routes[table.first_route + i].to.value].name);
  }
  return names;
}

std::vector<double> cumulative(const Pathway& pathway, std::size_t settings, std::size_t case_class,
                               std::size_t bucket) {
  const Stage& stage = stage_of(pathway, "review");
  const RouteTable& table =
      pathway.route_tables[stage.route_table + case_class * stage.visit_buckets + bucket];
  const auto first = pathway.settings[settings].route_numbers.begin() + table.numbers;
  return {first, first + table.count};
}

TEST(Compile, GivesStagesOfALoopACounterAndAsManyBucketsAsTheyName) {
  const Pathway pathway = pathway_from(looped_world());
  EXPECT_EQ(stage_of(pathway, "review").visit_buckets, 5) << "1, 2, 3, 4 and the rest";
  EXPECT_NE(stage_of(pathway, "review").visit_counter, no_visit_counter);
  EXPECT_NE(stage_of(pathway, "plan").visit_counter, no_visit_counter);
  EXPECT_EQ(stage_of(pathway, "report").visit_counter, no_visit_counter);
  EXPECT_EQ(pathway.visit_counters, 2U);
}

TEST(Compile, OpensRoutesByClassAndVisit) {
  const Pathway pathway = pathway_from(looped_world());
  EXPECT_THAT(targets(pathway, 0, 0), ElementsAre("plan", "gone", "ended"));
  EXPECT_THAT(targets(pathway, 0, 1), ElementsAre("gone", "ended"));
  EXPECT_THAT(targets(pathway, 1, 0), ElementsAre("plan", "ended"));
  EXPECT_THAT(targets(pathway, 1, 3), ElementsAre("plan", "ended"));
  EXPECT_THAT(targets(pathway, 1, 4), ElementsAre("ended"));
  EXPECT_THAT(cumulative(pathway, 0, 0, 0), ElementsAre(0.25, 0.375, 1));
  EXPECT_THAT(cumulative(pathway, 0, 1, 2), ElementsAre(0.5, 1));
  EXPECT_THAT(cumulative(pathway, 1, 1, 2), ElementsAre(0.75, 1));
  EXPECT_THAT(cumulative(pathway, 1, 1, 4), ElementsAre(1));
}

TEST(Compile, GivesEachVisitItsLaw) {
  const Pathway pathway = pathway_from(looped_world());
  std::vector<double> seconds;
  for (std::uint32_t bucket = 0; bucket < 5; ++bucket) {
    seconds.push_back(pathway.settings[0].laws[stage_of(pathway, "review").law + bucket].a);
  }
  EXPECT_THAT(seconds, ElementsAre(7200, 7200, 3600, 3600, 3600));
  const LawCoefficients& plan = pathway.settings[0].laws[stage_of(pathway, "plan").law];
  EXPECT_EQ(plan.a, 8 * 3600) << "a day of a delay in working time is a working day";
  EXPECT_EQ(plan.b, 2 * 8 * 3600);
}

TEST(Compile, MakesOneSetOfNumbersForEachStretchOfDates) {
  const Pathway pathway = pathway_from(looped_world());
  ASSERT_EQ(pathway.settings.size(), 3U) << "changes before and after the run are no dates of it";
  EXPECT_EQ(pathway.settings[0].start, 0);
  EXPECT_EQ(pathway.settings[1].start, pathway.axis.at(parse_date("2019-03-01").value()));
  EXPECT_EQ(pathway.settings[2].start, pathway.axis.at(parse_date("2019-05-01").value()));
  EXPECT_EQ(pathway.settings[0].pools[0].positions, 9);
  EXPECT_EQ(pathway.settings[1].pools[0].positions, 9);
  EXPECT_EQ(pathway.settings[2].pools[0].positions, 3);
  EXPECT_EQ(pathway.settings[0].pools[0].productivity, 1235) << "to a thousandth";
  EXPECT_EQ(pathway.settings[0].due_seconds[stage_of(pathway, "review").due], 216000);
  EXPECT_EQ(pathway.instances[0].position_limit, 9U);
}

TEST(Compile, SaysWhatChangesFromOneSetToTheNext) {
  const Pathway pathway = pathway_from(looped_world());
  EXPECT_THAT(pathway.settings[1].changed_pools, IsEmpty());
  EXPECT_THAT(pathway.settings[1].changed_hazards, IsEmpty());
  EXPECT_THAT(pathway.settings[2].changed_pools, ElementsAre(0U));
  EXPECT_THAT(pathway.settings[2].changed_hazards, ElementsAre(PhaseId{0}));
}

TEST(Compile, SpreadsAQuarterEvenlyOverItsDays) {
  const Pathway pathway = pathway_from(looped_world());
  ASSERT_EQ(pathway.streams.size(), 2U);
  const ArrivalStream& adult = pathway.streams[0];
  ASSERT_EQ(adult.start.size(), 4U);
  EXPECT_EQ(adult.start[1], 90 * seconds_per_day);
  EXPECT_THAT(adult.per_second[0], DoubleEq(0.9 * 40 / 90 / 86400));
  EXPECT_THAT(adult.per_second[1], DoubleEq(0.9 * 40 / 91 / 86400));
  EXPECT_EQ(adult.layer_count, 2U) << "0.4 a day in layers of 0.25";
  EXPECT_EQ(pathway.streams[1].layer_count, 1U);
}

TEST(Compile, CutsTheRunIntoCalendarMonths) {
  const Pathway pathway =
      pathway_from(run("2019-01-15", "2019-03-02") + std::string(looped) +
                   dated("people", "1", "") + dated("late", "0.1", "") + dated("rate", "0", ""));
  EXPECT_THAT(pathway.month_start,
              ElementsAre(0, 17 * seconds_per_day, 45 * seconds_per_day, 46 * seconds_per_day));
}

TEST(Digest, DoesNotDependOnTheOrderOfTables) {
  const std::string text = looped_world();
  const std::size_t plan = text.find("[stages.plan]");
  const std::size_t gone = text.find("[stages.gone]");
  const std::string moved =
      text.substr(0, plan) + text.substr(gone) + "\n" + text.substr(plan, gone - plan);
  EXPECT_EQ(pathway_from(moved).digest, pathway_from(text).digest);
}

TEST(Digest, DoesNotDependOnHowANumberIsWrittenNorOnItsSource) {
  const std::string text = looped_world();
  std::string other = text;
  other.replace(other.find("value = 0.5\n"), 12, "value = 0.50\n");
  other.replace(other.find("a test"), 6, "a book");
  ASSERT_NE(other, text);
  EXPECT_EQ(pathway_from(other).digest, pathway_from(text).digest);
}

TEST(Digest, ChangesWithEveryNumberThatDecidesAResult) {
  const std::string text = looped_world();
  const std::string digest = pathway_from(text).digest;
  const std::vector<std::pair<std::string, std::string>> changes{
      {"origin = 2019-01-01", "origin = 2019-01-02"},
      {"to = 2020-01-01", "to = 2020-01-02"},
      {"to = 2020-01-01", "to = 2020-01-01\nfrom = 2019-02-01"},
      {"to = 2020-01-01", "to = 2020-01-01\nlayer_rate = 0.5"},
      {"share = 0.9", "share = 0.8999999999"},
      {"priority = 2", "priority = 3"},
      {"\"Mon\", \"Fri\"", "\"Mon\", \"Thu\""},
      {"09:00-17:00", "09:30-17:30"},
      {"value = 9 }", "value = 9.5 }"},
      {"1.2346", "1.2356"},
      {"arrivals = 40", "arrivals = 41"},
      {"per = \"quarter\"", "per = \"month\""},
      {"value = 2, unit = \"hours\"", "value = 2.01, unit = \"hours\""},
      {"value = 1, unit = \"hours\"", "value = 1, unit = \"minutes\""},
      {"due_days = 2.5", "due_days = 2.6"},
      {"probability = 0.25", "probability = 0.26"},
      {"probability = 0.125", "probability = 0.126"},
      {"visits = \"2-4\"", "visits = \"2-5\""},
      {"{ to = \"gone\", probability", "{ to = \"plan\", probability"},
      {"high = 3,", "high = 3.5,"},
      {"code = \"gone\"", "code = \"left\""},
      {"value = 0.1 }", "value = 0.11 }"},
      {"2019-05-01, value = 3", "2019-05-02, value = 3"},
      {"over_days = [90]", "over_days = [91]"},
      {"to = \"gone\"\n[kpis", "to = \"gone\"\nclock = \"phase\"\n[kpis"},
      {"to = \"gone\"\n[kpis", "to = \"gone\"\nwhile = \"waiting\"\n[kpis"},
  };
  for (const auto& [find, with] : changes) {
    std::string other = text;
    const std::size_t at = other.find(find);
    ASSERT_NE(at, std::string::npos) << find;
    other.replace(at, find.size(), with);
    EXPECT_NE(pathway_from(other).digest, digest) << find << " to " << with;
  }
}

}  // namespace
}  // namespace rassoflow
