// Mean, median and 90th percentile of the durations that ended in a period, within one trial, and
// what a look at a cohort on a date finds. The shape is indexed once for all trials.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/monitor.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

/// All samples of one duration, one scope and one period of its end.
/// Slots of scopes: 0 everything, then classes, then sites of every level.
struct SampleGroup {
  std::uint16_t duration = 0;
  std::uint16_t scope_slot = 0;
  std::uint16_t first_month = 0, end_month = 0;
};

/// Samples by month of report, weighted with how much of a span of dates lies after their end: the
/// share of a cohort that had the mark when somebody looked at a date spread evenly over the span.
struct CohortLook {
  std::uint16_t duration = 0;
  std::uint16_t first_month = 0, end_month = 0;  ///< of report
  std::vector<double> weight;                    ///< by month of the mark
};

struct GroupStatistics {
  std::int64_t count = 0;
  double mean_days;  ///< NaN without samples, as the next two
  double median_days;
  double p90_days;
};

class SampleIndex {
 public:
  SampleIndex() = default;
  SampleIndex(const Pathway& pathway, const std::vector<SampleGroup>& groups,
              std::vector<CohortLook> looks);

  /// By group, in the order given.
  std::vector<GroupStatistics> statistics(const Monitor& monitor) const;
  /// Σ weight(month of the mark) over the samples of each look's cohort.
  std::vector<double> look_counts(const Monitor& monitor) const;

 private:
  std::size_t cell(std::size_t duration, std::size_t slot, std::size_t month) const {
    return (duration * slots_ + slot) * months_ + month;
  }

  std::size_t slots_ = 0, months_ = 0, classes_ = 0, groups_ = 0;
  bool has_sites_ = false;
  std::vector<std::vector<std::uint32_t>> groups_of_cell_;
  std::vector<CohortLook> looks_;
  std::vector<std::vector<std::uint32_t>> looks_of_duration_;
};

}  // namespace rassoflow
