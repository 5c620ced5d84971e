// `trace` as its user meets it: one case's story as a table.
#include <gmock/gmock.h>

#include <regex>
#include <sstream>

#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// From Monday on, one of fifty officers takes a case at once, for 30 hours; 40 hours at the lab
// pass by the clock.
constexpr const char* world = R"(
format = 1
title = "A force and its laboratory"
crossing_calendar = "always"
[run]
origin = 2020-01-06
from = 2020-01-08
to = 2020-03-01
seed = 7
[levels.force]
[levels.laboratory]
owns_clock = false
[sites.force."Kent"]
[sites.force."Avon and Somerset"]
[sites.laboratory."London"]
[pools.officers]
level = "force"
positions = 50
[stages.report]
kind = "report"
level = "force"
arrivals = 2
next = "enquiries"
[stages.enquiries]
kind = "work"
level = "force"
title = "Enquiries with a title too long for a line"
pool = "officers"
effort = { law = "fixed", value = 30, unit = "hours" }
next = "tests"
[stages.tests]
kind = "wait"
level = "laboratory"
title = "Tests"
delay = { law = "fixed", value = 48, unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
level = "force"
title = "Closed"
code = "15"
)";

class Trace : public ::testing::Test {
 protected:
  Said trace(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "trace");
    return run_program(arguments);
  }
  TempFolder folder;
  std::string scenario = folder.write("world.toml", world).string();
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_F(Trace, TellsTheStoryOfOneSimulatedCase) {
  const Said said = trace({"first", scenario, "--site", "force:Kent"});
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out,
              StartsWith("The story of one simulated case. It tells nothing about any real "
                         "case.\nA force and its laboratory\nCase "));
  EXPECT_THAT(said.out, HasSubstr("\nReplication 0, seed 7\n"));
  // A moment, where it is new, what and for how long.
  const std::string moment = R"(\d{4}-\d\d-\d\d [A-Z][a-z]{2} \d\d:\d\d)";
  const std::vector<std::string> expected{moment + R"(  Kent +report)",
                                          R"( +Enquiries with a title too)",
                                          R"( +long for a line)",
                                          R"( +work by officers +1\.25)",
                                          moment + R"( +posted to London +0\.\d\d)",
                                          moment + R"(  London +delivered)",
                                          R"( +Tests +2\.00)",
                                          moment + R"( +posted to Kent +(0\.\d\d|1\.00))",
                                          moment + R"(  Kent +delivered)",
                                          R"( +Closed)"};
  const std::vector<std::string> lines = lines_of(said.out);
  const auto header = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
    return line.starts_with("date ");
  });
  ASSERT_GE(lines.end() - header, static_cast<std::ptrdiff_t>(expected.size()) + 3);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string& line = header[static_cast<std::ptrdiff_t>(i) + 1];
    EXPECT_TRUE(std::regex_match(line, std::regex(expected[i]))) << line;
  }
  EXPECT_TRUE(
      std::regex_match(lines.back(), std::regex(R"(From report to outcome 15 +[45]\.\d\d)")))
      << lines.back();
  for (const std::string& line : lines) EXPECT_LE(line.size(), 82U) << line;
}

TEST_F(Trace, AddsUpToTheTimeFromReportToOutcome) {
  const Said said = trace({"3", scenario});
  ASSERT_EQ(said.code, 0) << said.err;
  double sum = 0, whole = 0;
  for (const std::string& line : lines_of(said.out)) {
    std::smatch days;
    if (!std::regex_search(line, days, std::regex(R"( (\d+\.\d\d)$)"))) continue;
    if (line.starts_with("From report"))
      whole = std::stod(days[1]);
    else
      sum += std::stod(days[1]);
  }
  EXPECT_GT(whole, 3);
  EXPECT_NEAR(sum, whole, 0.03);
}

TEST_F(Trace, FindsTheSameCaseByNumberKeyAndIdentity) {
  const Said by_number = trace({"2", scenario});
  std::smatch names;
  ASSERT_TRUE(std::regex_search(by_number.out, names,
                                std::regex("\nCase ([0-9a-f]{16}) = (force:[^\n]*)\n")));
  EXPECT_EQ(trace({names[1], scenario}).out, by_number.out);
  EXPECT_EQ(trace({names[2], scenario}).out, by_number.out);
  const Said other_luck = trace({"2", scenario, "--replication", "1"});
  EXPECT_EQ(other_luck.code, 0);
  EXPECT_NE(other_luck.out, by_number.out);
  // The same case, whose luck is another.
  const Said other_seed = trace({names[2], scenario, "--seed", "8"});
  EXPECT_NE(other_seed.out, by_number.out);
}

TEST_F(Trace, SaysWhatIsWrongWithACaseThatCannotBe) {
  const auto says = [&](std::vector<std::string> arguments, int code, const char* what) {
    const Said said = trace(std::move(arguments));
    EXPECT_EQ(said.code, code) << said.err;
    EXPECT_THAT(said.err, HasSubstr(what));
    EXPECT_THAT(said.out, IsEmpty());
  };
  says({"second", scenario}, 2, "`second` is no case: give its key of 16 hexadecimal digits");
  says({"0", scenario}, 2, "`0` is no case");
  says({"first", scenario, "--site", "force:Knet"}, 2, "did you mean `force:Kent`?");
  says({"first", scenario, "--site", "Kent"}, 2, "did you mean `force:Kent`?");
  says({"Kent/all/0/1", scenario}, 2, "did you mean `force:Kent`?");
  says({"force:Kent/adult/0/1", scenario}, 2,
       "there is no class `adult` at `force:Kent`, only `all`");
  says({"force:Kent/all/0", scenario}, 2, "site, class, layer and serial");
  says({"laboratory:London/all/0/1", scenario}, 2, "no cases are reported at `laboratory:London`");
  says({"0123456789abcdef", scenario}, 1, "there is no case `0123456789abcdef` in replication 0");
  says({"9999", scenario, "--site", "force:Kent"}, 1, "cases are reported at `force:Kent` from");
  says({"0123456789abcdef", scenario, "--site", "force:Kent"}, 2, "--site belongs to");
}

TEST_F(Trace, SaysSoIfTheCaseIsNotOverAtTheEndOfTheRun) {
  std::string text = world;
  text.replace(text.find("value = 48"), 10, "value = 999999");
  const Said said = trace({"first", folder.write("long.toml", text).string()});
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("Without an outcome by the end of the run, 2020-03-01"));
}

}  // namespace
}  // namespace rassoflow
