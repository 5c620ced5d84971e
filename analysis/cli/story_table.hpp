// The story of one simulated case as a table of 80 columns: when, where, what, and for how many
// days.
#pragma once

#include <string>

#include "sim/run/trace_case.hpp"

namespace rassoflow {

/// `force:Kent/adult/12/3`: site, class, arrival layer and serial number, which are who it is; the
/// report stage follows where a site has several.
std::string name_of_case(const Pathway& pathway, const ArrivalLayer& origin);

/// With a last line for the whole time. Expects a story whose case was reported.
std::string story_table(const Pathway& pathway, const CaseStory& story);

}  // namespace rassoflow
