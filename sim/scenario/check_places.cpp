// The run's dates, levels, sites and their links, and how much a scenario may hold.
#include <cmath>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_levels = 3;
constexpr double tolerance = 1e-9;

void check_links_of(Checking& checking, const std::string& level, const std::string& name,
                    const SiteSpec& site, const std::string& to) {
  const Scenario& scenario = checking.scenario;
  const std::string key = dotted_key({"sites", level, name, to});
  const auto links = site.links.find(to);
  if (links == site.links.end() || links->second.empty()) {
    checking.fault(site.place, key,
                   "the site " + in_ticks(name) + " names no site at level " + in_ticks(to),
                   "cases reported here must know where they go; name one or give shares");
    return;
  }
  std::vector<std::string> known;
  const auto there = scenario.sites.find(to);
  if (there != scenario.sites.end()) {
    for (const auto& [other, spec] : there->second) known.push_back(other);
  }
  double sum = 0;
  for (const SiteLink& link : links->second) {
    checking.expect_name(site.place, key, "site", link.site, known);
    if (!(link.share >= 0 && link.share <= 1)) {
      checking.fault(site.place, key,
                     "the share of " + in_ticks(link.site) + " is " + number_in_words(link.share),
                     "a share is from 0 to 1");
    }
    sum += link.share;
  }
  if (!(std::abs(sum - 1) <= tolerance)) {
    checking.fault(site.place, key, "the shares add up to " + number_in_words(sum) + ", not 1");
  }
}

}  // namespace

namespace {

/// How often the effect of a lever is to be placed, as far as anybody counts.
std::size_t lever_looks(const Scenario& scenario) {
  std::size_t looks = 0;
  for (const auto& [name, lever] : scenario.levers) {
    std::size_t once = 1 + lever.effects.size();
    for (const std::string& member : lever.bundle) {
      const auto found = scenario.levers.find(member);
      if (found != scenario.levers.end()) once += 1 + found->second.effects.size();
    }
    looks += uses_of(lever).size() * once;
  }
  return looks;
}

}  // namespace

void check_limits(Checking& checking) {
  const Scenario& scenario = checking.scenario;
  std::size_t sites = 0;
  std::size_t caseloads = 0;
  for (const auto& [name, pool] : scenario.pools) caseloads += pool.caseload ? 1 : 0;
  for (const auto& [level, of_level] : scenario.sites) sites += of_level.size();
  std::size_t effects = 0, sites_of_effects = 0;
  for (const auto& [name, event] : scenario.events) {
    effects += event.effects.size();
    for (const EffectSpec& effect : event.effects) sites_of_effects += effect.sites.size();
  }
  for (const auto& [name, lever] : scenario.levers) {
    effects += lever.effects.size();
    for (const EffectSpec& effect : lever.effects) sites_of_effects += effect.sites.size();
    for (const LeverUse& wave : lever.waves) sites_of_effects += wave.sites.size();
  }
  std::size_t stocks = 0, rows = 0;
  for (const auto& [name, kpi] : scenario.kpis) stocks += kpi.over_days.size();
  for (const auto& [name, table] : scenario.tables) {
    for (const TableSectionSpec& section : table.sections) rows += section.rows.size();
  }
  struct Limit {
    const char* what;
    std::size_t count;
    std::size_t most;
  };
  const Limit limits[] = {
      {"levels", scenario.levels.size(), most_levels},
      {"sites", sites, 1000},
      {"classes", scenario.classes.size(), 64},
      {"calendars", scenario.calendars.size(), 64},
      {"withdrawal phases", scenario.withdrawal.size(), 64},
      {"pools with a caseload", caseloads, 64},
      {"parameters", scenario.parameters.size(), 10'000},
      {"events", scenario.events.size(), 1000},
      {"levers", scenario.levers.size(), 1000},
      {"effects of events and levers", effects, 10'000},
      {"effects of levers in use", lever_looks(scenario), most_lever_effects},
      {"sites named by effects", sites_of_effects, 50'000},
      {"pools", scenario.pools.size(), 1000},
      {"recruitments", scenario.recruitment.size(), 1000},
      {"upkeeps", scenario.upkeep.size(), 16},
      {"stages", scenario.stages.size(), 1000},
      {"kpis", scenario.kpis.size(), 1000},
      {"precision targets", scenario.precision.size(), 100},
      {"ages of stocks", stocks, 1000},
      {"rows of tables", rows, 1000},
  };
  for (const Limit& limit : limits) {
    if (limit.count <= limit.most) continue;
    checking.fault({scenario.run.place.file, 0, 0}, "",
                   "the scenario has " + std::to_string(limit.count) + " " + limit.what,
                   "at most " + std::to_string(limit.most) + " are allowed");
  }
  for (const auto& [name, stage] : scenario.stages) {
    if (ways_out(stage).size() <= 100) continue;
    checking.fault(stage.place, dotted_key({"stages", name, "routes"}),
                   "the stage has more than 100 routes", "add a stage of kind `decide`");
  }
  for (const auto& [name, parameter] : scenario.parameters) {
    if (parameter.steps.size() <= 50'000) continue;
    checking.fault(parameter.place, dotted_key({"parameters", name}),
                   "the parameter has more than 50,000 values", "");
  }
}

void check_run(Checking& checking) {
  const RunSpec& run = checking.scenario.run;
  const auto fault = [&](const char* key, std::string message, std::string help) {
    checking.fault(run.place, key, std::move(message), std::move(help));
  };
  const Date first = first_of_month(1978, 1);
  const Date last = first_of_month(2300, 1);
  if (run.origin < first || run.to > last) {
    fault("run.origin", "the run lies outside 1978 to 2299",
          "bank holidays are known from 1978 on");
  }
  if (run.from < run.origin || run.from >= run.to) {
    fault("run.from", "the first day counted, " + format_date(run.from) + ", is not within the run",
          "it is at least `origin` (" + format_date(run.origin) + ") and before `to` (" +
              format_date(run.to) + ")");
  }
  if (run.to <= run.origin) {
    fault("run.to", "the run ends on " + format_date(run.to) + ", not after its origin",
          "it is after " + format_date(run.origin));
  } else if (run.to - run.origin > std::chrono::days{36'525}) {
    fault("run.to", "the run is longer than 100 years", "");
  }
  if (!(run.layer_rate >= 1e-6 && run.layer_rate <= 1e6)) {
    fault("run.layer_rate", "the layer rate is " + number_in_words(run.layer_rate),
          "it is above 0, from 0.000001 to 1,000,000 cases a day");
  }
}

void check_sites(Checking& checking) {
  const Scenario& scenario = checking.scenario;
  std::vector<std::string> levels;
  bool any_owner = false;
  for (const auto& [name, level] : scenario.levels) {
    levels.push_back(name);
    any_owner = any_owner || level.owns_clock;
    if (name.find(':') != std::string::npos) {
      checking.fault(level.place, dotted_key({"levels", name}), "the name of a level holds a colon",
                     "sites are written `level:name`");
    }
    const auto sites = scenario.sites.find(name);
    if (sites == scenario.sites.end() || sites->second.empty()) {
      checking.fault(level.place, dotted_key({"sites", name}),
                     "the level " + in_ticks(name) + " has no sites", "add [sites.NAME] tables");
    }
  }
  if (!any_owner && !levels.empty()) {
    checking.fault(scenario.levels.begin()->second.place, "levels",
                   "no level owns the clock of cases", "leave out `owns_clock` at one");
  }
  std::set<std::string> report_levels;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::report && checking.owns_clock(stage.level)) {
      report_levels.insert(stage.level);
    }
  }
  for (const auto& [level, sites] : scenario.sites) {
    const Place place = sites.empty() ? Place{} : sites.begin()->second.place;
    checking.expect_name(place, dotted_key({"sites", level}), "level", level, levels);
    for (const auto& [name, site] : sites) {
      for (const auto& [to, links] : site.links) {
        checking.expect_name(site.place, dotted_key({"sites", level, name}), "level", to, levels);
        if (to == level) {
          checking.fault(site.place, dotted_key({"sites", level, name, to}),
                         "the site names a site at its own level", "leave it out");
        }
      }
      for (const std::string& to : levels) {
        const bool is_needed = report_levels.contains(level) || site.links.contains(to);
        if (to != level && is_needed) check_links_of(checking, level, name, site, to);
      }
    }
  }
}

}  // namespace rassoflow
