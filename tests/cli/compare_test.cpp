// `compare` as its user meets it: the differences are those of two runs, nothing is left out in
// silence, and what cannot be compared is refused with the reason.
#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* desk = R"(
format = 1
title = "A desk"
[run]
origin = 2020-01-01
to = 2022-01-01
seed = 7
replications = 6
[sites.office."East"]
[sites.office."West"]
[levels.office]
[parameters.hours]
value = 12
unit = "hours"
grade = "assumed"
source = "this test"
[pools.staff]
positions = 2
level = "office"
[stages.report]
kind = "report"
level = "office"
arrivals = 2.5
next = "desk"
[stages.desk]
kind = "work"
level = "office"
pool = "staff"
effort = { law = "exponential", mean = "hours", unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
level = "office"
code = "done"
title = "Dealt with"
)";

class Compare : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    return folder.write(name, text).string();
  }
  std::string with(const std::string& name, const std::string& more) const {
    return write(name, "format = 1\ntitle = \"" + name + "\"\nextends = \"desk.toml\"\n" + more);
  }
  static json compared(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    arguments.insert(arguments.end(), {"--format", "json"});
    const Said said = run_program(arguments);
    EXPECT_EQ(said.code, 0) << said.err;
    return json::parse(said.out);
  }
  /// The row of the whole window, without site or class.
  static json row_of(const json& rows, const std::string& kpi, const std::string& stage,
                     const std::string& statistic) {
    for (const json& row : rows) {
      if (row["kpi"] == kpi && row["stage"] == stage && row["statistic"] == statistic &&
          row["site"].get<std::string>().empty() && row["outcome"].get<std::string>().empty() &&
          row["period"] == "2020-01/2021-12") {
        return row;
      }
    }
    return {};
  }

  TempFolder folder;
  std::string base = write("desk.toml", desk);
  std::string slower = with("slower.toml", "[parameters.hours]\nvalue = 15\n");
  std::string quicker = with("quicker.toml", "[parameters.hours]\nvalue = 9\n");
};

TEST_F(Compare, GivesTheDifferencesOfTwoRuns) {
  const json found = compared({base, slower});
  const auto mean_of = [&](const std::string& file) {
    const Said said = run_program({"run", file, "--format", "json"});
    return row_of(json::parse(said.out)["estimates"], "days_waiting", "desk", "mean")["mean"]
        .get<double>();
  };
  const json row = row_of(found["differences"], "days_waiting", "desk", "mean");
  const double a = mean_of(base), b = mean_of(slower);
  EXPECT_DOUBLE_EQ(row["base"], a);
  EXPECT_DOUBLE_EQ(row["with_option"], b);
  EXPECT_NEAR(row["difference"], b - a, 1e-9);
  EXPECT_NEAR(row["relative"], b / a - 1, 1e-9);
  EXPECT_GT(row["lo95"], 0);
  EXPECT_LT(row["lo95"], row["lo80"]);
  EXPECT_GT(row["gain"], 1);
  EXPECT_EQ(row["n"], 6);
}

TEST_F(Compare, MeetsTheSameCasesInBoth) {
  const json row =
      row_of(compared({base, slower, "--seed", "99"})["differences"], "arrivals", "", "total");
  EXPECT_EQ(row["difference"], 0);
  EXPECT_EQ(row["sd"], 0);
}

TEST_F(Compare, IsTheSameBytesForAnyNumberOfThreads) {
  const auto bytes = [&](const char* threads) {
    return run_program({"compare", base, slower, "--threads", threads, "--format", "json"}).out;
  };
  EXPECT_EQ(bytes("1"), bytes("3"));
}

TEST_F(Compare, SpeaksOfThousandSimulatedCasesAndOfWhoBearsTheCost) {
  const std::string swamped = with("swamped.toml", "[parameters.hours]\nvalue = 60\n");
  const Said said = run_program({"compare", base, swamped});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, AllOf(HasSubstr("Of 1,000 simulated cases reported in 2020, within 12"),
                              HasSubstr("chance only: real uncertainty is"),
                              HasSubstr("- wait, desk:"), HasSubstr("fewer ("),
                              HasSubstr(": Dealt with"), HasSubstr("- office:East: wait, desk")));
  std::istringstream lines{said.out};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(Compare, RanksTimesOfSeveralOptionsAndNothingElse) {
  const Said said = run_program({"compare", base, slower, quicker});
  EXPECT_THAT(said.out, AllOf(HasSubstr("Lowest: C ("), HasSubstr("Behind the lowest: A by up to"),
                              HasSubstr("Fewer days are not by themselves justice")));
  const json found = compared({base, slower, quicker});
  for (const json& figure : found["headline"]) {
    const bool is_less_better = figure["kpi"] != "arrivals" && figure["kpi"] != "outcomes";
    EXPECT_EQ(figure["ranking"].size(), is_less_better ? 3U : 0U) << figure;
  }
}

TEST_F(Compare, SaysWhatOnlyOneOfThemHas) {
  const std::string more = with("more.toml", R"(
[stages.desk]
next = "second"
[stages.second]
kind = "wait"
level = "office"
delay = { law = "fixed", value = 1, unit = "days" }
next = "done"
[kpis.seconds]
kind = "count"
mark = "done"
unit = "cases"
)");
  const Said said = run_program({"compare", base, more});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out,
              AllOf(HasSubstr("Only B has the stage `second`."),
                    HasSubstr("Only B has the KPI `seconds`."), HasSubstr("Only B has rows of:")));
  bool is_listed = false;
  const json found = compared({base, more});
  for (const json& row : found["not_compared"]) {
    is_listed = is_listed || (row["kpi"] == "seconds" && row["reason"] == "only in B");
  }
  EXPECT_TRUE(is_listed);
}

TEST_F(Compare, SaysIfAnOptionChangesNothing) {
  const Said said = run_program({"compare", base, with("same.toml", "")});
  EXPECT_THAT(said.out, HasSubstr("B is the same as A: no number of the model differs."));
}

TEST_F(Compare, RefusesOtherDaysAndOtherCasesWithTheReason) {
  const Said said = run_program(
      {"compare", base, with("later.toml", "[run]\norigin = 2020-02-01\nlayer_rate = 1\n")});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, AllOf(HasSubstr("`run.origin` is 2020-01-01 in the one and 2020-02-01"),
                              HasSubstr("`run.layer_rate`")));
}

TEST_F(Compare, SetsTheDaysOfAllByTheSameOptions) {
  const std::string longer = with("longer.toml", "[run]\nto = 2023-01-01\n");
  EXPECT_EQ(run_program({"compare", base, longer}).code, 2);
  EXPECT_EQ(run_program({"compare", base, longer, "--to", "2021-07-01"}).code, 0);
}

TEST_F(Compare, KeepsPairsWhenInterrupted) {
  const Interruption soon{std::chrono::milliseconds(700)};
  const Said said = run_program(
      {"compare", base, slower, "--replications", "1000000", "--threads", "1"}, {}, &soon);
  EXPECT_EQ(said.code, 130);
  EXPECT_THAT(said.out, AllOf(HasSubstr("INTERRUPTED"), Not(HasSubstr("no results"))));
}

TEST_F(Compare, WritesAllThreeFormatsToAFolder) {
  const std::string out = (folder.path() / "out").string();
  const Said said = run_program({"compare", base, slower, "--out", out});
  EXPECT_EQ(read_text(out + "/compare.txt"), said.out);
  EXPECT_EQ(json::parse(read_text(out + "/compare.json"))["schema"], "rassoflow.compare/1");
  EXPECT_THAT(read_text(out + "/differences.csv"), HasSubstr("\nB,arrivals,"));
}

TEST_F(Compare, NeedsAnOption) {
  EXPECT_EQ(run_program({"compare", base}).code, 2);
}

}  // namespace
}  // namespace rassoflow
