#include "analysis/report/row_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/figures.hpp"

namespace rassoflow {

const Summary* RowFinder::find(const RowKey& key) const {
  const auto row = report_.plan->find(key);
  if (!row) return nullptr;
  const auto found = std::lower_bound(
      report_.estimates.begin(), report_.estimates.end(), *row,
      [](const Estimate& estimate, std::size_t wanted) { return estimate.row < wanted; });
  return found == report_.estimates.end() || found->row != *row ? nullptr : &found->summary;
}

std::string row_label(const RowKey& key) {
  std::string text = key.kpi;
  if (!key.outcome.empty()) text += " " + key.outcome;
  if (key.statistic != "total" && key.statistic != "snapshot") text += ", " + key.statistic;
  if (!text.ends_with(key.unit)) text += " (" + key.unit + ")";
  return text;
}

std::string interval_text(const Interval& range) {
  if (std::isnan(range.low)) return "-";
  return readable(range.low) + " to " + readable(range.high);
}

std::string warnings_of(const RunReport& report) {
  std::string text;
  if (report.interrupted) {
    text += wrapped(fmt::format("INTERRUPTED: only {} of {} replications are in these results.",
                                report.replications(), report.replications_asked),
                    page_width);
  }
  for (const auto& [replication, message] : report.failures) {
    text += wrapped(fmt::format("INCOMPLETE: replication {} failed: {}", replication, message),
                    page_width);
  }
  for (const BookkeepingCheck& check : report.checks) {
    if (check.faults == 0) continue;
    text += wrapped(fmt::format("FAULT: {} times not true: {}. Do not use these results.",
                                check.faults, check.name),
                    page_width);
  }
  return text;
}

}  // namespace rassoflow
