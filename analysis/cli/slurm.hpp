// A sweep as an array of jobs under Slurm: the script beside the store, and its submission.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rassoflow {

struct SlurmArray {
  std::filesystem::path store;       ///< absolute
  std::vector<std::string> command;  ///< of one task, without its shard
  std::uint64_t tasks = 1;
  unsigned processors = 1;  ///< of each task
};

/// Tasks of at least 30 s for so many units of so many seconds, at most `most`.
std::uint64_t task_count(std::uint64_t units, double seconds_a_unit, unsigned processors,
                         std::uint64_t most);

/// Writes `sweep.sbatch` and the words of the command, a line each, which the script reads, so that
/// no name is ever read by a shell. Throws WorldError.
void write_array(const SlurmArray& array);
/// Calls sbatch, which prints the number of the job; its exit code. Throws WorldError if there is
/// no sbatch.
int submit_array(const SlurmArray& array);

}  // namespace rassoflow
