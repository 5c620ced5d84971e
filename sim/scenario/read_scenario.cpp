#include "sim/scenario/read_scenario.hpp"

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

void seed(Reading& reading, const TomlValue& value, RunSpec& out) {
  const std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  if (const auto number = read_whole_number(reading, value, 0, highest)) {
    out.seed = static_cast<std::uint64_t>(*number);
  }
}

void replications(Reading& reading, const TomlValue& value, RunSpec& out) {
  if (const auto number = read_whole_number(reading, value, 1, 1'000'000)) {
    out.replications = static_cast<std::uint32_t>(*number);
  }
}

constexpr KeyRule<RunSpec> run_keys[] = {
    {"origin", date<&RunSpec::origin>, Need::required},
    {"from", date<&RunSpec::from>},
    {"to", date<&RunSpec::to>, Need::required},
    {"seed", seed},
    {"replications", replications},
    {"layer_rate", number<&RunSpec::layer_rate>},
};

/// Read file by file, before `extends` merges them.
void read_before(Reading&, const TomlValue&, Scenario&) {}

template <auto member, auto read>
void named(Reading& reading, const TomlValue& value, Scenario& out) {
  read_named(reading, value, out.*member, +read);
}

void run(Reading& reading, const TomlValue& value, Scenario& out) {
  read_run(reading, value, out.run);
}

void published(Reading& reading, const TomlValue& value, Scenario& out) {
  read_published(reading, value, out.published.emplace());
}

constexpr KeyRule<Scenario> top_keys[] = {
    {"format", read_before},
    {"extends", read_before},
    {"title", text<&Scenario::title>},
    {"notes", text<&Scenario::notes>},
    {"run", run, Need::required},
    {"crossing_calendar", text<&Scenario::crossing_calendar>},
    {"parameters", named<&Scenario::parameters, read_parameter>},
    {"events", named<&Scenario::events, read_event>},
    {"levers", named<&Scenario::levers, read_lever>},
    {"levels", named<&Scenario::levels, read_level>},
    {"sites", named<&Scenario::sites, read_sites_of_level>},
    {"classes", named<&Scenario::classes, read_class>},
    {"calendars", named<&Scenario::calendars, read_calendar>},
    {"pools", named<&Scenario::pools, read_pool>},
    {"recruitment", named<&Scenario::recruitment, read_recruitment>},
    {"upkeep", named<&Scenario::upkeep, read_upkeep>},
    {"stages", named<&Scenario::stages, read_stage>},
    {"withdrawal", named<&Scenario::withdrawal, read_withdrawal>},
    {"frailty_cv", quantity<&Scenario::frailty_cv>},
    {"kpis", named<&Scenario::kpis, read_kpi>},
    {"precision", named<&Scenario::precision, read_precision>},
    {"tables", named<&Scenario::tables, read_table>},
    {"published", published},
};

void fill_levels(Scenario& scenario) {
  if (scenario.levels.empty()) {
    scenario.levels["all"];
    if (scenario.sites.empty()) scenario.sites["all"]["all"];
  }
  if (scenario.levels.size() == 1) {
    const std::string& only_level = scenario.levels.begin()->first;
    for (auto& [name, stage] : scenario.stages) {
      if (stage.level.empty()) stage.level = only_level;
    }
    for (auto& [name, pool] : scenario.pools) {
      if (pool.level.empty()) pool.level = only_level;
    }
  }
}

/// A level with one site needs no link to be written.
void fill_links(Scenario& scenario) {
  std::set<std::string> report_levels;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::report) report_levels.insert(stage.level);
  }
  for (const std::string& from : report_levels) {
    const auto sites = scenario.sites.find(from);
    if (sites == scenario.sites.end()) continue;
    for (const auto& [to, spec] : scenario.levels) {
      const auto there = scenario.sites.find(to);
      if (to == from || there == scenario.sites.end() || there->second.size() != 1) continue;
      const std::string only_site = there->second.begin()->first;
      for (auto& [name, site] : sites->second) {
        if (site.links.find(to) == site.links.end()) site.links[to] = {{only_site, 1.0}};
      }
    }
  }
}

}  // namespace

void read_run(Reading& reading, const TomlValue& value, RunSpec& out) {
  out.place = reading.place(value.position);
  read_keys<RunSpec>(reading, value, run_keys, out);
  if (value.find("from") == nullptr) out.from = out.origin;
}

void fill_defaults(Scenario& scenario) {
  fill_levels(scenario);
  fill_links(scenario);
  if (scenario.classes.empty()) scenario.classes["all"].share.literal = 1;
  if (scenario.crossing_calendar.empty()) scenario.crossing_calendar = "always";
  for (auto& [name, pool] : scenario.pools) {
    if (pool.calendar.empty()) pool.calendar = "always";
  }
  resolve_levers(scenario);
}

Result<Scenario> read_scenario_text(const std::string& name, std::string_view text,
                                    const FileProvider& provider) {
  FilesRead files{name, provider};
  const TomlValue root = files.read_outermost(text);
  Scenario scenario;
  Reading reading{files};
  read_keys<Scenario>(reading, root, top_keys, scenario);
  if (!files.faults.empty()) {
    if (reading.has_most_faults()) {
      files.faults.push_back({{name, 0, 0}, "", "only the first 1,000 faults are shown", ""});
    } else if (!reading.is_partial()) {
      fill_defaults(scenario);
      const Diagnostics names = check_names_in(scenario);
      files.faults.insert(files.faults.end(), names.begin(), names.end());
    }
    sort_diagnostics(files.faults);
    return std::move(files.faults);
  }
  scenario.files = files.shown();
  fill_defaults(scenario);
  return scenario;
}

Result<Scenario> read_scenario(const std::filesystem::path& file) {
  const std::string name = file.generic_string();
  auto text = read_regular_file(file);
  if (const auto* fault = std::get_if<FileFault>(&text)) {
    return Diagnostics{{{name, 0, 0}, "", fault->message, ""}};
  }
  const DiskFiles provider{file.parent_path()};
  return read_scenario_text(name, std::get<std::string>(text), provider);
}

KeyCatalogue known_keys() {
  KeyCatalogue catalogue;
  add_to_catalogue<Scenario>(catalogue, "", top_keys);
  add_to_catalogue<RunSpec>(catalogue, "run", run_keys);
  list_quantity_keys(catalogue);
  list_parameter_keys(catalogue);
  list_event_keys(catalogue);
  list_effect_keys(catalogue);
  list_lever_keys(catalogue);
  list_place_keys(catalogue);
  list_staff_keys(catalogue);
  list_stage_keys(catalogue);
  list_kpi_keys(catalogue);
  list_precision_keys(catalogue);
  list_table_keys(catalogue);
  return catalogue;
}

}  // namespace rassoflow
