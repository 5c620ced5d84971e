// A page for people, 80 columns wide.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "analysis/kpis/opposite_moves.hpp"
#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"

namespace rassoflow {
namespace {

std::string heading(const std::string& title) {
  return "\n" + title + "\n";
}

std::string opening(const RunReport& report) {
  std::string text = wrapped(report.title.empty() ? "Untitled scenario" : report.title, page_width);
  std::string facts = fmt::format(
      "Seed {}, {} replication{}, results for {} ({} to {}).", report.seed, report.replications(),
      report.replications() == 1 ? "" : "s", range_name(report.plan->window()),
      format_date(report.from), format_date(report.to - std::chrono::days{1}));
  if (report.from > report.origin) {
    facts += fmt::format(" The system starts empty on {}; what happens before {} warms it up.",
                         format_date(report.origin), format_date(report.from));
  }
  facts +=
      " All numbers are of simulated cases. Intervals show chance only: real uncertainty is"
      " wider.";
  text += wrapped(facts, page_width);
  return text + warnings_of(report);
}

struct TableLine {
  std::string period, simulated, interval, published, gap;
};

std::string table_line(const TableLine& line) {
  return "    " + left_aligned(line.period, 19) + right_aligned(line.simulated, 11) +
         right_aligned(line.interval, 20) + right_aligned(line.published, 11) +
         right_aligned(line.gap, page_width - 65) + "\n";
}

/// In percent of the published figure, or in points where that is a percentage itself.
std::string gap(double simulated, double published, const std::string& unit) {
  if (unit == "%") return fmt::format("{:+.1f} points", simulated - published);
  if (published == 0) return "";
  return fmt::format("{:+.0f}%", 100 * (simulated / published - 1));
}

/// Simulated beside published, by family.
std::string national_table(const RunReport& report) {
  std::map<std::string, std::vector<const Comparison*>> families;
  std::map<std::string, int> reasons;
  for (const Comparison& comparison : report.comparisons) {
    if (comparison.estimate)
      families[comparison.figure.family].push_back(&comparison);
    else
      ++reasons[comparison.reason];
  }
  const auto label_of = [&](const Comparison* comparison) {
    return row_label(report.key(report.estimates[*comparison->estimate]));
  };
  for (auto& [family, lines] : families) {
    std::stable_sort(lines.begin(), lines.end(), [&](const Comparison* a, const Comparison* b) {
      return label_of(a) < label_of(b);
    });
  }
  if (report.comparisons.empty()) return "";
  std::string text = heading("Simulated and published, England and Wales");
  if (!families.empty()) {
    text += table_line({"", "simulated", "95% period interval", "published", "gap"});
  }
  for (const auto& [family, lines] : families) {
    text += family + "\n";
    std::string last;
    for (const Comparison* comparison : lines) {
      const Estimate& estimate = report.estimates[*comparison->estimate];
      const RowKey& key = report.key(estimate);
      if (row_label(key) != last) text += "  " + row_label(key) + "\n";
      last = row_label(key);
      const double published = *comparison->figure.value;
      text += table_line({key.period, readable(estimate.summary.mean),
                          interval_text(estimate.summary.period95), readable(published),
                          gap(estimate.summary.mean, published, key.unit)});
    }
  }
  int left = 0;
  std::string why;
  for (const auto& [reason, count] : reasons) {
    left += count;
    why += fmt::format("{}{} {}", why.empty() ? "" : "; ", count, reason);
  }
  if (left > 0) {
    text +=
        wrapped(fmt::format("{} published figures are not compared: {}.", left, why), page_width);
  }
  return text;
}

/// Where what is published and what becomes of the cases tell different stories.
std::string opposite_moves_text(const RunReport& report) {
  const auto moves = opposite_moves(*report.plan, *report.observations, report.estimates);
  if (moves.empty()) return "";
  std::string text = heading("Where the date of the event and the date of the report disagree");
  const auto line = [](const std::string& by, double before, double after) {
    return "    " + left_aligned(by, 44) + (after > before ? "rises" : "falls") + " from " +
           right_aligned(readable(before), 6) + " to " + readable(after) + "\n";
  };
  for (const OppositeMove& move : moves) {
    text += fmt::format("  {}, {} to {}\n", row_label(move.flow), move.earlier, move.flow.period);
    text += line("by date of the event, as published", move.flow_before, move.flow_after);
    const std::string within = move.cohort.statistic.substr(move.flow.statistic.size() + 1);
    text += line("by year of report, " + within, move.cohort_before, move.cohort_after);
  }
  return text;
}

/// Counts of the scenario by quarter, each on its own scale from 0.
std::string quarters_picture(const RunReport& report) {
  std::vector<std::string> quarters;
  for (const Period& period : report.plan->periods()) {
    if (period.kind == Period::Kind::quarter) quarters.push_back(period.name);
  }
  if (quarters.size() < 4 || quarters.size() > 40) return "";
  const RowFinder finder(report);
  std::string text;
  const auto picture = [&](const std::string& name, const std::string& unit) {
    std::vector<double> values;
    for (const std::string& quarter : quarters) {
      const Summary* summary = finder.find({name, "", "", "", "", quarter, "flow", "total", unit});
      values.push_back(summary == nullptr ? 0 : summary->mean);
    }
    if (*std::max_element(values.begin(), values.end()) <= 0) return;
    text += left_aligned("  " + name, 27) + sparkline(values) +
            fmt::format("  {} to {}\n", readable(values.front()), readable(values.back()));
  };
  picture("arrivals", "cases");
  for (const auto& [name, kpi] : report.scenario->kpis) {
    if (kpi.kind == KpiSpec::Kind::count) picture(name, kpi.unit);
  }
  if (text.empty()) return "";
  return heading(fmt::format("By quarter, {} to {}", quarters.front(), quarters.back())) + text;
}

std::string estimate_line(const std::string& name, const Summary& summary,
                          const std::string& unit) {
  return "  " + left_aligned(name, 35) + " " + right_aligned(readable(summary.mean), 9) + " " +
         left_aligned(unit, 10) + " " + right_aligned(interval_text(summary.period95), 21) + "\n";
}

/// Every national row of one KPI, statistic and unit over the whole window.
std::string window_rows(const RunReport& report, const std::string& kpi,
                        const std::string& statistic, const std::string& title) {
  const std::string window = report.plan->periods().back().name;
  std::string text;
  for (const Estimate& estimate : report.estimates) {
    const RowKey& key = report.key(estimate);
    if (key.kpi != kpi || key.statistic != statistic || key.period != window || !key.site.empty() ||
        !key.case_class.empty()) {
      continue;
    }
    if (key.outcome.empty() && key.stage.empty() && kpi == "outcomes") continue;
    const std::string name = !key.stage.empty()     ? key.stage
                             : !key.outcome.empty() ? key.outcome
                                                    : "all";
    if (estimate.summary.mean == 0 && kpi != "utilisation") continue;
    text += estimate_line(name, estimate.summary, key.unit);
  }
  return text.empty() ? "" : heading(title) + text;
}

std::string causes(const RunReport& report) {
  const RowFinder finder(report);
  const std::string window = report.plan->periods().back().name;
  std::string text;
  for (const std::string_view cause : cause_names) {
    const Summary* share = finder.find(
        {"days_by_cause", "", "", "", "", window, "flow", "share " + std::string(cause), "%"});
    if (share == nullptr) continue;
    const std::string picture = bar(share->mean / 100, 45);
    text += "  " + left_aligned(std::string(cause), 22) +
            right_aligned(grouped(share->mean, 1), 6) + "%" +
            (picture.empty() ? "" : "  " + picture) + "\n";
  }
  return text.empty() ? "" : heading("Where the days of the cases that ended went") + text;
}

std::string generic_results(const RunReport& report) {
  const RowFinder finder(report);
  const std::string window = report.plan->periods().back().name;
  std::string text = heading(fmt::format("Over {}: mean, and 95% period interval", window));
  if (const Summary* arrivals =
          finder.find({"arrivals", "", "", "", "", window, "flow", "total", "cases"})) {
    text += estimate_line("arrivals", *arrivals, "cases");
  }
  if (const Summary* open =
          finder.find({"in_progress", "", "", "", "", window, "snapshot", "snapshot", "cases"})) {
    text += estimate_line("in progress at the end", *open, "cases");
  }
  text += window_rows(report, "outcomes", "total", "Outcomes");
  text += window_rows(report, "days_in_system", "mean", "Mean days from report to outcome");
  text += window_rows(report, "days_waiting", "mean",
                      "Mean days until someone, a place or a room is free, by stage");
  text += causes(report);
  text += window_rows(report, "utilisation", "share", "Utilisation of staff on duty and of rooms");
  text += window_rows(report, "utilisation", "share cases", "Of their time on duty goes to cases");
  text += window_rows(report, "other_work_hours_displaced", "total",
                      "Other work that came in and was not done");
  return text;
}

std::string unlimited_pools(const RunReport& report) {
  if (report.unlimited_pools.empty()) return "";
  std::string names;
  for (const std::string& pool : report.unlimited_pools) {
    names += (names.empty() ? "" : ", ") + pool;
  }
  return heading("Not modelled as a constraint (no capacity given)") +
         wrapped(names, page_width, "  ");
}

}  // namespace

std::string write_text(const RunReport& report) {
  std::string text = opening(report);
  if (report.replications() == 0) return text + "\nNo replication finished: no results.\n";
  return text + stopping_text(report) + national_table(report) + opposite_moves_text(report) +
         quarters_picture(report) + generic_results(report) + unlimited_pools(report);
}

}  // namespace rassoflow
