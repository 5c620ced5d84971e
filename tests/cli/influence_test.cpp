// `influence` and `check --local`: which number to replace first.
#include <gmock/gmock.h>

#include "tests/cli/desk.hpp"
#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Twelve hours of work may be 4 or 30; the colour of the desk, which changes nothing, anything.
constexpr const char* with_colour = R"(
[parameters.colour]
value = 0
unit = "days"
low = 0
high = 3
grade = "assumed"
source = "this test"
[stages.paint]
kind = "wait"
delay = { law = "fixed", value = "colour", unit = "days" }
next = "done"
[stages.choose]
kind = "decide"
routes = [ { to = "paint", probability = 0 }, { to = "desk" } ]
)";

TEST(Influence, RanksNumbersByWhatTheyMove) {
  const TempFolder folder;
  std::string text = desk;
  text.replace(text.find("next = \"desk\""), 13, "next = \"choose\"");
  const std::string scenario = folder.write("desk.toml", text + with_colour).string();
  const std::string csv = (folder.path() / "influence.csv").string();
  const Said said = run_program({"influence", scenario, "--replications", "2", "--out", csv});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("hours (assumed)\n  4 to 30 instead of 12: "));
  const std::string rows = read_text(csv);
  EXPECT_THAT(rows, StartsWith("parameter,value,low,high,influence,half_width,change_at_low,"
                               "change_at_high,row\nhours,12,4,30,"));
  // A route that nobody takes.
  EXPECT_THAT(rows, HasSubstr("\ncolour,0,0,3,0,"));

  const Said local = run_program({"check", scenario, "--local", "--influence", csv});
  EXPECT_EQ(local.code, 0) << local.err;
  const auto first = local.out.find("  hours: 12 hours (4 to 30), assumed; moves a headline");
  const auto second = local.out.find("  colour: 0 days (0 to 3), assumed; moves a headline");
  ASSERT_NE(first, std::string::npos) << local.out;
  ASSERT_NE(second, std::string::npos) << local.out;
  EXPECT_LT(first, second);
}

TEST(Influence, SaysWhatIsWrongWithItsFile) {
  const TempFolder folder;
  const std::string scenario = folder.write("desk.toml", desk).string();
  const std::string csv = folder.write("i.csv", "parameter,influence\nhours,much\n").string();
  const Said bad = run_program({"check", scenario, "--local", "--influence", csv});
  EXPECT_EQ(bad.code, 3);
  EXPECT_THAT(bad.err, HasSubstr("i.csv:2:7: error: `much` is not a finite number"));
  const Said none = run_program({"check", scenario, "--local", "--influence", csv + "x"});
  EXPECT_EQ(none.code, 1);
}

}  // namespace
}  // namespace rassoflow
