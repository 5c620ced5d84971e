// Dates, places and changes as people say them.
//
//   dates_in_words(day, {})                    // "from 1 Oct 2022"
//   places_in_words({"area:Wales"})            // "Wales (area)"
//   change_in_words(effect, "FTE")             // "12 FTE more"
#pragma once

#include <optional>
#include <set>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// "1 Oct 2022"
std::string date_in_words(Date date);

/// "from 1 Oct 2022", "1 Oct 2022 to 31 Mar 2023" or a single day; `to` is the first day after.
std::string dates_in_words(Date from, const std::optional<Date>& to);

/// By level, in order of names: "Kent and Essex (force), Wales (area)"; "everywhere" for none.
std::string places_in_words(const std::set<std::string>& sites);

/// "times 0.8", "12 FTE more", "its odds times 0.7"
std::string change_in_words(const EffectSpec& effect, const std::string& unit);

}  // namespace rassoflow
