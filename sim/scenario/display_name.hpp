// How names from files appear in messages: between backticks, with control characters escaped and
// cut to a length that no file can stretch.
//
//   in_ticks("polise")                     // `polise`
//   dotted_key({"sites", "force", "A B"})  // sites.force."A B"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rassoflow {

/// The name without control characters, at most so many bytes and "…".
std::string display_name(std::string_view name, std::size_t longest = 80);
std::string in_ticks(std::string_view name);
/// Parts that are not bare TOML keys are put between double quotes.
std::string dotted_key(const std::vector<std::string>& parts);
/// `a`, `b` or `c`
std::string listed(const std::vector<std::string>& names, std::string_view last_word = "or");

}  // namespace rassoflow
