#include "analysis/kpis/sample_groups.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/estimators/quantile.hpp"

namespace rassoflow {
namespace {

using Of = SampleGroup::Of;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr GroupStatistics no_samples{0, 0, missing, missing, missing};

/// Reorders the values, so that the whole need not be sorted.
GroupStatistics statistics_of(std::vector<std::uint32_t>& seconds, Of of) {
  if (seconds.empty()) return no_samples;
  const auto count = static_cast<std::int64_t>(seconds.size());
  const std::int64_t sum = std::accumulate(seconds.begin(), seconds.end(), std::int64_t{0});
  constexpr double day = seconds_per_day;
  const auto total = static_cast<double>(sum);
  const double median = quantile_of(seconds, 0.5);
  const double p90 = of == Of::cohort ? missing : quantile_of(seconds, 0.9, 0.5);
  return {count, total / day, total / static_cast<double>(count) / day, median / day, p90 / day};
}

/// Positions of the samples, item by item.
struct ByItem {
  std::vector<std::size_t> first;  ///< [items + 1]
  std::vector<std::uint32_t> positions;

  template <class Samples, class ItemOf>
  ByItem(const Samples& samples, std::size_t items, ItemOf item_of)
      : first(items + 1, 0), positions(samples.size()) {
    for (const auto& sample : samples) ++first[item_of(sample) + 1U];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::size_t> next = first;
    for (std::uint32_t i = 0; i < samples.size(); ++i) positions[next[item_of(samples[i])]++] = i;
  }
};

}  // namespace

/// Seconds of the samples of one item, by slot of the scope and month.
class SampleIndex::Cells {
 public:
  explicit Cells(const SampleIndex& index) : index_(index), values_(index.slots_ * index.months_) {}

  void clear() {
    for (auto& cell : values_) cell.clear();
  }
  template <class Sample>
  void put(const Sample& sample, std::size_t month) {
    put_in(0, month, sample.seconds);
    if (index_.has_classes_) put_in(1 + sample.case_class.value, month, sample.seconds);
    if (!index_.has_sites_) return;
    for (const SiteId site : sample.sites) {
      if (site.exists()) put_in(1 + index_.classes_ + site.value, month, sample.seconds);
    }
  }
  void append_to(std::vector<std::uint32_t>& out, const SampleGroup& group) const {
    for (std::size_t m = group.first_month; m < group.end_month; ++m) {
      const auto& cell = values_[group.scope_slot * index_.months_ + m];
      out.insert(out.end(), cell.begin(), cell.end());
    }
  }

 private:
  void put_in(std::size_t slot, std::size_t month, std::uint32_t seconds) {
    values_[slot * index_.months_ + month].push_back(seconds);
  }

  const SampleIndex& index_;
  std::vector<std::vector<std::uint32_t>> values_;
};

SampleIndex::SampleIndex(const Pathway& pathway, std::vector<SampleGroup> groups,
                         std::vector<CohortLook> looks)
    : months_(pathway.months()),
      classes_(pathway.classes.size()),
      groups_(std::move(groups)),
      groups_of_duration_(pathway.durations.size()),
      has_cohorts_(pathway.durations.size(), false),
      groups_of_stock_(pathway.stock_ages.size()),
      looks_(std::move(looks)),
      looks_of_duration_(pathway.durations.size()) {
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    const SampleGroup& group = groups_[g];
    if (group.scope_slot > classes_) {
      has_sites_ = true;
    } else if (group.scope_slot > 0) {
      has_classes_ = true;
    }
    if (group.of == Of::cohort) has_cohorts_[group.item] = true;
    (group.of == Of::open ? groups_of_stock_ : groups_of_duration_)[group.item].push_back(g);
  }
  slots_ = 1 + classes_ + (has_sites_ ? pathway.sites.size() : 0);
  for (std::uint32_t i = 0; i < looks_.size(); ++i) {
    looks_of_duration_[looks_[i].duration].push_back(i);
  }
}

/// One item after the other, so that few values are kept at a time.
std::vector<GroupStatistics> SampleIndex::statistics(const Monitor& monitor) const {
  std::vector<GroupStatistics> statistics(groups_.size(), no_samples);
  std::vector<std::uint32_t> seconds;
  Cells plain{*this};
  std::array<Cells, cohort_days.size()> up_to{Cells{*this}, Cells{*this}, Cells{*this}};

  const ByItem ended{monitor.samples, groups_of_duration_.size(),
                     [](const DurationSample& sample) { return sample.duration; }};
  for (std::size_t d = 0; d < groups_of_duration_.size(); ++d) {
    if (groups_of_duration_[d].empty()) continue;
    plain.clear();
    for (Cells& cells : up_to) cells.clear();
    for (std::size_t i = ended.first[d]; i < ended.first[d + 1]; ++i) {
      const DurationSample& sample = monitor.samples[ended.positions[i]];
      plain.put(sample, sample.month);
      if (has_cohorts_[d] && sample.horizon < up_to.size()) {
        up_to[sample.horizon].put(sample, sample.report_month);
      }
    }
    for (const std::uint32_t g : groups_of_duration_[d]) {
      const SampleGroup& group = groups_[g];
      seconds.clear();
      if (group.of == Of::ended) plain.append_to(seconds, group);
      for (std::size_t h = 0; group.of == Of::cohort && h <= group.horizon; ++h) {
        up_to[h].append_to(seconds, group);
      }
      statistics[g] = statistics_of(seconds, group.of);
    }
  }

  const ByItem open{monitor.open_ages, groups_of_stock_.size(),
                    [](const OpenAge& age) { return age.stock; }};
  for (std::size_t s = 0; s < groups_of_stock_.size(); ++s) {
    plain.clear();
    for (std::size_t i = open.first[s]; i < open.first[s + 1]; ++i) {
      const OpenAge& age = monitor.open_ages[open.positions[i]];
      plain.put(age, age.month);
    }
    for (const std::uint32_t g : groups_of_stock_[s]) {
      seconds.clear();
      plain.append_to(seconds, groups_[g]);
      statistics[g] = statistics_of(seconds, Of::open);
    }
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
