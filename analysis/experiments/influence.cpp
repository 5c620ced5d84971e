#include "analysis/experiments/influence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

std::set<std::string> parameters_read(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& [name, at] : places_of_reading(scenario)) names.insert(name);
  for (const auto& [name, event] : scenario.events) {
    for (const EffectSpec& effect : event.effects) names.insert(effect.value_parameter);
  }
  for (const LeverChange& change : scenario.lever_changes) {
    names.insert(change.effect.value_parameter);
  }
  return names;
}

std::size_t column_of(const CsvText& csv, std::string_view name) {
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (csv.header[i].text == name) return i;
  }
  return csv.header.size();
}

}  // namespace

std::vector<VariedParameter> varied_parameters(const Scenario& scenario) {
  std::vector<VariedParameter> out;
  const std::set<std::string> read = parameters_read(scenario);
  for (const auto& [name, parameter] : scenario.parameters) {
    const double* value = single_value(scenario, name);
    if (value == nullptr || !parameter.low || !parameter.high || !read.contains(name)) continue;
    if (*parameter.low == *parameter.high) continue;
    out.push_back({name, parameter.grade, *value, *parameter.low, *parameter.high});
  }
  return out;
}

std::optional<Scenario> with_value(const Scenario& scenario, const std::string& parameter,
                                   double value) {
  Scenario out = scenario;
  for (ParameterStep& step : out.parameters.at(parameter).steps) step.value = value;
  resolve_levers(out);
  if (!check_scenario(out).empty()) return std::nullopt;
  return out;
}

double Influence::size() const {
  return std::max(std::abs(at_low), std::abs(at_high));
}

std::string influences_in_csv(std::vector<Influence> influences) {
  std::ranges::stable_sort(influences, std::greater{}, &Influence::size);
  std::string out =
      "parameter,value,low,high,influence,half_width,change_at_low,change_at_high,row\n";
  for (const Influence& influence : influences) {
    const VariedParameter& varied = influence.varied;
    if (!influence.is_valid) continue;
    out += fmt::format("{},{},{},{},{:.6g},{:.3g},{:.6g},{:.6g},\"{}\"\n", varied.name,
                       varied.value, varied.low, varied.high, influence.size(),
                       influence.half_width, influence.at_low, influence.at_high, influence.row);
  }
  return out;
}

Result<std::vector<std::pair<std::string, double>>> read_influences(const std::string& text,
                                                                    const std::string& file) {
  const CsvText csv = parse_csv(text, file);
  Diagnostics faults = csv.faults;
  std::vector<std::pair<std::string, double>> out;
  const std::size_t name = column_of(csv, "parameter"), size = column_of(csv, "influence");
  if (faults.empty() && (name == csv.header.size() || size == csv.header.size())) {
    faults.push_back({{file, 1, 1},
                      "",
                      "the columns `parameter` and `influence` are missing",
                      "'rassoflow influence' writes such a file"});
  }
  if (!faults.empty()) return faults;
  for (const auto& row : csv.rows) {
    const CsvField& number = row[size];
    const char* end = number.text.data() + number.text.size();
    double value = 0;
    const auto [stop, error] = std::from_chars(number.text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
      faults.push_back({{file, number.line, number.column},
                        "",
                        in_ticks(number.text) + " is not a finite number",
                        ""});
      continue;
    }
    out.emplace_back(row[name].text, value);
  }
  if (!faults.empty()) return faults;
  return out;
}

}  // namespace rassoflow
