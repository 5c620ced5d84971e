#include "analysis/kpis/sample_groups.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/estimators/quantile.hpp"

namespace rassoflow {
namespace {

/// Reorders the values, so that the whole need not be sorted.
GroupStatistics statistics_of(std::vector<std::uint32_t>& seconds) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  if (seconds.empty()) return {0, missing, missing, missing};
  const auto count = static_cast<std::int64_t>(seconds.size());
  const std::int64_t sum = std::accumulate(seconds.begin(), seconds.end(), std::int64_t{0});
  constexpr double day = seconds_per_day;
  const double median = quantile_of(seconds, 0.5);
  const double p90 = quantile_of(seconds, 0.9);
  return {count, static_cast<double>(sum) / static_cast<double>(count) / day, median / day,
          p90 / day};
}

}  // namespace

SampleIndex::SampleIndex(const Pathway& pathway, const std::vector<SampleGroup>& groups,
                         std::vector<CohortLook> looks)
    : slots_(1 + pathway.classes.size() + pathway.sites.size()),
      months_(pathway.months()),
      classes_(pathway.classes.size()),
      groups_(groups.size()),
      groups_of_cell_(pathway.durations.size() * slots_ * months_),
      looks_(std::move(looks)),
      looks_of_duration_(pathway.durations.size()) {
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    if (groups[g].scope_slot > classes_) has_sites_ = true;
    for (std::size_t m = groups[g].first_month; m < groups[g].end_month; ++m) {
      groups_of_cell_[cell(groups[g].duration, groups[g].scope_slot, m)].push_back(g);
    }
  }
  for (std::uint32_t i = 0; i < looks_.size(); ++i) {
    looks_of_duration_[looks_[i].duration].push_back(i);
  }
}

std::vector<GroupStatistics> SampleIndex::statistics(const Monitor& monitor) const {
  std::vector<std::vector<std::uint32_t>> seconds(groups_);
  for (const DurationSample& sample : monitor.samples) {
    const auto put = [&](std::size_t slot) {
      for (const std::uint32_t group : groups_of_cell_[cell(sample.duration, slot, sample.month)]) {
        seconds[group].push_back(sample.seconds);
      }
    };
    put(0);
    put(1 + sample.case_class.value);
    if (!has_sites_) continue;
    for (const SiteId site : sample.sites) {
      if (site.exists()) put(1 + classes_ + site.value);
    }
  }
  std::vector<GroupStatistics> statistics;
  statistics.reserve(groups_);
  for (auto& values : seconds) {
    statistics.push_back(statistics_of(values));
    std::vector<std::uint32_t>().swap(values);
  }
  return statistics;
}

std::vector<double> SampleIndex::look_counts(const Monitor& monitor) const {
  // Whole numbers by month first: samples come in no order that a result may depend on.
  std::vector<std::vector<std::int64_t>> by_month(looks_.size(),
                                                  std::vector<std::int64_t>(months_, 0));
  for (const DurationSample& sample : monitor.samples) {
    for (const std::uint32_t i : looks_of_duration_[sample.duration]) {
      if (sample.report_month >= looks_[i].first_month &&
          sample.report_month < looks_[i].end_month) {
        ++by_month[i][sample.month];
      }
    }
  }
  std::vector<double> counts(looks_.size(), 0.0);
  for (std::size_t i = 0; i < looks_.size(); ++i) {
    for (std::size_t m = 0; m < months_; ++m) {
      counts[i] += static_cast<double>(by_month[i][m]) * looks_[i].weight[m];
    }
  }
  return counts;
}

}  // namespace rassoflow
