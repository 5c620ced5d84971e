// Replications of one pathway, in parallel over oneTBB, delivered in order of
// their index whatever order they finish in.
//
//   Experiment experiment{pathway, {.seed = 1, .replications = 20}};
//   experiment.run([&](TrialResult&& result) { ... });   // 0, 1, 2, ...
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "sim/model/monitor.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

struct TrialResult {
  std::uint32_t replication = 0;
  std::int64_t events = 0;  ///< arrivals, ends of steps and withdrawals
  Monitor monitor;
};

/// A trial that broke an invariant or ran out of something: recorded, the others go on.
struct TrialFailure {
  std::uint32_t replication = 0;
  std::string message;  ///< which claim, which case, when
};

struct ExperimentSpec {
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;
  std::uint32_t replications = 10;
  unsigned threads = 0;  ///< 0: as many as the machine has
};

struct ExperimentOutcome {
  std::uint32_t delivered = 0;  ///< trials that reached the consumer, in order
  std::vector<TrialFailure> failures;
  bool interrupted = false;
};

/// Calls `reduce` on the worker's thread (concurrently) for each finished trial, then `deliver`
/// with what it returned on one thread at a time, in order of replications. Stops early, keeping
/// the contiguous prefix that is finished, when `interrupt` becomes true.
template <class Reduced>
struct ExperimentCallbacks {
  std::function<Reduced(TrialResult&&)> reduce;
  std::function<void(std::uint32_t replication, Reduced&&)> deliver;
};

using AnyReduced = std::vector<double>;

ExperimentOutcome run_experiment(const Pathway& pathway, const ExperimentSpec& spec,
                                 const ExperimentCallbacks<AnyReduced>& callbacks,
                                 const std::atomic<bool>& interrupt);

/// One trial on this thread. Throws InvariantViolation.
TrialResult run_trial(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication);
/// The same, with what has stopped it instead of an exception.
std::variant<TrialResult, TrialFailure> attempt_trial(const Pathway& pathway, std::uint64_t seed,
                                                      std::uint32_t replication);

}  // namespace rassoflow
