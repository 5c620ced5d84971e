#include "analysis/cli/replicate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "analysis/cli/log.hpp"
#include "analysis/cli/progress.hpp"

namespace rassoflow {
namespace {

/// Adds replications up to `end` to those there are; `note` hears of each that is made.
void replicate_to(std::uint32_t end, const ReplicatedSystem& system, ExperimentSpec spec,
                  const std::atomic<bool>& interrupt, const std::function<void()>& note,
                  Replicated& out) {
  const Timing timing{"simulating and reducing"};
  spec.first_replication = out.asked;
  spec.replications = end - out.asked;
  const ExperimentCallbacks<AnyReduced> callbacks{
      [&](TrialResult&& result) { return system.reduce(result.monitor); },
      [&](std::uint32_t replication, AnyReduced&& values) {
        out.observations.replications.push_back(replication);
        out.observations.values.push_back(std::move(values));
        note();
      }};
  ExperimentOutcome outcome = run_experiment(*system.pathway, spec, callbacks, interrupt);
  out.asked = end;
  std::move(outcome.failures.begin(), outcome.failures.end(), std::back_inserter(out.failures));
  if (!out.failures.empty()) out.stopping.reason = StopReason::failed;
  if (outcome.interrupted) out.stopping.reason = StopReason::interrupted;
}

void replicate_to(std::uint32_t end, const Pathway& pathway, const RowPlan& plan,
                  const ExperimentSpec& spec, const std::atomic<bool>& interrupt, Replicated& out) {
  Progress progress{out.asked, end};
  std::uint32_t made = out.asked;
  const ReplicatedSystem system{&pathway,
                                [&](const Monitor& monitor) { return plan.reduce(monitor); }};
  replicate_to(
      end, system, spec, interrupt, [&] { progress.finished(++made); }, out);
}

bool all_met(const std::vector<ReachedPrecision>& targets) {
  return std::all_of(targets.begin(), targets.end(),
                     [](const ReachedPrecision& target) { return target.width.is_met(); });
}

/// What is still to come, for those who wait.
void say_how_far(const Stopping& stopping) {
  std::uint32_t needed = 0;
  std::size_t met = 0;
  bool is_known = true;
  for (const ReachedPrecision& target : stopping.targets) {
    if (target.width.is_met()) ++met;
    is_known = is_known && target.width.needed.has_value();
    needed = std::max(needed, target.width.needed.value_or(0));
  }
  spdlog::info("After {} replications {} of {} precision targets are met{}.", stopping.looks.back(),
               met, stopping.targets.size(),
               met == stopping.targets.size() || !is_known
                   ? ""
                   : fmt::format("; about {} replications will do", needed));
}

}  // namespace

Replicated replicate(const Pathway& pathway, const RowPlan& plan, const ExperimentSpec& spec,
                     const std::atomic<bool>& interrupt) {
  Replicated out;
  replicate_to(spec.replications, pathway, plan, spec, interrupt, out);
  return out;
}

std::vector<Replicated> replicate_side_by_side(const std::vector<ReplicatedSystem>& systems,
                                               const ExperimentSpec& spec,
                                               const std::atomic<bool>& interrupt) {
  const std::uint32_t threads =
      spec.threads > 0 ? spec.threads : std::thread::hardware_concurrency();
  const std::uint32_t turn = std::max(8U, 4 * threads);
  std::vector<Replicated> out(systems.size());
  Progress progress{0, static_cast<std::uint32_t>(systems.size()) * spec.replications};
  std::uint32_t made = 0;
  for (std::uint32_t begin = 0; begin < spec.replications && !interrupt.load(); begin += turn) {
    const std::uint32_t end = std::min(begin + turn, spec.replications);
    for (std::size_t s = 0; s < systems.size(); ++s) {
      replicate_to(
          end, systems[s], spec, interrupt, [&] { progress.finished(++made); }, out[s]);
    }
  }
  for (Replicated& one : out) {
    if (one.observations.values.size() + one.failures.size() < spec.replications) {
      one.stopping.reason = StopReason::interrupted;
    }
    one.asked = spec.replications;
  }
  return out;
}

Replicated replicate_until_precise(const Pathway& pathway, const RowPlan& plan,
                                   const ExperimentSpec& spec,
                                   const std::vector<PrecisionTarget>& targets,
                                   const std::atomic<bool>& interrupt) {
  Replicated out;
  const std::uint32_t most = spec.replications;
  for (std::uint32_t look = std::min(first_look, most);; look = std::min(next_look(look), most)) {
    replicate_to(look, pathway, plan, spec, interrupt, out);
    out.stopping.targets = reached_precision(targets, out.observations);
    // Without a contiguous prefix there is nothing to look at any more.
    if (out.stopping.reason != StopReason::all_made) break;
    out.stopping.looks.push_back(look);
    say_how_far(out.stopping);
    if (all_met(out.stopping.targets)) {
      out.stopping.reason = StopReason::precise;
      break;
    }
    if (look == most) {
      out.stopping.reason = StopReason::most_made;
      break;
    }
  }
  return out;
}

}  // namespace rassoflow
