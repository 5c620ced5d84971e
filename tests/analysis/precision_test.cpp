// The scenario's precision targets: which rows they mean, and every mistake with its place.
#include "analysis/kpis/precision.hpp"

#include <gmock/gmock.h>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;

constexpr const char* world = R"(
format = 1
title = "Two desks"
[run]
origin = 2020-01-01
to = 2021-10-01
[sites.all."North"]
[sites.all."South"]
[classes.adult]
share = 0.5
[classes.child]
share = 0.5
[pools.staff]
positions = 1
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 5, unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[levels.all]
[kpis.finished]
kind = "count"
mark = "done"
unit = "cases"
[kpis.closures]
kind = "count"
outcomes = { "finished" = "done" }
unit = "cases"
[kpis.days_to_done]
kind = "duration"
from = "report"
to = "done"
unit = "days"
)";

struct World {
  explicit World(const std::string& targets, Detail detail = Detail::national)
      : scenario(scenario_from(world + targets)),
        pathway(compile_pathway(scenario)),
        plan(scenario, pathway, {}, detail),
        found(precision_targets(scenario, plan)) {}

  const std::vector<PrecisionTarget>& targets() const {
    return std::get<std::vector<PrecisionTarget>>(found);
  }
  std::string faults() const { return in_words(std::get<Diagnostics>(found)); }
  /// kpi, site, class, stage, outcome, period, basis, statistic
  std::string row(std::size_t target) const {
    const RowKey& key = plan.rows()[targets().at(target).row];
    return key.kpi + "|" + key.site + "|" + key.case_class + "|" + key.stage + "|" + key.outcome +
           "|" + key.period + "|" + key.basis + "|" + key.statistic;
  }

  Scenario scenario;
  Pathway pathway;
  RowPlan plan;
  Result<std::vector<PrecisionTarget>> found;
};

TEST(PrecisionTargets, AreTheFirstRowOfTheKpiOverTheWholeWindowIfNothingElseIsSaid) {
  const World world_of{
      "[precision]\nfinished = { relative = 0.02 }\ndays_to_done = { absolute = 3 }\n"};
  EXPECT_EQ(world_of.row(0), "days_to_done|||||2020-01/2021-09|flow|mean");
  EXPECT_EQ(world_of.row(1), "finished|||||2020-01/2021-09|flow|total");
  EXPECT_EQ(world_of.targets()[0].width.absolute, 3.0);
  EXPECT_EQ(world_of.targets()[1].width.relative, 0.02);
}

TEST(PrecisionTargets, NameEveryFieldOfARow) {
  const World national{R"(
[precision.a]
kpi = "finished"
relative = 0.1
statistic = "share within 6 months"
basis = "cohort"
period = "2020"
class = "child"
[precision.b]
kpi = "utilisation"
stage = "staff"
absolute = 1
[precision.c]
kpi = "closures"
outcome = "finished"
statistic = "mean per quarter"
relative = 0.1
)"};
  EXPECT_EQ(national.row(0), "finished||child|||2020|cohort|share within 6 months");
  EXPECT_EQ(national.row(1), "utilisation|||staff||2020-01/2021-09|flow|share");
  EXPECT_EQ(national.row(2), "closures||||finished|2020-01/2021-09|flow|mean per quarter");
  const World of_sites{"[precision]\nfinished = { relative = 0.1, site = \"all:North\" }\n",
                       Detail::sites};
  EXPECT_EQ(of_sites.row(0), "finished|all:North||||2020-01/2021-09|flow|total");
}

TEST(PrecisionTargets, BringTheirPeriodsIntoTheResults) {
  const World world_of{
      "[precision]\nfinished = { relative = 0.1, period = \"2020-04/2021-03\" }\n"};
  EXPECT_EQ(world_of.row(0), "finished|||||2020-04/2021-03|flow|total");
}

TEST(PrecisionTargets, SayEveryMistakeWithItsPlaceAndWhatIsNear) {
  const std::string faults = World{R"(
[precision]
finishd = { relative = 0.1 }
closures = { relative = 0.1, period = "2022", statistic = "totl" }
days_to_done = { absolute = 1, statistic = "median", basis = "snapshot" }
utilisation = { relative = 0.1 }
finished = { relative = 0.1, site = "all:North" }
)"}
                                 .faults();
  EXPECT_THAT(faults, HasSubstr(":43:1: error: precision.finishd.kpi: there is no KPI `finishd`\n"
                                "  help: did you mean `finished`?"));
  EXPECT_THAT(faults, HasSubstr("precision.closures.outcome: every row of the KPI `closures` is "
                                "of one outcome\n  help: there is `finished` and `open`"));
  EXPECT_THAT(faults, HasSubstr("precision.closures.period: the KPI `closures` has no rows of "
                                "period `2022`"));
  EXPECT_THAT(faults, HasSubstr("no rows of statistic `totl`\n  help: did you mean `total`?"));
  EXPECT_THAT(faults,
              HasSubstr("no rows of basis `snapshot`\n  help: there is `cohort` and `flow`"));
  EXPECT_THAT(faults, HasSubstr("precision.utilisation.stage: every row of the KPI `utilisation` "
                                "is of one stage\n  help: there is `staff`"));
  EXPECT_THAT(faults, HasSubstr("precision.finished.site: the KPI `finished` has no rows of site "
                                "`all:North`\n  help: rows of sites need --detail sites"));
}

TEST(PrecisionTargets, SayIfNoRowHasAllThatIsWanted) {
  const std::string faults =
      World{
          "[precision]\nfinished = { relative = 0.1, period = \"2020\", basis = \"cohort\", "
          "statistic = \"total\" }\n"}
          .faults();
  EXPECT_THAT(faults, HasSubstr("precision.finished.statistic: no row of the KPI `finished` has "
                                "all of this at once"));
}

TEST(ReachedPrecision, IsThatOfTheValuesOfTheRow) {
  const World world_of{
      "[precision]\nfinished = { relative = 0.5 }\ndays_to_done = { absolute = 4.9 }\n"};
  Observations observations;
  const std::size_t size = world_of.plan.check_position(0) + world_of.plan.check_names().size();
  for (const double value : {2.0, 4.0, 6.0}) {
    observations.replications.push_back(
        static_cast<std::uint32_t>(observations.replications.size()));
    std::vector<double> values(size, 0.0);
    for (const PrecisionTarget& target : world_of.targets()) values[target.row] = value;
    observations.values.push_back(values);
  }
  const auto reached = reached_precision(world_of.targets(), observations);
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_NEAR(reached[0].width.reached, 4.968275, 1e-6);
  EXPECT_FALSE(reached[0].width.is_met());
  EXPECT_EQ(reached[1].width.wanted, 2.0);
  EXPECT_EQ(reached[1].summary.mean, 4.0);
}

}  // namespace
}  // namespace rassoflow
