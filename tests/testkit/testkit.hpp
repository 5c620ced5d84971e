// What tests of every folder share: worlds written in TOML in the test itself, folders that vanish,
// trials, and texts kept as golden files.
//
//   const Pathway pathway = pathway_from(R"(
//     format = 1
//     ...)");
//   expect_golden("events.txt", trace);   // RASSOFLOW_UPDATE=1 writes tests/golden/events.txt
//
// Whatever cannot be read or compiled fails the test with the diagnostics.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/compile_pathway.hpp"
#include "sim/run/experiment.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// A path of the source tree, such as `scenarios/examples/b3.toml`.
std::filesystem::path source_path(std::string_view relative);

/// A folder of its own under the system's temporary folder, removed with the object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Writes the file and the folders above it.
  std::filesystem::path write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

/// The whole file; throws if it cannot be read.
std::string read_text(const std::filesystem::path& file);

/// Everything that reading and checking have against the text.
Diagnostics faults_of(std::string_view toml);
/// One formatted diagnostic a line.
std::string in_words(const Diagnostics& diagnostics);

Scenario scenario_from(std::string_view toml);
Scenario scenario_in(const std::filesystem::path& file);
Pathway pathway_from(std::string_view toml);
Pathway pathway_in(const std::filesystem::path& file);

/// Replications 0 ... count - 1, one after the other on this thread.
std::vector<TrialResult> run_trials(const Pathway& pathway, std::uint64_t seed,
                                    std::uint32_t count);

/// Compares with `tests/golden/<name>`; a mismatch prints the lines that differ.
void expect_golden(std::string_view name, std::string_view text);

/// The lines of two texts that differ, `-` for expected and `+` for actual.
std::string line_difference(std::string_view expected, std::string_view actual);

}  // namespace rassoflow
