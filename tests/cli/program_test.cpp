#include "tests/cli/program.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

constexpr const char* small_world = R"(
format = 1
title = "A desk"
[run]
origin = 2020-01-01
to = 2021-01-01
seed = 7
replications = 4
[parameters.reports]
value = 2
unit = "cases a day"
grade = "assumed"
source = "this test"
[pools.staff]
positions = 2
[pools.couriers]
[stages.report]
kind = "report"
arrivals = "reports"
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 12, unit = "hours" }
next = "courier"
[stages.courier]
kind = "work"
pool = "couriers"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[kpis.finished]
kind = "count"
mark = "done"
unit = "cases"
definition = "cases at the end of the road"
[tables.leaders]
title = "The desk in brief"
sections = [ { heading = "Work", rows = [ { kpi = "finished", label = "Cases finished" } ] } ]
)";

class Program : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    return folder.write(name, text).string();
  }
  TempFolder folder;
  std::string scenario = write("desk.toml", small_world);
};

TEST_F(Program, SaysItsVersionAndCommit) {
  const Said said = run_program({"--version"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, StartsWith("rassoflow "));
  EXPECT_EQ(run_program({"version"}).out, said.out);
}

TEST_F(Program, ListsItsCommandsForHelp) {
  const Said said = run_program({"--help"});
  EXPECT_EQ(said.code, 0);
  for (const char* command : {"run", "check", "list", "explain", "graph", "trace", "version"}) {
    EXPECT_THAT(said.out, HasSubstr(command));
    EXPECT_EQ(run_program({command, "--help"}).code, 0) << command;
  }
}

TEST_F(Program, HasEveryCommandOnThePageOfCommands) {
  const std::string page = read_text(source_path("docs/commands.md"));
  std::istringstream help{run_program({"--help"}).out};
  int commands = 0;
  for (std::string line; std::getline(help, line);) {
    if (!line.starts_with("  ")) continue;
    EXPECT_LE(line.size(), 80U) << line;
    const std::string name = line.substr(2, line.find(' ', 2) - 2);
    EXPECT_THAT(page, HasSubstr("| `rassoflow " + name));
    ++commands;
  }
  EXPECT_GE(commands, 7);
}

TEST_F(Program, AsksWhatWasMeantByAnUnknownCommand) {
  const Said said = run_program({"chekc"});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("did you mean 'check'?"));
  EXPECT_THAT(said.out, IsEmpty());
}

TEST_F(Program, ReturnsTwoForMistakesOfUsage) {
  EXPECT_EQ(run_program({}).code, 2);
  EXPECT_EQ(run_program({"run"}).code, 2);
  EXPECT_EQ(run_program({"run", scenario, "--replications", "0"}).code, 2);
  EXPECT_EQ(run_program({"run", scenario, "--replications", "3x"}).code, 2);
  EXPECT_EQ(run_program({"run", scenario, "--from", "2020-02-30"}).code, 2);
  EXPECT_EQ(run_program({"run", scenario, "--loud"}).code, 2);
  EXPECT_EQ(run_program({"list", "stages"}).code, 2);
  const Said said = run_program({"run", scenario, "--format", "jsn"});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("did you mean 'json'?"));
}

TEST_F(Program, ReturnsOneIfAFileIsNotThere) {
  const Said said = run_program({"check", (folder.path() / "none.toml").string()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("there is no file"));
}

TEST_F(Program, ReturnsThreeForAnInvalidScenarioWithAllItsFaults) {
  std::string text = small_world;
  text.replace(text.find("next = \"desk\""), 13, "next = \"desc\"");
  text.replace(text.find("pool = \"staff\""), 14, "pool = \"stuff\"");
  const std::string wrong = write("wrong.toml", text);
  for (const char* command : {"check", "run", "graph"}) {
    const Said said = run_program({command, wrong});
    EXPECT_EQ(said.code, 3) << command;
    EXPECT_THAT(said.err, AllOf(HasSubstr("wrong.toml:"), HasSubstr("`desc`"), HasSubstr("`stuff`"),
                                HasSubstr(" errors\n")));
    EXPECT_THAT(said.out, IsEmpty());
  }
}

TEST_F(Program, ChecksAScenarioAndSaysWhatItHolds) {
  const Said said = run_program({"check", scenario});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out,
              AllOf(HasSubstr("4 stages"), HasSubstr("2 pools"), HasSubstr("1 parameter,"),
                    HasSubstr("assumed          1"), HasSubstr("Not modelled as a constraint"),
                    HasSubstr("couriers"), HasSubstr("No errors.")));
}

TEST_F(Program, NamesTheRoutesBetweenOrganisations) {
  const Said said =
      run_program({"check", source_path("scenarios/england-wales/baseline.toml").string()});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("Routes between organisations: lag of 1 second to "));
}

TEST_F(Program, ListsThePartsOfAScenario) {
  EXPECT_THAT(run_program({"list", "stages", scenario}).out,
              AllOf(HasSubstr("desk "), HasSubstr("work by staff")));
  EXPECT_THAT(run_program({"list", "pools", scenario}).out,
              HasSubstr("not modelled as a constraint; works on courier"));
  EXPECT_THAT(run_program({"list", "kpis", scenario}).out,
              HasSubstr("[cases] cases at the end of the road"));
  EXPECT_THAT(run_program({"list", "parameters", scenario}).out,
              HasSubstr("2 cases a day (assumed; this test)"));
  EXPECT_THAT(run_program({"list", "scenarios", folder.path().string()}).out,
              AllOf(HasSubstr("desk.toml"), HasSubstr("A desk")));
}

TEST_F(Program, ListsEventsByDateInPlainEnglish) {
  const std::string with_events = write("events.toml", std::string(small_world) + R"(
[events.strike]
title = "A strike of couriers whose title is far too long for one line of eighty cells"
from = 2020-09-28
to = 2021-06-28
grade = "published"
source = "a bulletin"
effects = [ { parameter = "reports", difference = -0.5, low = -1, high = 0, grade = "assumed" } ]
[events.a_rule]
title = "A rule"
from = 2021-03-01
grade = "assumed"
source = "none"
effects = []
[events.closed]
title = "Closed for a day"
from = 2020-03-02
to = 2020-03-03
grade = "assumed"
source = "none"
effects = [ { parameter = "reports", ratio = 0.125 } ]
)");
  EXPECT_EQ(run_program({"list", "events", with_events}).out,
            "2 Mar 2020                  closed: Closed for a day\n"
            "28 Sep 2020 to 27 Jun 2021  strike: A strike of couriers whose title is far too…\n"
            "from 1 Mar 2021             a_rule: A rule\n");
  EXPECT_THAT(run_program({"check", with_events}).out,
              AllOf(HasSubstr("3 events"),
                    HasSubstr("\nEvents\n"
                              "  2 Mar 2020                  Closed for a day\n"
                              "  28 Sep 2020 to 27 Jun 2021  A strike of couriers "),
                    HasSubstr("\nEffects of events that are assumed\n"
                              "  closed: reports times 0.125 (no range)\n"
                              "  strike: reports 0.5 cases a day less (-1 to 0)\n"),
                    HasSubstr("  1 effect assumed or calibrated without a range")));
  EXPECT_THAT(run_program({"check", scenario}).out, Not(HasSubstr("Events")));
}

TEST_F(Program, ExplainsAKpi) {
  const Said own = run_program({"explain", "finished", scenario});
  EXPECT_EQ(own.code, 0) << own.err;
  EXPECT_THAT(own.out, AllOf(StartsWith("finished (of "),
                             HasSubstr("  definition  cases at the end of the road\n"),
                             HasSubstr("  marks       done: set on entering done\n")));
  EXPECT_THAT(run_program({"explain", "days_waiting", scenario}).out,
              HasSubstr("mean days until someone of the stage's pool is free"));
  const Said wrong = run_program({"explain", "finishd", scenario});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean `finished`?"));
  EXPECT_THAT(wrong.out, IsEmpty());
}

TEST_F(Program, ListsEveryKpiOnALineIfNoneIsNamed) {
  const Said of_scenario = run_program({"explain", scenario});
  EXPECT_EQ(of_scenario.code, 0) << of_scenario.err;
  EXPECT_THAT(of_scenario.out, AllOf(HasSubstr("utilisation "), HasSubstr("[cases] cases at the")));
  EXPECT_THAT(of_scenario.out, Not(HasSubstr("charged ")));
  // The program finds the national baseline from its own place in the source tree.
  const Said national = run_program({"explain"});
  EXPECT_EQ(national.code, 0) << national.err;
  EXPECT_THAT(national.out, HasSubstr("\ncharged "));
}

TEST_F(Program, DrawsThePathway) {
  const Said said = run_program({"graph", scenario});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, StartsWith("digraph"));
  const std::string dot = (folder.path() / "desk.dot").string();
  EXPECT_EQ(run_program({"graph", scenario, "--dot", dot}).code, 0);
  EXPECT_EQ(read_text(dot), said.out);
  const std::string svg = (folder.path() / "desk.svg").string();
  const Said drawn = run_program({"graph", scenario, "--svg", svg});
  EXPECT_EQ(drawn.code, 0) << drawn.err;
  EXPECT_THAT(read_text(svg), HasSubstr("<svg"));
}

TEST_F(Program, SaysWhatToInstallIfThereIsNoGraphviz) {
  const std::string svg = (folder.path() / "desk.svg").string();
  const Said said = run_program({"graph", scenario, "--svg", svg}, {{"PATH", "/nowhere"}});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("install the package graphviz"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST_F(Program, RunsAScenario) {
  const Said said = run_program({"run", scenario});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, AllOf(StartsWith("A desk\n"), HasSubstr("Seed 7, 4 replications"),
                              HasSubstr("Utilisation"), HasSubstr("couriers")));
}

TEST_F(Program, TakesSeedReplicationsAndWindowFromTheCommandLine) {
  const Said said = run_program({"run", scenario, "--seed", "9", "--replications", "2", "--from",
                                 "2020-04-01", "--to", "2020-10-01", "--format", "json"});
  ASSERT_EQ(said.code, 0) << said.err;
  const auto json = nlohmann::json::parse(said.out);
  EXPECT_EQ(json["seed"], 9);
  EXPECT_EQ(json["replications"], 2);
  EXPECT_EQ(json["window"], "2020-04/2020-09");
  EXPECT_EQ(json["warm_up"]["to"], "2020-04-01");
}

TEST_F(Program, ChecksAWindowFromTheCommandLineLikeTheFilesOwn) {
  const Said said = run_program({"run", scenario, "--from", "2022-01-01"});
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.err, HasSubstr("error"));
}

TEST_F(Program, GivesTheSameBytesOnOneThreadAndOnTwo) {
  const auto with_threads = [&](const char* threads) {
    return run_program({"run", scenario, "--format", "json", "--threads", threads}).out;
  };
  const std::string one = with_threads("1");
  EXPECT_THAT(one, Not(IsEmpty()));
  EXPECT_EQ(one, with_threads("2"));
  EXPECT_EQ(one,
            run_program({"run", scenario, "--format", "json"}, {{"SLURM_CPUS_PER_TASK", "1"}}).out);
}

TEST_F(Program, WritesFourFilesAndNothingElse) {
  const std::filesystem::path out = folder.path() / "results" / "desk";
  const Said said = run_program({"run", scenario, "--format", "json", "--out", out.string()});
  ASSERT_EQ(said.code, 0) << said.err;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(
      names, UnorderedElementsAre("run.json", "estimates.csv", "observations.csv", "national.txt"));
  EXPECT_EQ(read_text(out / "run.json"), said.out);
  EXPECT_EQ(read_text(out / "estimates.csv"),
            run_program({"run", scenario, "--format", "csv"}).out);
  EXPECT_EQ(read_text(out / "national.txt"), run_program({"run", scenario}).out);
}

TEST_F(Program, PrintsATableOfTheScenario) {
  const Said said = run_program({"run", scenario, "--table", "leaders"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out,
              AllOf(StartsWith("The desk in brief\nA desk\n"), HasSubstr("by chance alone"),
                    HasSubstr(" 2020-Q1 2020-Q2 2020-Q3 2020-Q4 "),
                    HasSubstr("\nWork\n  Cases finished ")));
  EXPECT_THAT(run_program({"run", scenario, "--table", "leaders", "--periods", "2020-03,2020"}).out,
              HasSubstr(" 2020-03    2020 "));
  EXPECT_THAT(run_program({"list", "tables", scenario}).out, HasSubstr("The desk in brief"));
}

TEST_F(Program, AsksWhichTableAndPeriodsWereMeant) {
  const auto said = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"run", scenario});
    const Said answer = run_program(more);
    EXPECT_EQ(answer.code, 2);
    EXPECT_THAT(answer.out, IsEmpty());
    return answer.err;
  };
  EXPECT_THAT(said({"--table", "leadars"}), HasSubstr("did you mean `leaders`?"));
  EXPECT_THAT(said({"--table", "judges"}), HasSubstr("there is `leaders`"));
  EXPECT_THAT(said({"--table", "leaders", "--periods", "2020-Q1,later"}),
              HasSubstr("there is no period `later`; months, quarters and years from "
                        "2020-01/2020-12"));
  EXPECT_THAT(
      said({"--table", "leaders", "--periods", "2020-01,2020-02,2020-03,2020-04,2020-05,2020-06"}),
      HasSubstr("6 periods do not fit into 80 columns; name at most 5"));
  EXPECT_THAT(said({"--periods", "2020"}), HasSubstr("--periods are those of a --table"));
  EXPECT_THAT(said({"--table", "leaders", "--format", "csv"}),
              HasSubstr("a --table is a page of text"));
}

TEST_F(Program, SaysSoIfTheResultsCannotBeWritten) {
  const Said said = run_program({"run", scenario, "--out", scenario + "/results"});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("cannot be made"));
}

TEST_F(Program, KeepsWhatIsFinishedWhenItIsInterrupted) {
  const Interruption soon{std::chrono::milliseconds(1500)};
  const Said said = run_program(
      {"run", scenario, "--replications", "1000000", "--threads", "1", "--format", "json"}, {},
      &soon);
  ASSERT_EQ(said.code, 130) << said.err;
  EXPECT_THAT(said.err, HasSubstr("Interrupted: "));
  const auto json = nlohmann::json::parse(said.out);
  const int kept = json["replications"].get<int>();
  ASSERT_GT(kept, 1);
  EXPECT_LT(kept, 1000000);
  const auto is_unfinished = [](const auto& check) {
    return check["check"] == "every replication finished" && !check["passed"];
  };
  EXPECT_TRUE(std::any_of(json["checks"].begin(), json["checks"].end(), is_unfinished));

  // What is kept is the beginning: the same as a run of so many.
  const Said whole =
      run_program({"run", scenario, "--replications", std::to_string(kept), "--format", "json"});
  EXPECT_EQ(nlohmann::json::parse(whole.out)["estimates"], json["estimates"]);
}

}  // namespace
}  // namespace rassoflow
