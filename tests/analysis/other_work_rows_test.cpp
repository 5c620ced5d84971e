// A Monitor filled by hand, and the rows of other work, upkeep and the use of time from it.
#include <gmock/gmock.h>

#include <cmath>

#include "analysis/kpis/estimates.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "Two pools"
[run]
origin = 2020-01-01
to = 2021-01-01
[levels.force]
[sites.force."Avon"]
[sites.force."Kent"]
[pools.alone]
positions = 1
[pools.shared]
positions = 2
other_work = 5
[upkeep.live]
pool = "shared"
from = "seen"
hours_per_week = 1
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "work"
pool = "alone"
effort = { law = "fixed", value = 1, unit = "hours" }
marks = ["seen"]
next = "second"
[stages.second]
kind = "work"
pool = "shared"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
)";

class OtherWorkRows : public ::testing::Test {
 protected:
  OtherWorkRows()
      : scenario(scenario_from(world)), pathway(compile_pathway(scenario)), monitor(pathway) {}

  /// Pool and site count from 0, in order of names.
  PoolCell& cell(std::size_t month, std::size_t pool, std::size_t site) {
    return monitor.pools[month * pathway.instances.size() + pool * 2 + site];
  }
  double value(const char* kpi, const char* basis, const char* statistic, const char* unit,
               const char* site = "", const char* pool = "shared") {
    const RowPlan plan{scenario, pathway, {}, Detail::sites};
    const auto row = plan.find({kpi, site, "", pool, "", "2020-Q1", basis, statistic, unit});
    EXPECT_TRUE(row) << kpi << " " << statistic;
    return row ? plan.reduce(monitor)[*row] : std::nan("");
  }
  bool has_row(const char* kpi, const char* statistic, const char* unit, const char* pool) {
    const RowPlan plan{scenario, pathway, {}, Detail::sites};
    return plan.find({kpi, "", "", pool, "", "2020-Q1", "flow", statistic, unit}).has_value();
  }

  Scenario scenario;
  Pathway pathway;
  Monitor monitor;
};

/// In thousandths of a second.
constexpr std::int64_t hours(std::int64_t count) {
  return count * 3600 * 1000;
}

TEST_F(OtherWorkRows, CountHoursOverTheMonthsAndSites) {
  cell(0, 1, 0).other_work_in = hours(10);
  cell(2, 1, 0).other_work_in = hours(20);
  cell(2, 1, 1).other_work_in = hours(30);
  cell(3, 1, 0).other_work_in = hours(1000);
  cell(1, 1, 0).other_work_done = hours(4);
  cell(2, 1, 1).other_work_done = hours(35);
  cell(0, 1, 1).other_work_at_end = hours(99);
  cell(2, 1, 0).other_work_at_end = hours(7);
  cell(2, 1, 1).other_work_at_end = hours(8);
  EXPECT_DOUBLE_EQ(value("other_work_hours_in", "flow", "total", "hours"), 60);
  EXPECT_DOUBLE_EQ(value("other_work_hours_done", "flow", "total", "hours"), 39);
  EXPECT_DOUBLE_EQ(value("other_work_hours_displaced", "flow", "total", "hours"), 21);
  EXPECT_DOUBLE_EQ(value("other_work_in_progress", "snapshot", "snapshot", "hours"), 15);
  EXPECT_DOUBLE_EQ(value("other_work_hours_displaced", "flow", "total", "hours", "force:Avon"), 26);
  EXPECT_DOUBLE_EQ(value("other_work_hours_displaced", "flow", "total", "hours", "force:Kent"), -5)
      << "what waited before is done";
}

TEST_F(OtherWorkRows, LetAnHourWaitTheDaysAtWhoseEndItWasThere) {
  // 60 hours came in; 30 waited over one night and 15 over six.
  cell(0, 1, 0).other_work_in = hours(60);
  cell(0, 1, 0).other_work_second_days = 30 * 3600 * 1 + 15 * 3600 * 6;
  EXPECT_DOUBLE_EQ(value("other_work_days_waiting", "flow", "mean", "days"), 2);
}

TEST_F(OtherWorkRows, SayWhereTheTimeOnDutyWent) {
  cell(0, 1, 0).duty_seconds = 600;
  cell(2, 1, 1).duty_seconds = 400;
  cell(0, 1, 0).busy_seconds = 100;
  cell(0, 1, 0).upkeep_seconds = 50;
  cell(2, 1, 1).other_work_seconds = 250;
  EXPECT_EQ(value("utilisation", "flow", "share cases", "%"), 10);
  EXPECT_EQ(value("utilisation", "flow", "share upkeep", "%"), 5);
  EXPECT_EQ(value("utilisation", "flow", "share other work", "%"), 25);
  EXPECT_EQ(value("utilisation", "flow", "share", "%"), 40);
}

TEST_F(OtherWorkRows, CountUpkeepThatIsDoneAndThatWaits) {
  cell(1, 1, 0).upkeep_done = hours(3);
  cell(2, 1, 1).upkeep_done = hours(4);
  cell(2, 1, 1).upkeep_at_end = hours(2);
  EXPECT_DOUBLE_EQ(value("upkeep_hours_done", "flow", "total", "hours"), 7);
  EXPECT_DOUBLE_EQ(value("upkeep_in_progress", "snapshot", "snapshot", "hours"), 2);
}

TEST_F(OtherWorkRows, AreNotThereForAPoolThatServesOnlyCases) {
  EXPECT_TRUE(has_row("utilisation", "share", "%", "alone"));
  EXPECT_FALSE(has_row("utilisation", "share cases", "%", "alone"));
  EXPECT_FALSE(has_row("other_work_hours_displaced", "total", "hours", "alone"));
  EXPECT_FALSE(has_row("upkeep_hours_done", "total", "hours", "alone"));
}

TEST_F(OtherWorkRows, AreCheckedAgainstTheTimeOnDuty) {
  const auto faults = [&] { return check_bookkeeping(pathway, monitor)[2].faults; };
  PoolCell& of = cell(0, 1, 0);
  of.duty_seconds = 100;
  of.busy_seconds = 40;
  of.upkeep_seconds = 40;
  of.other_work_seconds = 20;
  EXPECT_EQ(faults(), 0);
  of.other_work_seconds = 21;
  EXPECT_EQ(faults(), 1);
}

}  // namespace
}  // namespace rassoflow
