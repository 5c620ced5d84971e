// rassoflow check: everything that is wrong with a scenario or, if nothing is, what it holds.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <variant>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/event_lines.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/grade_name.hpp"
#include "analysis/cli/lever_lines.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/experiments/influence.hpp"
#include "analysis/kpis/precision.hpp"
#include "analysis/report/figures.hpp"
#include "sim/core/calendar.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/quantity_slots.hpp"
#include "sim/scenario/scenario_files.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", grouped(static_cast<double>(count), 0), noun,
                     count == 1 ? "" : "s");
}

void print_contents(const Scenario& scenario) {
  std::size_t routes = 0, sites = 0;
  for (const auto& [name, stage] : scenario.stages) routes += stage.routes.size();
  for (const auto& [level, of_level] : scenario.sites) sites += of_level.size();
  fmt::print("{}", wrapped(scenario.title, page));
  fmt::print("{}",
             wrapped(fmt::format("{}, {}, {}, {}, {}, {}, {}",
                                 counted(scenario.stages.size(), "stage"), counted(routes, "route"),
                                 counted(sites, "site"), counted(scenario.pools.size(), "pool"),
                                 counted(scenario.parameters.size(), "parameter"),
                                 counted(scenario.events.size(), "event"),
                                 counted(scenario.kpis.size(), "kpi")),
                     page));
  fmt::print("{}", wrapped(fmt::format("simulated from {} to {}, counted from {}; {}",
                                       format_date(scenario.run.origin),
                                       format_date(scenario.run.to - std::chrono::days{1}),
                                       format_date(scenario.run.from),
                                       counted(scenario.run.replications, "replication")),
                           page));
}

void print_grades(const Scenario& scenario) {
  std::array<std::size_t, grade_names.size()> counts{};
  for (const auto& [name, parameter] : scenario.parameters) {
    ++counts[static_cast<std::size_t>(parameter.grade)];
  }
  if (scenario.parameters.empty()) return;
  fmt::print("\nParameters by grade\n");
  for (std::size_t grade = 0; grade < counts.size(); ++grade) {
    if (counts[grade] == 0) continue;
    fmt::print("  {} {:>5}\n", left_aligned(std::string(grade_names[grade]), 12), counts[grade]);
  }
}

void print_events(const Scenario& scenario) {
  if (scenario.events.empty()) return;
  fmt::print("\nEvents\n{}", event_lines(scenario, "  ", EventNames::left_out));
  const std::string assumed = assumed_effect_lines(scenario, "  ");
  if (!assumed.empty()) fmt::print("\nEffects of events that are assumed\n{}", assumed);
}

void print_levers(const Scenario& scenario) {
  const std::string lines = levers_in_use_lines(scenario, "  ");
  if (!lines.empty()) fmt::print("\nLevers in use\n{}", lines);
}

/// The longest time that whatever crosses waits for the next working day.
std::int64_t longest_lag_days(const Scenario& scenario) {
  const TimeAxis axis{scenario.run.origin};
  const auto calendar = scenario.calendars.find(scenario.crossing_calendar);
  const WorkingPatternSpec spec =
      calendar == scenario.calendars.end() ? WorkingPatternSpec{} : calendar->second.pattern;
  const WorkingPattern pattern{spec, axis, axis.at(scenario.run.to)};
  Seconds longest = 0;
  for (std::int64_t day = 0; day < pattern.days(); ++day) {
    const Seconds next = pattern.next_working_day(day * seconds_per_day);
    if (next < never) longest = std::max(longest, next - day * seconds_per_day);
  }
  return longest / seconds_per_day;
}

std::string level_of(const Scenario& scenario, const std::string& stage) {
  const auto found = scenario.stages.find(stage);
  return found == scenario.stages.end() ? "" : found->second.level;
}

/// Every crossing takes effect at 00:00 of the next working day, so no lag can be zero.
void print_crossings(const Scenario& scenario) {
  std::set<std::pair<std::string, std::string>> crossings;
  for (const auto& [name, stage] : scenario.stages) {
    for (const RouteSpec& route : stage.routes) {
      if (level_of(scenario, route.to) != stage.level) crossings.emplace(name, route.to);
    }
  }
  std::string lines;
  for (const auto& [from, to] : crossings) {
    lines += fmt::format("  {} ({}) to {} ({})\n", from, level_of(scenario, from), to,
                         level_of(scenario, to));
  }
  if (lines.empty()) return;
  const std::string calendar =
      scenario.crossing_calendar.empty() ? "always" : scenario.crossing_calendar;
  fmt::print(
      "\nRoutes between organisations: lag of 1 second to {}, to 00:00 of the next\n"
      "working day of calendar '{}'\n{}",
      counted(static_cast<std::size_t>(longest_lag_days(scenario)), "day"), calendar, lines);
}

void print_unlimited_pools(const Scenario& scenario) {
  std::string names;
  for (const auto& [name, pool] : scenario.pools) {
    if (!pool.is_constrained()) names += (names.empty() ? "" : ", ") + name;
  }
  if (names.empty()) return;
  fmt::print("\nNot modelled as a constraint (no positions given)\n{}", wrapped(names, page, "  "));
}

/// Of the published figures and of the precision targets, which are about rows of the output.
Diagnostics faults_of_results(const Scenario& scenario) {
  const auto published = read_published(scenario);
  if (const auto* faults = std::get_if<Diagnostics>(&published)) return *faults;
  if (scenario.precision.empty()) return {};
  const bool has_sites = std::any_of(scenario.precision.begin(), scenario.precision.end(),
                                     [](const auto& entry) { return !entry.second.site.empty(); });
  const Pathway pathway = compile_pathway(scenario);
  const RowPlan plan{scenario, pathway, std::get<std::vector<PublishedFigure>>(published),
                     has_sites ? Detail::sites : Detail::national};
  const auto targets = precision_targets(scenario, plan);
  const auto* faults = std::get_if<Diagnostics>(&targets);
  return faults == nullptr ? Diagnostics{} : *faults;
}

/// What is not wrong but should be known before a result is used.
std::vector<std::string> advice_on(const Scenario& scenario) {
  std::vector<std::string> advice;
  if (scenario.run.from == scenario.run.origin) {
    advice.push_back(
        "results count from the first day, when the system is empty: give `run.from` a "
        "later date unless that is meant");
  }
  if (scenario.run.replications < 5) {
    advice.push_back("fewer than 5 replications give wide intervals");
  }
  if (scenario.kpis.empty()) advice.push_back("no [kpis]: only the generic rows are printed");
  std::size_t unsourced = 0;
  for (const QuantitySlot& slot : quantity_slots(scenario)) {
    const Quantity& quantity = *slot.quantity;
    const bool is_written = slot.place.line > 0 && quantity.kind == Quantity::Kind::literal;
    if (is_written && quantity.literal != 0 && quantity.literal != 1) ++unsourced;
  }
  if (unsourced > 0) {
    advice.push_back(
        fmt::format("{} written in place, so without a source: name parameters instead",
                    counted(unsourced, "number")));
  }
  const auto lacks_range = [](const auto& number) {
    const bool is_uncertain = number.grade == Grade::assumed || number.grade == Grade::calibrated;
    return is_uncertain && (!number.low || !number.high);
  };
  std::size_t parameters = 0, effects = 0;
  for (const auto& [name, parameter] : scenario.parameters) {
    if (lacks_range(parameter)) ++parameters;
  }
  for (const std::string& name : levers_in_use(scenario)) {
    effects += static_cast<std::size_t>(
        std::ranges::count_if(scenario.levers.at(name).effects, lacks_range));
  }
  for (const auto& [name, event] : scenario.events) {
    effects += static_cast<std::size_t>(std::ranges::count_if(event.effects, lacks_range));
  }
  const auto ask_for_range = [&](std::size_t count, const std::string& noun) {
    if (count == 0) return;
    advice.push_back(fmt::format("{} assumed or calibrated without a range: `low` and `high`",
                                 counted(count, noun)));
  };
  ask_for_range(parameters, "parameter");
  ask_for_range(effects, "effect");
  return advice;
}

/// Assumed and fitted numbers that local figures could replace: the most influential first, as far
/// as `influences` says, then by name.
void print_local(const Scenario& scenario, const std::map<std::string, double>& influences) {
  struct Line {
    std::string name;
    double influence;
  };
  std::vector<Line> lines;
  for (const auto& [name, parameter] : scenario.parameters) {
    const bool is_uncertain = parameter.grade == Grade::assumed ||
                              parameter.grade == Grade::calibrated ||
                              parameter.grade == Grade::unsourced;
    const auto found = influences.find(name);
    if (is_uncertain) lines.push_back({name, found == influences.end() ? -1 : found->second});
  }
  std::ranges::stable_sort(lines, std::greater{}, &Line::influence);
  fmt::print("\nNumbers that local figures should replace{}\n",
             influences.empty() ? ", by name" : ", the most influential first");
  for (const Line& line : lines) {
    const ParameterSpec& parameter = scenario.parameters.at(line.name);
    std::string text = line.name;
    const double* value = single_value(scenario, line.name);
    text += value != nullptr ? fmt::format(": {} {}", readable(*value), parameter.unit)
                             : ": by date or site, " + parameter.unit;
    if (parameter.low && parameter.high) {
      text += fmt::format(" ({} to {})", readable(*parameter.low), readable(*parameter.high));
    }
    text += fmt::format(", {}", grade_name(parameter.grade));
    if (line.influence >= 0) {
      text += fmt::format("; moves a headline figure by up to {}%", readable(100 * line.influence));
    }
    fmt::print("{}", wrapped(text, page, "  "));
  }
}

/// Of `rassoflow influence`, beside the baseline if no file is named; empty if there is none.
std::variant<std::map<std::string, double>, int> load_influences(std::string file) {
  namespace fs = std::filesystem;
  std::map<std::string, double> out;
  const bool is_asked_for = !file.empty();
  if (!is_asked_for) {
    const std::string baseline = find_national_baseline();
    if (baseline.empty()) return out;
    file = (fs::path(baseline).parent_path() / "data" / "influence.csv").generic_string();
    if (!fs::exists(file)) return out;
  }
  const auto text = read_regular_file(file);
  if (const auto* fault = std::get_if<FileFault>(&text)) {
    spdlog::error("rassoflow check: {}: {}", in_ticks(file), fault->message);
    return ExitCode::failed;
  }
  const auto read = read_influences(std::get<std::string>(text), file);
  if (const auto* faults = std::get_if<Diagnostics>(&read)) {
    print_diagnostics(*faults);
    return ExitCode::invalid_scenario;
  }
  using Pairs = std::vector<std::pair<std::string, double>>;
  for (const auto& [name, influence] : std::get<Pairs>(read)) out.emplace(name, influence);
  return out;
}

}  // namespace

int check_command(const Arguments& arguments) {
  OptionParser options{"check", "Checks a scenario and says what it holds."};
  std::string file;
  bool local = false;
  std::string influence_file;
  options.positional("SCENARIO", file, "the scenario's TOML file");
  options.flag("--local", local, "list the numbers that local figures should replace");
  options.text("--influence", influence_file, "FILE",
               "what 'rassoflow influence' wrote (default: that of the baseline)");
  if (const auto stop = options.parse(arguments)) return *stop;
  const auto loaded = load_scenario(file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  const Diagnostics faults = faults_of_results(scenario);
  if (!faults.empty()) {
    print_diagnostics(faults);
    return ExitCode::invalid_scenario;
  }
  print_contents(scenario);
  print_grades(scenario);
  print_events(scenario);
  print_levers(scenario);
  print_crossings(scenario);
  print_unlimited_pools(scenario);
  if (local) {
    const auto influences = load_influences(influence_file);
    if (const int* code = std::get_if<int>(&influences)) return *code;
    print_local(scenario, std::get<0>(influences));
  }
  const std::vector<std::string> advice = advice_on(scenario);
  if (!advice.empty()) fmt::print("\nAdvice\n");
  for (const std::string& sentence : advice) fmt::print("{}", wrapped(sentence, page, "  "));
  fmt::print("\nNo errors.\n");
  return ExitCode::ok;
}

}  // namespace rassoflow
