// How tables are read: each kind of table declares its keys once, as a list of (key, handler), and
// everything else follows from the list: unknown keys with the nearest known one, missing keys,
// the dotted path in messages and the list of keys that the format's page must document.
//
//   constexpr KeyRule<ClassSpec> class_keys[] = {
//       {"share", quantity<&ClassSpec::share>, Need::required},
//       {"priority", whole_number<&ClassSpec::priority>},
//   };
//   read_keys<ClassSpec>(reading, table, class_keys, out);
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/read_files.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/toml_value.hpp"

namespace rassoflow {

/// What a reader needs besides the value it reads: where it is and where faults go.
class Reading {
 public:
  explicit Reading(FilesRead& files) : files_(files), is_partial_(!files.faults.empty()) {}

  FilesRead& files() { return files_; }
  /// A file could not be read or parsed: what seems to be missing may have been in it.
  bool is_partial() const { return is_partial_; }
  Diagnostics& faults() { return files_.faults; }
  Place place(const TomlPosition& position) const { return files_.place(position); }

  /// Beyond this many faults nobody reads on, and a hostile file could make them without end.
  static constexpr std::size_t most_faults = 1000;
  bool has_most_faults() const { return files_.faults.size() >= most_faults; }

  void fault(const TomlPosition& position, std::string message, std::string help = "");
  /// The dotted key being read.
  std::string here() const;
  /// "expects a date, not a string"
  void wrong_type(const TomlValue& value, std::string_view expected, std::string help = "");

  /// While it lives, faults are about this key of the table above.
  class Key {
   public:
    Key(Reading& reading, std::string name) : reading_(reading) {
      reading_.path_.push_back(std::move(name));
    }
    Key(Reading& reading, std::size_t index)
        : Key(reading, "[" + std::to_string(index + 1) + "]") {}
    ~Key() { reading_.path_.pop_back(); }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;

   private:
    Reading& reading_;
  };

 private:
  FilesRead& files_;
  bool is_partial_;
  std::vector<std::string> path_;
};

enum class Need { optional, required };
inline constexpr unsigned every_kind = ~0U;

template <class T>
struct KeyRule {
  std::string_view key;
  void (*read)(Reading&, const TomlValue&, T&);
  Need need = Need::optional;
  /// A bit for each kind of entry (of stage, of KPI) that has this key.
  unsigned kinds = every_kind;
};

/// The names of one table's keys as read_keys checks them; free of the type that is filled.
struct KeyName {
  std::string_view key;
  Need need;
  unsigned kinds;
};
/// Reports unknown, misplaced and missing keys; `kind_names` says which bit is which kind.
void check_keys(Reading& reading, const TomlValue& table, std::span<const KeyName> known,
                unsigned kind = every_kind, std::span<const std::string_view> kind_names = {});

/// Reads every known key of the table into `out`.
template <class T>
void read_keys(Reading& reading, const TomlValue& table, std::span<const KeyRule<T>> rules, T& out,
               unsigned kind = every_kind, std::span<const std::string_view> kind_names = {}) {
  if (table.as<TomlValue::Table>() == nullptr) {
    reading.wrong_type(table, "a table");
    return;
  }
  std::vector<KeyName> known;
  for (const KeyRule<T>& rule : rules) known.push_back({rule.key, rule.need, rule.kinds});
  check_keys(reading, table, known, kind, kind_names);
  for (const KeyRule<T>& rule : rules) {
    const TomlValue* value = table.find(rule.key);
    if (value == nullptr || (rule.kinds & kind) == 0) continue;
    const Reading::Key key{reading, std::string(rule.key)};
    rule.read(reading, *value, out);
  }
}

/// Reads each entry of a table of named things.
template <class T>
void read_named(Reading& reading, const TomlValue& value, std::map<std::string, T>& out,
                void (*read)(Reading&, const TomlEntry&, T&)) {
  const auto* table = value.as<TomlValue::Table>();
  if (table == nullptr) {
    reading.wrong_type(value, "a table");
    return;
  }
  for (const TomlEntry& entry : *table) {
    const Reading::Key key{reading, entry.key};
    if (entry.key.empty() || entry.key.size() > 200) {
      reading.fault(entry.key_position, "a name has 1 to 200 bytes");
      continue;
    }
    read(reading, entry, out[entry.key]);
  }
}

// Readers of plain values; each says what is wrong and gives nothing then.
std::optional<std::string> read_text(Reading& reading, const TomlValue& value);
std::optional<double> read_number(Reading& reading, const TomlValue& value);
std::optional<std::int64_t> read_whole_number(Reading& reading, const TomlValue& value,
                                              std::int64_t lowest, std::int64_t highest);
std::optional<bool> read_truth(Reading& reading, const TomlValue& value);
std::optional<Date> read_date(Reading& reading, const TomlValue& value);
std::vector<std::string> read_texts(Reading& reading, const TomlValue& value);
/// Position of the word among `words`.
std::optional<std::size_t> read_word(Reading& reading, const TomlValue& value,
                                     std::span<const std::string_view> words);

// The same as handlers of a member.
template <auto member, class T>
void text(Reading& reading, const TomlValue& value, T& out) {
  if (auto read = read_text(reading, value)) out.*member = std::move(*read);
}
template <auto member, class T>
void number(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_number(reading, value)) out.*member = double{*read};
}
template <auto member, class T>
void truth(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_truth(reading, value)) out.*member = *read;
}
template <auto member, class T>
void date(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_date(reading, value)) out.*member = *read;
}
template <auto member, class T>
void texts(Reading& reading, const TomlValue& value, T& out) {
  out.*member = read_texts(reading, value);
}
template <auto member, class T>
void text_set(Reading& reading, const TomlValue& value, T& out) {
  for (std::string& text : read_texts(reading, value)) (out.*member).insert(std::move(text));
}
template <auto member, class T>
void priority(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_whole_number(reading, value, -1'000'000, 1'000'000)) {
    out.*member = static_cast<int>(*read);
  }
}

}  // namespace rassoflow
