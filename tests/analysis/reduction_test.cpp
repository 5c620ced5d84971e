// A Monitor filled by hand, and every kind of row computed from it by hand.
#include "tests/analysis/hand_filled.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "A desk and a wait"
[run]
origin = 2019-12-01
from = 2020-01-01
to = 2021-07-01
[parameters.offences_a_case]
value = 1
unit = "offences"
grade = "assumed"
source = "this test"
changes = [ { from = 2020-03-01, value = 2 } ]
[pools.staff]
positions = 1
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
marks = ["seen"]
routes = [ { to = "dropped", probability = 0.5 }, { to = "laboratory" } ]
[stages.laboratory]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[stages.dropped]
kind = "outcome"
code = "dropped"
[kpis.offences_seen]
kind = "count"
mark = "seen"
factor = "offences_a_case"
unit = "offences"
[kpis.closures]
kind = "count"
outcomes = { "finished" = "done", "dropped" = "dropped" }
unit = "cases"
[kpis.days_to_done]
kind = "duration"
from = "report"
to = "done"
unit = "days"
[kpis.drop_share]
kind = "share"
numerator = ["dropped"]
denominator = ["done", "dropped"]
unit = "%"
[kpis.at_laboratory]
kind = "stock"
stages = ["laboratory"]
over_days = [30]
unit = "cases"
)";

PublishedFigure figure(const char* kpi, const char* statistic, const char* basis,
                       const char* period, const char* unit) {
  PublishedFigure published;
  published.kpi = kpi;
  published.statistic = statistic;
  published.basis = basis;
  published.period = period;
  published.unit = unit;
  published.population = "adult rape";
  published.value = 1;
  return published;
}

class Reduction : public ::testing::Test, protected HandFilled {
 protected:
  Reduction() : HandFilled(world) {
    PublishedFigure growth = figure("offences_seen", "growth %", "flow", "2020-Q1 to 2020-Q2", "%");
    PublishedFigure look = figure("closures", "share finished", "cohort", "2020-Q1", "%");
    look.as_at = "2020-05/2020-06";
    PublishedFigure open = look;
    open.statistic = "share open";
    published = {growth, look, open};
  }

  void sample(const char* to, double days, int month, int report_month) {
    HandFilled::sample("report", to, days, month, report_month);
  }
};

// Month 0 is December 2019, month 1 January 2020, and so on.

TEST_F(Reduction, CountsArrivalsByMonthQuarterYearAndWindow) {
  for (std::size_t month = 0; month < pathway.months(); ++month) {
    site(month).reported = static_cast<std::int64_t>(month);
  }
  EXPECT_EQ(value(flow("arrivals", "2020-02", "total", "cases")), 2);
  EXPECT_EQ(value(flow("arrivals", "2020-Q1", "total", "cases")), 1 + 2 + 3);
  EXPECT_EQ(value(flow("arrivals", "2020", "total", "cases")), 78);
  EXPECT_EQ(value(flow("arrivals", "2020", "mean per quarter", "cases")), 78 / 4.0);
  EXPECT_EQ(value(flow("arrivals", "2020-01/2021-06", "total", "cases")), 171);
  EXPECT_FALSE(has_row(flow("arrivals", "2019-12", "total", "cases"))) << "warm-up";
  EXPECT_FALSE(has_row(flow("arrivals", "2019-Q4", "total", "cases")));
}

TEST_F(Reduction, AppliesADatedFactorMonthByMonth) {
  mark("seen", 2).first = 10;  // February: one offence a case
  mark("seen", 3).first = 10;  // March: two
  mark("seen", 3).every = 99;
  EXPECT_EQ(value(flow("offences_seen", "2020-Q1", "total", "offences")), 30);
}

TEST_F(Reduction, SplitsOutcomesByCode) {
  mark("done", 1).first = 30;
  mark("dropped", 2).first = 10;
  const RowKey total = flow("outcomes", "2020-Q1", "total", "cases");
  EXPECT_EQ(value(total), 40);
  EXPECT_EQ(value(with_outcome(total, "dropped")), 10);
  EXPECT_EQ(value(with_outcome(flow("outcomes", "2020-Q1", "share", "%"), "dropped")), 25);
  EXPECT_EQ(value(flow("drop_share", "2020-Q1", "share", "%")), 25);
  EXPECT_EQ(value(with_outcome(flow("closures", "2020-Q1", "total", "cases"), "finished")), 30);
}

TEST_F(Reduction, HasNoShareOfNothing) {
  EXPECT_TRUE(std::isnan(value(flow("drop_share", "2020-Q1", "share", "%"))));
}

TEST_F(Reduction, FollowsCohortsOnlyWhereTheRunCoversThem) {
  site(1).reported = 100;
  mark("done", 1).within = {20, 30, 40};
  mark("dropped", 1).within = {5, 10, 10};
  const auto closed = [](const char* period, const char* statistic, const char* outcome) {
    return with_outcome(cohort("closures", period, statistic, "%"), outcome);
  };
  EXPECT_EQ(value(closed("2020-Q1", "share within 6 months", "finished")), 20);
  EXPECT_EQ(value(closed("2020-Q1", "share within 12 months", "finished")), 30);
  EXPECT_EQ(value(closed("2020-Q1", "share within 12 months", "open")), 60);
  EXPECT_FALSE(has_row(closed("2020-Q1", "share within 24 months", "finished")));
  EXPECT_TRUE(has_row(closed("2020-Q4", "share within 6 months", "finished")) == false)
      << "six months of 183 days after 1 January 2021 end after 1 July";
}

TEST_F(Reduction, SummarisesDurationsByTheMonthOfTheirEnd) {
  for (const double days : {1.0, 2.0, 4.0, 8.0}) sample("done", days, 1, 1);
  sample("done", 100, 4, 1);    // ends in the next quarter
  sample("dropped", 50, 1, 1);  // another duration
  const RowKey mean = flow("days_to_done", "2020-Q1", "mean", "days");
  EXPECT_DOUBLE_EQ(value(mean), 3.75);
  EXPECT_DOUBLE_EQ(value(flow("days_to_done", "2020-Q1", "median", "days")), 3);
  EXPECT_DOUBLE_EQ(value(flow("days_to_done", "2020-Q1", "p90", "days")), 6.8);
  EXPECT_DOUBLE_EQ(
      value(with_outcome(flow("days_in_system", "2020-Q1", "mean", "days"), "dropped")), 50);
  EXPECT_DOUBLE_EQ(value(flow("days_to_done", "2020-Q2", "mean", "days")), 100);
  EXPECT_TRUE(std::isnan(value(flow("days_to_done", "2020-Q3", "mean", "days"))));
}

TEST_F(Reduction, DividesTimesByTheVisitsThatTheyBelongTo) {
  StageCell& desk = stage("desk", 1);
  desk.entries = 9;
  desk.exits = 4;
  desk.exit_seconds = 8 * seconds_per_day;
  desk.exit_waiting_seconds = 6 * seconds_per_day;
  desk.started = 5;
  desk.waited_seconds = 10 * seconds_per_day;
  stage("laboratory", 2).exit_seconds = 12 * seconds_per_day;
  const auto at_desk = [](const char* kpi, const char* statistic, const char* unit) {
    return with_stage(flow(kpi, "2020-Q1", statistic, unit), "desk");
  };
  EXPECT_EQ(value(at_desk("visits", "total", "visits")), 9);
  EXPECT_EQ(value(at_desk("days_in_stage", "mean", "days")), 2);
  EXPECT_EQ(value(at_desk("days_waiting", "mean", "days")), 2);
}

TEST_F(Reduction, DividesTheDaysOfEndedCasesAmongTheirCauses) {
  const auto cause = [&](Cause of, std::size_t month) -> Seconds& {
    return monitor.causes[monitor.cause_cell(pathway, month, of, SiteId{0})].ended;
  };
  cause(Cause::worked_on, 1) = 2 * seconds_per_day;
  cause(Cause::no_one_free, 1) = 6 * seconds_per_day;
  cause(Cause::outside, 2) = 12 * seconds_per_day;
  cause(Cause::outside, 4) = 100 * seconds_per_day;  // another quarter
  const auto days = [&](const char* name) {
    return value(flow("days_by_cause", "2020-Q1", name, "case-days"));
  };
  EXPECT_EQ(days("being worked on"), 2);
  EXPECT_EQ(days("no one free"), 6);
  EXPECT_EQ(days("outside party"), 12);
  EXPECT_EQ(days("total"), 20);
  EXPECT_EQ(value(flow("days_by_cause", "2020-Q1", "share no one free", "%")), 30);
}

TEST_F(Reduction, DividesTheDaysOfACohortAmongTheirCauses) {
  const auto within = [&](Cause of, std::size_t month) -> auto& {
    return monitor.causes[monitor.cause_cell(pathway, month, of, SiteId{0})].within;
  };
  // Reported in the first quarter, ended within 6, 12 and 24 months.
  within(Cause::worked_on, 1) = {3 * seconds_per_day, 4 * seconds_per_day, 9 * seconds_per_day};
  within(Cause::outside, 2) = {9 * seconds_per_day, 16 * seconds_per_day, 16 * seconds_per_day};
  within(Cause::outside, 4) = {100 * seconds_per_day, 100 * seconds_per_day, 100 * seconds_per_day};
  const auto days = [&](const char* name) {
    return value(cohort("days_by_cause", "2020-Q1", name, "case-days"));
  };
  EXPECT_EQ(days("being worked on within 6 months"), 3);
  EXPECT_EQ(days("outside party within 6 months"), 9);
  EXPECT_EQ(days("no one free within 6 months"), 0);
  EXPECT_EQ(days("total within 6 months"), 12);
  EXPECT_EQ(value(cohort("days_by_cause", "2020-Q1", "share being worked on within 6 months", "%")),
            25);
}

TEST_F(Reduction, TakesStocksAtTheEndOfThePeriod) {
  site(2).open_at_end = 7;
  site(3).open_at_end = 8;
  stage("laboratory", 3).inside_at_end = 5;
  stock("at_laboratory", any_age, 3) = 6;
  stock("at_laboratory", 30, 3) = 2;
  EXPECT_EQ(value(snapshot("in_progress", "2020-02", "snapshot", "cases")), 7);
  const RowKey in_progress = snapshot("in_progress", "2020-Q1", "snapshot", "cases");
  EXPECT_EQ(value(in_progress), 8);
  EXPECT_EQ(value(with_stage(in_progress, "laboratory")), 5);
  EXPECT_EQ(value(snapshot("at_laboratory", "2020-Q1", "snapshot", "cases")), 6);
  EXPECT_EQ(value(snapshot("at_laboratory", "2020-Q1", "snapshot over 30 days", "cases")), 2);
}

TEST_F(Reduction, DividesBusyByDuty) {
  monitor.pools[1] = {30, 40, 0};
  monitor.pools[2] = {10, 60, 0};
  EXPECT_EQ(value(with_stage(flow("utilisation", "2020-Q1", "share", "%"), "staff")), 40);
}

TEST_F(Reduction, ComparesTwoQuartersForGrowth) {
  mark("seen", 1).first = 20;  // one offence a case
  mark("seen", 4).first = 15;  // two
  EXPECT_EQ(value(flow("offences_seen", "2020-Q1 to 2020-Q2", "growth %", "%")), 50);
}

TEST_F(Reduction, LooksAtACohortOnADateSpreadOverASpan) {
  // Looked at evenly over May and June (months 5 and 6): what happened before counts whole, in May
  // three quarters, in June one quarter, later nothing.
  site(1).reported = 8;
  sample("done", 1, 2, 1);
  sample("done", 1, 5, 1);
  sample("done", 1, 6, 1);
  sample("done", 1, 7, 1);
  sample("done", 1, 2, 4);  // of another cohort
  sample("dropped", 1, 2, 3);
  const RowKey key{
      "closures", "", "", "", "finished", "2020-Q1", "cohort", "share at 2020-05/2020-06", "%"};
  EXPECT_DOUBLE_EQ(value(key), 100 * 2.0 / 8);
  EXPECT_DOUBLE_EQ(value(with_outcome(key, "open")), 100 * (1 - 3.0 / 8));
}

TEST_F(Reduction, FindsCasesThatVanished) {
  const RowPlan plan{scenario, pathway, {}, Detail::national};
  const auto faults = [&] { return plan.reduce(monitor)[plan.check_position(0)]; };
  EXPECT_EQ(faults(), 0);
  site(1).reported = 2;
  stage("done", 2).entries = 1;
  EXPECT_EQ(faults(), 1);
  site(pathway.months() - 1).open_at_end = 1;
  EXPECT_EQ(faults(), 0);
  stage("desk", 2).entries = 3;
  stage("desk", 4).exits = 2;
  EXPECT_EQ(plan.reduce(monitor)[plan.check_position(1)], 1);
  monitor.pools[1] = {41, 40, 0};
  EXPECT_EQ(plan.reduce(monitor)[plan.check_position(2)], 1);
}

TEST_F(Reduction, LeavesSmallCellsOutOfSharesAndDurations) {
  const RowPlan plan{scenario, pathway, {}, Detail::national};
  const auto shown = [&](const RowKey& key, const Observations& observations) {
    for (const Estimate& found : estimate(plan, observations)) {
      if (plan.rows()[found.row] == key) return true;
    }
    return false;
  };
  const RowKey share = flow("drop_share", "2020-Q1", "share", "%");
  const RowKey count = with_outcome(flow("outcomes", "2020-Q1", "total", "cases"), "done");
  Observations observations;
  mark("done", 1).first = 19;
  observations.replications = {0};
  observations.values = {plan.reduce(monitor)};
  EXPECT_FALSE(shown(share, observations));
  EXPECT_TRUE(shown(count, observations));
  mark("done", 1).first = 21;
  observations.replications = {0, 1};
  observations.values.push_back(plan.reduce(monitor));
  EXPECT_TRUE(shown(share, observations)) << "20 on average";
}

TEST(PublishedFigures, AreJoinedOnlyToTheSameQuantity) {
  const Scenario scenario = scenario_from(world);
  const auto reason = [&](const PublishedFigure& published) {
    const auto found = row_key_of(published, scenario);
    return std::holds_alternative<std::string>(found) ? std::get<std::string>(found) : "";
  };
  PublishedFigure good = figure("offences_seen", "total", "flow", "2020-Q1", "offences");
  EXPECT_EQ(reason(good), "");
  PublishedFigure other = good;
  other.population = "rape all ages";
  EXPECT_EQ(reason(other), "another population");
  other = good;
  other.unit = "suspects";
  EXPECT_EQ(reason(other), "another unit");
  other = good;
  other.kpi = "moon_phases";
  EXPECT_EQ(reason(other), "the scenario does not count it");
  other = good;
  other.value.reset();
  EXPECT_EQ(reason(other), "not a single number");
}

TEST(RowPlan, NamesEveryRowOnce) {
  const Scenario scenario = scenario_from(world);
  const Pathway pathway = compile_pathway(scenario);
  const RowPlan plan{scenario, pathway, {}, Detail::sites};
  std::vector<RowKey> rows = plan.rows();
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end());
}

}  // namespace
}  // namespace rassoflow
