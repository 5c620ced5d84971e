// The planner's example of docs/planning.md under the three sharing rules: which way, in each of
// two paired replications.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/directions/national.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::Gt;
using testing::Lt;

Rows planned(const char* file, SharingRule rule) {
  Scenario scenario = scenario_in(source_path(file));
  scenario.run.from = parse_date("2022-07-01").value();
  scenario.run.to = parse_date("2023-10-01").value();
  scenario.pools.at("prosecutors").sharing = rule;
  return rows_of(scenario);
}

struct Changes {
  Rows before, after;

  explicit Changes(SharingRule rule)
      : before(planned("scenarios/england-wales/outlook.toml", rule)),
        after(planned("scenarios/examples/rasso_194.toml", rule)) {}

  /// Of a row of the nation over the whole window, by replication.
  std::vector<double> of(const std::string& kpi, const std::string& statistic,
                         const std::string& stage = "") const {
    const auto key = std::ranges::find_if(before.keys, [&](const RowKey& row) {
      return row.kpi == kpi && row.statistic == statistic && row.stage == stage &&
             row.period == "2022-07/2023-09" && row.outcome.empty() && row.case_class.empty();
    });
    if (key == before.keys.end()) throw std::runtime_error("no row " + kpi);
    std::vector<double> change = after.of(*key);
    const std::vector<double> base = before.of(*key);
    std::ranges::transform(change, base, change.begin(), std::minus{});
    return change;
  }
};

TEST(PlannersExample, BringsDecisionsForwardWhereFilesWaitForAProsecutor) {
  const Changes proportional{SharingRule::proportional};
  const Changes fenced{SharingRule::ring_fenced};
  for (const Changes* changes : {&proportional, &fenced}) {
    EXPECT_THAT(changes->of("charged", "total"), Each(Gt(0)));
    EXPECT_THAT(changes->of("days_waiting", "mean", "charging_review"), Each(Lt(0)));
    EXPECT_THAT(changes->of("referrals", "total"), Each(0));
  }
  // Where adult rape comes first no file waits for a day, so hardly anything is left to gain.
  const Changes first{SharingRule::adult_rape_first};
  for (const double days : first.of("days_waiting", "mean", "charging_review")) {
    EXPECT_GT(days, -1);
  }
}

}  // namespace
}  // namespace rassoflow
