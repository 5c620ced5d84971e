// Which way the national pathway moves when one thing changes, case by case with the same luck: not
// how far. Each claim holds in every replication.
#include "tests/directions/national.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::Gt;
using testing::Lt;
using testing::Pointwise;

const Date april{parse_date("2019-04-01").value()};
const Date july{parse_date("2019-07-01").value()};

void move_by(Scenario& scenario, const std::string& parameter, double difference) {
  for (ParameterStep& step : scenario.parameters.at(parameter).steps) step.value += difference;
}

void set(Scenario& scenario, const std::string& parameter, double value) {
  for (ParameterStep& step : scenario.parameters.at(parameter).steps) step.value = value;
}

double most(const Scenario& scenario, const std::string& parameter) {
  return scenario.parameters.at(parameter).high.value();
}

RowKey row(std::string kpi, std::string stage, std::string period, std::string statistic,
           std::string unit) {
  RowKey key;
  key.kpi = std::move(kpi);
  key.stage = std::move(stage);
  key.period = std::move(period);
  key.basis = statistic == "snapshot" ? "snapshot" : "flow";
  key.statistic = std::move(statistic);
  key.unit = std::move(unit);
  return key;
}

const Rows& baseline() {
  static const Rows rows = rows_of(national());
  return rows;
}

TEST(NationalPathway, RefersMoreAndChargesAndConvictsLessOfThemWithALowerPoliceThreshold) {
  const Rows lower =
      rows_of(national([](Scenario& scenario) { move_by(scenario, "police_threshold", -0.8); }));
  for (const char* year : {"2019", "2020"}) {
    SCOPED_TRACE(year);
    const auto expect = [&](const RowKey& key, auto is) {
      EXPECT_THAT(lower.of(key), Pointwise(is, baseline().of(key)));
    };
    expect(row("recorded", "", year, "total", "offences"), testing::Eq());
    expect(row("referrals", "", year, "total", "suspects"), Gt());
    expect(row("charged", "", year, "total", "suspects"), Gt());
    expect(row("charge_rate", "", year, "share", "%"), Lt());
    expect(row("conviction_rate", "", year, "share", "%"), Lt());
  }
}

/// Both are off in the baseline, for no share is published.
TEST(NationalPathway, RefersLaterWithFilesSentBackAndMoreWhereCasesGoOnWithoutTheVictim) {
  const Rows sent_back = rows_of(national([](Scenario& scenario) {
    set(scenario, "gatekeeper_return_share", 0.3);
    set(scenario, "gatekeeper_return_effort", most(scenario, "gatekeeper_return_effort"));
  }));
  const Rows gone_on = rows_of(
      national([](Scenario& scenario) { set(scenario, "going_on_without_victim_share", 0.05); }));
  for (const char* year : {"2019", "2020"}) {
    SCOPED_TRACE(year);
    const RowKey days = row("days_recorded_to_referral", "", year, "mean", "days");
    EXPECT_THAT(sent_back.of(days), Pointwise(Gt(), baseline().of(days)));
    const RowKey referrals = row("referrals", "", year, "total", "suspects");
    EXPECT_THAT(gone_on.of(referrals), Pointwise(Gt(), baseline().of(referrals)));
    const RowKey withdrawals = row("withdrawals", "", year, "total", "cases");
    EXPECT_THAT(gone_on.of(withdrawals), Pointwise(Lt(), baseline().of(withdrawals)));
  }
}

TEST(NationalPathway, HasMoreLiveCasesWhenCourtsHaveBeenClosedForAQuarter) {
  const Rows closed =
      rows_of(national([](Scenario& scenario) { close_courts(scenario, april, july); }));
  for (const char* quarter : {"2019-Q2", "2019-Q3", "2019-Q4", "2020-Q2"}) {
    SCOPED_TRACE(quarter);
    const RowKey live = row("live_caseload", "", quarter, "snapshot", "suspects");
    EXPECT_THAT(closed.of(live), Pointwise(Gt(), baseline().of(live)));
  }
  const RowKey before = row("live_caseload", "", "2019-Q1", "snapshot", "suspects");
  EXPECT_EQ(closed.of(before), baseline().of(before));
}

/// The prosecutors who review files also keep up live cases: the hours are at the top of their
/// assumed range.
TEST(NationalPathway, DecidesLaterWhereThoseWhoReviewAlsoKeepUpLiveCases) {
  const auto busy = [](Scenario& scenario) {
    set(scenario, "live_case_upkeep", most(scenario, "live_case_upkeep"));
  };
  const Rows open = rows_of(national(busy));
  const Rows closed = rows_of(national([&](Scenario& scenario) {
    busy(scenario);
    close_courts(scenario, april, july);
  }));
  const RowKey upkeep = row("utilisation", "prosecutors", "2019", "share upkeep", "%");
  EXPECT_THAT(closed.of(upkeep), Pointwise(Gt(), open.of(upkeep)));
  for (const char* period : {"2019-Q3", "2019-Q4", "2020"}) {
    SCOPED_TRACE(period);
    const RowKey wait = row("days_waiting", "charging_review", period, "mean", "days");
    EXPECT_THAT(closed.of(wait), Pointwise(Gt(), open.of(wait)));
  }
  const RowKey decided = row("days_file_to_decision", "", "2020", "mean", "days");
  EXPECT_THAT(closed.of(decided), Pointwise(Gt(), open.of(decided)));
}

/// What police and prosecutors do: their stages and pools, and what is counted until charge.
std::set<std::string> before_court(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.level != "region") names.insert(name);
  }
  for (const auto& [name, pool] : scenario.pools) {
    if (pool.level != "region") names.insert(name);
  }
  return names;
}

TEST(NationalPathway, DoesNotFeelAClosureBeforeCourtWhereLiveCasesCostNothing) {
  const auto without = [](Scenario& scenario) { set(scenario, "live_case_upkeep", 0); };
  const Scenario scenario = national(without);
  const std::set<std::string> ours = before_court(scenario);
  const std::set<std::string> counted{"recorded",
                                      "referrals",
                                      "charging_submissions",
                                      "consultations",
                                      "legal_decisions",
                                      "charged",
                                      "charge_rate",
                                      "prfi_share",
                                      "admin_finalised",
                                      "nfa",
                                      "days_file_to_decision",
                                      "police_outcomes",
                                      "withdrawals",
                                      "with_cps",
                                      "days_referral_to_charge",
                                      "open_investigations",
                                      "early_advice_days",
                                      "action_plans_open"};
  const Rows open = rows_of(scenario);
  const Rows closed = rows_of(national([&](Scenario& changed) {
    without(changed);
    close_courts(changed, april, july);
  }));
  ASSERT_EQ(open.keys, closed.keys);
  std::size_t same = 0;
  std::size_t elsewhere = 0;
  for (std::size_t i = 0; i < open.keys.size(); ++i) {
    const RowKey& key = open.keys[i];
    const bool is_before = key.stage.empty() ? counted.contains(key.kpi) : ours.contains(key.stage);
    for (std::uint32_t r = 0; r < replications; ++r) {
      // Bytes: a row that no case has is no number.
      const bool is_same = std::bit_cast<std::uint64_t>(open.values[r][i]) ==
                           std::bit_cast<std::uint64_t>(closed.values[r][i]);
      if (!is_before) {
        elsewhere += is_same ? 0 : 1;
        continue;
      }
      ++same;
      EXPECT_TRUE(is_same) << key.kpi << " " << key.stage << " " << key.period << ": "
                           << open.values[r][i] << " and " << closed.values[r][i];
    }
  }
  EXPECT_GT(same, 10000U);
  EXPECT_GT(elsewhere, 100U) << "the closure did nothing at all";
}

// ---- A stage of one force

const std::string example = "scenarios/england-wales/examples/second_reading_in_kent.toml";

TEST(StageOfOneForce, TakesOneFile) {
  const Scenario base = scenario_in(source_path("scenarios/england-wales/baseline.toml"));
  const Scenario changed = scenario_in(source_path(example));
  std::vector<std::string> added;
  for (const std::string& file : changed.files) {
    const auto name = std::filesystem::path(file).filename();
    const bool is_there = std::ranges::any_of(base.files, [&](const std::string& other) {
      return std::filesystem::path(other).filename() == name;
    });
    if (!is_there) added.push_back(name.string());
  }
  EXPECT_THAT(added, testing::ElementsAre("second_reading_in_kent.toml"));
  EXPECT_EQ(changed.stages.size(), base.stages.size() + 1);
}

TEST(StageOfOneForce, IsPassedThereFromItsDayOnAndNowhereElse) {
  Scenario scenario = scenario_in(source_path(example));
  scenario.run.origin = parse_date("2018-01-01").value();
  scenario.run.from = parse_date("2019-01-01").value();
  scenario.run.to = parse_date("2021-01-01").value();
  const Rows rows = rows_of(scenario, Detail::sites);
  const auto visits = [&](const std::string& stage, const std::string& year,
                          const std::string& site) {
    RowKey key = row("visits", stage, year, "total", "visits");
    key.site = site;
    return rows.of(key);
  };
  const auto read = visits("second_reading", "2020", "force:Kent");
  EXPECT_THAT(read, Each(Gt(10)));
  EXPECT_EQ(read, visits("second_reading", "2020", "")) << "in Kent alone";
  const auto checked = visits("gatekeeper_check", "2020", "force:Kent");
  for (std::uint32_t r = 0; r < replications; ++r) {
    EXPECT_NEAR(checked[r], read[r], 3) << "every file of the year";
  }
  EXPECT_THAT(visits("second_reading", "2019", ""), Each(0));
  EXPECT_THAT(visits("gatekeeper_check", "2019", "force:Kent"), Each(Gt(10)));
}

}  // namespace
}  // namespace rassoflow
