#include "sim/scenario/scenario.hpp"

namespace rassoflow {

std::vector<const RouteSpec*> ways_out(const StageSpec& stage) {
  std::vector<const RouteSpec*> out;
  for (const RouteSpec& route : stage.routes) out.push_back(&route);
  for (const RouteSpec& branch : stage.branches) out.push_back(&branch);
  return out;
}

std::set<std::string> marks_of(const Scenario& scenario) {
  std::set<std::string> marks;
  for (const auto& [name, stage] : scenario.stages) {
    marks.insert(stage.marks.begin(), stage.marks.end());
    if (stage.kind == StageKind::outcome) marks.insert(stage.code);
    if (stage.listing.custody) marks.emplace(bailed_mark);
  }
  return marks;
}

std::set<std::string> flags_of(const Scenario& scenario) {
  std::set<std::string> flags;
  for (const auto& [name, stage] : scenario.stages) {
    flags.insert(stage.sets.begin(), stage.sets.end());
  }
  return flags;
}

}  // namespace rassoflow
