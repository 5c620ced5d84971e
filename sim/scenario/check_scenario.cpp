#include "sim/scenario/check_scenario.hpp"

#include <array>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

constexpr std::array checks{
    check_names,      check_kpi_names, check_tables,       check_run,    check_sites,
    check_parameters, check_events,    check_levers,       check_units,  check_values,
    check_laws,       check_routes,    check_class_shares, check_loops,  check_hazard_bands,
    check_reachable,  check_crossings, check_visits_away,  check_forks,  check_flags,
    check_other_work, check_pace,      check_recruitment,  check_upkeep, check_owners,
    check_holds,      check_diaries,
};

}  // namespace

Checking::Checking(const Scenario& checked, Completeness completeness)
    : scenario(checked),
      values(checked),
      slots(quantity_slots(checked)),
      graph(build_pathway_graph(checked)),
      completeness_(completeness) {}

void Checking::fault(const Place& place, std::string key, std::string message, std::string help) {
  faults.push_back({place, std::move(key), std::move(message), std::move(help)});
}

bool Checking::expect_name(const Place& place, const std::string& key, const std::string& what,
                           const std::string& name, const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return true;
  if (completeness_ == Completeness::in_part && (name.empty() || known.empty())) return false;
  const std::string nearest = nearest_name(name, known);
  std::string help = nearest.empty() ? "" : "did you mean " + in_ticks(nearest) + "?";
  if (nearest.empty() && !known.empty() && known.size() <= 8)
    help = "there is " + listed(known, "and");
  if (name.empty()) {
    fault(place, key, "no " + what + " is named", std::move(help));
  } else {
    fault(place, key, "there is no " + what + " " + in_ticks(name), std::move(help));
  }
  return false;
}

bool Checking::owns_clock(const std::string& level) const {
  const auto found = scenario.levels.find(level);
  return found == scenario.levels.end() || found->second.owns_clock;
}

const StageSpec* Checking::stage(const std::string& name) const {
  const auto found = scenario.stages.find(name);
  return found != scenario.stages.end() ? &found->second : nullptr;
}

bool Checking::spend(std::uint64_t looks) {
  if (looks_left_ == 0) return false;
  if (looks <= looks_left_) {
    looks_left_ -= looks;
    return true;
  }
  looks_left_ = 0;
  fault(scenario.run.place, "",
        "the scenario has more combinations of place and date than can be checked",
        "give fewer dates or fewer values by site");
  return false;
}

std::vector<std::string> Checking::sites_to_look_at(const std::vector<const Quantity*>& quantities,
                                                    const std::vector<std::string>& levels) const {
  if (levels.empty()) return {""};
  std::vector<std::string> out;
  for (const std::string& level : levels) {
    const auto sites = scenario.sites.find(level);
    if (sites == scenario.sites.end()) continue;
    bool has_one_like_others = false;
    for (const auto& [name, site] : sites->second) {
      const std::string qualified = qualified_site(level, name);
      const bool is_special = std::ranges::any_of(quantities, [&](const Quantity* quantity) {
        return values.has_own_values(*quantity, qualified);
      });
      if (!is_special && has_one_like_others) continue;
      if (!is_special) has_one_like_others = true;
      out.push_back(qualified);
    }
  }
  return out;
}

void Checking::for_each_stretch(
    const std::vector<const Quantity*>& quantities, const std::vector<std::string>& levels,
    const std::function<bool(const std::string& site, Date from)>& look) {
  const RunSpec& run = scenario.run;
  for (const std::string& site : sites_to_look_at(quantities, levels)) {
    std::set<Date> dates{run.origin};
    std::size_t changes = 0;
    for (const Quantity* quantity : quantities) {
      values.add_changes(*quantity, site, run.origin, run.to, dates);
      changes += values.change_count(*quantity);
    }
    if (!spend(dates.size() * std::max<std::size_t>(quantities.size() + changes, 1))) return;
    for (const Date from : dates) {
      if (!look(site, from)) return;
    }
  }
}

std::string Checking::at_from(const std::string& site, Date from) const {
  const bool is_only_site =
      scenario.sites.size() == 1 && scenario.sites.begin()->second.size() == 1;
  const bool has_place = !site.empty() && !is_only_site;
  return (has_place ? "at " + in_ticks(site) + " " : "") + "from " + format_date(from);
}

std::string Checking::at_from(const std::string& site, Date from,
                              const std::vector<const Quantity*>& quantities) const {
  using Cause = std::pair<std::string, std::string>;  // name and parameter
  std::set<Cause> events, levers;
  for (const Quantity* quantity : quantities) {
    for (const Change& change : values.changes_at(*quantity, site, from)) {
      (change.lever == nullptr ? events : levers).emplace(*change.cause, change.effect->parameter);
    }
  }
  std::string text = at_from(site, from);
  if (events.empty() && levers.empty()) return text;
  const auto in_words = [](const std::set<Cause>& causes, const std::string& noun) {
    std::string words = (causes.size() == 1 ? "the " + noun : "the " + noun + "s") + " ";
    std::size_t i = 0;
    for (const auto& [name, parameter] : causes) {
      if (i > 0) words += i + 1 == causes.size() ? " and " : ", ";
      words += in_ticks(name) + " (" + in_ticks(parameter) + ")";
      ++i;
    }
    return words;
  };
  text += ", changed by ";
  if (!events.empty()) text += in_words(events, "event");
  if (!events.empty() && !levers.empty()) text += " and ";
  if (!levers.empty()) text += in_words(levers, "lever");
  return text + ",";
}

Diagnostics check_names_in(const Scenario& scenario) {
  Checking checking{scenario, Completeness::in_part};
  check_limits(checking);
  if (checking.faults.empty()) {
    check_names(checking);
    check_kpi_names(checking);
    check_tables(checking);
  }
  return std::move(checking.faults);
}

Diagnostics check_scenario(const Scenario& scenario) {
  Checking checking{scenario};
  // Beyond the limits the other checks could take too long.
  check_limits(checking);
  if (checking.faults.empty()) {
    for (const auto check : checks) check(checking);
  }
  sort_diagnostics(checking.faults);
  return std::move(checking.faults);
}

}  // namespace rassoflow
