#include "analysis/kpis/explanations.hpp"

#include <gmock/gmock.h>

#include "analysis/kpis/generic_kpis.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* world = R"(
format = 1
title = "A desk and a wait"
[run]
origin = 2020-01-01
to = 2021-01-01
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
marks = ["seen"]
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[stages.dropped]
kind = "outcome"
code = "dropped"
[kpis.offences]
kind = "count"
mark = "seen"
which = "every"
factor = { product = [2, 3] }
unit = "offences"
definition = "seen by anyone"
publisher = "a ministry"
population = "all who report"
differs = "the ministry counts twice"
[kpis.closures]
kind = "count"
outcomes = { "finished" = "done", "dropped" = "dropped" }
unit = "cases"
[kpis.days_to_done]
kind = "duration"
from = "seen"
to = "done"
unit = "days"
[kpis.drop_share]
kind = "share"
numerator = ["dropped"]
denominator = ["done", "dropped"]
unit = "%"
[kpis.inside]
kind = "stock"
stages = ["desk", "laboratory"]
over_days = [30]
unit = "cases"
)";

/// Whatever a pool or a stage can have that rows are made of and `world` lacks.
constexpr const char* courthouse = R"(
format = 1
title = "Officers with cases of their own, clerks with other work, a panel and trials"
[run]
origin = 2020-01-01
to = 2021-01-01
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["10:00-16:00"]
[pools.officers]
calendar = "office"
positions = 2
caseload = 10
[pools.clerks]
calendar = "office"
positions = 2
other_work = 5
[upkeep.live]
pool = "clerks"
from = "allocated"
to = ["tried"]
hours_per_week = 1
[stages.report]
kind = "report"
arrivals = 1
next = "allocation"
[stages.allocation]
kind = "hold"
pool = "officers"
marks = ["allocated"]
sets = ["custody"]
next = "panel"
[stages.panel]
kind = "batch"
calendar = "office"
size = 4
next = "trial"
[stages.trial]
kind = "listing"
calendar = "office"
rooms = 1
length = { law = "fixed", value = 1, unit = "days" }
notice_days = 28
vacated_to = "trial"
ineffective_to = "trial"
cracked_to = "done"
custody = { flag = "custody", mark = "allocated", bail = 0.1, days = 182, extension_days = 56 }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
marks = ["tried"]
)";

class Explanations : public ::testing::Test {
 protected:
  /// The text of one part; a failure if it is not there.
  std::string part(const std::string& kpi, const std::string& label) const {
    const auto parts = explain_kpi(kpi, scenario, plan, figures);
    if (parts) {
      for (const ExplainedPart& found : *parts) {
        if (found.label == label) return found.text;
      }
    }
    return "no part " + label;
  }

  Scenario scenario = scenario_from(world);
  Pathway pathway = compile_pathway(scenario);
  std::vector<PublishedFigure> figures;
  RowPlan plan{scenario, pathway, figures, Detail::national};
};

TEST_F(Explanations, SayWhatThePlannerWrote) {
  EXPECT_EQ(part("offences", "definition"), "seen by anyone");
  EXPECT_EQ(part("offences", "publisher"), "a ministry");
  EXPECT_EQ(part("offences", "population"), "all who report");
  EXPECT_EQ(part("offences", "differs"), "the ministry counts twice");
  EXPECT_EQ(part("offences", "unit"), "offences");
  EXPECT_EQ(part("offences", "kind"), "count");
  EXPECT_EQ(part("closures", "publisher"), "not stated");
  EXPECT_EQ(part("closures", "differs"), "no part differs");
}

TEST_F(Explanations, SayHowEachKindIsComputed) {
  EXPECT_EQ(part("offences", "computed"),
            "every time that a case reaches mark seen, by its date; times 2 times 3");
  EXPECT_EQ(part("offences", "marks"), "seen: set on entering desk, laboratory");
  EXPECT_EQ(part("closures", "computed"),
            "the first time that a case reaches a mark, by its date, for each of dropped, finished "
            "(mark done)");
  EXPECT_EQ(part("closures", "marks"),
            "dropped: set on entering dropped\ndone: set on entering done");
  EXPECT_THAT(part("days_to_done", "computed"), HasSubstr("from mark seen to mark done"));
  EXPECT_THAT(part("drop_share", "computed"), HasSubstr("dropped over done + dropped"));
  EXPECT_THAT(part("inside", "computed"),
              AllOf(HasSubstr("desk, laboratory"), HasSubstr("more than 30 days before")));
  EXPECT_EQ(part("inside_age", "computed"),
            "days from the report to the end of the period, over the cases inside then");
}

TEST_F(Explanations, ListTheBasesAndStatisticsThatTheRowsHave) {
  EXPECT_EQ(part("offences", "flow"), "total, mean per quarter");
  EXPECT_EQ(part("closures", "cohort"), "share within 6 months (%)");
  EXPECT_THAT(part("closures", "by"), HasSubstr("; outcome dropped, finished, open"));
  EXPECT_EQ(part("days_to_done", "flow"), "mean, median, p90, total");
  EXPECT_THAT(part("days_to_done", "cohort"), HasSubstr("median within 6 months"));
  EXPECT_EQ(part("inside", "snapshot"), "snapshot, snapshot over 30 days");
  EXPECT_EQ(part("days_waiting", "by"), "quarter, year, the whole window; stage desk");
  EXPECT_EQ(part("utilisation", "by"), "quarter, year, the whole window; pool staff");
}

TEST_F(Explanations, CountThePublishedFiguresBesideARow) {
  PublishedFigure own;
  own.kpi = "offences";
  own.statistic = "total";
  own.basis = "flow";
  own.period = "2020-Q2";
  own.unit = "offences";
  own.value = 7;
  PublishedFigure other = own;
  other.population = "another country";
  PublishedFigure late = own;
  late.period = "2030";
  figures = {own, other, late};
  EXPECT_EQ(part("offences", "published"),
            "3 figures: 1 printed beside it, 1 not (of another country), 1 not (outside the window "
            "of the results)");
  EXPECT_EQ(part("closures", "published"), "no figure to stand beside it");
}

// The list of generic KPIs and the rows are one: no KPI of a row is without a definition.
TEST_F(Explanations, ExistForTheKpiOfEveryRow) {
  for (const RowKey& row : plan.rows()) {
    const auto parts = explain_kpi(row.kpi, scenario, plan, figures);
    ASSERT_TRUE(parts) << row.kpi;
    EXPECT_THAT(part(row.kpi, row.basis), HasSubstr(row.statistic)) << row.kpi;
  }
  const Scenario court = scenario_from(courthouse);
  const RowPlan court_plan{court, compile_pathway(court), {}, Detail::national};
  for (const RowKey& row : court_plan.rows()) {
    EXPECT_TRUE(explain_kpi(row.kpi, court, court_plan, figures)) << row.kpi;
  }
  for (const GenericKpi& kpi : generic_kpis()) {
    EXPECT_THAT(std::string(kpi.definition), Not(IsEmpty()));
    const auto is_of_it = [&](const RowKey& row) { return row.kpi == kpi.name; };
    EXPECT_TRUE(std::ranges::any_of(plan.rows(), is_of_it) ||
                std::ranges::any_of(court_plan.rows(), is_of_it))
        << kpi.name;
  }
  EXPECT_FALSE(explain_kpi("closure", scenario, plan, figures));
}

// Nobody waits for an adviser who owns no work: such rows could only ever say 0.
TEST(Causes, OfAnOwnerWhoIsAbsentHaveRowsOnlyWhereSomebodyOwnsWork) {
  const auto has_rows = [](const std::string& text) {
    const Scenario scenario = scenario_from(text);
    const RowPlan plan{scenario, compile_pathway(scenario), {}, Detail::national};
    return std::ranges::any_of(plan.rows(),
                               [](const RowKey& row) { return row.statistic == "owner absent"; });
  };
  std::string text = courthouse;
  EXPECT_FALSE(has_rows(text));
  const std::string panel = "kind = \"batch\"\ncalendar = \"office\"\nsize = 4\n";
  text.replace(text.find(panel), panel.size(),
               "kind = \"work\"\npool = \"officers\"\nmode = \"owner\"\n"
               "effort = { law = \"fixed\", value = 1, unit = \"hours\" }\n");
  EXPECT_TRUE(has_rows(text));
}

TEST_F(Explanations, StandInOneListGenericOnesFirst) {
  std::vector<std::string> names;
  for (const KpiSummary& kpi : every_kpi(scenario)) names.push_back(kpi.name);
  EXPECT_EQ(names.front(), "arrivals");
  EXPECT_EQ(names.back(), "offences");
  EXPECT_THAT(names, Contains("days_waiting"));
}

// Whoever reads a figure of the national baseline can look up what it is and is not.
TEST(NationalKpis, SayOfWhomTheyAreAndHowTheyDifferFromAFigureBesideThem) {
  const Scenario scenario = scenario_in(source_path("scenarios/england-wales/baseline.toml"));
  const auto figures = read_published(scenario);
  for (const auto& [name, kpi] : scenario.kpis) {
    EXPECT_FALSE(kpi.definition.empty()) << name;
    EXPECT_FALSE(kpi.publisher.empty()) << name;
    EXPECT_FALSE(kpi.population.empty()) << name;
  }
  for (const PublishedFigure& figure : std::get<std::vector<PublishedFigure>>(figures)) {
    const auto kpi = scenario.kpis.find(figure.kpi);
    if (kpi == scenario.kpis.end() || kpi->second.publisher.starts_with("none")) continue;
    EXPECT_FALSE(kpi->second.differs.empty()) << figure.kpi;
  }
}

}  // namespace
}  // namespace rassoflow
