// From levers as they are written to dated and placed changes of parameters.
//
//   resolve_levers(scenario);   // fills scenario.lever_changes; reading a scenario has done it
//
// A lever in use may be placed at sites of any level: "in Wales" is the Area of Wales for a number
// that is read by Areas and its four forces for one that is read by forces. Faults of levers are
// for check_levers to find; what has one is left out here.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/geography.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Effects of all levers in use, one for each use, at most.
inline constexpr std::size_t most_lever_effects = 10'000;

/// Makes lever_changes of the levers in use and gives effects that name a parameter its value.
/// To be called again after anything in a scenario has been changed by hand.
void resolve_levers(Scenario& scenario);

/// Where anything reads a parameter.
struct ReadAt {
  bool once = false;  ///< for the whole scenario, at no site
  std::set<std::string> levels;
};
std::map<std::string, ReadAt> places_of_reading(const Scenario& scenario);

/// What an effect with sites of its own, in a lever used at some sites, comes down to.
struct Placement {
  std::set<std::string> sites;   ///< none: every site, if nothing is wrong
  std::set<std::string> partly;  ///< only in part within the sites of the lever
  bool is_nowhere = false;       ///< no site that reads the parameter is within them
};
Placement placement(const Scenario& scenario, const Geography& geography, const EffectSpec& effect,
                    const std::set<std::string>& used_at, const ReadAt& read_at);

/// The value of a parameter that is one number, everywhere and for good; nothing if it is not.
const double* single_value(const Scenario& scenario, const std::string& parameter);

/// The uses of a lever by itself: its waves, or its own dates if it has any.
std::vector<LeverUse> uses_of(const LeverSpec& lever);

}  // namespace rassoflow
