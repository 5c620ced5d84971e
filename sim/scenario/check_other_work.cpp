// Other work, pace and upkeep: keys that only mean something together, and marks that the site
// which owns the clock can see.
#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

bool sets(const StageSpec& stage, const std::string& mark) {
  return stage.marks.contains(mark) || (stage.kind == StageKind::outcome && stage.code == mark);
}

/// Marks set during a visit are lost if a withdrawal overtakes it.
void check_marks_at_owners(Checking& checking, const std::string& key, const UpkeepSpec& upkeep,
                           const std::string& mark) {
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (!sets(stage, mark) || checking.owns_clock(stage.level)) continue;
    checking.fault(upkeep.place, key,
                   "the mark " + in_ticks(mark) + " is set by " + in_ticks(name) + " at level " +
                       in_ticks(stage.level) + ", which does not own the clock of cases",
                   "use a mark that a stage at a level that owns the clock sets");
  }
}

void check_stages_of(Checking& checking, const std::string& name, const UpkeepSpec& upkeep) {
  const std::string from_key = dotted_key({"upkeep", name, "from"});
  const std::string to_key = dotted_key({"upkeep", name, "to"});
  check_marks_at_owners(checking, from_key, upkeep, upkeep.from);
  for (const std::string& mark : upkeep.to) {
    if (mark == upkeep.from) {
      checking.fault(upkeep.place, to_key, "the upkeep ends with the mark that it begins with");
      continue;
    }
    check_marks_at_owners(checking, to_key, upkeep, mark);
    for (const auto& [stage_name, stage] : checking.scenario.stages) {
      if (!sets(stage, mark) || !sets(stage, upkeep.from)) continue;
      checking.fault(upkeep.place, to_key,
                     "the stage " + in_ticks(stage_name) + " sets both " + in_ticks(upkeep.from) +
                         " and " + in_ticks(mark),
                     "upkeep that ends as it begins costs nothing");
    }
  }
  for (const auto& [stage_name, stage] : checking.scenario.stages) {
    if (stage.kind != StageKind::outcome || !sets(stage, upkeep.from)) continue;
    checking.fault(
        upkeep.place, from_key,
        "the mark " + in_ticks(upkeep.from) + " is set by the outcome " + in_ticks(stage_name),
        "a case with an outcome needs no upkeep");
  }
}

}  // namespace

void check_recruitment(Checking& checking) {
  for (const auto& [name, spec] : checking.scenario.recruitment) {
    const auto pool = checking.scenario.pools.find(spec.pool);
    if (pool == checking.scenario.pools.end() || pool->second.positions) continue;
    checking.fault(spec.place, dotted_key({"recruitment", name, "pool"}),
                   "the pool " + in_ticks(spec.pool) + " has no `positions`, so it has no limit",
                   "write `positions = 0` if all its staff come by recruitment");
  }
}

void check_other_work(Checking& checking) {
  for (const auto& [name, pool] : checking.scenario.pools) {
    const auto fault = [&, &owner = name, &place = pool.place](const char* key, std::string message,
                                                               std::string help) {
      checking.fault(place, dotted_key({"pools", owner, key}), std::move(message), std::move(help));
    };
    const bool is_fenced = pool.sharing == SharingRule::ring_fenced;
    if (pool.other_work && !pool.positions) {
      fault("other_work", "the pool has other work but no positions", "give `positions`");
    }
    if (pool.other_work && pool.caseload) {
      fault("other_work", "the pool has both `caseload` and `other_work`",
            "owners who share their days with other work are not modelled; leave one out");
    }
    if (pool.sharing && !pool.other_work) {
      fault("sharing", "the pool has no other work to share with", "give `other_work`");
    }
    if (is_fenced && !pool.ring_fence) {
      fault("ring_fence", "the key `ring_fence` is missing", "it is the share kept for cases");
    }
    if (pool.ring_fence && !pool.other_work) {
      fault("ring_fence", "the pool has no other work to keep positions from", "give `other_work`");
    }
  }
}

void check_pace(Checking& checking) {
  for (const auto& [name, pool] : checking.scenario.pools) {
    if (!pool.pace) continue;
    const std::string key = dotted_key({"pools", name, "pace"});
    if (pool.positions) {
      checking.fault(pool.place, key, "the pool has both `positions` and `pace`",
                     "positions already limit what is done; leave one out");
    }
    if (!checking.owns_clock(pool.level)) {
      checking.fault(pool.place, key,
                     "the pool is at level " + in_ticks(pool.level) +
                         ", whose sites only have visitors and no open cases of their own",
                     "a pace belongs to a level that owns the clock of cases");
    }
  }
}

void check_upkeep(Checking& checking) {
  for (const auto& [name, upkeep] : checking.scenario.upkeep) {
    check_stages_of(checking, name, upkeep);
    const auto pool = checking.scenario.pools.find(upkeep.pool);
    if (pool == checking.scenario.pools.end()) continue;
    if (pool->second.caseload) {
      checking.fault(upkeep.place, dotted_key({"upkeep", name, "pool"}),
                     "the pool " + in_ticks(upkeep.pool) + " has a `caseload`",
                     "owners who share their days with upkeep are not modelled");
    }
    if (pool->second.positions) continue;
    checking.fault(
        upkeep.place, dotted_key({"upkeep", name, "pool"}),
        "the pool " + in_ticks(upkeep.pool) + " has no positions whose time it could cost",
        "give the pool `positions`");
  }
}

}  // namespace rassoflow
