// Scenarios as text in the tests of this folder: a small valid world, and what reading and
// checking say about a changed one.
//
//   EXPECT_THAT(faults_in(with(small_world(), "seed = 7", "seed = -7")), ElementsAre(...));
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow::scenario_test {

using Files = std::map<std::string, std::string>;

/// One force, one pool, one rework loop; nothing is wrong with it.
std::string small_world();

/// The text with the first `from` replaced; throws if it is not there.
std::string with(std::string text, std::string_view from, std::string_view to);

/// Everything that reading, and if it succeeds checking, says: `key: message`, by place.
std::vector<std::string> faults_in(std::string_view text, const Files& files = {});
/// The same with file, line, column and help, one diagnostic a line or two.
std::string full_faults(const Diagnostics& diagnostics);

/// Throws with the faults if there are any.
Scenario scenario_of(std::string_view text, const Files& files = {});

/// Throws if it is no date.
Date day(const char* text);
/// The parameter of this name as a number of the scenario.
Quantity named(const std::string& parameter);

/// The whole file; throws if it cannot be read.
std::string file_text(const std::string& path);

}  // namespace rassoflow::scenario_test
