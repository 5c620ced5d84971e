// Two years whose charge rate rises by date of the decision and falls by date of the report.
#include "analysis/kpis/opposite_moves.hpp"

#include "tests/analysis/hand_filled.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "Decisions"
[run]
origin = 2019-01-01
to = 2022-08-01
[stages.report]
kind = "report"
arrivals = 1
next = "decision"
[stages.decision]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
routes = [ { to = "closed", probability = 0.5 }, { to = "charged" } ]
[stages.charged]
kind = "outcome"
code = "charged"
[stages.closed]
kind = "outcome"
code = "closed"
[kpis.charge_rate]
kind = "share"
numerator = ["charged"]
denominator = ["charged", "closed"]
unit = "%"
)";

class OppositeMoves : public ::testing::Test, protected HandFilled {
 protected:
  OppositeMoves() : HandFilled(world) {}

  /// January of the year: `charged` of 100 decided then, `of_reported` of 100 reported then.
  void year(int number, std::uint32_t charged, std::uint32_t of_reported) {
    const auto month = static_cast<std::size_t>(number - 2019) * 12;
    site(month).reported = 100;
    mark("charged", month) = {
        .every = charged, .first = charged, .within = {of_reported, of_reported, of_reported}};
    mark("closed", month) = {.every = 100 - charged,
                             .first = 100 - charged,
                             .within = {100 - of_reported, 100 - of_reported, 100 - of_reported}};
  }
  void replicate() {
    observations.replications.push_back(static_cast<std::uint32_t>(observations.values.size()));
    observations.values.push_back(plan().reduce(monitor));
  }
  std::vector<OppositeMove> moves() const {
    const RowPlan rows = plan();
    std::vector<OppositeMove> of_rate;
    for (OppositeMove& move : opposite_moves(rows, observations, estimate(rows, observations))) {
      if (move.flow.kpi == "charge_rate") of_rate.push_back(std::move(move));
    }
    return of_rate;
  }

  Observations observations;
};

TEST_F(OppositeMoves, AreFoundWithTheLongestHorizonOfBothYears) {
  for (const std::uint32_t luck : {0U, 1U, 2U}) {
    year(2019, 40 + luck, 60 + luck);
    year(2020, 50 + luck, 52 + luck);
    year(2021, 60 + luck, 44 + luck);
    replicate();
  }
  const auto found = moves();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].earlier, "2019");
  EXPECT_EQ(found[0].flow.period, "2020");
  // 730 days after 2020 are past the end of the run, 365 days are not; after 2021 only 183 are not.
  EXPECT_EQ(found[0].cohort.statistic, "share within 12 months");
  EXPECT_EQ(found[1].cohort.statistic, "share within 6 months");
  EXPECT_DOUBLE_EQ(found[0].flow_before, 41);
  EXPECT_DOUBLE_EQ(found[0].flow_after, 51);
  EXPECT_DOUBLE_EQ(found[0].cohort_before, 61);
  EXPECT_DOUBLE_EQ(found[0].cohort_after, 53);
}

TEST_F(OppositeMoves, AreNotFoundWhereBothGoOneWay) {
  for (const std::uint32_t luck : {0U, 1U, 2U}) {
    year(2019, 40 + luck, 50 + luck);
    year(2020, 50 + luck, 61 + luck);
    year(2021, 40 + luck, 40 + luck);
    replicate();
  }
  EXPECT_TRUE(moves().empty());
}

TEST_F(OppositeMoves, AreNotFoundWithinChance) {
  for (const std::uint32_t luck : {0U, 12U, 3U}) {
    year(2019, 40, 50);
    year(2020, 42, 52 - luck);  // changes of 2, -10 and -1
    year(2021, 42, 52 - luck);
    replicate();
  }
  EXPECT_TRUE(moves().empty());
}

TEST_F(OppositeMoves, NeedMoreThanOneReplication) {
  year(2019, 40, 60);
  year(2020, 50, 40);
  year(2021, 50, 40);
  replicate();
  EXPECT_TRUE(moves().empty());
}

}  // namespace
}  // namespace rassoflow
