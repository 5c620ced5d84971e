#include "sim/scenario/raw_text.hpp"

#include <cstdint>
#include <utility>

namespace rassoflow {
namespace {

/// Length of the valid UTF-8 sequence at the start of `text`; 0 if it is not one.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
  }
  // Overlong forms, surrogates and values beyond U+10FFFF.
  if (first == 0xe0 && byte(1) < 0xa0) return 0;
  if (first == 0xed && byte(1) > 0x9f) return 0;
  if (first == 0xf0 && byte(1) < 0x90) return 0;
  if (first == 0xf4 && byte(1) > 0x8f) return 0;
  return length;
}

/// Where a scan stands; counts lines and columns (in characters) from 1.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  bool done() const { return at >= text.size(); }
  char look(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool looking_at(std::string_view what) const { return text.substr(at).starts_with(what); }
  void step() {
    if (text[at] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(look(1)) & 0xc0U) != 0x80U) {
      ++column;
    }
    ++at;
  }
  /// Over one whole character.
  void step_character(std::size_t length) {
    line += text[at] == '\n' ? 1 : 0;
    column = text[at] == '\n' ? 1 : column + 1;
    at += length;
  }
  void step(std::size_t count) {
    while (count-- > 0 && !done()) step();
  }
};

class TomlBytes {
 public:
  TomlBytes(std::string_view text, const std::string& file) : file_(file) { cursor_.text = text; }

  Diagnostics scan() {
    while (!cursor_.done()) {
      const char c = cursor_.look();
      if (c == '#') {
        while (!cursor_.done() && cursor_.look() != '\n') cursor_.step();
        continue;
      }
      expect_apart(c);
      if (cursor_.looking_at("\"\"\"") || cursor_.looking_at("'''")) {
        skip_long_string(c);
        before_ = c;
      } else if (c == '"' || c == '\'') {
        skip_string(c);
        before_ = c;
      } else {
        plain(c);
        follow_context(c);
        before_ = c;
        cursor_.step();
      }
    }
    return std::move(faults_);
  }

 private:
  void skip_string(char quote) {
    cursor_.step();
    while (!cursor_.done() && cursor_.look() != '\n') {
      const char c = cursor_.look();
      if (c == '\\' && quote == '"' && cursor_.look(1) != '\n') cursor_.step();
      if (cursor_.done()) return;
      cursor_.step();
      if (c == quote) return;
    }
  }

  void skip_long_string(char quote) {
    const std::string end(3, quote);
    cursor_.step(3);
    while (!cursor_.done() && !cursor_.looking_at(end)) {
      if (cursor_.look() == '\\' && quote == '"') cursor_.step();
      cursor_.step(1);
    }
    // Up to two more quotes belong to the string: """a""""" ends in two quotes.
    cursor_.step(3);
    for (int i = 0; i < 2 && cursor_.look() == quote; ++i) cursor_.step();
  }

  /// Where toml++ looks ahead over the rest of a bare word, it must not meet a string: it cannot
  /// bear other letters there.
  void expect_apart(char c) {
    if (c != '"' && c != '\'' && c != '[' && c != '{' && c != '=') return;
    const bool is_second_equals = c == '=' && in_value_;
    if (c == '=' && !is_second_equals) return;
    constexpr std::string_view separators = " \t\r\n=[{,";
    const bool is_key_dot = before_ == '.' && !in_value_;
    if (!is_second_equals && (is_key_dot || separators.find(before_) != std::string_view::npos)) {
      return;
    }
    fault(seen_joined_, "a quote, bracket or equals sign stands where a word should end",
          "put a comma or a line break before it");
  }

  /// Keeps track of whether a key or a value stands here.
  void follow_context(char c) {
    switch (c) {
      case '=':
        in_value_ = true;
        break;
      case '\n':
        if (open_.empty()) in_value_ = false;
        break;
      case '[':
      case '{':
        open_.push_back({c, in_value_});
        in_value_ = c == '[' && in_value_;
        break;
      case ']':
      case '}':
        if (open_.empty()) break;
        in_value_ = open_.back().was_in_value;
        open_.pop_back();
        break;
      case ',':
        if (!open_.empty() && open_.back().bracket == '{') in_value_ = false;
        break;
      default:
        break;
    }
  }

  void plain(char c) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      fault(seen_other_letter_, "a letter outside ASCII stands outside quotes",
            "put the name or text between double quotes");
    }
    switch (c) {
      case '.':
        if (++dots_ > most_dots_in_a_key) {
          fault(seen_dots_, "a key has more than " + std::to_string(most_dots_in_a_key) + " dots",
                "no key of a scenario is so deep");
        }
        break;
      case '[':
      case '{':
        dots_ = 0;
        if (open_.size() >= deepest_nesting) {
          fault(seen_depth_, "brackets are nested deeper than " + std::to_string(deepest_nesting),
                "");
        }
        break;
      case ']':
      case '}':
      case '\n':
      case '=':
      case ',':
        dots_ = 0;
        break;
      default:
        break;
    }
  }

  void fault(bool& seen, std::string message, std::string help) {
    if (seen) return;
    seen = true;
    faults_.push_back(
        {{file_, cursor_.line, cursor_.column}, "", std::move(message), std::move(help)});
  }

  struct Open {
    char bracket;
    bool was_in_value;
  };

  const std::string& file_;
  Cursor cursor_;
  char before_ = '\n';
  bool in_value_ = false;
  std::vector<Open> open_;
  int dots_ = 0;
  bool seen_other_letter_ = false;
  bool seen_dots_ = false;
  bool seen_depth_ = false;
  bool seen_joined_ = false;
  Diagnostics faults_;
};

}  // namespace

std::string_view without_byte_order_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

Diagnostics check_text_bytes(std::string_view text, const std::string& file) {
  if (text.size() > largest_file_bytes) {
    return {{{file, 0, 0}, "", "the file is larger than 4 MiB", "split it and use `extends`"}};
  }
  Diagnostics faults;
  Cursor cursor{text};
  std::size_t line_start = 0;
  while (!cursor.done()) {
    const Place here{file, cursor.line, cursor.column};
    const std::size_t length = sequence_length(text.substr(cursor.at));
    if (length == 0) {
      faults.push_back({here, "", "the file is not valid UTF-8", "save it as UTF-8"});
      break;
    }
    if (cursor.look() == '\0') {
      faults.push_back({here, "", "the file holds a NUL byte", "save it as plain UTF-8 text"});
      break;
    }
    if (cursor.look() == '\n') {
      line_start = cursor.at + 1;
    } else if (cursor.at - line_start >= longest_line_bytes) {
      faults.push_back({{file, cursor.line, 1},
                        "",
                        "a line is longer than 64 KiB",
                        "break the line; TOML arrays may span lines"});
      break;
    }
    cursor.step_character(length);
  }
  return faults;
}

Diagnostics check_toml_bytes(std::string_view text, const std::string& file) {
  Diagnostics faults = check_text_bytes(text, file);
  if (!faults.empty()) return faults;
  return TomlBytes{without_byte_order_mark(text), file}.scan();
}

}  // namespace rassoflow
