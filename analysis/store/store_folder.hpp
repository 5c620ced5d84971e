// A store is a folder of shards, one a process: `shard-3-of-16.log`. Everybody reads all of them
// and writes only the own one, which a lock keeps for one process.
//
//   for (const auto& file : shard_files("results/sweep")) read_frames(file, ...);
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/store/frames.hpp"
#include "analysis/store/study.hpp"

namespace rassoflow {

/// Of `count` processes the one with this index from 0.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

std::string shard_name(const Shard& shard);
/// By name; nothing if there is no such folder.
std::vector<std::filesystem::path> shard_files(const std::filesystem::path& folder);

/// Why two studies are not the same, in words; empty if they are. The numbers of replications and
/// of what people read may differ.
std::string difference_of(const Study& a, const Study& b);

/// What is read besides the units.
struct ShardRead {
  std::filesystem::path file;
  FramesRead frames;
  std::uint64_t bad_units = 0;  ///< whole frames that hold no unit of the study
};

/// Reads every shard file, units in the order of the files. All must be of `study`, or of one study
/// if that is empty, which then becomes it. Throws WorldError for a file that is no shard or of
/// another study; an empty file or one torn in its first frame has no units.
std::vector<ShardRead> read_shards(const std::vector<std::filesystem::path>& files,
                                   std::optional<Study>& study,
                                   const std::function<void(Unit&&)>& visit);

}  // namespace rassoflow
