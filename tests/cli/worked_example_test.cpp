// The planner's example of docs/planning.md, as its commands say, with fewer replications.
#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

/// Of the rows over the whole window, option less base.
std::map<std::string, double> differences(const std::string& rule) {
  const std::string base = source_path("scenarios/england-wales/outlook.toml").string();
  const std::string option = source_path("scenarios/examples/rasso_194.toml").string();
  const Said said = run_program(
      {"compare", base, option, "--sharing", rule, "--replications", "2", "--format", "json"});
  EXPECT_EQ(said.code, 0) << said.err;
  std::map<std::string, double> out;
  const auto report = nlohmann::json::parse(said.out);
  for (const auto& headline : report.at("headline")) {
    for (const auto& row : report.at("differences")) {
      const bool is_same = row.at("kpi") == headline.at("kpi") &&
                           row.at("period") == headline.at("period") &&
                           row.at("statistic") == headline.at("statistic") && row.at("site") == "";
      if (is_same) out[row.at("kpi")] = row.at("difference");
    }
  }
  return out;
}

/// With more staff decisions come sooner whatever the rule, least where adult rape already comes
/// first. Two paired replications; the differences are many times their standard errors.
TEST(WorkedExample, MoreStaffBringDecisionsForwardUnderEveryRule) {
  const auto proportional = differences("proportional");
  const auto first = differences("adult_rape_first");
  const auto fenced = differences("ring_fenced");
  EXPECT_GT(proportional.at("charged"), 0);
  EXPECT_LT(proportional.at("days_referral_to_charge"), 0);
  EXPECT_LT(fenced.at("days_referral_to_charge"), 0);
  EXPECT_GT(first.at("days_referral_to_charge"), proportional.at("days_referral_to_charge"));
  EXPECT_EQ(first.at("referrals"), 0);
}

}  // namespace
}  // namespace rassoflow
