// Mean, median and 90th percentile of samples within one trial: of the durations that ended in a
// period, of those of a cohort that ended up to a horizon, of the ages of open cases. Besides, what
// a look at a cohort on a date finds. The shape is indexed once for all trials.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/monitor.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

/// The samples of one thing, one scope and one period.
/// Slots of scopes: 0 everything, then classes, then sites of every level.
struct SampleGroup {
  enum class Of : std::uint8_t {
    ended,   ///< durations by month of their end
    cohort,  ///< durations by month of report, of cases at most cohort_days[horizon] old at the end
    open,    ///< ages of open cases
  };
  Of of = Of::ended;
  std::uint8_t horizon = 0;
  std::uint16_t item = 0;  ///< duration or stock age
  std::uint16_t scope_slot = 0;
  std::uint16_t first_month = 0, end_month = 0;
  friend auto operator<=>(const SampleGroup&, const SampleGroup&) = default;
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
  double total_days = 0;
  double mean_days;  ///< NaN without samples, as the next two
  double median_days;
  double p90_days;
};

class SampleIndex {
 public:
  SampleIndex() = default;
  SampleIndex(const Pathway& pathway, std::vector<SampleGroup> groups,
              std::vector<CohortLook> looks);

  /// By group, in the order given.
  std::vector<GroupStatistics> statistics(const Monitor& monitor) const;
  /// Σ weight(month of the mark) over the samples of each look's cohort.
  std::vector<double> look_counts(const Monitor& monitor) const;

 private:
  class Cells;
  using GroupIds = std::vector<std::uint32_t>;

  std::size_t slots_ = 0, months_ = 0, classes_ = 0;
  bool has_classes_ = false, has_sites_ = false;
  std::vector<SampleGroup> groups_;
  std::vector<GroupIds> groups_of_duration_;
  std::vector<bool> has_cohorts_;  ///< by duration
  std::vector<GroupIds> groups_of_stock_;
  std::vector<CohortLook> looks_;
  std::vector<std::vector<std::uint32_t>> looks_of_duration_;
};

}  // namespace rassoflow
