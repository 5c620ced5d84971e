// Readers that events and levers share: what is done to parameters, and where.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {

std::vector<EffectSpec> read_effects(Reading& reading, const TomlValue& value);

/// One site or an array of sites, `level:name`.
std::set<std::string> read_sites(Reading& reading, const TomlValue& value);

/// Effects that state no grade, source or note have those of what they belong to.
void fill_effects(std::vector<EffectSpec>& effects, Grade grade, const std::string& source,
                  const std::string& note);

}  // namespace rassoflow
