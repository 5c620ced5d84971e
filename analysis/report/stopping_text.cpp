#include <fmt/format.h>

#include <cmath>

#include "analysis/report/figures.hpp"
#include "analysis/report/run_report.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t column = 12;

/// `charged, mean per quarter, 2021 (suspects)`; without the period if it is the whole window.
std::string row_in_words(const RowKey& key, const std::string& window) {
  std::string text = key.kpi;
  for (const std::string& part : {key.outcome, key.stage, key.case_class, key.site}) {
    if (!part.empty()) text += " " + part;
  }
  if (key.statistic != "total" && key.statistic != "snapshot") text += ", " + key.statistic;
  if (key.period != window) text += ", " + key.period;
  return fmt::format("{} ({})", text, key.unit);
}

/// In percent of the mean where the target is, else in the unit of the row.
std::string width_in_words(const ReachedPrecision& reached, double width) {
  if (std::isnan(width)) return "-";
  if (!reached.target.width.relative) return "±" + readable(width);
  return fmt::format("{:.2f}%", 100 * width / std::abs(reached.summary.mean));
}

std::string needed_in_words(const ReachedPrecision& reached) {
  return reached.width.needed ? grouped(*reached.width.needed, 0) : "-";
}

}  // namespace

std::string stopping_text(const RunReport& report) {
  const Stopping& stopping = report.stopping;
  if (stopping.targets.empty()) return "";
  std::string sentence = fmt::format("Stopped after {} replications: {}.",
                                     grouped(report.replications(), 0), in_words(stopping.reason));
  if (!stopping.looks.empty()) {
    sentence += fmt::format(" Looked after {}.", fmt::join(stopping.looks, ", "));
  }
  std::string text = "\n" + wrapped(sentence, page);
  const std::string& window = report.plan->periods().back().name;
  text +=
      wrapped(fmt::format("Half-widths of 95% intervals of the mean, over {} where no period is "
                          "named:",
                          window),
              page);
  const std::size_t name = page - 3 * column;
  text += std::string(name, ' ') + right_aligned("wanted", column) +
          right_aligned("reached", column) + right_aligned("runs needed", column) + "\n";
  for (const ReachedPrecision& reached : stopping.targets) {
    std::string label = "  " + row_in_words(report.plan->rows()[reached.target.row], window);
    // A long name has a line of its own.
    if (label.size() >= name) {
      text += wrapped(label, page, "  ");
      label.clear();
    }
    text += left_aligned(label, name) +
            right_aligned(width_in_words(reached, reached.width.wanted), column) +
            right_aligned(width_in_words(reached, reached.width.reached), column) +
            right_aligned(needed_in_words(reached), column) + "\n";
  }
  return text;
}

}  // namespace rassoflow
