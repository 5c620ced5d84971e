#include "analysis/store/store_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {

std::string shard_name(const Shard& shard) {
  return fmt::format("shard-{}-of-{}.log", shard.index + 1, shard.count);
}

std::vector<std::filesystem::path> shard_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.ends_with(".log")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string difference_of(const Study& a, const Study& b) {
  if (a.model_version != b.model_version) {
    return fmt::format("the model has changed since (version {}, now {})", b.model_version,
                       a.model_version);
  }
  if (a.digest != b.digest) return "the sweep or its scenarios have changed since";
  if (a.seed != b.seed) return fmt::format("the seed was {} and is {}", b.seed, a.seed);
  if (a.rows != b.rows) return "the rows that are kept have changed since";
  if (a.points != b.points || a.factors != b.factors) return "the design has changed since";
  return "";
}

std::vector<ShardRead> read_shards(const std::vector<std::filesystem::path>& files,
                                   std::optional<Study>& study,
                                   const std::function<void(Unit&&)>& visit) {
  std::vector<ShardRead> reads;
  for (const std::filesystem::path& file : files) {
    ShardRead read{file, {}, 0};
    bool has_study = false;
    read.frames = read_frames(file, [&](const Frame& frame) {
      if (frame.kind == FrameKind::study) {
        auto found = decode_study(frame.payload);
        if (!found) throw WorldError{in_ticks(file.string()) + " does not say what it holds"};
        if (!study)
          study = std::move(*found);
        else if (const std::string why = difference_of(*study, *found); !why.empty()) {
          throw WorldError{
              fmt::format("{} belongs to another study: {}", in_ticks(file.string()), why)};
        }
        has_study = true;
        return;
      }
      auto unit = decode_unit(frame.payload);
      if (!has_study || !unit || unit->point >= study->points ||
          (!unit->failure && unit->values.size() != study->rows.size())) {
        ++read.bad_units;
        return;
      }
      unit->key = std::string(frame.key);
      visit(std::move(*unit));
    });
    // Shorter than its first bytes: a process died before it wrote anything.
    if (!read.frames.is_shard && read.frames.torn >= shard_magic.size()) {
      throw WorldError{in_ticks(file.string()) + " is no shard of a sweep"};
    }
    reads.push_back(std::move(read));
  }
  return reads;
}

}  // namespace rassoflow
