// The shards of a store as one SQLite database: whatever their order and number, the same content.
// docs/compare-and-sweep.md describes its tables and views.
//
//   const MergeOutcome merged = merge_shards(shard_files(folder), folder / database_name);
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/store/study.hpp"

namespace rassoflow {

inline constexpr std::string_view database_name = "study.sqlite";

struct MergeOutcome {
  Study study;
  std::uint64_t units = 0;  ///< different ones, failed ones among them
  std::uint64_t failed = 0;
  std::uint64_t twice = 0;                  ///< seen again, with the same values
  std::uint64_t missing = 0;                ///< of points times replications
  std::uint64_t torn = 0, damaged = 0;      ///< bytes that are no whole frame
  std::vector<std::string> contradictions;  ///< units that two shards give other values; the first
};

/// Writes the database anew, whole or not at all. Throws WorldError.
MergeOutcome merge_shards(const std::vector<std::filesystem::path>& shards,
                          const std::filesystem::path& database);

/// Whether a folder lies on a network file system, where SQLite's locks cannot be trusted.
bool is_on_network(const std::filesystem::path& folder);

}  // namespace rassoflow
