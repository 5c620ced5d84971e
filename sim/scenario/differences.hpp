// What one scenario does otherwise than another: numbers by site and date as they are after all
// events and levers, and everything else as it is written.
//
//   for (const ValueDifference& d : value_differences(base, option)) ...
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/toml_value.hpp"

namespace rassoflow {

/// From a date on, until the next stretch or the end of the run.
struct ValueStretch {
  Date from;
  std::optional<double> before;  ///< nothing: no value there
  std::optional<double> after;
  bool is_same() const { return before == after; }
};

/// A parameter that has other values, at sites that all differ in the same way.
struct ValueDifference {
  std::string parameter;
  std::string unit;
  std::vector<std::string> sites;  ///< `force:Kent`; empty: at every site that reads it
  std::vector<ValueStretch> stretches;
  std::vector<std::string> causes;  ///< events and levers of `option` that act on it, by name
};

/// Over the dates that both runs simulate. Parameters that nothing reads are left out.
std::vector<ValueDifference> value_differences(const Scenario& base, const Scenario& option);

/// A key that is written otherwise, or in one of the two only.
struct TextDifference {
  std::string key;
  std::optional<std::string> before;
  std::optional<std::string> after;
};

/// Of two merged scenarios, by key. Tables are gone through, arrays compared whole.
std::vector<TextDifference> text_differences(const TomlValue& base, const TomlValue& option);

/// The file and all that it extends as one table, unread.
Result<TomlValue> read_merged(const std::filesystem::path& file);

}  // namespace rassoflow
