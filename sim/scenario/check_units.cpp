// Units that cannot be meant: a parameter in hours where the stage counts days.
#include <algorithm>
#include <array>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

enum class Dimension { other, time, rate, staff, percent };

struct UnitMeaning {
  Dimension dimension = Dimension::other;
  std::string time_word;  ///< singular, such as "day", of a time or of what a rate is per
};

constexpr std::array<std::string_view, 8> time_words{"second", "minute", "hour",    "day",
                                                     "week",   "month",  "quarter", "year"};

std::string singular(std::string_view word) {
  if (word.size() > 1 && word.ends_with('s')) word.remove_suffix(1);
  return std::string(word);
}

bool is_time_word(const std::string& word) {
  return std::ranges::find(time_words, word) != time_words.end();
}

UnitMeaning meaning_of(std::string_view unit) {
  std::string lower(unit);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (lower == "%" || lower == "percent" || lower == "per cent") return {Dimension::percent, ""};
  if (lower == "fte" || lower == "posts" || lower == "positions") return {Dimension::staff, ""};
  if (is_time_word(singular(lower))) return {Dimension::time, singular(lower)};
  for (const std::string_view link : {"per ", "/"}) {
    const auto at = lower.rfind(link);
    if (at == std::string::npos) continue;
    const std::string of = singular(std::string_view(lower).substr(at + link.size()));
    if (is_time_word(of)) return {Dimension::rate, of};
  }
  return {};
}

/// What the role wants, in words; empty if the unit may be meant.
std::string complaint(Role role, std::string_view time_word, const UnitMeaning& unit) {
  const std::string word = singular(time_word);
  if (unit.dimension == Dimension::other) return "";
  const bool is_percent = unit.dimension == Dimension::percent;
  switch (role) {
    case Role::law_time:
    case Role::due_days:
    case Role::slice_hours:
    case Role::hand_over_hours:
    case Role::notice:
    case Role::time_limit:
    case Role::months:
      if (unit.dimension == Dimension::time && unit.time_word == word) return "";
      return std::string(time_word);
    case Role::arrivals:
      if (unit.dimension == Dimension::rate && unit.time_word == word) return "";
      return "cases per " + word;
    case Role::hazard:
      if (unit.dimension == Dimension::rate && unit.time_word == word) return "";
      return "a hazard per day";
    case Role::other_work:
    case Role::upkeep:
      if (unit.dimension == Dimension::rate && unit.time_word == word) return "";
      return "hours per " + word;
    case Role::rooms:
      if (unit.dimension == Dimension::rate && unit.time_word == "day") return "";
      return "rooms on a sitting day";
    case Role::hours_a_week:
      if (unit.dimension == Dimension::rate && unit.time_word == word) return "";
      return "hours per week";
    case Role::starts:
      return unit.dimension == Dimension::staff ? "" : "FTE a month";
    case Role::positions:
      return unit.dimension == Dimension::staff ? "" : "FTE";
    case Role::caseload:
      return "a number of cases";
    case Role::probability:
    case Role::absence:
    case Role::class_share:
    case Role::ring_fence:
    case Role::training:
      return is_percent ? "a share of 1, not of 100" : "a share of 1";
    case Role::law_number:
    case Role::productivity:
    case Role::multiplier:
    case Role::factor:
    case Role::strength:
    case Role::spread:
    case Role::exponent:
    case Role::places:
      return "a number without a unit";
    case Role::open_cases:
      return "a number of open cases";
  }
  return "";
}

}  // namespace

void check_units(Checking& checking) {
  for (const QuantitySlot& slot : checking.slots) {
    std::vector<std::pair<std::string, UnitMeaning>> with_units;
    for (const std::string& name : parameters_in(*slot.quantity)) {
      const auto found = checking.scenario.parameters.find(name);
      if (found == checking.scenario.parameters.end()) continue;
      const UnitMeaning unit = meaning_of(found->second.unit);
      if (unit.dimension != Dimension::other) with_units.emplace_back(name, unit);
    }
    // A product of several units can mean anything.
    if (with_units.size() != 1) continue;
    const auto& [name, unit] = with_units.front();
    const std::string wanted = complaint(slot.role, slot.time_word, unit);
    if (wanted.empty()) continue;
    checking.fault(slot.place, slot.key,
                   "the parameter " + in_ticks(name) + " is in " +
                       in_ticks(checking.scenario.parameters.at(name).unit) + ", but here stands " +
                       wanted,
                   "change the unit here or there");
  }
}

}  // namespace rassoflow
