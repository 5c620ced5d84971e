// `sweep`, `merge` and `export` as their user meets them: whatever kills a process, no finished
// unit is lost, nothing runs twice, and the exported text is the same bytes.
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/cli/desk.hpp"
#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* sweep_text = R"(
format = 1
title = "Hours at the desk"
scenario = "desk.toml"
replications = 40
[factors.hours]
parameter = "hours"
low = 8
high = 20
[factors.reports]
parameter = "reports"
change = "ratio"
values = [1, 1.1]
[design]
kind = "latin_hypercube"
points = 20
[outputs]
kpis = ["arrivals", "days_waiting"]
)";

class Sweep : public ::testing::Test {
 protected:
  Said run(std::vector<std::string> more, const Environment& environment = {}) const {
    more.insert(more.begin(), {"sweep", sweep});
    return run_program(more, environment);
  }
  std::string store(const char* name) const { return (folder.path() / name).string(); }
  /// Merged and exported.
  static std::string canonical(const std::string& store) {
    const Said merged = run_program({"merge", store});
    EXPECT_EQ(merged.code, 0) << merged.err;
    return run_program({"export", store, "--csv"}).out;
  }
  std::string with(const std::string& from, const std::string& to) const {
    std::string text = sweep_text;
    text.replace(text.find(from), from.size(), to);
    return folder.write("other.toml", text).string();
  }

  TempFolder folder;
  std::string scenario = folder.write("desk.toml", desk).string();
  std::string sweep = folder.write("sweep.toml", sweep_text).string();
};

TEST_F(Sweep, RunsEveryUnitOnce) {
  const Said first = run({"--store", store("a")});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("0 of 800 units were there, 800 run now."));
  EXPECT_THAT(run({"--store", store("a")}).out,
              HasSubstr("800 of 800 units were there, 0 run now."));
}

TEST_F(Sweep, AddsReplicationsToThoseThatAreThere) {
  run({"--store", store("a"), "--replications", "15"});
  EXPECT_THAT(run({"--store", store("a")}).out,
              HasSubstr("300 of 800 units were there, 500 run now."));
  run({"--store", store("b")});
  EXPECT_EQ(canonical(store("a")), canonical(store("b")));
}

TEST_F(Sweep, GivesTheSameBytesForAnyThreadsAndShards) {
  run({"--store", store("a"), "--threads", "1"});
  for (const char* shard : {"3/3", "1/3", "2/3"}) {
    EXPECT_EQ(run({"--store", store("b"), "--shard", shard, "--threads", "3"}).code, 0);
  }
  const std::string text = canonical(store("a"));
  EXPECT_THAT(text, HasSubstr("\n20,39,"));
  EXPECT_EQ(canonical(store("b")), text);
}

TEST_F(Sweep, GivesTheValuesOfARunOfThatScenario) {
  const std::string one = folder
                              .write("one.toml", R"(
format = 1
title = "A sweep"
scenario = "desk.toml"
replications = 2
[factors.hours]
parameter = "hours"
values = [15]
[design]
kind = "factorial"
[outputs]
kpis = ["days_waiting"]
)")
                              .string();
  EXPECT_EQ(run_program({"sweep", one, "--store", store("a")}).code, 0);
  const std::string slower = folder
                                 .write("slower.toml",
                                        "format = 1\ntitle = \"slower\"\nextends = \"desk.toml\"\n"
                                        "[parameters.hours]\nvalue = 15\n")
                                 .string();
  run_program({"run", slower, "--replications", "2", "--out", store("run")});
  const std::string observed = read_text(store("run") + "/observations.csv");
  const std::string row = "days_waiting,,,desk,,2020-01/2020-12,flow,mean,days,";
  const auto value_after = [](const std::string& text, const std::string& opening) {
    const auto at = text.find(opening);
    if (at == std::string::npos) return std::string{"no " + opening};
    return text.substr(at + opening.size(), text.find('\n', at) - at - opening.size());
  };
  const std::string text = canonical(store("a"));
  for (const std::string replication : {"0", "1"}) {
    EXPECT_EQ(value_after(text, fmt::format("1,{},15,{}", replication, row)),
              value_after(observed, row + replication + ","));
  }
}

TEST_F(Sweep, LosesNothingWhenKilledAtAnyMoment) {
  run({"--store", store("whole")});
  const std::string expected = canonical(store("whole"));
  std::mt19937 source{20220630};
  const std::vector<std::string> words{RASSOFLOW_PROGRAM, "sweep", sweep, "--store", store("a")};
  int killed = 0;
  for (int round = 0; round < 20; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      const int nowhere = open("/dev/null", O_WRONLY);
      if (nowhere < 0) _exit(126);
      dup2(nowhere, STDOUT_FILENO);
      dup2(nowhere, STDERR_FILENO);
      std::vector<char*> pointers;
      for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
      pointers.push_back(nullptr);
      execv(RASSOFLOW_PROGRAM, pointers.data());
      _exit(127);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(5'000 + source() % 45'000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
  }
  EXPECT_GT(killed, 2);
  const Said rest = run({"--store", store("a")});
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_EQ(canonical(store("a")), expected);
  // A unit is never there twice: what was whole in the file has not run again.
  EXPECT_THAT(run_program({"merge", store("a")}).out, testing::Not(HasSubstr("there twice")));
}

TEST_F(Sweep, SaysThatTheDiskIsFullAndGoesOnWhenItIsNot) {
  const std::string small = store("small");
  std::filesystem::create_directory(small);
  if (mount("tmpfs", small.c_str(), "tmpfs", 0, "size=32k") != 0) {
    GTEST_SKIP() << "a small file system cannot be mounted here";
  }
  const Said full = run({"--store", small});
  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.err, HasSubstr("cannot be written: No space left on device"));
  std::filesystem::copy(small, store("roomy"));
  umount(small.c_str());
  const Said rest = run({"--store", store("roomy")});
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_THAT(rest.out, testing::Not(HasSubstr(": 0 of 800")));
  EXPECT_THAT(rest.err, testing::Not(HasSubstr("torn")));
  run({"--store", store("whole")});
  EXPECT_EQ(canonical(store("roomy")), canonical(store("whole")));
}

TEST_F(Sweep, TellsASecondProcessToWait) {
  std::filesystem::create_directory(store("a"));
  Said first, second;
  {
    const std::string longer = with("replications = 40", "replications = 4000");
    std::jthread one{[&] {
      const Interruption later{std::chrono::milliseconds(600)};
      first = run_program({"sweep", longer, "--store", store("a")}, {}, &later);
    }};
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    second = run_program({"sweep", longer, "--store", store("a")});
  }
  EXPECT_EQ(first.code, 130);
  EXPECT_THAT(first.err, HasSubstr("the same command goes on"));
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("is being written by another process"));
}

TEST_F(Sweep, RunsAgainWhatIsDamaged) {
  run({"--store", store("a")});
  const std::string expected = canonical(store("a"));
  const std::string file = store("a") + "/shard-1-of-1.log";
  std::string bytes = read_text(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  folder.write("a/shard-1-of-1.log", bytes.substr(0, bytes.size() - 7));
  const Said again = run({"--store", store("a")});
  EXPECT_THAT(again.out, HasSubstr("798 of 800 units were there, 2 run now."));
  EXPECT_THAT(again.err, AllOf(HasSubstr("left torn"), HasSubstr("are damaged and passed over")));
  EXPECT_EQ(canonical(store("a")), expected);
}

TEST_F(Sweep, VerifiesAShareAndFindsWhatDiffers) {
  run({"--store", store("a")});
  const Said good = run({"--store", store("a"), "--verify", "10%"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_THAT(good.out, HasSubstr("run again and compared, 0 differ"));
  EXPECT_EQ(run({"--store", store("a"), "--verify", "10"}).code, 2);
}

TEST_F(Sweep, RecordsAFailedUnitAndGoesOn) {
  const std::string wide = with("high = 20", "high = 40");
  const Said said = run_program({"sweep", wide, "--store", store("a"), "--replications", "2"});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, AllOf(HasSubstr("To meet it again: rassoflow sweep " + wide + " --replay "),
                              HasSubstr("parameters.hours: the value")));
  EXPECT_THAT(said.out, HasSubstr("40 run now, "));
  const auto at = said.err.find("--replay ") + 9;
  const std::string which = said.err.substr(at, said.err.find('\n', at) - at);
  EXPECT_EQ(run_program({"sweep", wide, "--replay", which}).code, 1);
  EXPECT_THAT(run_program({"sweep", wide, "--store", store("a"), "--replications", "2"}).out,
              HasSubstr("40 of 40 units were there, 0 run now"));
  EXPECT_THAT(run_program({"merge", store("a")}).out, HasSubstr("of them failed"));
}

TEST_F(Sweep, TakesItsShardFromTheArrayOfACluster) {
  const auto units = [&](const Environment& environment, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--store", store("a"), "--replications", "1"});
    const Said said = run(more, environment);
    return said.code == 0 ? said.out.substr(said.out.find(' ') + 1) : said.err;
  };
  EXPECT_THAT(units({{"SLURM_ARRAY_TASK_ID", "1"},
                     {"SLURM_ARRAY_TASK_MIN", "1"},
                     {"SLURM_ARRAY_TASK_COUNT", "4"}}),
              HasSubstr("0 of 5 units"));
  EXPECT_THAT(units({{"AWS_BATCH_JOB_ARRAY_INDEX", "3"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "4"}}),
              HasSubstr("0 of 5 units"));
  EXPECT_THAT(units({{"JOB_COMPLETION_INDEX", "1"}}, {"--shards", "4"}), HasSubstr("0 of 5 units"));
  EXPECT_THAT(units({{"JOB_COMPLETION_INDEX", "1"}}), HasSubstr("give --shards"));
  EXPECT_THAT(units({{"JOB_COMPLETION_INDEX", "9"}}, {"--shards", "4"}), HasSubstr("is outside"));
  EXPECT_THAT(units({{"JOB_COMPLETION_INDEX", "9"}}, {"--shard", "1/1"}),
              HasSubstr("15 of 20 units"));
  EXPECT_EQ(run({"--shard", "0/4"}).code, 2);
}

TEST_F(Sweep, SaysEverythingThatIsWrongWithIt) {
  const std::string wrong = folder
                                .write("wrong.toml", R"(
format = 1
title = "A sweep"
scenario = "desk.toml"
[factors.hours]
parametr = "hours"
low = 8
high = 20
[factors.reports]
parameter = "reports"
low = 3
high = 2
[design]
kind = "sobl"
)")
                                .string();
  const Said said = run_program({"sweep", wrong});
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, AllOf(HasSubstr("wrong.toml:6:"), HasSubstr("`parameter`?"),
                              HasSubstr("`low` is not below `high`"), HasSubstr("`sobol`")));
  const Said unknown =
      run_program({"sweep", with("parameter = \"hours\"", "parameter = \"hour\"")});
  EXPECT_EQ(unknown.code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean `hours`?"));
}

TEST_F(Sweep, ChoosesAmongScenariosAndReadsAListOfPoints) {
  folder.write(
      "busy.toml",
      "format = 1\ntitle = \"busy\"\nextends = \"desk.toml\"\n[parameters.reports]\nvalue = 3\n");
  folder.write("points.csv", "policy,hours\nbusy.toml,10\ndesk.toml,12\n");
  const std::string list = folder
                               .write("list.toml", R"(
format = 1
title = "A sweep"
scenario = "desk.toml"
replications = 1
[factors.policy]
scenarios = ["desk.toml", "busy.toml"]
[factors.hours]
parameter = "hours"
values = [10, 12]
[design]
kind = "list"
csv = "points.csv"
[outputs]
kpis = ["arrivals"]
)")
                               .string();
  EXPECT_EQ(run_program({"sweep", list, "--store", store("a")}).code, 0);
  EXPECT_THAT(canonical(store("a")), AllOf(HasSubstr("\n1,0,10,busy.toml,arrivals"),
                                           HasSubstr("\n2,0,12,desk.toml,arrivals")));
}

TEST_F(Sweep, RefusesAStoreOfAnotherDesign) {
  run({"--store", store("a"), "--replications", "1"});
  const Said said =
      run_program({"sweep", with("points = 20", "points = 21"), "--store", store("a")});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("the design has changed since"));
}

TEST_F(Sweep, SaysWhatAMergeLacks) {
  run({"--store", store("a"), "--shard", "1/2"});
  const Said said = run_program({"merge", store("a")});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("400 units are missing. To run them: rassoflow sweep "));
  EXPECT_EQ(run_program({"export", store("b"), "--csv"}).code, 1);
  EXPECT_EQ(run_program({"export", store("a")}).code, 2);
}

}  // namespace
}  // namespace rassoflow
