// rassoflow describe: every stage of a scenario and who is behind it, each number with its range,
// grade and source, as Markdown tables that a document can hold.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/grade_name.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/option_parser.hpp"
#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/quantity_slots.hpp"

namespace rassoflow {
namespace {

/// A parameter of more places than this is told once, below the table.
constexpr std::size_t most_places = 4;

/// For a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*' || c == '_') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string title_of(const Scenario& scenario, const std::string& name) {
  const StageSpec& stage = scenario.stages.at(name);
  return cell(stage.title.empty() ? spaced(name) : stage.title);
}

/// `0.37 share (0.3 to 0.5)`, `24 to 64 days by date`, without the range that is not stated.
std::string value_in_words(const ParameterSpec& parameter) {
  if (parameter.steps.empty()) return "no value";
  const auto [least, most] =
      std::ranges::minmax_element(parameter.steps, {}, &ParameterStep::value);
  const bool by_site = std::ranges::any_of(
      parameter.steps, [](const ParameterStep& step) { return !step.site.empty(); });
  const bool by_date = std::ranges::any_of(
      parameter.steps, [](const ParameterStep& step) { return step.from.has_value(); });
  std::string out = number_in_words(least->value);
  if (most->value != least->value) out += " to " + number_in_words(most->value);
  out += " " + parameter.unit;
  if (by_site || by_date)
    out += by_site && by_date ? " by site and date" : by_site ? " by site" : " by date";
  if (parameter.low && parameter.high) {
    out += fmt::format(" ({} to {})", number_in_words(*parameter.low),
                       number_in_words(*parameter.high));
  }
  return out;
}

std::string what_happens(const Scenario& scenario, const StageSpec& stage) {
  std::string out;
  switch (stage.kind) {
    case StageKind::report:
      out = "cases arrive";
      break;
    case StageKind::work:
      out = "work";
      break;
    case StageKind::wait:
      out = "wait";
      break;
    case StageKind::decide:
      out = stage.routes.size() > 1 ? "choice" : "passed at once";
      break;
    case StageKind::outcome:
      return "ends with outcome `" + stage.code + "`";
    case StageKind::fork:
      out = "strands side by side";
      break;
    case StageKind::join:
      out = "waits for all strands";
      break;
    case StageKind::hold:
      out = stage.background ? "takes a place in the background" : "takes a place";
      break;
    case StageKind::release:
      out = "gives its place back";
      break;
    case StageKind::batch:
      out = "meeting on fixed days";
      break;
    case StageKind::listing:
      out = "date in the diary and hearing";
      break;
  }
  std::vector<std::string> next;
  for (const RouteSpec* route : ways_out(stage)) {
    const std::string title = title_of(scenario, route->to);
    if (std::ranges::find(next, title) == next.end()) next.push_back(title);
  }
  std::string names;
  for (const std::string& title : next) names += (names.empty() ? "" : " · ") + title;
  return out + " → " + names;
}

std::string who_does_it(const Scenario& scenario, const StageSpec& stage) {
  if (!stage.pool.empty()) {
    const bool is_limited = scenario.pools.at(stage.pool).is_constrained();
    return spaced(stage.pool) + (is_limited ? "" : ", no limit");
  }
  switch (stage.kind) {
    case StageKind::wait:
      return "nobody in the model";
    case StageKind::listing:
      return "court's diary";
    default:
      return "";
  }
}

class Page {
 public:
  Page(const Scenario& scenario, const std::string& level) : scenario_(scenario), level_(level) {
    for (const QuantitySlot& slot : quantity_slots(scenario)) {
      const std::string owner = owner_of(slot.key);
      if (!is_here(owner)) continue;
      std::vector<std::string>& of_owner = parameters_[owner];
      for (const std::string& name : parameters_in(*slot.quantity)) {
        if (std::ranges::find(of_owner, name) != of_owner.end()) continue;
        of_owner.push_back(name);
        ++places_[name];
      }
    }
  }

  void print() {
    head({"stage", "what happens", "who"});
    for (const std::string& name : stages_in_order()) {
      const StageSpec& stage = scenario_.stages.at(name);
      rows("stages." + name, {fmt::format("{} `{}`", title_of(scenario_, name), name),
                              what_happens(scenario_, stage), who_does_it(scenario_, stage)});
    }
    print_shared();
    print_staff();
    print_victims();
  }

 private:
  /// `stages.triage.effort.mean` belongs to `stages.triage`.
  static std::string owner_of(const std::string& key) {
    const std::size_t first = key.find('.');
    if (first == std::string::npos) return key;
    const std::size_t second = key.find('.', first + 1);
    return key.substr(0, second);
  }

  /// What is counted (`kpis`) is nobody's: it changes nothing that happens.
  bool is_here(const std::string& owner) const {
    const std::size_t dot = owner.find('.');
    const std::string kind = owner.substr(0, dot);
    const std::string name = dot == std::string::npos ? "" : owner.substr(dot + 1);
    if (kind == "stages") return scenario_.stages.at(name).level == level_;
    if (kind == "pools") return scenario_.pools.at(name).level == level_;
    if (kind == "upkeep") return scenario_.pools.at(scenario_.upkeep.at(name).pool).level == level_;
    if (kind == "withdrawal") return is_told_here(scenario_.withdrawal.at(name));
    return (kind == "classes" || kind == "frailty_cv") && has_reports();
  }

  bool is_told_here(const WithdrawalPhase& phase) const {
    return scenario_.stages.at(phase.to).level == level_;
  }

  bool has_reports() const {
    return std::ranges::any_of(scenario_.stages, [&](const auto& entry) {
      return entry.second.kind == StageKind::report && entry.second.level == level_;
    });
  }

  /// As written: that is the order in which a case meets them.
  std::vector<std::string> stages_in_order() const {
    std::vector<std::string> names;
    for (const auto& [name, stage] : scenario_.stages) {
      if (stage.level == level_) names.push_back(name);
    }
    std::ranges::stable_sort(names, {}, [&](const std::string& name) {
      const Place& place = scenario_.stages.at(name).place;
      const auto file = std::ranges::find(scenario_.files, place.file);
      return std::pair{file - scenario_.files.begin(), place.line};
    });
    return names;
  }

  void print_shared() const {
    bool any = false;
    for (const auto& [name, places] : places_) {
      if (places <= most_places) continue;
      if (!any) {
        fmt::print("\nNumbers of many stages:\n\n");
        head({"where"});
      }
      any = true;
      number({fmt::format("{} places", places)}, name);
    }
  }

  void print_staff() const {
    bool any = false;
    for (const auto& [name, pool] : scenario_.pools) {
      if (pool.level != level_) continue;
      if (!any) {
        fmt::print("\nWho does the work:\n\n");
        head({"pool", "capacity"});
      }
      any = true;
      rows("pools." + name, {spaced(name), pool.positions ? "positions"
                                           : pool.pace    ? "a pace"
                                                       : "no limit: not modelled as a constraint"});
      for (const auto& [upkeep_name, upkeep] : scenario_.upkeep) {
        if (upkeep.pool != name) continue;
        rows("upkeep." + upkeep_name, {spaced(name), "upkeep of " + spaced(upkeep_name)});
      }
    }
  }

  void print_victims() const {
    bool any = false;
    const auto begin = [&] {
      if (!any) {
        fmt::print("\nVictims:\n\n");
        head({"what"});
      }
      any = true;
    };
    for (const auto& [name, phase] : scenario_.withdrawal) {
      if (!is_told_here(phase)) continue;
      begin();
      rows("withdrawal." + name, {"withdrawal of support, phase " + spaced(name)});
    }
    if (!has_reports()) return;
    begin();
    rows("frailty_cv", {"differences between victims"});
    for (const auto& [name, spec] : scenario_.classes) {
      rows("classes." + name, {"kind of case: " + spaced(name)});
    }
  }

  using Cells = std::vector<std::string>;

  static void head(Cells cells) {
    cells.insert(cells.end(), {"number", "value (range)", "grade", "source"});
    print_row(cells);
    print_row(Cells(cells.size(), "---"));
  }

  /// A row for each number that is the owner's own; the names stand in the first only.
  void rows(const std::string& owner, Cells names) const {
    bool any = false;
    if (const auto found = parameters_.find(owner); found != parameters_.end()) {
      for (const std::string& name : found->second) {
        if (places_.at(name) > most_places) continue;
        number(any ? Cells(names.size()) : names, name);
        any = true;
      }
    }
    if (any) return;
    names.resize(names.size() + 4);
    print_row(names);
  }

  void number(Cells cells, const std::string& name) const {
    const ParameterSpec& parameter = scenario_.parameters.at(name);
    cells.insert(cells.end(), {"`" + name + "`", cell(value_in_words(parameter)),
                               std::string(grade_name(parameter.grade)), cell(parameter.source)});
    print_row(cells);
  }

  static void print_row(const Cells& cells) {
    for (const std::string& text : cells) fmt::print("| {} ", text);
    fmt::print("|\n");
  }

  const Scenario& scenario_;
  const std::string& level_;
  std::map<std::string, std::vector<std::string>> parameters_;  ///< by owner
  std::map<std::string, std::size_t> places_;
};

}  // namespace

int describe_command(const Arguments& arguments) {
  OptionParser options{
      "describe", "Prints every stage with its numbers, their grades and sources, as Markdown."};
  std::string scenario_file, level;
  options.positional("SCENARIO", scenario_file, "the scenario's TOML file");
  options.text("--level", level, "NAME", "only the stages of this level");
  if (const auto stop = options.parse(arguments)) return *stop;
  const auto loaded = load_scenario(scenario_file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const auto& scenario = std::get<Scenario>(loaded);
  if (!level.empty() && !scenario.levels.contains(level)) return no_such_level(scenario, level);
  bool any = false;
  for (const auto& [name, spec] : scenario.levels) {
    if (!level.empty() && level != name) continue;
    if (level.empty()) fmt::print("{}## {}\n\n", any ? "\n" : "", spaced(name));
    any = true;
    Page{scenario, name}.print();
  }
  return ExitCode::ok;
}

}  // namespace rassoflow
