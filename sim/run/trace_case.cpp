#include "sim/run/trace_case.hpp"

#include "sim/model/trial.hpp"

namespace rassoflow {

TracedCase trace_case(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication,
                      CaseStory story) {
  TracedCase traced{std::move(story), ""};
  Trial trial{pathway, seed, replication};
  trial.follow(traced.story);
  try {
    trial.run_until(pathway.to);
    trial.finish();
  } catch (const InvariantViolation& violation) {
    traced.violation = violation.message;
  }
  return traced;
}

}  // namespace rassoflow
