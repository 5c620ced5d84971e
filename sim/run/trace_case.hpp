// One trial with the story of one of its cases, even of a trial that breaks an invariant.
#pragma once

#include <string>

#include "sim/model/case_story.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

struct TracedCase {
  CaseStory story;
  std::string violation;  ///< what stopped the trial before the end of the run; may be empty
};

/// `story` says which case.
TracedCase trace_case(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication,
                      CaseStory story);

}  // namespace rassoflow
