// rassoflow merge: the shards of a store as one database.
#include "analysis/store/merge.hpp"

#include <fmt/format.h>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/report/figures.hpp"
#include "analysis/store/store_folder.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

std::string counted(std::uint64_t count) {
  return grouped(static_cast<double>(count), 0);
}

}  // namespace

int merge_command(const Arguments& arguments) {
  std::vector<std::string> sources;
  std::string database;
  OptionParser parser{"merge", "Gathers the shards of a store into one SQLite database."};
  parser.positionals("STORE", sources, "folders of a sweep, or single shards, in any order");
  parser.text("--database", database, "FILE", "default: study.sqlite in the first folder");
  if (const auto stop = parser.parse(arguments)) return *stop;

  std::vector<std::filesystem::path> shards;
  for (const std::string& source : sources) {
    std::error_code ignored;
    if (std::filesystem::is_directory(source, ignored)) {
      const auto files = shard_files(source);
      shards.insert(shards.end(), files.begin(), files.end());
    } else {
      shards.emplace_back(source);
    }
  }
  if (database.empty()) {
    const std::filesystem::path first{sources.front()};
    std::error_code ignored;
    database = (std::filesystem::is_directory(first, ignored) ? first : first.parent_path()) /
               database_name;
  }
  const MergeOutcome merged = merge_shards(shards, database);
  for (const std::string& unit : merged.contradictions) {
    spdlog::error("two shards give {} different values; the first is kept", unit);
  }
  if (merged.torn + merged.damaged > 0) {
    spdlog::warn("{} bytes of the shards are no whole units and are left out",
                 merged.torn + merged.damaged);
  }
  write_stdout(fmt::format(
      "{}: {} units of {} points x {} replications from {} shard{}{}{}.\n", database,
      counted(merged.units), counted(merged.study.points), merged.study.replications, shards.size(),
      shards.size() == 1 ? "" : "s",
      merged.failed > 0 ? fmt::format(", {} of them failed", counted(merged.failed)) : "",
      merged.twice > 0 ? fmt::format(", {} there twice", counted(merged.twice)) : ""));
  if (merged.missing > 0) {
    spdlog::error(
        "{} units are missing. To run them: rassoflow sweep {} --store {} --replications {}",
        counted(merged.missing), merged.study.file, sources.front(), merged.study.replications);
  }
  return merged.missing > 0 || !merged.contradictions.empty() ? ExitCode::failed : ExitCode::ok;
}

}  // namespace rassoflow
