// Rows of sites and of classes add up to the national rows, from real trials.
#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/kpis/row_plan.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "Two forces, one court"
[run]
origin = 2020-01-01
to = 2022-01-01
[levels.court]
[levels.force]
[sites.court]
"Crown" = {}
[sites.force]
"North" = { court = "Crown" }
"South" = { court = "Crown" }
[classes.recent]
share = 0.7
[classes.older]
share = 0.3
[pools.officers]
level = "force"
positions = 4
[stages.report]
kind = "report"
level = "force"
arrivals = 3
next = "investigation"
[stages.investigation]
kind = "work"
level = "force"
pool = "officers"
effort = { law = "exponential", mean = 1, unit = "days" }
next = "hearing"
[stages.hearing]
kind = "wait"
level = "court"
delay = { law = "exponential", mean = 30, unit = "days" }
next = "done"
[stages.done]
kind = "outcome"
level = "court"
code = "done"
)";

class SitesAndClasses : public ::testing::Test {
 protected:
  double value(const RowKey& key) const {
    const auto row = plan.find(key);
    EXPECT_TRUE(row) << key.kpi << " " << key.site << " " << key.stage << " " << key.period;
    return row ? values[*row] : -1;
  }
  double at(RowKey key, const char* site) const {
    key.site = site;
    return value(key);
  }
  double of(RowKey key, const char* case_class) const {
    key.case_class = case_class;
    return value(key);
  }

  Scenario scenario = scenario_from(world);
  Pathway pathway = compile_pathway(scenario);
  RowPlan plan{scenario, pathway, {}, Detail::sites};
  std::vector<double> values = plan.reduce(run_trials(pathway, 1, 1)[0].monitor);
};

TEST_F(SitesAndClasses, AddUpToTheNationalCounts) {
  const RowKey arrivals{"arrivals", "", "", "", "", "2021", "flow", "total", "cases"};
  EXPECT_GT(value(arrivals), 1000);
  EXPECT_EQ(value(arrivals), at(arrivals, "force:North") + at(arrivals, "force:South"));
  EXPECT_EQ(value(arrivals), at(arrivals, "court:Crown"));
  EXPECT_EQ(value(arrivals), of(arrivals, "recent") + of(arrivals, "older"));
  const RowKey outcomes{"outcomes", "", "", "", "done", "2021", "flow", "total", "cases"};
  EXPECT_GT(value(outcomes), 1000);
  EXPECT_EQ(value(outcomes), at(outcomes, "force:North") + at(outcomes, "force:South"));
  EXPECT_EQ(value(outcomes), of(outcomes, "recent") + of(outcomes, "older"));
}

TEST_F(SitesAndClasses, AddUpToTheNationalDaysByCauseOnBothBases) {
  for (const auto& [basis, statistic] :
       {std::pair{"flow", "outside party"}, {"cohort", "outside party within 6 months"}}) {
    const RowKey days{"days_by_cause", "", "", "", "", "2020", basis, statistic, "case-days"};
    EXPECT_GT(value(days), 1000);
    EXPECT_NEAR(value(days), at(days, "force:North") + at(days, "force:South"), 1e-6);
    EXPECT_NEAR(value(days), at(days, "court:Crown"), 1e-6);
    EXPECT_NEAR(value(days), of(days, "recent") + of(days, "older"), 1e-6);
  }
}

TEST_F(SitesAndClasses, ShareACohortAmongTheirOwnCases) {
  const RowKey share{"outcomes", "", "", "", "done", "2020", "cohort", "share within 6 months",
                     "%"};
  const RowKey arrivals{"arrivals", "", "", "", "", "2020", "flow", "total", "cases"};
  const auto done = [&](double percent, double reported) { return percent * reported / 100; };
  EXPECT_NEAR(done(value(share), value(arrivals)),
              done(of(share, "recent"), of(arrivals, "recent")) +
                  done(of(share, "older"), of(arrivals, "older")),
              1e-6);
  EXPECT_NEAR(done(value(share), value(arrivals)),
              done(at(share, "force:North"), at(arrivals, "force:North")) +
                  done(at(share, "force:South"), at(arrivals, "force:South")),
              1e-6);
}

TEST_F(SitesAndClasses, CountAnOpenCaseWhereItIs) {
  const RowKey open{"in_progress", "", "", "", "", "2021", "snapshot", "snapshot", "cases"};
  EXPECT_EQ(value(open),
            at(open, "force:North") + at(open, "force:South") + at(open, "court:Crown"));
  const auto in = [&](const char* stage) {
    RowKey key = open;
    key.stage = stage;
    return value(key);
  };
  EXPECT_GT(in("hearing"), 0);
  EXPECT_EQ(value(open), in("investigation") + in("hearing") + in("between organisations"));
}

TEST_F(SitesAndClasses, HaveRowsOfStagesAtTheirOwnLevelOnly) {
  RowKey visits{"visits", "force:North", "",      "investigation", "",
                "2021",   "flow",        "total", "visits"};
  EXPECT_TRUE(plan.find(visits));
  visits.site = "court:Crown";
  EXPECT_FALSE(plan.find(visits));
}

TEST_F(SitesAndClasses, BalanceTheirBooks) {
  for (std::size_t i = 0; i < plan.check_names().size(); ++i) {
    EXPECT_EQ(values[plan.check_position(i)], 0) << plan.check_names()[i];
  }
}

TEST_F(SitesAndClasses, NameEveryRowOnce) {
  std::vector<RowKey> rows = plan.rows();
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end());
}

}  // namespace
}  // namespace rassoflow
