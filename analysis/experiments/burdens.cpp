// What an option costs elsewhere.
#include <algorithm>
#include <cmath>

#include "analysis/experiments/better.hpp"
#include "analysis/experiments/compare.hpp"

namespace rassoflow {
namespace {

enum class Where { nation, places };

std::vector<const RowDifference*> burdens_at(Where where, const OptionComparison& comparison,
                                             const ComparedSystem& base) {
  std::vector<const RowDifference*> found;
  for (const RowDifference& row : comparison.rows) {
    if (row.key.site.empty() != (where == Where::nation)) continue;
    if (row.key.period != base.rows->window() || row.paired.difference.n < 2) continue;
    if (is_burden(row.key, *base.scenario)) found.push_back(&row);
  }
  return found;
}

bool is_unchanged(const RowDifference& row) {
  return row.paired.difference.mean == 0 && row.paired.difference.sd == 0;
}

double size_of(const RowDifference& row) {
  return std::isnan(row.paired.relative) ? std::numeric_limits<double>::infinity()
                                         : std::abs(row.paired.relative);
}

/// `tests`: how many intervals are to hold at once.
Burdens sorted_burdens(const std::vector<const RowDifference*>& rows, std::size_t tests) {
  Burdens burdens;
  const double coverage = 1 - 0.05 / static_cast<double>(std::max<std::size_t>(tests, 1));
  for (const RowDifference* row : rows) {
    if (is_unchanged(*row)) {
      ++burdens.unchanged;
      continue;
    }
    ++burdens.looked_at;
    const Summary& difference = row->paired.difference;
    if (difference.mean95.low > 0) ++burdens.worse_at_95;
    const double half = critical_t(difference.n, coverage) * difference.sd /
                        std::sqrt(static_cast<double>(difference.n));
    if (difference.mean - half > 0) burdens.worse.push_back(row);
    if (difference.mean + half < 0) burdens.better.push_back(row);
  }
  for (auto* list : {&burdens.worse, &burdens.better}) {
    std::stable_sort(
        list->begin(), list->end(),
        [](const RowDifference* a, const RowDifference* b) { return size_of(*a) > size_of(*b); });
  }
  return burdens;
}

}  // namespace

Burdens national_burdens(const OptionComparison& comparison, const ComparedSystem& base) {
  return sorted_burdens(burdens_at(Where::nation, comparison, base), 1);
}

Burdens local_burdens(const OptionComparison& comparison, const ComparedSystem& base) {
  const auto rows = burdens_at(Where::places, comparison, base);
  const auto changed = std::count_if(rows.begin(), rows.end(),
                                     [](const RowDifference* row) { return !is_unchanged(*row); });
  return sorted_burdens(rows, static_cast<std::size_t>(changed));
}

}  // namespace rassoflow
