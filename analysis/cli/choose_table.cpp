#include "analysis/cli/choose_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/report/run_report.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

std::vector<std::string> separated(const std::string& text) {
  std::vector<std::string> items;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    items.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return items;
}

/// Names in no known list are answered with the nearest, or with what there is.
int say_unknown(const std::string& what, const std::string& name,
                const std::vector<std::string>& known, const std::string& there_is) {
  const std::string near = nearest_name(name, known);
  spdlog::error("rassoflow run: there is no {} {}; {}", what, in_ticks(name),
                near.empty() ? there_is : "did you mean " + in_ticks(near) + "?");
  return ExitCode::usage;
}

}  // namespace

std::variant<ChosenTable, int> choose_table(const Scenario& scenario, const RowPlan& plan,
                                            const std::string& table, const std::string& periods) {
  const auto found = scenario.tables.find(table);
  if (found == scenario.tables.end()) {
    std::vector<std::string> known;
    for (const auto& [name, spec] : scenario.tables) known.push_back(name);
    return say_unknown(
        "table", table, known,
        known.empty() ? "the scenario has none" : "there is " + listed(known, "and"));
  }
  ChosenTable chosen{&found->second, {}};
  if (periods.empty()) return chosen;
  std::vector<std::string> known;
  for (const Period& period : plan.periods()) known.push_back(period.name);
  for (std::string& name : separated(periods)) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return say_unknown("period", name, known,
                         "months, quarters and years from " + range_name(plan.window()));
    }
    chosen.periods.push_back(std::move(name));
  }
  const std::size_t fit = table_columns(chosen.periods);
  if (chosen.periods.size() > fit) {
    spdlog::error("rassoflow run: {} periods do not fit into 80 columns; name at most {}",
                  chosen.periods.size(), fit);
    return ExitCode::usage;
  }
  return chosen;
}

}  // namespace rassoflow
