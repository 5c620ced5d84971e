// A TOML document as plain values that remember where they stand; the only thing the readers see.
//
//   TomlParse parsed = parse_toml(text, 0, "pathway.toml");
//   if (const TomlValue* run = parsed.root.find("run")) ...
//
// toml++ itself is seen by toml_value.cpp alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/diagnostic.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

/// A place with the file as a position in the list of files read.
struct TomlPosition {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t file = 0;
};

struct TomlEntry;
/// A time of day or a date with a time, which no scenario uses.
struct TomlClockTime {};

struct TomlValue {
  using Array = std::vector<TomlValue>;
  using Table = std::vector<TomlEntry>;  ///< by key, rising

  std::variant<Table, Array, std::string, std::int64_t, double, bool, Date, TomlClockTime> data;
  TomlPosition position;

  template <class T>
  const T* as() const {
    return std::get_if<T>(&data);
  }
  template <class T>
  T* as() {
    return std::get_if<T>(&data);
  }
  /// What the value is, in words: "a string", "a table".
  std::string_view kind_in_words() const;
  /// The value under the key, or nothing if there is none or this is not a table.
  const TomlValue* find(std::string_view key) const;
};

struct TomlEntry {
  std::string key;
  TomlPosition key_position;
  TomlValue value;
};

TomlEntry* find_entry(TomlValue::Table& table, std::string_view key);

struct TomlParse {
  TomlValue root;  ///< a table; empty if there are faults
  Diagnostics faults;
};

/// Expects text that check_toml_bytes has nothing against.
TomlParse parse_toml(std::string_view text, std::uint32_t file, const std::string& file_name);

}  // namespace rassoflow
