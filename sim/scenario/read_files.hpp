// All files of one scenario: their bytes, their places in messages, and `extends` merged into one
// table.
//
//   FilesRead files{"scenarios/kent.toml", provider};
//   TomlValue merged = files.read_outermost(text);
//
// At most 64 files are read, each once. Faults are collected and reading goes on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario_files.hpp"
#include "sim/scenario/toml_value.hpp"

namespace rassoflow {

class FilesRead {
 public:
  /// `shown_as` names the outermost file in messages.
  FilesRead(const std::string& shown_as, const FileProvider& provider);

  /// The outermost file with everything it extends merged below it.
  TomlValue read_outermost(std::string_view text);

  struct TextFile {
    std::string text;
    std::string shown_as;
  };
  /// A file named by a value of the scenario, such as a CSV; a fault at `where` if it cannot be.
  std::optional<TextFile> read_beside(const TomlPosition& where, const std::string& key,
                                      const std::string& path);

  Place place(const TomlPosition& position) const;
  /// Names of the files read, as shown, in order of reading.
  const std::vector<std::string>& shown() const { return shown_; }

  Diagnostics faults;

 private:
  std::optional<std::uint32_t> open(const TomlPosition& where, const std::string& key,
                                    const std::string& path);
  std::uint32_t add(const std::string& name, std::string text);
  TomlValue parsed_and_extended(std::uint32_t file);
  void check_head(std::uint32_t file, const TomlValue& root);
  TomlValue merged_bases(std::uint32_t file, const TomlValue& root);

  const FileProvider& provider_;
  std::string shown_folder_;
  std::vector<std::string> names_;  ///< normalised; the outermost first
  std::vector<std::string> shown_;
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> open_;  ///< the chain of `extends` being read
  std::map<std::uint32_t, TomlValue> finished_;
};

/// Lays `over` on `base`. Entries (a stage, a parameter, a site) are merged key by key; what one
/// key of an entry holds is replaced whole. `next` and `routes` replace each other, and an entry
/// that changes its `kind` starts afresh.
void merge_scenario(TomlValue& base, const TomlValue& over);

}  // namespace rassoflow
