#include "sim/core/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace rassoflow {

namespace {

/// Longer names are not misspellings, and the time taken grows with the square.
constexpr std::size_t longest_name = 100;

std::string lower_case(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into
/// the other, no part of it edited twice.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> two_before(to.size() + 1);
  std::vector<std::size_t> before(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    two_before.swap(before);
    before.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const bool differs = from[i - 1] != to[j - 1];
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (differs ? 1 : 0)});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        row[j] = std::min(row[j], two_before[j - 2] + 1);
      }
    }
  }
  return row[to.size()];
}

}  // namespace

void sort_diagnostics(Diagnostics& diagnostics) {
  // Key and help come last, so that the order never depends on the order of finding.
  const auto order = [](const Diagnostic& d) {
    return std::tie(d.place, d.message, d.key, d.help);
  };
  std::sort(diagnostics.begin(), diagnostics.end(),
            [&](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end()), diagnostics.end());
}

std::string format_diagnostic(const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  std::string text = place.file;
  if (place.line != 0) text += ":" + std::to_string(place.line);
  if (place.line != 0 && place.column != 0) text += ":" + std::to_string(place.column);
  if (!text.empty()) text += ": ";
  text += "error: ";
  if (!diagnostic.key.empty()) text += diagnostic.key + ": ";
  text += diagnostic.message;
  if (!diagnostic.help.empty()) text += "\n  help: " + diagnostic.help;
  return text;
}

std::string nearest_name(std::string_view wrong, const std::vector<std::string>& known) {
  if (wrong.empty() || wrong.size() > longest_name) return {};
  const std::string meant = lower_case(wrong);
  std::size_t least = std::max<std::size_t>(wrong.size() / 3, 1) + 1;
  std::string nearest;
  for (const std::string& name : known) {
    const std::size_t length_apart =
        std::max(name.size(), meant.size()) - std::min(name.size(), meant.size());
    if (length_apart > least || name.size() > longest_name) continue;
    const std::size_t distance = edit_distance(meant, lower_case(name));
    // Equally near names are told apart by the alphabet, not by the order they came in.
    if (distance < least || (distance == least && !nearest.empty() && name < nearest)) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace rassoflow
