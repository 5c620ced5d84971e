// Crossings between levels: who owns the clock, and how a case comes back from a visit.
#include <deque>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

using StageName = std::string;

/// For each stage at a level that does not own the clock, the owning levels a case there may have
/// come from, and the stages at which such visits start.
struct Visits {
  std::map<StageName, std::set<std::string>> came_from;
  std::map<StageName, std::set<StageName>> started_at;
};

bool is_away(const Checking& checking, const StageSpec& stage) {
  return !checking.owns_clock(stage.level);
}

Visits find_visits(const Checking& checking) {
  Visits visits;
  std::deque<StageName> changed;
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (is_away(checking, stage)) continue;
    for (const RouteSpec& route : stage.routes) {
      const StageSpec* to = checking.stage(route.to);
      if (to == nullptr || !is_away(checking, *to)) continue;
      visits.came_from[route.to].insert(stage.level);
      visits.started_at[route.to].insert(route.to);
      changed.push_back(route.to);
    }
  }
  while (!changed.empty()) {
    const StageName name = changed.front();
    changed.pop_front();
    const StageSpec& stage = *checking.stage(name);
    for (const RouteSpec& route : stage.routes) {
      const StageSpec* to = checking.stage(route.to);
      if (to == nullptr || to->level != stage.level) continue;
      auto& levels = visits.came_from[route.to];
      auto& starts = visits.started_at[route.to];
      const std::size_t before = levels.size() + starts.size();
      const auto from = visits.came_from[name];
      const auto at = visits.started_at[name];
      levels.insert(from.begin(), from.end());
      starts.insert(at.begin(), at.end());
      if (levels.size() + starts.size() > before) changed.push_back(route.to);
    }
  }
  return visits;
}

void expect_owner(Checking& checking, const StageSpec& stage, const Place& place, std::string key,
                  const std::string& what) {
  if (!is_away(checking, stage)) return;
  checking.fault(
      place, std::move(key),
      what + " at level " + in_ticks(stage.level) + ", which does not own the clock of cases",
      "cases only visit there; put it at a level that owns the clock");
}

}  // namespace

void check_crossings(Checking& checking) {
  const Visits visits = find_visits(checking);
  for (const auto& [name, stage] : checking.scenario.stages) {
    const std::string key = dotted_key({"stages", name});
    if (stage.kind == StageKind::report) {
      expect_owner(checking, stage, stage.place, key, "the report stage is");
    }
    if (stage.kind == StageKind::outcome) {
      expect_owner(checking, stage, stage.place, key, "the outcome is");
    }
    if (!is_away(checking, stage)) continue;
    const auto found = visits.came_from.find(name);
    for (const RouteSpec& route : stage.routes) {
      const StageSpec* to = checking.stage(route.to);
      if (to == nullptr || to->level == stage.level) continue;
      const std::string route_key = dotted_key({"stages", name, "routes"});
      if (is_away(checking, *to)) {
        checking.fault(route.place, route_key,
                       "the route leads from a visit at level " + in_ticks(stage.level) +
                           " to another visit at level " + in_ticks(to->level),
                       "lead it back to the level that owns the clock first");
        continue;
      }
      if (found == visits.came_from.end()) continue;
      for (const std::string& home : found->second) {
        if (home == to->level) continue;
        checking.fault(route.place, route_key,
                       "a case that came from level " + in_ticks(home) +
                           " for a visit would leave it to level " + in_ticks(to->level),
                       "a visit ends at the level it came from; hand the case over from there");
      }
    }
  }
  for (const auto& [name, phase] : checking.scenario.withdrawal) {
    const StageSpec* to = checking.stage(phase.to);
    if (to == nullptr) continue;
    expect_owner(checking, *to, phase.place, dotted_key({"withdrawal", name, "to"}),
                 "withdrawn cases go to " + in_ticks(phase.to));
    if (to->kind == StageKind::report) {
      checking.fault(phase.place, dotted_key({"withdrawal", name, "to"}),
                     "withdrawn cases go to the report " + in_ticks(phase.to),
                     "cases only start there");
    }
  }
}

void check_visits_away(Checking& checking) {
  const Visits visits = find_visits(checking);
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (!is_away(checking, stage)) continue;
    const auto phase = checking.scenario.withdrawal.find(stage.withdrawal);
    if (phase != checking.scenario.withdrawal.end() &&
        phase->second.counts_while == WithdrawalPhase::While::waiting) {
      checking.fault(stage.place, dotted_key({"stages", name, "withdrawal"}),
                     "the phase " + in_ticks(stage.withdrawal) +
                         " counts only while waiting, which the site that owns the clock cannot "
                         "see during a visit",
                     "use a phase with `while = \"always\"`");
    }
    const auto starts = visits.started_at.find(name);
    if (starts == visits.started_at.end()) continue;
    for (const StageName& start : starts->second) {
      const StageSpec& first = *checking.stage(start);
      if (first.withdrawal == stage.withdrawal) continue;
      checking.fault(stage.place, dotted_key({"stages", name, "withdrawal"}),
                     "the phase differs from that of " + in_ticks(start) +
                         ", where a visit that comes here starts",
                     "all stages of one visit name the same phase");
    }
  }
}

}  // namespace rassoflow
