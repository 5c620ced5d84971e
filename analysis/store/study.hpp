// What a sweep keeps: the study it belongs to, and its units. A unit is one replication of one
// point of the design; its key says by its content what was simulated, so that nothing runs twice
// and a store never mixes what does not belong together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/kpis/row_key.hpp"

namespace rassoflow {

struct StudyFactor {
  std::string name;
  std::string kind;                 ///< such as `parameter` or `scenarios`
  std::string what;                 ///< the parameter, or the files
  std::vector<std::string> values;  ///< by point, as people read them
  friend bool operator==(const StudyFactor&, const StudyFactor&) = default;
};

/// The first frame of every shard; equal in all shards of a store.
struct Study {
  std::uint32_t model_version = 0;
  std::string title;
  std::string file;  ///< the sweep's, to name it in commands
  std::string digest;
  std::uint64_t seed = 0;
  std::uint32_t replications = 0;  ///< asked for; a store may have been filled with fewer
  std::uint64_t points = 0;
  std::vector<StudyFactor> factors;
  std::vector<RowKey> rows;  ///< what the values of a unit are, sorted
};

/// 16 bytes that name a unit.
using UnitKey = std::string;

struct Unit {
  UnitKey key;
  std::uint64_t point = 0;
  std::uint32_t replication = 0;
  double seconds = 0;                  ///< that it took
  std::vector<double> values;          ///< by row; empty if it failed
  std::optional<std::string> failure;  ///< why there are no values
};

std::string encode_study(const Study& study);
/// Nothing if the bytes are no study.
std::optional<Study> decode_study(std::string_view bytes);

std::string encode_unit(const Unit& unit);
/// Without its key, which is the frame's; nothing if the bytes are no unit.
std::optional<Unit> decode_unit(std::string_view bytes);

}  // namespace rassoflow
