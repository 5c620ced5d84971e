// A look at the bytes of a file before a parser sees them: what no honest scenario needs and what
// could exhaust or crash a parser is refused here, with its place.
//
//   Diagnostics faults = check_toml_bytes(text, "pathway.toml");
//
// Text without faults is valid UTF-8 of bounded size, line length, key depth and nesting, and is
// ASCII outside strings and comments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/core/diagnostic.hpp"

namespace rassoflow {

inline constexpr std::size_t largest_file_bytes = std::size_t{4} << 20;
inline constexpr std::size_t longest_line_bytes = std::size_t{64} << 10;
inline constexpr int most_dots_in_a_key = 16;
inline constexpr std::size_t deepest_nesting = 32;
inline constexpr std::size_t most_files = 64;

/// Size, UTF-8, NUL and line length: what every text file must keep to.
Diagnostics check_text_bytes(std::string_view text, const std::string& file);

/// The same and the limits on TOML. The first fault of each kind is reported.
Diagnostics check_toml_bytes(std::string_view text, const std::string& file);

/// The text without a leading byte order mark.
std::string_view without_byte_order_mark(std::string_view text);

}  // namespace rassoflow
