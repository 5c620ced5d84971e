// Replications of one run: as many as asked for, or until its precision targets are met.
#pragma once

#include <atomic>

#include "analysis/kpis/precision.hpp"
#include "sim/run/experiment.hpp"

namespace rassoflow {

struct Replicated {
  Observations observations;
  std::vector<TrialFailure> failures;
  std::uint32_t asked = 0;  ///< replications that were to be made before it stopped
  Stopping stopping;
};

Replicated replicate(const Pathway& pathway, const RowPlan& plan, const ExperimentSpec& spec,
                     const std::atomic<bool>& interrupt);

/// Looks at the targets after 20, 30, 45, ... replications and after `spec.replications`, the most
/// that are made. What has been made is kept, so that the results are those of a run of so many.
Replicated replicate_until_precise(const Pathway& pathway, const RowPlan& plan,
                                   const ExperimentSpec& spec,
                                   const std::vector<PrecisionTarget>& targets,
                                   const std::atomic<bool>& interrupt);

}  // namespace rassoflow
