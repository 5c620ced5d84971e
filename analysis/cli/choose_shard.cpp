#include "analysis/cli/choose_shard.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

std::optional<std::uint32_t> number_in(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> number_of(const char* variable) {
  const char* text = variable == nullptr ? nullptr : std::getenv(variable);
  return text == nullptr ? std::nullopt : number_in(text);
}

/// How a cluster tells the tasks of an array apart.
struct ArrayVariables {
  const char* index;
  const char* first;  ///< none: indices begin with 0
  const char* count;  ///< none: it is not told
};
constexpr std::array<ArrayVariables, 3> clusters{{
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"},
    {"AWS_BATCH_JOB_ARRAY_INDEX", nullptr, "AWS_BATCH_JOB_ARRAY_SIZE"},
    {"JOB_COMPLETION_INDEX", nullptr, nullptr},
}};

}  // namespace

std::variant<Shard, std::string> choose_shard(const std::string& said, std::uint32_t shards) {
  if (!said.empty()) {
    const auto slash = said.find('/');
    const auto index = number_in(std::string_view(said).substr(0, slash));
    const auto count = slash == std::string::npos
                           ? std::nullopt
                           : number_in(std::string_view(said).substr(slash + 1));
    if (!index || !count || *index < 1 || *index > *count) {
      return fmt::format("--shard {} is not like 3/16, the third of sixteen", in_ticks(said));
    }
    return Shard{*index - 1, *count};
  }
  for (const ArrayVariables& cluster : clusters) {
    const auto index = number_of(cluster.index);
    if (!index) continue;
    const std::uint32_t first = number_of(cluster.first).value_or(0);
    const std::uint32_t count = shards != 0 ? shards : number_of(cluster.count).value_or(0);
    if (count == 0) {
      return fmt::format("{} says which part to run, but nothing says of how many; give --shards",
                         cluster.index);
    }
    if (*index < first || *index - first >= count) {
      return fmt::format("{} is {}, which is outside {} shards", cluster.index, *index, count);
    }
    return Shard{*index - first, count};
  }
  if (shards > 1) return std::string{"--shards without an array of a cluster needs --shard"};
  return Shard{};
}

}  // namespace rassoflow
