// What is wrong with a planner's files, all of it at once.
//
// A reader or checker collects Diagnostics and goes on; nothing is repaired in
// silence. Printed as `file:line:column: error: key: message`, then `  help: ...` on a
// line of its own; what is not known is left out.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rassoflow {

/// A place in a file; line and column count from 1, 0 means the whole file.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Diagnostic {
  Place place;
  /// The key that is wrong, dotted, such as `stages.review.effort.mean`; may be empty.
  std::string key;
  /// What is wrong and why it matters, one sentence without a full stop at the end.
  std::string message;
  /// What to do: the nearest known name or the allowed range; may be empty.
  std::string help;
  friend auto operator<=>(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// By file, line, column, then message; duplicates removed.
void sort_diagnostics(Diagnostics& diagnostics);
std::string format_diagnostic(const Diagnostic& diagnostic);

/// A value or the full list of reasons why there is none.
template <class T>
using Result = std::variant<T, Diagnostics>;

/// The known name nearest to `wrong` by edit distance (at most a third of its
/// length, at least 1; a swap of neighbours is one edit), or an empty string. Names are
/// compared without case; names of over 100 bytes are never the one meant.
std::string nearest_name(std::string_view wrong, const std::vector<std::string>& known);

/// The world failed: disk full, file gone, port taken. Ends in `main`, exit 1.
struct WorldError {
  std::string message;
};

}  // namespace rassoflow
