// The parts of compile_pathway, and the names that they share while compiling.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/contracts.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow::compile_detail {

/// Names in the order of their ids.
struct Names {
  std::vector<std::string> levels;
  std::vector<std::string> stages;
  std::vector<LevelId> stage_levels;
  std::vector<std::string> pools;
  std::vector<std::string> phases;
  std::vector<std::string> patterns;
};

/// Expects that the name is there: the checks have seen to it.
inline std::size_t position_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  RF_EXPECT(found != names.end());
  return static_cast<std::size_t>(found - names.begin());
}

/// An empty name is the only level.
inline LevelId level_of(const Names& names, const std::string& name) {
  return LevelId{static_cast<std::uint8_t>(name.empty() ? 0 : position_of(names.levels, name))};
}

/// Whether a route is open to a class on a visit, the first being 1.
inline bool applies(const RouteSpec& route, const std::string& case_class, std::uint32_t visit) {
  return (route.classes.empty() || route.classes.contains(case_class)) &&
         visit >= route.visits.first && visit <= route.visits.last;
}

/// Whether a route is open to a case with these of the flags that the stage's routes name.
inline bool flags_fit(const RouteSpec& route, const Stage& stage, const Pathway& pathway,
                      std::uint32_t set) {
  for (std::uint32_t f = 0; f < stage.flag_count; ++f) {
    const std::string& flag = pathway.flags[stage.flag_bits[f]];
    const bool is_set = (set >> f & 1U) != 0;
    if (is_set ? route.unless.contains(flag) : route.flags.contains(flag)) return false;
  }
  return true;
}

/// `visit(routes)` for every table of the stage, in the order of Stage::route_table.
template <class Visit>
void for_each_route_table(const StageSpec& spec, const Stage& stage, const Pathway& pathway,
                          Visit visit) {
  for (const CaseClass& case_class : pathway.classes) {
    for (std::uint32_t number = 1; number <= stage.visit_buckets; ++number) {
      for (std::uint32_t set = 0; set < 1U << stage.flag_count; ++set) {
        std::vector<const RouteSpec*> routes;
        for (const RouteSpec& route : spec.routes) {
          if (applies(route, case_class.name, number) && flags_fit(route, stage, pathway, set)) {
            routes.push_back(&route);
          }
        }
        visit(routes);
      }
    }
  }
}

void compile_phases(const Scenario& scenario, const Names& names, Pathway& pathway);
void compile_upkeep(const Scenario& scenario, const Names& names, Pathway& pathway);
void compile_settings(const Scenario& scenario, Pathway& pathway);
/// Before the settings, which follow their order.
void compile_diaries(const Scenario& scenario, const Names& names, Pathway& pathway);
/// After stages and marks.
void compile_measures(const Scenario& scenario, const Names& names, Pathway& pathway);
void compile_arrivals(const Scenario& scenario, const Names& names, Pathway& pathway);

/// Everything that decides a result, in an order that no file decides.
std::string canonical_bytes(const Pathway& pathway);

}  // namespace rassoflow::compile_detail
