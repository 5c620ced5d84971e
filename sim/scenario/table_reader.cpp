#include "sim/scenario/table_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

std::vector<std::string> names_of_kinds(unsigned kinds, std::span<const std::string_view> names) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((kinds >> i & 1U) != 0) out.emplace_back(names[i]);
  }
  return out;
}

}  // namespace

void Reading::fault(const TomlPosition& position, std::string message, std::string help) {
  if (has_most_faults()) return;
  files_.faults.push_back(
      {place(position), dotted_key(path_), std::move(message), std::move(help)});
}

std::string Reading::here() const {
  return dotted_key(path_);
}

void Reading::wrong_type(const TomlValue& value, std::string_view expected, std::string help) {
  fault(value.position,
        "expects " + std::string(expected) + ", not " + std::string(value.kind_in_words()),
        std::move(help));
}

void check_keys(Reading& reading, const TomlValue& table, std::span<const KeyName> known,
                unsigned kind, std::span<const std::string_view> kind_names) {
  std::vector<std::string> names;
  for (const KeyName& name : known) {
    if ((name.kinds & kind) != 0) names.emplace_back(name.key);
  }
  for (const TomlEntry& entry : *table.as<TomlValue::Table>()) {
    if (reading.has_most_faults()) return;
    const auto rule = std::ranges::find(known, std::string_view(entry.key), &KeyName::key);
    if (rule != known.end() && (rule->kinds & kind) != 0) continue;
    const Reading::Key key{reading, entry.key};
    if (rule != known.end() && std::has_single_bit(kind)) {
      const std::string_view own = kind_names[static_cast<std::size_t>(std::countr_zero(kind))];
      reading.fault(entry.key_position,
                    "kind " + in_ticks(own) + " has no key " + in_ticks(entry.key),
                    "it belongs to " + listed(names_of_kinds(rule->kinds, kind_names)));
      continue;
    }
    const std::string nearest = nearest_name(entry.key, names);
    reading.fault(entry.key_position, "the key " + in_ticks(entry.key) + " is not known here",
                  nearest.empty() ? (names.empty() ? "" : "known are " + listed(names, "and"))
                                  : "did you mean " + in_ticks(nearest) + "?");
  }
  if (reading.is_partial()) return;
  for (const KeyName& name : known) {
    if (name.need != Need::required || (name.kinds & kind) == 0) continue;
    if (table.find(name.key) != nullptr) continue;
    reading.fault(table.position, "the key " + in_ticks(name.key) + " is missing");
  }
}

std::optional<std::string> read_text(Reading& reading, const TomlValue& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr) {
    reading.wrong_type(value, "a string");
    return std::nullopt;
  }
  // Titles and names end in CSV, DOT and terminals: no escape sequences through a file.
  const bool has_control = std::ranges::any_of(*text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
  });
  if (has_control) {
    reading.fault(value.position, "the text holds a control character");
    return std::nullopt;
  }
  return *text;
}

std::optional<double> read_number(Reading& reading, const TomlValue& value) {
  std::optional<double> out;
  if (const auto* whole = value.as<std::int64_t>()) out = static_cast<double>(*whole);
  if (const auto* number = value.as<double>()) out = *number;
  if (!out) {
    reading.wrong_type(value, "a number");
    return std::nullopt;
  }
  if (!std::isfinite(*out)) {
    reading.fault(value.position, "expects a finite number, not `inf` or `nan`");
    return std::nullopt;
  }
  if (std::abs(*out) > 1e15) {
    reading.fault(value.position, "the number is beyond 1e15, which no quantity here can mean");
    return std::nullopt;
  }
  return out;
}

std::optional<std::int64_t> read_whole_number(Reading& reading, const TomlValue& value,
                                              std::int64_t lowest, std::int64_t highest) {
  const auto* whole = value.as<std::int64_t>();
  if (whole == nullptr) {
    reading.wrong_type(value, "a whole number");
    return std::nullopt;
  }
  if (*whole < lowest || *whole > highest) {
    const std::string range =
        highest == std::numeric_limits<std::int64_t>::max()
            ? "at least " + std::to_string(lowest)
            : "from " + std::to_string(lowest) + " to " + std::to_string(highest);
    reading.fault(value.position, "expects a whole number " + range);
    return std::nullopt;
  }
  return *whole;
}

std::optional<bool> read_truth(Reading& reading, const TomlValue& value) {
  const auto* truth = value.as<bool>();
  if (truth == nullptr) {
    reading.wrong_type(value, "true or false");
    return std::nullopt;
  }
  return *truth;
}

std::optional<Date> read_date(Reading& reading, const TomlValue& value) {
  const auto* date = value.as<Date>();
  if (date == nullptr) {
    reading.wrong_type(value, "a date",
                       value.as<std::string>() != nullptr ? "write YYYY-MM-DD without quotes" : "");
    return std::nullopt;
  }
  return *date;
}

std::vector<std::string> read_texts(Reading& reading, const TomlValue& value) {
  std::vector<std::string> out;
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of strings");
    return out;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (auto text = read_text(reading, (*items)[i])) out.push_back(std::move(*text));
  }
  return out;
}

std::optional<std::size_t> read_word(Reading& reading, const TomlValue& value,
                                     std::span<const std::string_view> words) {
  const auto text = read_text(reading, value);
  if (!text) return std::nullopt;
  const auto found = std::ranges::find(words, std::string_view(*text));
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::vector<std::string> known(words.begin(), words.end());
  const std::string nearest = nearest_name(*text, known);
  reading.fault(value.position, "the word " + in_ticks(*text) + " is not known here",
                (nearest.empty() ? "" : "did you mean " + in_ticks(nearest) + "? ") +
                    ("it is " + listed(known)));
  return std::nullopt;
}

}  // namespace rassoflow
