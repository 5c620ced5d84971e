#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/report/run_report.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* world = R"(
format = 1
title = "A desk, \"quoted\""
[run]
origin = 2020-01-01
to = 2021-01-01
[pools.staff]
[stages.report]
kind = "report"
arrivals = 1
next = "=desk"
[stages."=desk"]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 5, unit = "days" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
)";

/// A run of three replications and everything that points into it.
struct SmallRun {
  Scenario scenario = scenario_from(world);
  Pathway pathway = compile_pathway(scenario);
  RowPlan plan{scenario, pathway, {}, Detail::national};
  Observations observations;
  RunReport report;

  explicit SmallRun(std::uint32_t replications = 3) {
    for (const TrialResult& trial : run_trials(pathway, 1, replications)) {
      observations.replications.push_back(trial.replication);
      observations.values.push_back(plan.reduce(trial.monitor));
    }
    report.version = "1.2.3";
    report.commit = "abc";
    report.title = scenario.title;
    report.digest = pathway.digest;
    report.seed = 1;
    report.replications_asked = replications;
    report.origin = scenario.run.origin;
    report.from = scenario.run.from;
    report.to = scenario.run.to;
    report.unlimited_pools = {"staff"};
    report.scenario = &scenario;
    report.plan = &plan;
    report.observations = &observations;
    report.estimates = estimate(plan, observations);
    report.checks = sum_checks(plan, observations);
  }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(JsonReport, HasTheFieldsOfItsSchema) {
  const SmallRun run;
  const auto json = nlohmann::json::parse(write_json(run.report));
  EXPECT_EQ(json["schema"], "rassoflow.run/1");
  EXPECT_EQ(json["version"], "1.2.3");
  EXPECT_EQ(json["commit"], "abc");
  EXPECT_EQ(json["scenario"]["title"], "A desk, \"quoted\"");
  EXPECT_EQ(json["scenario"]["digest"], run.pathway.digest);
  EXPECT_EQ(json["seed"], 1);
  EXPECT_EQ(json["replications"], 3);
  EXPECT_EQ(json["warm_up"]["from"], "2020-01-01");
  for (const auto& check : json["checks"]) EXPECT_TRUE(check["passed"]) << check;
  ASSERT_EQ(json["estimates"].size(), 2 * run.report.estimates.size());
  for (const auto& row : json["estimates"]) EXPECT_EQ(row.size(), 17U);
}

/// The number of arrivals, wanted to 50%, and utilisation, which nobody could know.
std::vector<ReachedPrecision> two_targets(const SmallRun& run) {
  const auto row = [&](const std::string& kpi) {
    const auto& rows = run.plan.rows();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const RowKey& key) { return key.kpi == kpi; });
    return static_cast<std::uint32_t>(found - rows.begin());
  };
  return reached_precision({{"many", row("arrivals"), {0.5, std::nullopt}},
                            {"old", row("days_in_system"), {std::nullopt, 1e-6}}},
                           run.observations);
}

TEST(JsonReport, SaysWhyTheRunStopped) {
  SmallRun run;
  auto stopped = nlohmann::json::parse(write_json(run.report))["stopped"];
  EXPECT_EQ(stopped["reason"], "all replications asked for are made");
  EXPECT_EQ(stopped.size(), 1U);

  run.report.stopping = {StopReason::most_made, {2, 3}, two_targets(run)};
  stopped = nlohmann::json::parse(write_json(run.report))["stopped"];
  EXPECT_EQ(stopped["reason"], "the most replications allowed are made");
  EXPECT_EQ(stopped["looks"], nlohmann::json({2, 3}));
  ASSERT_EQ(stopped["targets"].size(), 2U);
  const auto& many = stopped["targets"][0];
  EXPECT_EQ(many["target"], "many");
  EXPECT_EQ(many["kpi"], "arrivals");
  EXPECT_EQ(many["period"], "2020-01");
  EXPECT_EQ(many["relative"], 0.5);
  EXPECT_EQ(many["wanted"].get<double>(), many["mean"].get<double>() / 2);
  EXPECT_EQ(many["met"].get<bool>(), many["reached"].get<double>() <= many["wanted"].get<double>());
  EXPECT_EQ(stopped["targets"][1]["met"], false);
  EXPECT_FALSE(stopped["targets"][1].contains("relative"));
}

TEST(TextReport, SaysWhyTheRunStoppedAndHowPreciseItIs) {
  SmallRun run;
  EXPECT_EQ(stopping_text(run.report), "");
  run.report.stopping = {StopReason::most_made, {2, 3}, two_targets(run)};
  const std::string text = write_text(run.report);
  EXPECT_THAT(text, HasSubstr("Stopped after 3 replications: the most replications allowed are "
                              "made. Looked\nafter 2, 3."));
  EXPECT_THAT(text, HasSubstr("  arrivals, 2020-01 (cases)"));
  EXPECT_THAT(text, HasSubstr("50.00%"));
  EXPECT_THAT(text, HasSubstr("±0.0000"));
}

TEST(JsonReport, KeepsEveryDoubleExactly) {
  const SmallRun run;
  const auto json = nlohmann::json::parse(write_json(run.report));
  for (std::size_t i = 0; i < run.report.estimates.size(); ++i) {
    const Summary& summary = run.report.estimates[i].summary;
    ASSERT_EQ(json["estimates"][2 * i]["mean"].get<double>(), summary.mean);
    ASSERT_EQ(json["estimates"][2 * i]["interval"], "mean");
    ASSERT_EQ(json["estimates"][2 * i + 1]["interval"], "period");
    ASSERT_EQ(json["estimates"][2 * i + 1]["hi95"].get<double>(), summary.period95.high);
  }
}

TEST(JsonReport, SaysNullWhereOneReplicationHasNoSpread) {
  const SmallRun run{1};
  const auto json = nlohmann::json::parse(write_json(run.report));
  EXPECT_TRUE(json["estimates"][0]["sd"].is_null());
  EXPECT_TRUE(json["estimates"][0]["lo95"].is_null());
}

TEST(JsonReport, ListsFailuresAmongTheChecks) {
  SmallRun run;
  run.report.failures = {{3, "a case was lost"}};
  run.report.replications_asked = 4;
  const auto json = nlohmann::json::parse(write_json(run.report));
  const auto& last = json["checks"].back();
  EXPECT_EQ(last["replication"], 3);
  EXPECT_EQ(last["passed"], false);
}

TEST(CsvReport, HasTheFieldsOfARowInOrder) {
  const SmallRun run;
  const auto lines = lines_of(write_csv(run.report));
  EXPECT_EQ(lines[0],
            "kpi,site,class,stage,outcome,period,basis,statistic,interval,unit,n,mean,sd,lo80,hi80,"
            "lo95,hi95");
  ASSERT_EQ(lines.size(), 1 + 2 * run.report.estimates.size());
  EXPECT_THAT(lines[1], StartsWith("arrivals,,,,,2020-01,flow,total,mean,cases,3,"));
}

TEST(CsvReport, KeepsSpreadsheetsFromTakingNamesForFormulas) {
  const SmallRun run;
  EXPECT_THAT(write_csv(run.report), HasSubstr("\nvisits,,,'=desk,,"));
}

TEST(ObservationsCsv, HasOneLineARowAndReplication) {
  const SmallRun run;
  const auto lines = lines_of(write_observations_csv(run.report));
  EXPECT_EQ(lines[0], "kpi,site,class,stage,outcome,period,basis,statistic,unit,replication,value");
  EXPECT_THAT(lines[1], StartsWith("arrivals,,,,,2020-01,flow,total,cases,0,"));
  EXPECT_THAT(lines[3], StartsWith("arrivals,,,,,2020-01,flow,total,cases,2,"));
}

TEST(TextReport, SaysWhatTheNumbersAre) {
  const SmallRun run;
  const std::string text = write_text(run.report);
  EXPECT_THAT(text, StartsWith("A desk, \"quoted\"\n"));
  EXPECT_THAT(text, HasSubstr("3 replications"));
  EXPECT_THAT(text, HasSubstr("simulated"));
  EXPECT_THAT(text, HasSubstr("Intervals show chance only: real uncertainty"));
  EXPECT_THAT(text, HasSubstr("Not modelled as a constraint"));
}

TEST(TextReport, FitsEightyColumns) {
  const SmallRun run;
  for (const std::string& line : lines_of(write_text(run.report))) {
    const auto cells = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    EXPECT_LE(cells, 80) << line;
  }
}

TEST(TextReport, WarnsOfFaultsAndFailuresFirst) {
  SmallRun run;
  run.report.checks[0].faults = 2;
  run.report.failures = {{3, "a case was lost"}};
  const std::string text = write_text(run.report);
  EXPECT_THAT(text, HasSubstr("FAULT: 2 times"));
  EXPECT_THAT(text, HasSubstr("INCOMPLETE: replication 3 failed: a case was lost"));
}

TEST(Formats, AreFoundByName) {
  std::vector<std::string> names;
  for (const ReportFormat& format : report_formats()) names.emplace_back(format.name);
  EXPECT_THAT(names, ElementsAre("text", "json", "csv"));
  EXPECT_EQ(find_format("xml"), nullptr);
}

}  // namespace
}  // namespace rassoflow
