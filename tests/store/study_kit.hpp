// A small study and units of it, for tests of the store.
#pragma once

#include <filesystem>
#include <string>

#include "analysis/store/frames.hpp"
#include "analysis/store/study.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {

/// Two points, one factor, two rows.
inline Study small_study() {
  Study study;
  study.model_version = 3;
  study.title = "A study";
  study.file = "sweep.toml";
  study.digest = "digest";
  study.seed = 7;
  study.replications = 2;
  study.points = 2;
  study.factors = {{"hours", "parameter", "hours", {"8", "12.5"}}};
  study.rows = {{"charged", "", "", "", "", "2020", "flow", "total", "suspects"},
                {"days", "", "", "", "", "2020", "flow", "mean", "days"}};
  return study;
}

inline Unit small_unit(std::uint64_t point, std::uint32_t replication, double value) {
  std::string key(frame_key_bytes, 'k');
  key[0] = static_cast<char>(point);
  key[1] = static_cast<char>(replication);
  return {key, point, replication, 0.5, {value, value / 3}, std::nullopt};
}

inline std::string study_frame(const Study& study) {
  return encode_frame(FrameKind::study, "", encode_study(study));
}
inline std::string unit_frame(const Unit& unit) {
  return encode_frame(FrameKind::unit, unit.key, encode_unit(unit));
}

}  // namespace rassoflow
