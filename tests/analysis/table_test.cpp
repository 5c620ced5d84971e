// A small table for a leader's eye, from replications filled by hand.
#include <gmock/gmock.h>

#include "analysis/report/run_report.hpp"
#include "tests/analysis/hand_filled.hpp"

namespace rassoflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* world = R"(
format = 1
title = "A desk and a court"
[run]
origin = 2020-01-01
to = 2022-01-01
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
marks = ["referred"]
routes = [ { to = "closed", probability = 0.5 }, { to = "charged" } ]
[stages.charged]
kind = "outcome"
code = "charged"
[stages.closed]
kind = "outcome"
code = "closed"
[kpis.referrals]
kind = "count"
mark = "referred"
unit = "suspects"
[kpis.charge_rate]
kind = "share"
numerator = ["charged"]
denominator = ["charged", "closed"]
unit = "%"
[kpis.outcomes_of_police]
kind = "count"
outcomes = { "charged" = "charged", "closed" = "closed" }
unit = "cases"
[tables.small]
title = "Referrals and decisions"
note = "By date of the event, if nothing else is said."
sections = [
  { heading = "Police", rows = [ { kpi = "referrals", label = "Suspects referred" } ] },
  { heading = "Decisions", rows = [
    { kpi = "charge_rate", label = "Charged, of all decisions of the quarter" },
    { kpi = "outcomes_of_police", outcome = "open", basis = "cohort", label = "Open after 6 months" },
    { kpi = "in_progress" },
  ] },
]
)";

/// Three replications, `luck` apart; more every quarter.
struct SmallTable : HandFilled {
  Observations observations;
  std::unique_ptr<RowPlan> rows;
  RunReport report;

  explicit SmallTable(const std::vector<std::uint32_t>& lucks = {0, 10, 20}) : HandFilled(world) {
    published = {figure("total", "2021-Q1", 1105), figure("total", "2021-Q2", 1411),
                 figure("total", "2021-Q3", 1300), figure("mean per quarter", "2020", 1000),
                 figure("total", "2020-Q3", 2000), figure("total", "2020-Q4", 2222)};
    published[4].population = published[5].population = "rape of all ages";
    rows = std::make_unique<RowPlan>(scenario, pathway, published, Detail::national);
    for (const std::uint32_t luck : lucks) {
      for (std::uint32_t month = 0; month < 24; ++month) {
        const std::uint32_t referred = 300 + 10 * month + luck;
        mark("referred", month).first = referred;
        mark("charged", month).first = 200;
        mark("closed", month).first = 100 + month + luck;
        mark("charged", month).within = {30, 200, 200};
        site(month).reported = month == 20 ? 3 : 300;
        site(month).open_at_end = month + (luck == 20 ? 60 : 0);
      }
      observations.replications.push_back(luck / 10);
      observations.values.push_back(rows->reduce(monitor));
    }
    report.title = scenario.title;
    report.seed = 7;
    report.replications_asked = 3;
    report.scenario = &scenario;
    report.plan = rows.get();
    report.observations = &observations;
    report.estimates = estimate(*rows, observations);
    report.comparisons = compare_with_published(scenario, *rows, report.estimates, published);
  }
  SmallTable(const SmallTable&) = delete;
  SmallTable& operator=(const SmallTable&) = delete;

  static PublishedFigure figure(const char* statistic, const char* period, double value) {
    PublishedFigure figure;
    figure.kpi = "referrals";
    figure.statistic = statistic;
    figure.basis = "flow";
    figure.period = period;
    figure.unit = "suspects";
    figure.population = "adult rape";
    figure.value = value;
    return figure;
  }
  std::string text(const std::vector<std::string>& periods = {}) const {
    return write_table(report, scenario.tables.at("small"), periods);
  }
};

TEST(Table, ReadsAsItShould) {
  const SmallTable small;
  expect_golden("table.txt", small.text() + "\n----\n\n" + small.text({"2020", "2021-Q4"}));
}

TEST(Table, FitsEightyColumns) {
  const SmallTable small;
  std::istringstream text{small.text() + small.text({"2020-01/2021-12", "2021-Q4"})};
  for (std::string line; std::getline(text, line);) {
    const auto cells = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    EXPECT_LE(cells, 80) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(Table, EndsWithTheLastQuartersThatShowMost) {
  // Cohorts of the last two quarters are not seen for six months.
  const SmallTable small;
  EXPECT_THAT(small.text(), HasSubstr(" 2020-Q2 2020-Q3 2020-Q4 2021-Q1 2021-Q2 "));
  EXPECT_THAT(small.text(), Not(HasSubstr("2021-Q3")));
}

TEST(Table, ComparesOnlyFiguresOfTheSamePopulation) {
  const SmallTable small;
  EXPECT_THAT(small.text({"2020-Q3", "2020-Q4"}),
              AllOf(HasSubstr("    rape of all ages        2,000   2,222\n"),
                    Not(HasSubstr("    published")), Not(HasSubstr("    gap"))));
}

TEST(Table, HasNoRangeOfOneReplication) {
  const SmallTable small{{10}};
  EXPECT_THAT(small.text({"2020-Q3"}),
              AllOf(HasSubstr("One replication has no range of\nchance: make more."),
                    Not(HasSubstr("Last column"))));
}

TEST(Table, BeginsARangeAt0WhereNothingFellBelow) {
  const SmallTable small;
  EXPECT_THAT(small.text({"2020-Q3"}), HasSubstr(" 28.0      0.0–"));
}

TEST(Table, WarnsOfFaultsFirst) {
  SmallTable small;
  small.report.checks = {{"cases add up", 2}};
  EXPECT_THAT(small.text(), HasSubstr("FAULT: 2 times not true: cases add up."));
}

TEST(Table, SaysHowManyPeriodsFit) {
  EXPECT_EQ(table_columns({"2021-Q4"}), 5U);
  EXPECT_EQ(table_columns({"2021"}), 5U);
  EXPECT_EQ(table_columns({"2020-01/2021-12", "2021-Q4"}), 2U);
}

}  // namespace
}  // namespace rassoflow
