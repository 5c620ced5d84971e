// `sweep --slurm` against a stand-in for sbatch that runs the tasks of the array one after the
// other: the script and its words are what a task needs, and the tasks fill the store.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/cli/desk.hpp"
#include "tests/cli/program.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::HasSubstr;

constexpr const char* sweep_text = R"(
format = 1
title = "Hours"
scenario = "desk.toml"
replications = 3
[factors.hours]
parameter = "hours"
values = [8, 12, 16]
[design]
kind = "factorial"
[outputs]
kpis = ["arrivals"]
)";

/// As Slurm would: the folder of --chdir, the variables of a task, the script; two tasks at the
/// least, however short they are.
constexpr const char* stand_in = R"(#!/bin/bash
for word in "$@"; do
  case $word in
    --array=0-*) last=${word#--array=0-} ;;
    --chdir=*) folder=${word#--chdir=} ;;
    --cpus-per-task=*) export SLURM_CPUS_PER_TASK=${word#*=} ;;
  esac
  script=$word
done
cd "$folder" || exit 1
for task in $(seq 0 "$last"); do
  SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=$((last + 1)) \
    bash "$script" || exit 1
done
echo 17
)";

TEST(Slurm, TasksOfAnArrayFillTheStore) {
  const TempFolder folder;
  folder.write("a folder's $(name)/desk.toml", desk);
  const std::string sweep = folder.write("a folder's $(name)/sweep.toml", sweep_text).string();
  const auto sbatch = folder.write("bin/sbatch", stand_in);
  std::filesystem::permissions(sbatch, std::filesystem::perms::owner_all);
  const std::string store = (folder.path() / "a folder's $(name)" / "store").string();
  const std::string path = (folder.path() / "bin").string() + ":" + std::getenv("PATH");
  const Said said = run_program({"sweep", sweep, "--store", store, "--slurm"}, {{"PATH", path}});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("9 units of about"));
  EXPECT_THAT(said.err, HasSubstr("in 1 task of 1 processor"));
  EXPECT_THAT(said.out, HasSubstr("9 run now"));
  EXPECT_THAT(said.out, HasSubstr("17\n"));
  const Said merged = run_program({"merge", store});
  EXPECT_EQ(merged.code, 0) << merged.err;
}

TEST(Slurm, SaysHowToSubmitWhereThereIsNoSbatch) {
  const TempFolder folder;
  folder.write("desk.toml", desk);
  const std::string sweep = folder.write("sweep.toml", sweep_text).string();
  const Said said =
      run_program({"sweep", sweep, "--store", (folder.path() / "s").string(), "--slurm"},
                  {{"PATH", folder.path().string()}});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("the script is written: sbatch --array=0-0"));
}

}  // namespace
}  // namespace rassoflow
