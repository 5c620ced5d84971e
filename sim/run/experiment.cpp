#include "sim/run/experiment.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <exception>
#include <optional>

#include "sim/model/state.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {
namespace {

struct Finished {
  std::uint32_t replication = 0;
  std::variant<AnyReduced, TrialFailure> outcome;
};

Finished run_one(const Pathway& pathway, const ExperimentSpec& spec, std::uint32_t replication,
                 const ExperimentCallbacks<AnyReduced>& callbacks) {
  auto trial = attempt_trial(pathway, spec.seed, replication);
  if (auto* failure = std::get_if<TrialFailure>(&trial)) return {replication, std::move(*failure)};
  try {
    return {replication, callbacks.reduce(std::get<TrialResult>(std::move(trial)))};
  } catch (const std::exception& error) {
    return {replication, TrialFailure{replication, error.what()}};
  }
}

}  // namespace

TrialResult run_trial(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication) {
  Trial trial{pathway, seed, replication};
  trial.run_until(pathway.to);
  TrialResult result;
  result.replication = replication;
  result.events = trial.state().events;
  result.monitor = trial.finish();
  return result;
}

std::variant<TrialResult, TrialFailure> attempt_trial(const Pathway& pathway, std::uint64_t seed,
                                                      std::uint32_t replication) {
  try {
    return run_trial(pathway, seed, replication);
  } catch (const InvariantViolation& violation) {
    return TrialFailure{replication, violation.message};
  } catch (const std::exception& error) {
    return TrialFailure{replication, error.what()};
  }
}

ExperimentOutcome run_experiment(const Pathway& pathway, const ExperimentSpec& spec,
                                 const ExperimentCallbacks<AnyReduced>& callbacks,
                                 const std::atomic<bool>& interrupt) {
  ExperimentOutcome outcome;
  std::optional<tbb::global_control> limit;
  if (spec.threads > 0) {
    limit.emplace(tbb::global_control::max_allowed_parallelism, spec.threads);
  }
  tbb::task_arena arena{spec.threads > 0 ? static_cast<int>(spec.threads)
                                         : tbb::task_arena::automatic};
  std::uint32_t next = 0;
  arena.execute([&] {
    const auto tokens = 2 * static_cast<std::size_t>(arena.max_concurrency());
    tbb::parallel_pipeline(
        tokens,
        tbb::make_filter<void, std::uint32_t>(tbb::filter_mode::serial_in_order,
                                              [&](tbb::flow_control& control) -> std::uint32_t {
                                                if (next == spec.replications || interrupt.load()) {
                                                  control.stop();
                                                  return 0;
                                                }
                                                return spec.first_replication + next++;
                                              }) &
            tbb::make_filter<std::uint32_t, Finished>(tbb::filter_mode::parallel,
                                                      [&](std::uint32_t replication) {
                                                        return run_one(pathway, spec, replication,
                                                                       callbacks);
                                                      }) &
            tbb::make_filter<Finished, void>(
                tbb::filter_mode::serial_in_order, [&](Finished finished) {
                  if (auto* failure = std::get_if<TrialFailure>(&finished.outcome)) {
                    outcome.failures.push_back(std::move(*failure));
                    return;
                  }
                  callbacks.deliver(finished.replication,
                                    std::get<AnyReduced>(std::move(finished.outcome)));
                  ++outcome.delivered;
                }));
  });
  outcome.interrupted = interrupt.load() && next < spec.replications;
  return outcome;
}

}  // namespace rassoflow
