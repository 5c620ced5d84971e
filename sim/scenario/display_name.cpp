#include "sim/scenario/display_name.hpp"

#include <algorithm>
#include <cctype>

namespace rassoflow {
namespace {

bool is_bare(std::string_view part) {
  return !part.empty() && std::ranges::all_of(part, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

}  // namespace

std::string display_name(std::string_view name, std::size_t longest) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const bool starts_character = (byte & 0xc0U) != 0x80U;
    if (starts_character && i >= longest) {
      out += "…";
      break;
    }
    if (byte < 0x20 || byte == 0x7f || byte == '`') {
      out += '?';
    } else {
      out += name[i];
    }
  }
  return out;
}

std::string in_ticks(std::string_view name) {
  return "`" + display_name(name) + "`";
}

std::string dotted_key(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    // A position in an array follows its key without a dot: routes[2].
    const bool is_index = part.starts_with('[');
    if (!out.empty() && !is_index) out += '.';
    if (is_index || is_bare(part)) {
      out += display_name(part);
    } else {
      out += '"' + display_name(part) + '"';
    }
  }
  return out;
}

std::string listed(const std::vector<std::string>& names, std::string_view last_word) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " " + std::string(last_word) + " " : ", ";
    out += in_ticks(names[i]);
  }
  return out;
}

}  // namespace rassoflow
