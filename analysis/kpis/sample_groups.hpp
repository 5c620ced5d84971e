// Mean, median and 90th percentile of the durations that ended in a period, within one trial.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/kpis/row_plan.hpp"

namespace rassoflow {

struct GroupStatistics {
  std::int64_t count = 0;
  double mean_days;  ///< NaN without samples, as the next two
  double median_days;
  double p90_days;
};

/// Slots of scopes: 0 everything, then classes, then sites of every level.
std::vector<GroupStatistics> group_statistics(const Pathway& pathway, const Monitor& monitor,
                                              const std::vector<SampleGroup>& groups);

/// Σ weight(month of the mark) over the samples of the cohort.
std::vector<double> look_counts(const Monitor& monitor, const std::vector<CohortLook>& looks);

}  // namespace rassoflow
