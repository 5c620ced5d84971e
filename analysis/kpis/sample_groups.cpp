#include "analysis/kpis/sample_groups.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "analysis/estimators/quantile.hpp"

namespace rassoflow {
namespace {

/// Which groups a sample of a duration belongs to, by slot and month.
class GroupIndex {
 public:
  GroupIndex(const Pathway& pathway, const std::vector<SampleGroup>& groups)
      : slots_(1 + pathway.classes.size() + pathway.sites.size()), months_(pathway.months()) {
    by_cell_.resize(pathway.durations.size() * slots_ * months_);
    for (std::uint32_t g = 0; g < groups.size(); ++g) {
      for (std::size_t m = groups[g].first_month; m < groups[g].end_month; ++m) {
        by_cell_[cell(groups[g].duration, groups[g].scope_slot, m)].push_back(g);
      }
    }
  }
  const std::vector<std::uint32_t>& at(std::size_t duration, std::size_t slot,
                                       std::size_t month) const {
    return by_cell_[cell(duration, slot, month)];
  }

 private:
  std::size_t cell(std::size_t duration, std::size_t slot, std::size_t month) const {
    return (duration * slots_ + slot) * months_ + month;
  }
  std::size_t slots_, months_;
  std::vector<std::vector<std::uint32_t>> by_cell_;
};

GroupStatistics statistics_of(std::vector<std::uint32_t>& seconds) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  if (seconds.empty()) return {0, missing, missing, missing};
  std::sort(seconds.begin(), seconds.end());
  const auto count = static_cast<std::int64_t>(seconds.size());
  const std::int64_t sum = std::accumulate(seconds.begin(), seconds.end(), std::int64_t{0});
  constexpr double day = seconds_per_day;
  return {count, static_cast<double>(sum) / static_cast<double>(count) / day,
          quantile_of_sorted(seconds, 0.5) / day, quantile_of_sorted(seconds, 0.9) / day};
}

}  // namespace

std::vector<GroupStatistics> group_statistics(const Pathway& pathway, const Monitor& monitor,
                                              const std::vector<SampleGroup>& groups) {
  const GroupIndex index(pathway, groups);
  std::vector<std::vector<std::uint32_t>> seconds(groups.size());
  for (const DurationSample& sample : monitor.samples) {
    const auto put = [&](std::size_t slot) {
      for (const std::uint32_t group : index.at(sample.duration, slot, sample.month)) {
        seconds[group].push_back(sample.seconds);
      }
    };
    put(0);
    put(1 + sample.case_class.value);
    for (const SiteId site : sample.sites) {
      if (site.exists()) put(1 + pathway.classes.size() + site.value);
    }
  }
  std::vector<GroupStatistics> statistics;
  statistics.reserve(groups.size());
  for (auto& values : seconds) {
    statistics.push_back(statistics_of(values));
    std::vector<std::uint32_t>().swap(values);
  }
  return statistics;
}

std::vector<double> look_counts(const Monitor& monitor, const std::vector<CohortLook>& looks) {
  // Whole numbers by month first: samples come in no order that a result may depend on.
  std::vector<std::vector<std::int64_t>> by_month;
  for (const CohortLook& look : looks) by_month.emplace_back(look.weight.size(), 0);
  for (const DurationSample& sample : monitor.samples) {
    for (std::size_t i = 0; i < looks.size(); ++i) {
      const CohortLook& look = looks[i];
      if (sample.duration == look.duration && sample.report_month >= look.first_month &&
          sample.report_month < look.end_month) {
        ++by_month[i][sample.month];
      }
    }
  }
  std::vector<double> counts(looks.size(), 0.0);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    for (std::size_t m = 0; m < by_month[i].size(); ++m) {
      counts[i] += static_cast<double>(by_month[i][m]) * looks[i].weight[m];
    }
  }
  return counts;
}

}  // namespace rassoflow
