// The scenario's precision targets as rows of the output, and how near a run has come to them.
//
//   const auto targets = precision_targets(scenario, plan);     // or what is wrong with them
//   for (const ReachedPrecision& target : reached_precision(targets, observations)) ...
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimators/stopping.hpp"
#include "analysis/kpis/estimates.hpp"

namespace rassoflow {

struct PrecisionTarget {
  std::string name;  ///< of its entry in [precision]
  std::uint32_t row = 0;
  WidthTarget width;
};

/// Each entry of [precision] with the row it means. What an entry leaves out is empty in the row;
/// the period is then the whole window, basis and statistic the first that the KPI has.
Result<std::vector<PrecisionTarget>> precision_targets(const Scenario& scenario,
                                                       const RowPlan& plan);

struct ReachedPrecision {
  PrecisionTarget target;
  Summary summary;
  HalfWidth width;
};
std::vector<ReachedPrecision> reached_precision(const std::vector<PrecisionTarget>& targets,
                                                const Observations& observations);

/// Why no more replications were made.
enum class StopReason : std::uint8_t { all_made, precise, most_made, failed, interrupted };
std::string_view in_words(StopReason reason);

/// How a run came to its end.
struct Stopping {
  StopReason reason = StopReason::all_made;
  std::vector<std::uint32_t> looks;       ///< replications at each look at the targets
  std::vector<ReachedPrecision> targets;  ///< at the last of them
};

}  // namespace rassoflow
