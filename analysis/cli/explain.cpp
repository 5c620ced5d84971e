// rassoflow explain: what a KPI is, for those who read its numbers.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/kpis/explanations.hpp"
#include "analysis/report/figures.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t name_width = 28;
constexpr std::size_t label_width = 12;

void list_kpis(const Scenario& scenario) {
  for (const KpiSummary& kpi : every_kpi(scenario)) {
    std::string line = left_aligned(
        fmt::format("{} [{}] {}", left_aligned(kpi.name, name_width), kpi.unit, kpi.definition),
        page);
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
  }
}

void print_parts(const std::string& heading, const std::vector<ExplainedPart>& parts) {
  const std::string indent(label_width + 2, ' ');
  fmt::print("{}\n", heading);
  for (const ExplainedPart& part : parts) {
    std::string text;
    std::istringstream lines{part.text};
    for (std::string line; std::getline(lines, line);) text += wrapped(line, page, indent);
    text.replace(0, indent.size(), "  " + left_aligned(part.label, label_width));
    fmt::print("{}", text);
  }
}

/// The nearest names first, else those that have the word in them.
std::vector<std::string> names_meant(const std::string& wrong, std::vector<std::string> known) {
  constexpr std::size_t most = 3;
  std::vector<std::string> meant;
  std::vector<std::string> left = known;
  while (meant.size() < most) {
    const std::string near = nearest_name(wrong, left);
    if (near.empty()) break;
    meant.push_back(near);
    std::erase(left, near);
  }
  if (!meant.empty()) return meant;
  std::erase_if(known, [&](const std::string& name) { return name.find(wrong) == name.npos; });
  if (known.size() > most) known.resize(most);
  return known;
}

int unknown_kpi(const std::string& name, const std::string& file, const Scenario& scenario) {
  std::vector<std::string> known;
  for (const KpiSummary& kpi : every_kpi(scenario)) known.push_back(kpi.name);
  const std::vector<std::string> meant = names_meant(name, std::move(known));
  spdlog::error(
      "rassoflow explain: there is no KPI {}{}\nSee 'rassoflow explain {}' for all of them.",
      in_ticks(name), meant.empty() ? "" : fmt::format("; did you mean {}?", listed(meant)), file);
  return ExitCode::usage;
}

}  // namespace

int explain_command(const Arguments& arguments) {
  OptionParser options{"explain",
                       "Says what a KPI is: definition, publisher, population, unit, how it is "
                       "computed and what differs from the published figure. Lists all KPIs if "
                       "none is named."};
  std::string name, file;
  options.optional_positional("KPI", name, "its key, such as charged or days_waiting");
  options.optional_positional("SCENARIO", file,
                              "the scenario's TOML file (default: the national baseline)");
  if (const auto stop = options.parse(arguments)) return *stop;
  if (file.empty() && name.ends_with(".toml")) std::swap(name, file);
  if (file.empty()) file = find_national_baseline();
  if (file.empty()) {
    spdlog::error(
        "rassoflow explain: the national baseline is not to be found from here; name a scenario's "
        "file");
    return ExitCode::usage;
  }
  const auto loaded = load_scenario(file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  if (name.empty()) {
    list_kpis(scenario);
    return ExitCode::ok;
  }
  const auto published = read_published(scenario);
  if (const auto* faults = std::get_if<Diagnostics>(&published)) {
    print_diagnostics(*faults);
    return ExitCode::invalid_scenario;
  }
  const auto& figures = std::get<std::vector<PublishedFigure>>(published);
  const Pathway pathway = compile_pathway(scenario);
  const RowPlan plan{scenario, pathway, figures, Detail::national};
  const auto parts = explain_kpi(name, scenario, plan, figures);
  if (!parts) return unknown_kpi(name, file, scenario);
  print_parts(fmt::format("{} (of {})", name, file), *parts);
  return ExitCode::ok;
}

}  // namespace rassoflow
