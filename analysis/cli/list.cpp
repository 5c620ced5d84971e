// rassoflow list: what there is to name.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/event_lines.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/grade_name.hpp"
#include "analysis/cli/lever_lines.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/report/figures.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace rassoflow {
namespace {

void line(const std::string& name, const std::string& rest, std::size_t width = 28) {
  if (name.size() <= width) {
    fmt::print("{} {}\n", left_aligned(name, width), rest);
  } else {
    fmt::print("{}\n{} {}\n", name, std::string(width, ' '), rest);
  }
}

/// ` at force`; nothing where a scenario has a single level.
std::string at_level(const Scenario& scenario, const std::string& level) {
  return scenario.levels.size() > 1 ? " at " + level : "";
}

void list_kpis(const Scenario& scenario) {
  for (const auto& [name, kpi] : scenario.kpis) {
    line(name, fmt::format("[{}] {}", kpi.unit, kpi.definition));
  }
}

void list_tables(const Scenario& scenario) {
  for (const auto& [name, table] : scenario.tables) line(name, table.title);
}

void list_stages(const Scenario& scenario) {
  for (const auto& [name, stage] : scenario.stages) {
    const std::string where = at_level(scenario, stage.level);
    const std::string who = stage.pool.empty() ? "" : " by " + stage.pool;
    const std::string title = stage.title.empty() ? "" : ": " + stage.title;
    line(name, fmt::format("{}{}{}{}", stage_kind_names[static_cast<std::size_t>(stage.kind)],
                           where, who, title));
  }
}

void list_pools(const Scenario& scenario) {
  for (const auto& [name, pool] : scenario.pools) {
    std::string users;
    for (const auto& [stage_name, stage] : scenario.stages) {
      if (stage.pool == name) users += (users.empty() ? "" : ", ") + stage_name;
    }
    for (const auto& [upkeep_name, upkeep] : scenario.upkeep) {
      if (upkeep.pool == name) users += (users.empty() ? "" : ", ") + ("upkeep " + upkeep_name);
    }
    line(name, fmt::format("{}{}; works on {}",
                           pool.positions          ? "limited"
                           : pool.is_constrained() ? "slows as open cases grow"
                                                   : "not modelled as a constraint",
                           at_level(scenario, pool.level), users.empty() ? "nothing" : users));
  }
}

std::string range_of(const ParameterSpec& parameter) {
  if (parameter.steps.empty()) return "no value";
  double low = parameter.steps.front().value, high = low;
  for (const ParameterStep& step : parameter.steps) {
    low = std::min(low, step.value);
    high = std::max(high, step.value);
  }
  return low == high ? fmt::format("{}", low)
                     : fmt::format("{} to {} in {} steps", low, high, parameter.steps.size());
}

void list_parameters(const Scenario& scenario) {
  for (const auto& [name, parameter] : scenario.parameters) {
    line(name,
         fmt::format("{} {} ({}; {})", range_of(parameter), parameter.unit,
                     grade_name(parameter.grade), parameter.source),
         34);
  }
}

void list_events(const Scenario& scenario) {
  fmt::print("{}", event_lines(scenario, "", EventNames::shown));
}

void list_levers(const Scenario& scenario) {
  fmt::print("{}", lever_lines(scenario));
}

void list_sites(const Scenario& scenario) {
  for (const auto& [level, sites] : scenario.sites) {
    for (const auto& [name, site] : sites) {
      std::string links;
      for (const auto& [other, shares] : site.links) {
        for (const SiteLink& link : shares) {
          links += fmt::format("{}{}:{}", links.empty() ? "" : ", ", other, link.site);
          if (link.share != 1) links += fmt::format(" {}", link.share);
        }
      }
      line(fmt::format("{}:{}", level, name), links, 34);
    }
  }
}

struct Catalogue {
  const char* name;
  void (*print)(const Scenario& scenario);
};
constexpr Catalogue catalogues[] = {
    {"kpis", list_kpis},     {"stages", list_stages},         {"pools", list_pools},
    {"sites", list_sites},   {"parameters", list_parameters}, {"events", list_events},
    {"tables", list_tables}, {"levers", list_levers},
};

/// Every file below the folder that can be read as a scenario of its own.
int list_scenarios(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file() && it->path().extension() == ".toml") {
      files.push_back(it->path().string());
    }
  }
  if (error) {
    throw WorldError{
        fmt::format("folder {} cannot be read: {}", in_ticks(folder), error.message())};
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    const auto read = read_scenario(file);
    if (const auto* scenario = std::get_if<Scenario>(&read)) line(file, scenario->title, 44);
  }
  return ExitCode::ok;
}

}  // namespace

int list_command(const Arguments& arguments) {
  OptionParser options{"list", "Lists scenarios below a folder, or the parts of a scenario."};
  std::string what, scenario_file;
  std::vector<std::string> names{"scenarios"};
  for (const Catalogue& catalogue : catalogues) names.emplace_back(catalogue.name);
  options.choice("WHAT", what, names, "what to list");
  options.optional_positional("SCENARIO", scenario_file,
                              "a scenario's file; for scenarios a folder (default: scenarios)");
  if (const auto stop = options.parse(arguments)) return *stop;
  if (what.empty()) {
    spdlog::error(
        "rassoflow list: say what: scenarios, kpis, stages, pools, sites, parameters, "
        "events, levers or tables");
    return ExitCode::usage;
  }
  if (what == "scenarios")
    return list_scenarios(scenario_file.empty() ? "scenarios" : scenario_file);
  if (scenario_file.empty()) {
    spdlog::error("rassoflow list: {} of which scenario? Name its file.", what);
    return ExitCode::usage;
  }
  const auto loaded = load_scenario(scenario_file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  for (const Catalogue& catalogue : catalogues) {
    if (what == catalogue.name) catalogue.print(std::get<Scenario>(loaded));
  }
  return ExitCode::ok;
}

}  // namespace rassoflow
