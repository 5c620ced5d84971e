// A comparison as a page for people, 80 columns wide.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/compare_report.hpp"
#include "analysis/report/difference_text.hpp"
#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"

namespace rassoflow {
namespace {

std::string opening(const CompareReport& report) {
  std::string text;
  for (const ReportedSystem& system : report.systems) {
    const bool is_base = &system == &report.systems.front();
    text += wrapped(
        fmt::format("{}: {}{}", system.label, system.title.empty() ? system.file : system.title,
                    is_base ? " (base)" : ""),
        page_width);
  }
  const std::string others = report.systems.size() > 2 ? "the others" : "B";
  text +=
      "\n" +
      wrapped(fmt::format("Seed {}, {} replications asked of each. The same simulated "
                          "cases meet the same luck in A and in {}, so that what both have "
                          "in common cancels. Results for {} ({} to {}). All numbers are of "
                          "simulated cases. Intervals show chance only: real uncertainty is "
                          "wider.",
                          report.seed, report.replications_asked, others, report.window,
                          format_date(report.from), format_date(report.to - std::chrono::days{1})),
              page_width);
  if (report.interrupted) {
    std::string made;
    for (const ReportedSystem& system : report.systems) {
      made += fmt::format("{}{} {}", made.empty() ? "" : ", ", system.label, system.replications);
    }
    text += wrapped("INTERRUPTED: replications made: " + made + ".", page_width);
  }
  for (const ReportedSystem& system : report.systems) {
    for (const auto& [replication, message] : system.failures) {
      text += wrapped(fmt::format("INCOMPLETE: replication {} of {} failed: {}", replication,
                                  system.label, message),
                      page_width);
    }
    if (system.faults > 0) {
      text +=
          wrapped(fmt::format("FAULT: {} breaches of bookkeeping in {}. Do not use these results.",
                              system.faults, system.label),
                  page_width);
    }
  }
  for (const std::string& note : report.notes) text += wrapped(note, page_width);
  return text;
}

struct Cells {
  std::string label, base, option, difference, range80, range95, change, gain;
};

std::string line(const Cells& cells) {
  std::string text = left_aligned(cells.label, 4) + right_aligned(cells.base, 8) +
                     right_aligned(cells.option, 8) + right_aligned(cells.difference, 9) +
                     right_aligned(cells.range80, 19) + right_aligned(cells.range95, 19) +
                     right_aligned(cells.change, 7) + right_aligned(cells.gain, 6);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string headline_name(const RowKey& key, const std::string& window) {
  std::string text = row_label(key);
  if (!key.stage.empty()) text += " at " + key.stage;
  if (!key.case_class.empty()) text += ", " + key.case_class;
  if (!key.site.empty()) text += ", " + key.site;
  if (key.period != window) text += ", " + key.period;
  return text;
}

std::string headline_line(const std::string& label, const RowDifference& row) {
  const PairedDifference& paired = row.paired;
  const Summary& difference = paired.difference;
  if (difference.n < 2) {
    return line(
        {"  " + label, readable(paired.base_mean), readable(paired.option_mean),
         signed_text(difference.mean, decimals_for_range({difference.mean, difference.mean})), "-",
         "-", relative_text(paired.relative), "-"});
  }
  const int decimals = decimals_for_range(difference.mean95);
  return line({(paired.is_clear() ? "* " : "  ") + label, readable(paired.base_mean),
               readable(paired.option_mean), signed_text(difference.mean, decimals),
               range_text(difference.mean80, decimals), range_text(difference.mean95, decimals),
               relative_text(paired.relative), gain_text(paired.gain)});
}

std::string headline_table(const CompareReport& report) {
  std::string text = "\nHeadline figures: option minus A, intervals of the mean\n";
  text += line({"", "A", "option", "minus A", "80%", "95%", "change", "gain"});
  for (const HeadlineFigure& figure : report.headline) {
    text += wrapped(headline_name(figure.key, report.window), page_width, "  ");
    for (std::size_t option = 0; option < report.options.size(); ++option) {
      const std::string& label = report.systems[option + 1].label;
      const RowDifference* row = report.options[option].find(figure.key);
      text += row == nullptr
                  ? fmt::format("  {} not compared: missing in one, or of too few cases\n", label)
                  : headline_line(label, *row);
    }
  }
  return text + wrapped(
                    "*: the 95% interval leaves out 0. gain: how many times as many replications "
                    "would be needed without the same luck in both.",
                    page_width);
}

/// Sentences that begin with a dash hang below the others.
std::string bullets(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) {
    const bool is_item = sentence.starts_with("- ");
    std::string lines =
        wrapped(is_item ? sentence.substr(2) : sentence, page_width, is_item ? "    " : "  ");
    if (is_item) lines[2] = '-';
    text += lines;
  }
  return text;
}

std::string option_section(const CompareReport& report, std::size_t option) {
  const ReportedSystem& system = report.systems[option + 1];
  std::string text = "\n" + wrapped(fmt::format("{} instead of A: {}", system.label,
                                                system.title.empty() ? system.file : system.title),
                                    page_width);
  for (const CohortChange& cohort : report.cohorts) {
    const auto sentences = cohort_sentences(report, option, cohort);
    if (sentences.empty()) continue;
    text += wrapped(cohort_opening(cohort) + ":", page_width, "  ");
    for (const std::string& sentence : sentences) {
      text += wrapped(sentence, page_width, "    ");
    }
  }
  const auto burdens = burden_sentences(report, option);
  if (!burdens.empty()) text += "\n  Elsewhere\n" + bullets(burdens);
  const auto missing = missing_sentences(report, option);
  if (!missing.empty()) text += "\n  Not compared\n" + bullets(missing);
  return text;
}

std::string ranking_section(const CompareReport& report) {
  std::string text;
  for (const HeadlineFigure& figure : report.headline) {
    const auto sentences = ranking_sentences(report, figure);
    if (sentences.empty()) continue;
    text += wrapped(headline_name(figure.key, report.window), page_width, "  ");
    for (const std::string& sentence : sentences) text += wrapped(sentence, page_width, "    ");
  }
  if (text.empty()) return "";
  return "\nWhich is lowest, of times, waits, ages and backlogs (95% for each figure)\n" + text +
         wrapped(
             "Fewer days are not by themselves justice. Rates of charge, conviction and no "
             "further action are not ranked: no simulation can say what they should be.",
             page_width);
}

}  // namespace

std::string write_compare_text(const CompareReport& report) {
  std::string text = opening(report);
  const bool has_pairs =
      std::any_of(report.options.begin(), report.options.end(),
                  [](const OptionComparison& option) { return option.pairs > 0; });
  if (!has_pairs) return text + "\nNo replication finished in both: no results.\n";
  text += headline_table(report);
  for (std::size_t option = 0; option < report.options.size(); ++option) {
    text += option_section(report, option);
  }
  return text + ranking_section(report);
}

const std::vector<CompareFormat>& compare_formats() {
  static const std::vector<CompareFormat> formats{
      {"text", write_compare_text}, {"json", write_compare_json}, {"csv", write_compare_csv}};
  return formats;
}

}  // namespace rassoflow
