#include "sim/scenario/scenario.hpp"

namespace rassoflow {

std::vector<const RouteSpec*> ways_out(const StageSpec& stage) {
  std::vector<const RouteSpec*> out;
  for (const RouteSpec& route : stage.routes) out.push_back(&route);
  for (const RouteSpec& branch : stage.branches) out.push_back(&branch);
  return out;
}

std::set<std::string> flags_of(const Scenario& scenario) {
  std::set<std::string> flags;
  for (const auto& [name, stage] : scenario.stages) {
    flags.insert(stage.sets.begin(), stage.sets.end());
  }
  return flags;
}

}  // namespace rassoflow
