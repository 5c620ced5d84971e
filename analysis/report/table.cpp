// A page of chosen rows, period by period, each above the published figure of the same quantity.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"
#include "sim/scenario/row_names.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t label_width = 25;
constexpr std::size_t least_column_width = 8;
constexpr std::size_t interval_width = 15;

std::string value_text(double value, const std::string& unit) {
  return unit == "%" ? grouped(value, 1) + "%" : readable(value);
}

std::string range_text(const Interval& range, const std::string& unit) {
  if (std::isnan(range.low)) return "-";
  if (unit == "%") return grouped(range.low, 1) + "–" + grouped(range.high, 1) + "%";
  return readable(range.low) + "–" + readable(range.high);
}

/// What one row shows for one period.
struct Cell {
  std::string simulated = "-";
  std::string range = "-";
  std::string published;
  bool has_estimate = false;
};

class TableText {
 public:
  TableText(const RunReport& report, const TableSpec& table)
      : report_(report), table_(table), finder_(report) {
    for (const TableSectionSpec& section : table.sections) {
      for (const TableRowSpec& row : section.rows) keys_.emplace(&row, key_of(row));
    }
    for (const Comparison& comparison : report.comparisons) {
      const auto key = row_key_of(comparison.figure, *report.scenario);
      if (const auto* row = std::get_if<RowKey>(&key)) {
        published_.emplace(*row, *comparison.figure.value);
      }
    }
  }

  std::string write(std::vector<std::string> periods) {
    if (periods.empty()) periods = last_periods();
    std::string text = head(periods);
    text += columns(periods);
    for (const TableSectionSpec& section : table_.sections) {
      text += section.heading + "\n";
      for (const TableRowSpec& row : section.rows) text += lines(row, periods);
    }
    return text + footnotes();
  }

 private:
  /// The last quarters that fit, of those that the run sees most rows of.
  std::vector<std::string> last_periods() const {
    std::vector<std::string> quarters;
    std::ptrdiff_t most = 0;
    for (const Period& period : report_.plan->periods()) {
      if (period.kind != Period::Kind::quarter) continue;
      const auto seen = std::count_if(keys_.begin(), keys_.end(), [&](const auto& row) {
        return report_.plan->find(at(row.second, period.name)).has_value();
      });
      if (seen > most) quarters.clear();
      most = std::max(most, seen);
      if (seen == most) quarters.push_back(period.name);
    }
    if (quarters.empty()) return {report_.plan->periods().back().name};
    const std::size_t shown = std::min(quarters.size(), table_columns(quarters));
    return {quarters.end() - static_cast<std::ptrdiff_t>(shown), quarters.end()};
  }

  /// The key of the row without its period.
  RowKey key_of(const TableRowSpec& row) const {
    const RowName name = find_row_name(*report_.scenario, row).value_or(RowName{});
    RowKey key{row.kpi, "", "", name.stage, name.outcome, "", name.basis, name.statistic, ""};
    for (const RowKey& known : report_.plan->rows()) {
      if (known.kpi == key.kpi && known.statistic == key.statistic && known.basis == key.basis &&
          known.outcome == key.outcome && known.stage == key.stage) {
        key.unit = known.unit;
        break;
      }
    }
    return key;
  }

  /// The row's key for a period, where counts of several quarters become means of them.
  RowKey at(RowKey key, const std::string& period) const {
    key.period = period;
    if (key.statistic != "total" || !is_of_quarters(period)) return key;
    RowKey by_quarter = key;
    by_quarter.statistic = "mean per quarter";
    return report_.plan->find(by_quarter) ? by_quarter : key;
  }

  Cell cell(const RowKey& key) const {
    Cell found;
    if (const Summary* summary = finder_.find(key)) {
      found.has_estimate = true;
      found.simulated = value_text(summary->mean, key.unit);
      found.range = range_text(summary->period95, key.unit);
    }
    const auto published = published_.find(key);
    if (published != published_.end()) found.published = value_text(published->second, key.unit);
    return found;
  }

  bool is_of_quarters(const std::string& name) const {
    for (const Period& period : report_.plan->periods()) {
      if (period.name == name) return period.holds_quarters();
    }
    return false;
  }

  std::string head(const std::vector<std::string>& periods) const {
    std::string text = wrapped(table_.title, page_width);
    text += wrapped(report_.title, page_width);
    text += wrapped(
        fmt::format("Simulated cases: mean of {} replication{}, seed {}. Last column: where 95 of "
                    "100 single periods like {} fall by chance alone; real uncertainty is wider.",
                    report_.replications(), report_.replications() == 1 ? "" : "s", report_.seed,
                    periods.back()),
        page_width);
    text += wrapped(table_.note, page_width);
    return text + warnings_of(report_) + "\n";
  }

  std::string columns(const std::vector<std::string>& periods) {
    column_width_ = least_column_width;
    for (const std::string& period : periods) {
      column_width_ = std::max(column_width_, period.size() + 1);
    }
    std::vector<std::string> cells = periods;
    return line("", cells, "95% by chance");
  }

  std::string line(const std::string& label, const std::vector<std::string>& cells,
                   const std::string& range) const {
    std::string text = left_aligned(label, label_width);
    for (const std::string& text_of_cell : cells)
      text += right_aligned(text_of_cell, column_width_);
    text += right_aligned(range, interval_width);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
  }

  std::string lines(const TableRowSpec& row, const std::vector<std::string>& periods) {
    const RowKey& key = keys_.at(&row);
    std::vector<std::string> simulated, published;
    bool has_published = false;
    Cell last;
    for (const std::string& period : periods) {
      const RowKey key_of_period = at(key, period);
      last = cell(key_of_period);
      simulated.push_back(last.simulated);
      published.push_back(last.published);
      if (!last.has_estimate) leaves_out_ = true;
      if (!last.published.empty()) has_published = true;
      if (key_of_period.statistic != key.statistic) shows_means_ = true;
    }
    const std::string name = row.label.empty() ? row_label(key) : row.label;
    std::string label = "  " + name;
    std::string text;
    if (left_aligned(label, label_width).ends_with("…")) {
      text = wrapped(name, page_width, "  ");
      label.clear();
    }
    text += line(label, simulated, last.range);
    if (has_published) text += line("    published", published, "");
    return text;
  }

  std::string footnotes() const {
    std::string text;
    if (leaves_out_) {
      text += wrapped("-  fewer than 20 simulated cases, or the run ends too early to see it",
                      page_width);
    }
    if (shows_means_) {
      text += wrapped("Counts of periods longer than a quarter are means per quarter.", page_width);
    }
    return text.empty() ? "" : "\n" + text;
  }

  const RunReport& report_;
  const TableSpec& table_;
  RowFinder finder_;
  std::map<const TableRowSpec*, RowKey> keys_;  ///< without the period
  std::map<RowKey, double> published_;
  std::size_t column_width_ = least_column_width;
  bool leaves_out_ = false, shows_means_ = false;
};

}  // namespace

std::size_t table_columns(const std::vector<std::string>& periods) {
  std::size_t width = least_column_width;
  for (const std::string& period : periods) width = std::max(width, period.size() + 1);
  return (page_width - label_width - interval_width) / width;
}

std::string write_table(const RunReport& report, const TableSpec& table,
                        const std::vector<std::string>& periods) {
  return TableText{report, table}.write(periods);
}

}  // namespace rassoflow
