#include "analysis/kpis/published.hpp"

#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/scenario_files.hpp"

namespace rassoflow {
namespace {

std::optional<double> parse_number(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

using FieldOf = std::string PublishedFigure::*;
const std::map<std::string, FieldOf>& text_columns() {
  static const std::map<std::string, FieldOf> columns{{"key", &PublishedFigure::key},
                                                      {"kpi", &PublishedFigure::kpi},
                                                      {"statistic", &PublishedFigure::statistic},
                                                      {"basis", &PublishedFigure::basis},
                                                      {"as_at", &PublishedFigure::as_at},
                                                      {"population", &PublishedFigure::population},
                                                      {"unit", &PublishedFigure::unit},
                                                      {"period", &PublishedFigure::period},
                                                      {"family", &PublishedFigure::family},
                                                      {"use", &PublishedFigure::use},
                                                      {"grade", &PublishedFigure::grade},
                                                      {"source_ids", &PublishedFigure::source_ids},
                                                      {"note", &PublishedFigure::note}};
  return columns;
}

/// Words after `prefix`, such as `charged` in `count charged`.
std::optional<std::string> after(const std::string& text, const std::string& prefix) {
  if (!text.starts_with(prefix) || text.size() == prefix.size()) return std::nullopt;
  return text.substr(prefix.size());
}

bool is_count(const std::string& statistic) {
  return statistic == "total" || statistic == "mean per quarter" || statistic == "snapshot";
}

}  // namespace

std::optional<GrowthPeriods> parse_growth_periods(const std::string& period) {
  const std::size_t at = period.find(" to ");
  if (at == std::string::npos) return std::nullopt;
  const auto earlier = parse_period(period.substr(0, at));
  const auto later = parse_period(period.substr(at + 4));
  if (!earlier || !later || earlier->months() != later->months()) return std::nullopt;
  return GrowthPeriods{*earlier, *later};
}

std::string look_statistic(const std::string& as_at) {
  return "share at " + as_at;
}

Result<std::vector<PublishedFigure>> read_published(const Scenario& scenario) {
  std::vector<PublishedFigure> figures;
  if (!scenario.published) return figures;
  const PublishedSpec& spec = *scenario.published;
  const std::filesystem::path path =
      std::filesystem::path(spec.place.file).parent_path() / spec.csv;
  const auto text = read_regular_file(path);
  if (const auto* fault = std::get_if<FileFault>(&text)) {
    return Diagnostics{{spec.place, "published.csv", fault->message, ""}};
  }
  CsvText csv = parse_csv(std::get<std::string>(text), path.string());
  Diagnostics faults = csv.faults;
  std::set<std::string> present;
  for (const CsvField& column : csv.header) present.insert(column.text);
  for (const char* needed : {"key", "kpi", "statistic", "basis", "period", "value"}) {
    if (!present.contains(needed)) {
      faults.push_back({{path.string(), 1, 0}, needed, "the column is missing", ""});
    }
  }
  if (!faults.empty()) return faults;
  for (const auto& row : csv.rows) {
    PublishedFigure figure;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string& column = csv.header[i].text;
      if (column == "value") figure.value = parse_number(row[i].text);
      if (column == "sd") figure.sd = parse_number(row[i].text);
      const auto known = text_columns().find(column);
      if (known != text_columns().end()) figure.*(known->second) = row[i].text;
    }
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::variant<RowKey, std::string> row_key_of(const PublishedFigure& figure,
                                             const Scenario& scenario) {
  const auto kpi = scenario.kpis.find(figure.kpi);
  if (kpi == scenario.kpis.end()) return "the scenario does not count it";
  if (!figure.value) return "not a single number";
  if (!figure.population.empty() && figure.population != "adult rape" &&
      figure.population != "adult rape (16+)") {
    return "another population";
  }
  RowKey key;
  key.kpi = figure.kpi;
  key.period = figure.period;
  key.basis = figure.basis;
  key.statistic = figure.statistic;
  key.unit = kpi->second.unit;
  if (const auto outcome = after(figure.statistic, "count ")) {
    key.outcome = *outcome;
    key.statistic = "total";
  } else if (const auto share = after(figure.statistic, "share ");
             share && figure.basis == "cohort" && !figure.as_at.empty()) {
    key.outcome = after(*share, "outcome ").value_or(*share);
    key.statistic = look_statistic(figure.as_at);
    key.unit = "%";
  } else if (figure.statistic == "growth %") {
    key.unit = "%";
  } else if (figure.statistic == "snapshot") {
    key.basis = "snapshot";
  }
  if ((is_count(key.statistic) || key.statistic == "mean" || key.statistic == "median") &&
      figure.unit != key.unit) {
    return "another unit";
  }
  return key;
}

}  // namespace rassoflow
