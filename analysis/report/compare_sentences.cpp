// Plain sentences made from the numbers of a comparison.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "analysis/report/compare_report.hpp"
#include "analysis/report/difference_text.hpp"
#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"

namespace rassoflow {
namespace {

/// What people call an outcome: the title of its stage, else of the stage that sets its mark.
std::string outcome_in_words(const Scenario& scenario, const std::string& outcome) {
  if (outcome == "open") return "still open";
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.code == outcome && !stage.title.empty()) return stage.title;
  }
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.marks.contains(outcome) && !stage.title.empty()) return stage.title;
  }
  return outcome;
}

struct BurdenWords {
  std::string_view kpi, words;
};
constexpr std::array<BurdenWords, 6> burden_words{{
    {"days_waiting", "wait"},
    {"in_progress", "open at the end"},
    {"other_work_hours_displaced", "other work not done"},
    {"other_work_in_progress", "other work that waits at the end"},
    {"other_work_days_waiting", "wait of other work"},
    {"trials_waiting", "waiting for trial"},
}};

/// `wait, Trial at the Crown Court`; the name of the row where there are no better words.
std::string burden_in_words(const RowKey& key, const Scenario& scenario) {
  const auto* found = std::find_if(burden_words.begin(), burden_words.end(),
                                   [&](const BurdenWords& words) { return words.kpi == key.kpi; });
  std::string text = found == burden_words.end() ? key.kpi : std::string(found->words);
  if (!key.outcome.empty()) text += " " + key.outcome;
  if (!key.stage.empty()) {
    const auto stage = scenario.stages.find(key.stage);
    const bool has_title = stage != scenario.stages.end() && !stage->second.title.empty();
    text += ", " + (has_title ? stage->second.title : key.stage);
  }
  return key.site.empty() ? text : key.site + ": " + text;
}

std::string change_sentence(const RowDifference& row, const Scenario& scenario) {
  const Summary& difference = row.paired.difference;
  const bool is_more = difference.mean > 0;
  const Interval range =
      is_more ? difference.mean95 : Interval{-difference.mean95.high, -difference.mean95.low};
  const int decimals = decimals_for_range(range);
  std::string text =
      fmt::format("{}: {} {} {} ({} to {})", burden_in_words(row.key, scenario),
                  grouped(std::abs(difference.mean), decimals), is_more ? "more" : "fewer",
                  row.key.unit, grouped(range.low, decimals), grouped(range.high, decimals));
  if (!std::isnan(row.paired.relative)) {
    text += fmt::format(", {:+.1f}%", 100 * row.paired.relative);
  }
  return text;
}

constexpr std::size_t most_listed = 8;

/// Cases of 1,000.
int decimals_for_cases(const Interval& range) {
  return std::min(std::max(0, decimals_for_range({range.low / 10, range.high / 10})), 2);
}

void list_changes(std::vector<const RowDifference*> rows, const Scenario& scenario,
                  std::vector<std::string>& out) {
  const std::size_t count = rows.size();
  if (count > most_listed) rows.resize(most_listed);
  // Places by name, never by how badly they fare.
  std::stable_sort(rows.begin(), rows.end(), [](const RowDifference* a, const RowDifference* b) {
    return a->key.site < b->key.site;
  });
  for (const RowDifference* row : rows) out.push_back("- " + change_sentence(*row, scenario));
  if (count > most_listed) {
    out.push_back(fmt::format("- and {} more: --format csv has them all", count - most_listed));
  }
}

}  // namespace

std::string cohort_opening(const CohortChange& cohort) {
  return fmt::format("Of 1,000 simulated cases reported in {}, {} of the report ({})",
                     cohort.period, cohort.within, cohort.kpi);
}

std::vector<std::string> cohort_sentences(const CompareReport& report, std::size_t option,
                                          const CohortChange& cohort) {
  std::vector<std::string> clear;
  std::string unclear;
  for (const RowKey& key : cohort.rows) {
    const RowDifference* row = report.options[option].find(key);
    if (row == nullptr) continue;
    const std::string words = outcome_in_words(*report.systems[0].compared.scenario, key.outcome);
    const Summary& difference = row->paired.difference;
    if (!row->paired.is_clear()) {
      unclear += (unclear.empty() ? "" : "; ") + words;
      continue;
    }
    // Percent to cases of 1,000.
    const double sign = difference.mean > 0 ? 10 : -10;
    const double low = std::min(sign * difference.mean95.low, sign * difference.mean95.high);
    const double high = std::max(sign * difference.mean95.low, sign * difference.mean95.high);
    const int decimals = decimals_for_cases({low, high});
    clear.push_back(fmt::format("{} {} ({} to {}): {}", grouped(sign * difference.mean, decimals),
                                difference.mean > 0 ? "more" : "fewer", grouped(low, decimals),
                                grouped(high, decimals), words));
  }
  if (!unclear.empty()) clear.push_back("no clear change: " + unclear);
  return clear;
}

std::vector<std::string> burden_sentences(const CompareReport& report, std::size_t option) {
  std::vector<std::string> sentences;
  const ComparedSystem& base = report.systems[0].compared;
  const Burdens nation = national_burdens(report.options[option], base);
  const auto by_chance = [](const Burdens& burdens) {
    return std::ceil(0.025 * static_cast<double>(burdens.looked_at));
  };
  if (nation.looked_at + nation.unchanged == 0) return sentences;
  sentences.push_back(fmt::format(
      "National waits, backlogs, ages and hours of other work: {} looked at, {} of them the same "
      "in "
      "every replication. Worse beyond the 95% interval: {} (by chance alone about {}){}",
      nation.looked_at + nation.unchanged, nation.unchanged, nation.worse.size(), by_chance(nation),
      nation.worse.empty() ? "." : ":"));
  list_changes(nation.worse, *base.scenario, sentences);
  if (!nation.better.empty()) {
    sentences.push_back(fmt::format("Better beyond it: {}:", nation.better.size()));
    list_changes(nation.better, *base.scenario, sentences);
  }
  const Burdens places = local_burdens(report.options[option], base);
  if (places.looked_at == 0) return sentences;
  sentences.push_back(
      fmt::format("The same at single places: {} that change at all. Worse beyond the 95% interval "
                  "of each alone: "
                  "{} (by chance about {}); of all at once: {}{}",
                  grouped(static_cast<double>(places.looked_at), 0), places.worse_at_95,
                  by_chance(places), places.worse.size(), places.worse.empty() ? "." : ":"));
  list_changes(places.worse, *base.scenario, sentences);
  return sentences;
}

std::vector<std::string> missing_sentences(const CompareReport& report, std::size_t option) {
  std::vector<std::string> sentences;
  const OptionComparison& comparison = report.options[option];
  const auto name_of = [](const RowKey& key) {
    std::string name = key.kpi;
    if (!key.outcome.empty()) name += " " + key.outcome;
    if (!key.stage.empty()) name += " at " + key.stage;
    return name;
  };
  const auto add = [&](const std::string& opening, const std::vector<RowKey>& keys) {
    std::set<std::string> names;
    for (const RowKey& key : keys) {
      if (key.site.empty() && key.case_class.empty()) names.insert(name_of(key));
    }
    if (names.empty()) return;
    std::string text;
    std::size_t listed = 0;
    for (const std::string& name : names) {
      if (listed++ == most_listed) break;
      text += (text.empty() ? "" : "; ") + name;
    }
    if (names.size() > most_listed)
      text += fmt::format("; and {} more", names.size() - most_listed);
    sentences.push_back(fmt::format("{}: {}.", opening, text));
  };
  const std::string& base = report.systems[0].label;
  const std::string& label = report.systems[option + 1].label;
  add("Only " + base + " has rows of", comparison.only_in_base);
  add("Only " + label + " has rows of", comparison.only_in_option);
  add("Of too few simulated cases in some period to be compared", comparison.too_few);
  return sentences;
}

std::vector<std::string> ranking_sentences(const CompareReport& report,
                                           const HeadlineFigure& figure) {
  std::vector<std::string> sentences;
  const auto& ranking = figure.ranking;
  if (ranking.empty()) return sentences;
  const auto leader = static_cast<std::size_t>(
      std::min_element(ranking.begin(), ranking.end(),
                       [](const AgainstBest& a, const AgainstBest& b) { return a.mean < b.mean; }) -
      ranking.begin());
  std::string together, behind;
  for (std::size_t s = 0; s < ranking.size(); ++s) {
    if (s == leader) continue;
    const std::string& label = report.systems[s].label;
    if (ranking[s].may_be_best) {
      const auto pairs = report.options.empty() ? 0 : report.options.front().pairs;
      std::string more = "no number of replications would tell them apart";
      if (ranking[s].needed && *ranking[s].needed > pairs) {
        more = fmt::format("about {} more replications would tell",
                           grouped(static_cast<double>(*ranking[s].needed - pairs), 0));
      }
      together += fmt::format("{}{} ({})", together.empty() ? "" : ", ", label, more);
    } else {
      const int decimals = decimals_for_range(ranking[s].behind);
      behind += fmt::format("{}{} by up to {}", behind.empty() ? "" : ", ", label,
                            grouped(ranking[s].behind.high, decimals));
    }
  }
  sentences.push_back(fmt::format("Lowest: {} ({}).", report.systems[leader].label,
                                  readable(ranking[leader].mean)));
  if (!together.empty()) sentences.push_back("Cannot be told apart from it: " + together + ".");
  if (!behind.empty()) sentences.push_back("Behind the lowest: " + behind + ".");
  return sentences;
}

}  // namespace rassoflow
