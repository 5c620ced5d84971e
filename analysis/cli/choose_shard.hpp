// Which part of a sweep this process runs: as said with --shard, else as the array of a cluster
// says.
#pragma once

#include <string>
#include <variant>

#include "analysis/store/store_folder.hpp"

namespace rassoflow {

/// `said` is `3/16`, or empty: then SLURM_ARRAY_TASK_ID (with _MIN and _COUNT),
/// JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX (with _SIZE) are read. `shards` is their count
/// where the cluster does not tell it, 0 if it was not said. A sentence if it is not clear.
std::variant<Shard, std::string> choose_shard(const std::string& said, std::uint32_t shards);

}  // namespace rassoflow
