// From files to a Scenario: TOML behind a look at the raw bytes, `extends`, CSV.
#pragma once

#include <filesystem>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Reads the file and what it extends. Every fault of every file is reported at once; the graph
/// and the meaning of names are check_scenario's part. Never throws on any bytes.
Result<Scenario> read_scenario(const std::filesystem::path& file);

}  // namespace rassoflow
