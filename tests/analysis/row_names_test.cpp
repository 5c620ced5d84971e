// The rows that a table may name are the rows that there are.
#include "sim/scenario/row_names.hpp"

#include <gmock/gmock.h>

#include <set>
#include <tuple>

#include "analysis/kpis/row_plan.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "Every kind of KPI"
[run]
origin = 2018-01-01
to = 2021-07-01
[pools.staff]
positions = 1
[stages.report]
kind = "report"
arrivals = 1
next = "advice"
[stages.advice]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
marks = ["advised", "referred"]
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
marks = ["review"]
routes = [ { to = "closed", probability = 0.5 }, { to = "done" } ]
[stages.done]
kind = "outcome"
code = "done"
[stages.closed]
kind = "outcome"
code = "closed"
[kpis.referrals]
kind = "count"
mark = "referred"
split = { by = "advised", with = "early advice", without = "charging decision" }
unit = "suspects"
[kpis.decisions]
kind = "count"
outcomes = { "charge" = "done", "none" = "closed" }
unit = "cases"
[kpis.charge_rate]
kind = "share"
numerator = ["done"]
denominator = ["done", "closed"]
unit = "%"
[kpis.days_to_end]
kind = "duration"
from = "referred"
to = "done"
parts = { "at the desk" = ["advice", "desk"] }
unit = "days"
[kpis.files]
kind = "stock"
stages = ["desk"]
over_days = [30, 90]
unit = "cases"
[kpis.staff_needed]
kind = "staff"
pools = ["staff"]
unit = "FTE"
[kpis.files_per_person]
kind = "staff"
pools = ["staff"]
stock = "files"
unit = "cases per FTE"
)";

using Row = std::tuple<std::string, std::string, std::string, std::string, std::string>;

class RowNames : public ::testing::Test {
 protected:
  std::set<Row> rows_there() const {
    const Pathway pathway = compile_pathway(scenario);
    const RowPlan plan{scenario, pathway, {}, Detail::national};
    std::set<Row> rows;
    for (const RowKey& key : plan.rows()) {
      rows.emplace(key.kpi, key.basis, key.statistic, key.outcome, key.stage);
    }
    return rows;
  }
  std::set<Row> rows_named() const {
    std::set<Row> rows;
    for (const std::string& kpi : kpi_names(scenario)) {
      for (const RowName& name : row_names(scenario, kpi)) {
        rows.emplace(kpi, name.basis, name.statistic, name.outcome, name.stage);
      }
    }
    return rows;
  }
  std::optional<RowName> find(const char* kpi, const char* statistic = "", const char* outcome = "",
                              const char* basis = "") const {
    return find_row_name(scenario, {kpi, statistic, basis, outcome, "", "", {}});
  }
  Scenario scenario = scenario_from(world);
};

TEST_F(RowNames, AllExist) {
  const std::set<Row> there = rows_there();
  for (const Row& row : rows_named()) {
    EXPECT_TRUE(there.contains(row)) << testing::PrintToString(row);
  }
}

TEST_F(RowNames, HoldEveryRowOfTheScenariosOwn) {
  const std::set<Row> named = rows_named();
  for (const Row& row : rows_there()) {
    const std::string& kpi = std::get<0>(row);
    if (!scenario.kpis.contains(kpi) && stock_of_ages(scenario, kpi) == nullptr) continue;
    EXPECT_TRUE(named.contains(row)) << testing::PrintToString(row);
  }
}

TEST_F(RowNames, AreUnderstoodFromWhatIsGiven) {
  EXPECT_EQ(find("referrals")->statistic, "total");
  EXPECT_EQ(find("referrals", "", "early advice")->outcome, "early advice");
  EXPECT_EQ(find("days_to_end")->statistic, "mean");
  EXPECT_EQ(find("charge_rate", "", "", "cohort")->statistic, "share within 6 months");
  EXPECT_EQ(find("charge_rate", "share within 12 months")->basis, "cohort");
  EXPECT_EQ(find("files_age")->basis, "snapshot");
  EXPECT_FALSE(find("decisions")) << "which outcome?";
  EXPECT_FALSE(find("charge_rate", "mean"));
  EXPECT_FALSE(find("no_such_kpi"));
}

TEST_F(RowNames, AreAskedForWhereATableLeavesThemOpen) {
  const std::string table =
      "[tables.page]\ntitle = \"A page\"\nsections = [ { heading = \"One\", "
      "rows = [ { kpi = \"decisions\" }, { kpi = \"utilisation\" } ] } ]\n";
  EXPECT_THAT(in_words(faults_of(world + table)),
              testing::AllOf(testing::HasSubstr("rows[1].outcome: no outcome is named\n  help: "
                                                "there is `charge`, `none` and `open`"),
                             testing::HasSubstr("rows[2].stage: no stage is named\n  help: "
                                                "there is `staff`")));
}

}  // namespace
}  // namespace rassoflow
