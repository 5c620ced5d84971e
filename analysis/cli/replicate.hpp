// Replications of one run: as many as asked for, or until its precision targets are met.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

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

/// A pathway, and what is kept of each of its trials; `reduce` is called from several threads.
struct ReplicatedSystem {
  const Pathway* pathway = nullptr;
  std::function<AnyReduced(const Monitor&)> reduce;
};
/// The same replications of each, some of every system in turn, so that an interruption leaves
/// pairs.
std::vector<Replicated> replicate_side_by_side(const std::vector<ReplicatedSystem>& systems,
                                               const ExperimentSpec& spec,
                                               const std::atomic<bool>& interrupt);

/// Looks at the targets after 20, 30, 45, ... replications and after `spec.replications`, the most
/// that are made. What has been made is kept, so that the results are those of a run of so many.
Replicated replicate_until_precise(const Pathway& pathway, const RowPlan& plan,
                                   const ExperimentSpec& spec,
                                   const std::vector<PrecisionTarget>& targets,
                                   const std::atomic<bool>& interrupt);

}  // namespace rassoflow
