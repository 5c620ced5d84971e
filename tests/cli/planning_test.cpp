// What planners ask before they run anything: what differs, who is in post, where to begin.
#include <gmock/gmock.h>

#include <algorithm>

#include "sim/scenario/local_template.hpp"
#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* office = R"(
format = 1
title = "An office"
[run]
origin = 2020-01-01
to = 2021-01-01
seed = 7
replications = 2
[levels.area]
[sites.area]
"North" = {}
"South, and by sea" = {}
[parameters.staff]
value = 4
unit = "FTE"
low = 0
high = 20
grade = "assumed"
source = "this test"
[parameters.mean_hours]
value = 6
unit = "hours"
low = 3
high = 12
grade = "assumed"
source = "this \"test\""
changes = [ { from = 2020-07-01, value = 7 } ]
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
[pools.staff]
calendar = "office"
positions = "staff"
absence = 0.25
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = "mean_hours", unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[levers.hire]
title = "Two more people"
grade = "assumed"
source = "this test"
effects = [ { parameter = "staff", difference = 2 } ]
)";

constexpr const char* more = R"(
format = 1
title = "More people in the North"
extends = "office.toml"
[levers.hire]
from = 2020-03-01
site = "area:North"
[stages.desk]
title = "The desk"
[recruitment.staff]
pool = "staff"
posts = 3
months_to_start = 2
training = [0.5]
)";

class Planning : public testing::Test {
 protected:
  TempFolder folder;
  std::string base = folder.write("office.toml", office).string();
  std::string option = folder.write("more.toml", more).string();
};

TEST_F(Planning, DiffSaysWhatChangesWhereAndFromWhen) {
  const Said said = run_program({"diff", base, option});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("  hire: Two more people\n    A: off\n    B: in use from 1 Mar "
                                  "2020 in North (area)\n"));
  EXPECT_THAT(said.out, HasSubstr("  staff (FTE), North (area); acted on by hire\n    from 1 Mar "
                                  "2020: 4 to 6 (+2, +50%)\n"));
  EXPECT_THAT(said.out, HasSubstr("  stages.desk.title: only in B: \"The desk\"\n"));
  EXPECT_THAT(said.out, HasSubstr("  recruitment.staff.posts: only in B: 3\n"));
  EXPECT_THAT(said.out, Not(HasSubstr("mean_hours")));
}

TEST_F(Planning, DiffOfAScenarioAndItselfIsNothing) {
  EXPECT_THAT(run_program({"diff", base, base}).out, HasSubstr("There is no difference.\n"));
}

TEST_F(Planning, StaffAreCountedByMonth) {
  const Said said = run_program({"staff", option, "--site", "area:North", "--format", "csv"});
  EXPECT_EQ(said.code, 0) << said.err;
  // January 2020 has 23 working days of eight hours; of 4 FTE three quarters are there.
  EXPECT_THAT(said.out, HasSubstr("staff,\"area:North\",2020-01,7,4,0,3,552\n"));
  // 3 more start on 1 March and are worth half in their first month, 22 working days.
  EXPECT_THAT(said.out, HasSubstr("staff,\"area:North\",2020-03,9,9,3,6.75,990\n"));
  EXPECT_THAT(said.out, HasSubstr("staff,\"area:North\",2020-04,9,9,0,6.75,"));
  const Said both = run_program({"staff", option});
  EXPECT_THAT(both.out,
              HasSubstr("  2020-04     16.0     16.0          0.0     12.0          2,112\n"));
}

TEST_F(Planning, RecruitmentReachesTheSimulation) {
  const Pathway pathway = pathway_in(option);
  const auto on = [&](const char* day) {
    const Seconds when = pathway.axis.at(parse_date(day).value());
    const auto after = std::ranges::upper_bound(pathway.settings, when, {}, &Settings::start);
    return std::prev(after)->pools.front();
  };
  EXPECT_EQ(on("2020-02-29").positions, 4);
  EXPECT_EQ(on("2020-03-01").positions, 9);
  EXPECT_EQ(on("2020-03-01").productivity, 833);  // (6 + 3 x 0.5) / 9
  EXPECT_EQ(on("2020-04-01").productivity, 1000);
}

TEST_F(Planning, NewWritesAScenarioThatChangesNothingYet) {
  const std::string local = (folder.path() / "local").string();
  const Said said =
      run_program({"new", "area:South, and by sea", "--base", base, "--folder", local});
  EXPECT_EQ(said.code, 0) << said.err;
  const auto file = folder.path() / "local/south_and_by_sea.toml";
  EXPECT_EQ(pathway_in(file).digest, pathway_in(base).digest);
  const std::string text = read_text(file);
  EXPECT_THAT(text, HasSubstr("# [parameters.mean_hours]\n# now 7 hours (3 to 12), assumed: this "
                              "\"test\"\n# changes = [ { from = 2020-07-01, value = 7 }, { site = "
                              "\"area:South, and by sea\", value = 7 } ]\n"));
  const Said again =
      run_program({"new", "area:South, and by sea", "--base", base, "--folder", local});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("is there already"));
  EXPECT_THAT(run_program({"new", "area:Sooth, and by sea", "--base", base}).err,
              HasSubstr("did you mean `area:South, and by sea`?"));
}

TEST(LocalTemplates, OfTheBaselineAreValidWithEveryBlockTakenIn) {
  const Scenario base = scenario_in(source_path("scenarios/england-wales/baseline.toml"));
  const TempFolder folder;
  std::filesystem::copy(source_path("scenarios/england-wales"), folder.path() / "england-wales",
                        std::filesystem::copy_options::recursive);
  for (const char* site : {"force:Kent", "area:London North", "region:Wales"}) {
    const LocalTemplate local = local_template(base, "../england-wales/baseline.toml", site);
    std::string text;
    std::istringstream lines{local.toml};
    for (std::string line; std::getline(lines, line);) {
      const bool is_block = line.starts_with("# [") || line.starts_with("# changes = ");
      text += (is_block ? line.substr(2) : line) + "\n";
    }
    if (!local.posts.empty()) folder.write("local/" + local.name + "_posts.csv", local.posts);
    const auto file = folder.write("local/" + local.name + ".toml", text);
    EXPECT_NO_THROW(scenario_in(file)) << site;
  }
}

}  // namespace
}  // namespace rassoflow
