#include "sim/scenario/toml_value.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/scenario/display_name.hpp"
#include "sim/scenario/raw_text.hpp"

namespace rassoflow {
namespace {

[[noreturn]] void toml_assertion_failed() {
  throw std::logic_error("toml++ assertion");
}

}  // namespace
}  // namespace rassoflow

// toml++ 3.3.0 runs into its own assertions on some malformed text; here they become exceptions.
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#define TOML_ASSERT(claim) ((claim) ? void(0) : ::rassoflow::toml_assertion_failed())
#define TOML_ASSERT_ASSUME(claim) TOML_ASSERT(claim)
#include <toml++/toml.h>

namespace rassoflow {
namespace {

TomlPosition position_of(const toml::source_region& region, std::uint32_t file) {
  return {region.begin.line, region.begin.column, file};
}

TomlValue converted(const toml::node& node, std::uint32_t file);

TomlValue::Table converted_table(const toml::table& table, std::uint32_t file) {
  TomlValue::Table out;
  out.reserve(table.size());
  for (const auto& [key, node] : table) {
    out.push_back({std::string(key.str()), position_of(key.source(), file), converted(node, file)});
  }
  std::ranges::sort(out, {}, &TomlEntry::key);
  return out;
}

TomlValue converted(const toml::node& node, std::uint32_t file) {
  TomlValue out;
  out.position = position_of(node.source(), file);
  if (const auto* table = node.as_table()) {
    out.data = converted_table(*table, file);
  } else if (const auto* array = node.as_array()) {
    TomlValue::Array items;
    items.reserve(array->size());
    for (const toml::node& item : *array) items.push_back(converted(item, file));
    out.data = std::move(items);
  } else if (const auto* text = node.as_string()) {
    out.data = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.data = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    out.data = number->get();
  } else if (const auto* truth = node.as_boolean()) {
    out.data = truth->get();
  } else if (const auto* date = node.as_date()) {
    const toml::date day = date->get();
    out.data = Date{std::chrono::year{day.year} / std::chrono::month{day.month} /
                    std::chrono::day{day.day}};
  } else {
    out.data = TomlClockTime{};
  }
  return out;
}

}  // namespace

std::string_view TomlValue::kind_in_words() const {
  static constexpr std::string_view names[] = {
      "a table",          "an array",      "a string", "a whole number",
      "a decimal number", "true or false", "a date",   "a time of day"};
  return names[data.index()];
}

const TomlValue* TomlValue::find(std::string_view key) const {
  const Table* table = as<Table>();
  if (table == nullptr) return nullptr;
  const auto found = std::ranges::lower_bound(
      *table, key, {}, [](const TomlEntry& entry) { return std::string_view(entry.key); });
  return found != table->end() && found->key == key ? &found->value : nullptr;
}

TomlEntry* find_entry(TomlValue::Table& table, std::string_view key) {
  const auto found = std::ranges::lower_bound(
      table, key, {}, [](const TomlEntry& entry) { return std::string_view(entry.key); });
  return found != table.end() && found->key == key ? &*found : nullptr;
}

namespace {

/// toml++ says nothing about the place where it runs into an assertion: the first line up to which
/// it does. Whether it does can only go from no to yes as lines are added.
std::uint32_t line_of_assertion(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ends.push_back(i + 1);
  }
  const auto parses = [&](std::size_t end) {
    try {
      (void)toml::parse(text.substr(0, end), std::string_view{});
    } catch (const toml::parse_error&) {
      return true;
    } catch (const std::exception&) {
      return false;
    }
    return true;
  };
  const auto first_bad = std::ranges::partition_point(ends, parses);
  return static_cast<std::uint32_t>(first_bad - ends.begin()) + 1;
}

/// "Error while parsing date: expected day" is told as "while parsing date: expected day".
std::string_view without_preamble(std::string_view description) {
  constexpr std::string_view preamble = "Error ";
  if (description.starts_with(preamble)) description.remove_prefix(preamble.size());
  return description;
}

}  // namespace

TomlParse parse_toml(std::string_view text, std::uint32_t file, const std::string& file_name) {
  TomlParse out;
  text = without_byte_order_mark(text);
  try {
    const toml::table root = toml::parse(text, std::string_view{});
    out.root.data = converted_table(root, file);
    out.root.position = {0, 0, file};
  } catch (const toml::parse_error& error) {
    const TomlPosition at = position_of(error.source(), file);
    out.faults.push_back(
        {{file_name, at.line, at.column},
         "",
         "this is not TOML, " + display_name(without_preamble(error.description()), 160),
         "a fault of syntax hides what follows it in the file"});
  } catch (const std::exception&) {
    out.faults.push_back({{file_name, line_of_assertion(text), 1},
                          "",
                          "this is not TOML: brackets or keys are malformed",
                          "a fault of syntax hides what follows it in the file"});
  }
  return out;
}

}  // namespace rassoflow
