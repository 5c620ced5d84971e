#include "analysis/cli/slurm.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "analysis/cli/output_file.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double least_task_seconds = 30;

constexpr const char* script = R"(#!/bin/bash
# Written by rassoflow sweep --slurm. One task of the array runs one shard of the sweep; a task that
# Slurm starts again goes on where the last one was.
mapfile -t words < slurm-command.txt
exec "${words[@]}"
)";

}  // namespace

std::uint64_t task_count(std::uint64_t units, double seconds_a_unit, unsigned processors,
                         std::uint64_t most) {
  const double seconds =
      static_cast<double>(units) * seconds_a_unit / static_cast<double>(processors);
  const double tasks = std::floor(seconds / least_task_seconds);
  const double limit = static_cast<double>(std::max<std::uint64_t>(1, std::min(most, units)));
  return static_cast<std::uint64_t>(std::clamp(tasks, 1.0, limit));
}

void write_array(const SlurmArray& array) {
  std::string words;
  for (const std::string& word : array.command) {
    if (word.find('\n') != std::string::npos) {
      throw WorldError{in_ticks(word) + " has a line break in its name, which no script can take"};
    }
    words += word + "\n";
  }
  write_file(array.store / "slurm-command.txt", words);
  write_file(array.store / "sweep.sbatch", script);
}

int submit_array(const SlurmArray& array) {
  std::vector<std::string> words{"sbatch",
                                 "--parsable",
                                 "--job-name=rassoflow",
                                 "--requeue",
                                 "--open-mode=append",
                                 "--output=slurm-%a.log",
                                 fmt::format("--array=0-{}", array.tasks - 1),
                                 fmt::format("--cpus-per-task={}", array.processors),
                                 "--chdir=" + array.store.string(),
                                 (array.store / "sweep.sbatch").string()};
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  const int error = posix_spawnp(&child, "sbatch", nullptr, nullptr, pointers.data(), environ);
  if (error != 0) {
    throw WorldError{
        fmt::format("sbatch cannot be run here ({}); the script is written: sbatch --array=0-{} "
                    "--cpus-per-task={} --chdir={} {}",
                    std::strerror(error), array.tasks - 1, array.processors, array.store.string(),
                    (array.store / "sweep.sbatch").string())};
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace rassoflow
