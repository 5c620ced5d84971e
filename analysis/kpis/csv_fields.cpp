#include "analysis/kpis/csv_fields.hpp"

#include <fmt/format.h>

#include <cmath>

namespace rassoflow {

std::string csv_field(const std::string& text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  std::string safe = is_formula ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

std::string csv_key_columns() {
  std::string text;
  for (std::size_t i = 0; i + 1 < row_fields.size(); ++i) {
    text += (i == 0 ? "" : ",") + std::string(row_fields[i].name);
  }
  return text;
}

std::string csv_key_fields(const RowKey& key) {
  std::string text;
  for (std::size_t i = 0; i + 1 < row_fields.size(); ++i) {
    text += (i == 0 ? "" : ",") + csv_field(key.*row_fields[i].value);
  }
  return text;
}

}  // namespace rassoflow
