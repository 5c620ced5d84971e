// A page of chosen rows, period by period, each above the published figure of the same quantity and
// the gap between the two. Figures of another population stand below without a gap.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"
#include "sim/scenario/row_names.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t label_width = 25;
constexpr std::size_t least_column_width = 8;
constexpr std::size_t interval_width = 15;

/// As many places after the point for all cells of a row.
int decimals_for(double largest, const std::string& unit) {
  if (unit == "%") return 1;
  return largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
}

std::string value_text(double value, int decimals, const std::string& unit) {
  return grouped(value, decimals) + (unit == "%" ? "%" : "");
}

std::string range_text(const Interval& range, int decimals, const std::string& unit) {
  if (std::isnan(range.low)) return "-";
  return grouped(range.low, decimals) + "–" + value_text(range.high, decimals, unit);
}

std::string published_text(double value, const std::string& unit) {
  return unit == "%" ? value_text(value, 1, unit) : readable(value);
}

/// In percent of what is published, or in points where that is a percentage itself.
std::string gap_text(double simulated, double published, const std::string& unit) {
  if (unit != "%" && published == 0) return "";
  std::string text = unit == "%" ? fmt::format("{:+.1f}", simulated - published)
                                 : fmt::format("{:+.0f}%", 100 * (simulated / published - 1));
  const bool is_none = text.find_first_of("123456789") == std::string::npos;
  return is_none ? text.substr(1) : text;
}

/// What is published of one population, by the row that it is about.
using PublishedRows = std::map<RowKey, double>;

class TableText {
 public:
  TableText(const RunReport& report, const TableSpec& table)
      : report_(report), table_(table), finder_(report) {
    for (const TableSectionSpec& section : table.sections) {
      for (const TableRowSpec& row : section.rows) keys_.emplace(&row, key_of(row));
    }
    for (const Comparison& comparison : report.comparisons) put_published(comparison.figure);
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

  void put_published(PublishedFigure figure) {
    auto key = row_key_of(figure, *report_.scenario);
    PublishedRows* rows = &published_;
    if (std::holds_alternative<std::string>(key)) {
      rows = &of_others_[figure.population];
      figure.population.clear();
      key = row_key_of(figure, *report_.scenario);
    }
    if (const auto* row = std::get_if<RowKey>(&key)) rows->emplace(*row, *figure.value);
  }

  /// A line of published figures; empty if there is none for these rows.
  std::string published_line(const std::string& label, const PublishedRows& published,
                             const std::vector<RowKey>& keys) {
    std::vector<std::string> cells;
    bool is_empty = true;
    for (const RowKey& key : keys) {
      const auto found = published.find(key);
      cells.push_back(found == published.end() ? "none" : published_text(found->second, key.unit));
      is_empty = is_empty && found == published.end();
    }
    return is_empty ? "" : labelled_line(label, cells, "");
  }

  std::string gap_line(const std::vector<RowKey>& keys) {
    std::vector<std::string> cells;
    bool is_empty = true;
    for (const RowKey& key : keys) {
      const Summary* simulated = finder_.find(key);
      const auto published = published_.find(key);
      cells.emplace_back();
      if (simulated == nullptr || published == published_.end()) continue;
      cells.back() = gap_text(simulated->mean, published->second, key.unit);
      is_empty = false;
    }
    if (is_empty) return "";
    return line(keys.front().unit == "%" ? "    gap, points" : "    gap", cells, "");
  }

  /// Chance would put a few below what there can be: no negative counts, days or shares.
  Interval possible(Interval range, const RowKey& key) const {
    const std::size_t row = *report_.plan->find(key);
    for (const auto& values : report_.observations->values) {
      if (values[row] < 0) return range;
    }
    if (range.low < 0) range.low = 0;
    return range;
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
    std::string facts =
        fmt::format("Simulated cases: mean of {} replication{}, seed {}. ", report_.replications(),
                    report_.replications() == 1 ? "" : "s", report_.seed);
    facts += report_.replications() == 1
                 ? "One replication has no range of chance: make more."
                 : fmt::format(
                       "Last column: where 95 of 100 single periods like {} fall by chance "
                       "alone; real uncertainty is wider.",
                       periods.back());
    text += wrapped(facts, page_width);
    text += wrapped(table_.note, page_width);
    return text + warnings_of(report_) + "\n";
  }

  std::string columns(const std::vector<std::string>& periods) {
    column_width_ = least_column_width;
    for (const std::string& period : periods) {
      column_width_ = std::max(column_width_, period.size() + 1);
    }
    return line("", periods, "95% by chance");
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

  /// A label that is too long gets a line of its own.
  std::string labelled_line(std::string label, const std::vector<std::string>& cells,
                            const std::string& range) const {
    std::string text;
    if (left_aligned(label, label_width).ends_with("…")) {
      const std::size_t indent = label.find_first_not_of(' ');
      text = wrapped(label.substr(indent), page_width, std::string(indent, ' '));
      label.clear();
    }
    return text + line(label, cells, range);
  }

  std::string lines(const TableRowSpec& row, const std::vector<std::string>& periods) {
    const RowKey& key = keys_.at(&row);
    std::vector<RowKey> keys;
    double largest = 0;
    for (const std::string& period : periods) {
      keys.push_back(at(key, period));
      if (keys.back().statistic != key.statistic) shows_means_ = true;
      if (const Summary* summary = finder_.find(keys.back())) {
        largest = std::max(largest, std::abs(summary->mean));
      }
    }
    const int decimals = decimals_for(largest, key.unit);
    std::vector<std::string> simulated;
    std::string range = "-";
    for (const RowKey& of_period : keys) {
      const Summary* summary = finder_.find(of_period);
      simulated.push_back(summary == nullptr ? "-" : value_text(summary->mean, decimals, key.unit));
      if (summary == nullptr) leaves_out_ = true;
      if (summary != nullptr && &of_period == &keys.back()) {
        range = range_text(possible(summary->period95, of_period), decimals, key.unit);
      }
    }
    const std::string label = "  " + (row.label.empty() ? row_label(key) : row.label);
    std::string text = labelled_line(label, simulated, range);
    const std::string published = published_line("    published", published_, keys);
    if (!published.empty()) shows_published_ = true;
    text += published + gap_line(keys);
    for (const auto& [population, rows] : of_others_) {
      const std::string others = published_line("    " + population, rows, keys);
      if (others.empty()) continue;
      text += others;
      shows_others_.insert(population);
    }
    return text;
  }

  std::string footnotes() const {
    std::string text;
    if (shows_published_ || !shows_others_.empty()) {
      text += wrapped(
          "none: nothing is published of the same quantity for that period; a row "
          "without a line below it has nothing published for any of these periods",
          page_width);
    }
    if (shows_published_) {
      text += wrapped(
          "gap: by how much the simulated is above (+) or below (-) the published, in "
          "percent of it or in percentage points",
          page_width);
    }
    for (const std::string& population : shows_others_) {
      text +=
          wrapped(population + ": published of other cases than the simulated, so without a gap",
                  page_width);
    }
    if (leaves_out_) {
      text +=
          wrapped("-: fewer than 20 simulated cases, or not to be seen in that period", page_width);
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
  PublishedRows published_;
  std::map<std::string, PublishedRows> of_others_;  ///< by population
  std::size_t column_width_ = least_column_width;
  bool leaves_out_ = false, shows_means_ = false, shows_published_ = false;
  std::set<std::string> shows_others_;
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
