// From files to a Scenario: TOML behind a look at the raw bytes, `extends`, CSV.
//
//   Result<Scenario> read = read_scenario("scenarios/england-wales/baseline.toml");
//   if (const auto* faults = std::get_if<Diagnostics>(&read)) ...
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/scenario_files.hpp"

namespace rassoflow {

/// Reads the file and what it extends. Every fault of every file is reported at once; the graph
/// and the meaning of names are check_scenario's part. Never throws on any bytes.
Result<Scenario> read_scenario(const std::filesystem::path& file);

/// The same from memory: `name` is what the text is called in messages, `provider` has the files
/// it names.
Result<Scenario> read_scenario_text(const std::string& name, std::string_view text,
                                    const FileProvider& provider);

/// What a planner may leave out, for scenarios made in code; read_scenario has done it: the level,
/// site and class `all`, the only level of stages and pools, links to the only site of a level,
/// the calendar `always`.
void fill_defaults(Scenario& scenario);

}  // namespace rassoflow
