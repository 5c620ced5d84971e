// The rules of docs/architecture.md that a look at the text of the sources can check: who includes
// whom, how long a file is, how a header opens, what nobody writes.
//
//   for (const Breach& breach : breaches_of(source_path(""))) ...
//
// A breach names file and line; a tree that keeps the rules has none.
#pragma once

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

namespace rassoflow {

struct Breach {
  std::string file;  ///< relative to the root of the tree
  std::size_t line = 0;
  std::string rule;
  friend auto operator<=>(const Breach&, const Breach&) = default;
};

std::string in_words(const Breach& breach);

/// Everything that breaks a rule, by file and line.
std::vector<Breach> breaches_of(const std::filesystem::path& root);

/// How many `#include` lines of sim/ and analysis/ were looked at.
std::size_t includes_seen(const std::filesystem::path& root);

}  // namespace rassoflow
