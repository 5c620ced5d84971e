// Forks and joins: each branch keeps to stages of its own until it comes to the join, so that two
// strands of a case never meet in a stage and a join always gets what it waits for.
#include <deque>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

class ForkCheck {
 public:
  ForkCheck(Checking& checking, const std::string& name, const StageSpec& fork)
      : checking_(checking), name_(name), fork_(fork) {}

  void look() {
    const StageSpec* join = checking_.stage(fork_.join);
    if (join == nullptr) return;
    if (join->kind != StageKind::join) {
      fault(fork_.place, "join", in_ticks(fork_.join) + " is not a stage of kind `join`",
            "name the join where the branches end");
      return;
    }
    if (join->level != fork_.level) {
      fault(fork_.place, "join",
            "the join " + in_ticks(fork_.join) + " is at level " + in_ticks(join->level) +
                ", the fork at level " + in_ticks(fork_.level),
            "branches end where they began");
    }
    if (!checking_.owns_clock(fork_.level)) {
      fault(fork_.place, "level",
            "the fork is at level " + in_ticks(fork_.level) + ", which does not own the clock",
            "a case forks at home; a branch may visit another level");
    }
    if (join->needs > fork_.branches.size()) {
      fault(join->place, "join",
            "the join needs " + std::to_string(join->needs) + " branches, the fork has " +
                std::to_string(fork_.branches.size()),
            "`needs` is at most the number of branches");
    }
    for (std::size_t i = 0; i < fork_.branches.size(); ++i) look_at_branch(i);
  }

  /// Stages of all branches.
  const std::map<std::string, std::size_t>& stages() const { return branch_of_; }

 private:
  void look_at_branch(std::size_t index) {
    const RouteSpec& branch = fork_.branches[index];
    const StageSpec* first = checking_.stage(branch.to);
    if (first == nullptr) return;
    if (first->level != fork_.level) {
      fault(branch.place, "branches",
            "the branch starts at level " + in_ticks(first->level) + ", the fork is at level " +
                in_ticks(fork_.level),
            "let it start with a stage of the fork's level and visit from there");
    }
    std::deque<std::string> open{branch.to};
    while (!open.empty()) {
      const std::string name = open.front();
      open.pop_front();
      if (name == fork_.join) continue;
      const auto [known, is_new] = branch_of_.emplace(name, index);
      if (!is_new) {
        if (known->second != index) {
          fault(branch.place, "branches", "two branches come to " + in_ticks(name),
                "each branch has stages of its own until the join");
        }
        continue;
      }
      const StageSpec& stage = *checking_.stage(name);
      look_at_stage(name, stage);
      for (const RouteSpec* way : ways_out(stage)) {
        if (checking_.stage(way->to) != nullptr) open.push_back(way->to);
      }
    }
  }

  void look_at_stage(const std::string& name, const StageSpec& stage) {
    const auto of_stage = [&](const char* key, std::string message, std::string help) {
      checking_.fault(stage.place, dotted_key({"stages", name, key}), std::move(message),
                      std::move(help));
    };
    switch (stage.kind) {
      case StageKind::outcome:
        of_stage("kind", "a branch of " + in_ticks(name_) + " leads to this outcome",
                 "a branch ends in the join " + in_ticks(fork_.join) + "; decide after it");
        return;
      case StageKind::fork:
      case StageKind::join:
        of_stage("kind", "a branch of " + in_ticks(name_) + " comes to another fork or join",
                 "branches do not fork again");
        return;
      default:
        break;
    }
    if (stage.level != fork_.level && checking_.owns_clock(stage.level)) {
      of_stage("level",
               "a branch of " + in_ticks(name_) + " hands the case over to level " +
                   in_ticks(stage.level),
               "a branch may only visit a level that does not own the clock");
    }
    if (!stage.withdrawal.empty() && stage.withdrawal != fork_.withdrawal) {
      of_stage("withdrawal",
               "the phase differs from that of the fork " + in_ticks(name_) +
                   ", which holds while its branches are under way",
               "name the same phase or none");
    }
    if (stage.date_change) {
      of_stage("date_change", "a branch of " + in_ticks(name_) + " changes a date",
               "dates are told to the victim outside forks");
    }
  }

  void fault(const Place& place, const char* key, std::string message, std::string help) {
    checking_.fault(place, dotted_key({"stages", name_, key}), std::move(message), std::move(help));
  }

  Checking& checking_;
  const std::string& name_;
  const StageSpec& fork_;
  std::map<std::string, std::size_t> branch_of_;
};

/// Whatever leads into a fork from outside it.
void expect_outside(Checking& checking, const Place& place, std::string key, const std::string& to,
                    const std::string& what, const std::map<std::string, std::string>& fork_of) {
  const auto inside = fork_of.find(to);
  if (inside == fork_of.end()) return;
  checking.fault(place, std::move(key),
                 what + " " + in_ticks(to) + ", within the fork " + in_ticks(inside->second),
                 "only the branches of the fork go there");
}

}  // namespace

void check_forks(Checking& checking) {
  std::map<std::string, std::string> fork_of_join;
  std::map<std::string, std::string> fork_of;
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (stage.kind != StageKind::fork) continue;
    ForkCheck check{checking, name, stage};
    check.look();
    if (const auto [known, is_new] = fork_of_join.emplace(stage.join, name); !is_new) {
      checking.fault(stage.place, dotted_key({"stages", name, "join"}),
                     "the forks " + in_ticks(known->second) + " and " + in_ticks(name) +
                         " end in the same join",
                     "each fork has a join of its own");
    }
    for (const auto& [of_branch, index] : check.stages()) fork_of.emplace(of_branch, name);
  }
  std::map<std::string, std::string> within = fork_of;
  within.insert(fork_of_join.begin(), fork_of_join.end());
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (stage.kind == StageKind::join && !fork_of_join.contains(name)) {
      checking.fault(stage.place, dotted_key({"stages", name}), "no fork ends in this join",
                     "name it in the `join` of a fork");
    }
    if (fork_of.contains(name)) continue;
    for (const RouteSpec& route : stage.routes) {
      expect_outside(checking, route.place, dotted_key({"stages", name, "routes"}), route.to,
                     "the route leads to", within);
    }
  }
  for (const auto& [name, phase] : checking.scenario.withdrawal) {
    expect_outside(checking, phase.place, dotted_key({"withdrawal", name, "to"}), phase.to,
                   "withdrawn cases go to", within);
  }
}

void check_flags(Checking& checking) {
  constexpr std::size_t most_flags = 16;
  constexpr std::size_t most_flags_of_a_stage = 4;
  const std::set<std::string> flags = flags_of(checking.scenario);
  if (flags.size() > most_flags) {
    checking.fault({checking.scenario.run.place.file, 0, 0}, "stages",
                   "the stages set " + std::to_string(flags.size()) + " flags", "at most 16");
  }
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (stage.date_change && !checking.owns_clock(stage.level)) {
      checking.fault(stage.place, dotted_key({"stages", name, "date_change"}),
                     "a date changes at level " + in_ticks(stage.level) +
                         ", which does not own the clock of cases",
                     "the site that owns the clock tells the victim");
    }
    std::set<std::string> named;
    for (const RouteSpec* way : ways_out(stage)) {
      named.insert(way->flags.begin(), way->flags.end());
      named.insert(way->unless.begin(), way->unless.end());
    }
    if (named.size() > most_flags_of_a_stage) {
      checking.fault(stage.place, dotted_key({"stages", name, "routes"}),
                     "the routes name " + std::to_string(named.size()) + " flags",
                     "at most 4 in one stage; add a stage of kind `decide`");
    }
  }
}

}  // namespace rassoflow
