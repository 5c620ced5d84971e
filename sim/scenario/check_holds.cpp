// Places of pools with a caseload: who may give them, and along every path which are held, so that
// no case gives back what it does not have and no circle of cases waits for one another.
#include <bit>
#include <deque>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

/// A bit for each pool with a caseload; check_limits sees to it that there are at most 64.
using Pools = std::uint64_t;

/// Places that a case has at some point of the pathway.
struct Held {
  Pools some = 0;      ///< asked for on some way here
  Pools sure = 0;      ///< given on every way here
  Pools declared = 0;  ///< by a hold that waits, on some way here
  Pools always = 0;    ///< the same, on every way here
  friend bool operator==(const Held&, const Held&) = default;
};

class HoldCheck {
 public:
  explicit HoldCheck(Checking& checking) : checking_(checking) {
    for (const auto& [name, pool] : checking.scenario.pools) {
      if (pool.caseload) pools_.push_back(name);
    }
    for (const auto& [name, stage] : checking.scenario.stages) {
      if (is_blocking(stage)) contended_ |= pool_of(stage);
      if (stage.kind == StageKind::fork) fork_of_[stage.join] = name;
    }
  }

  void look() {
    if (pools_.empty()) return;
    for (const auto& [name, stage] : checking_.scenario.stages) {
      if (stage.kind == StageKind::report) enter(name, {});
    }
    while (!changed_.empty()) {
      const std::string name = changed_.front();
      changed_.pop_front();
      for_each_exit(name, [&](const std::string& to, const Held& held) {
        sources_[to].insert(name);
        enter(to, held);
      });
    }
    for (const auto& [name, held] : entered_) look_at(name, held);
    for (const auto& [name, held] : entered_) compare_entries(name, held);
    for (const auto& [join, fork] : fork_of_) {
      if (entered_.contains(fork)) look_at_branches(fork, join);
    }
  }

 private:
  /// Of a stage that takes, uses or gives back places; none for other stages.
  Pools pool_of(const StageSpec& stage) const {
    const bool is_concerned = stage.kind == StageKind::hold || stage.kind == StageKind::release ||
                              (stage.kind == StageKind::work && stage.mode == WorkMode::owner);
    const auto found = std::ranges::find(pools_, stage.pool);
    if (!is_concerned || found == pools_.end()) return 0;
    return Pools{1} << (found - pools_.begin());
  }

  static bool is_blocking(const StageSpec& stage) {
    return stage.kind == StageKind::work || (stage.kind == StageKind::hold && !stage.background);
  }

  void enter(const std::string& name, const Held& held) {
    const auto [entry, is_new] = entered_.emplace(name, held);
    Held& all = entry->second;
    const Held before = all;
    if (!is_new) {
      all.some |= held.some;
      all.sure &= held.sure;
      all.declared |= held.declared;
      all.always &= held.always;
      if (all == before) return;
    }
    if (std::ranges::find(changed_, name) == changed_.end()) changed_.push_back(name);
  }

  Held after(const std::string& name) const {
    Held held = entered_.at(name);
    const StageSpec& stage = *checking_.stage(name);
    const Pools pool = pool_of(stage);
    if (stage.kind == StageKind::release) {
      return {held.some & ~pool, held.sure & ~pool, held.declared & ~pool, held.always & ~pool};
    }
    held.some |= pool;
    if (is_blocking(stage)) held.sure |= pool;
    if (stage.kind == StageKind::hold && is_blocking(stage)) {
      held.declared |= pool;
      held.always |= pool;
    }
    return held;
  }

  /// Withdrawal and the change of the clock's owner give back everything; from its fork a case
  /// comes to a join with what it had before.
  template <class Visit>
  void for_each_exit(const std::string& name, Visit visit) const {
    const StageSpec& stage = *checking_.stage(name);
    const Held held = after(name);
    for (const RouteSpec* way : ways_out(stage)) {
      const StageSpec* to = checking_.stage(way->to);
      if (to == nullptr || fork_of_.contains(way->to)) continue;
      const bool changes_owner = to->level != stage.level && checking_.owns_clock(stage.level) &&
                                 checking_.owns_clock(to->level);
      visit(way->to, changes_owner ? Held{} : held);
    }
    if (stage.kind == StageKind::fork && checking_.stage(stage.join) != nullptr) {
      visit(stage.join, held);
    }
    const auto phase = checking_.scenario.withdrawal.find(stage.withdrawal);
    if (phase == checking_.scenario.withdrawal.end()) return;
    if (checking_.stage(phase->second.to) != nullptr) visit(phase->second.to, Held{});
  }

  void look_at(const std::string& name, const Held& held) {
    const StageSpec& stage = *checking_.stage(name);
    const Pools pool = pool_of(stage);
    if (stage.kind == StageKind::release && (pool & ~held.some) != 0) {
      fault(name, "pool", "no case that comes here holds a place of " + in_ticks(stage.pool),
            "leave the stage out, or hold a place before it");
    }
    if (stage.kind == StageKind::hold && (pool & held.always) != 0) {
      fault(name, "pool",
            "every case that comes here holds a place of " + in_ticks(stage.pool) + " already",
            "leave the stage out, or release the place before it");
    }
    if (is_blocking(stage) && (pool & ~held.sure) != 0) look_at_order(name, stage.pool, held);
  }

  /// Whoever waits for a place holds only places of lower rank, so that no circle can close. What
  /// nobody ever waits for may be held in any order.
  void look_at_order(const std::string& name, const std::string& wanted, const Held& held) {
    const auto& rank = checking_.scenario.pools.at(wanted).rank;
    for_each_pool(held.some & contended_, [&](const std::string& other) {
      if (other == wanted) return;
      const auto& lower = checking_.scenario.pools.at(other).rank;
      if (rank && lower && *lower < *rank) return;
      fault(name, "pool",
            "a case waits here for a place of " + in_ticks(wanted) + " and may hold one of " +
                in_ticks(other) +
                (rank && lower ? ", whose rank is not lower" : ", but not both have a rank"),
            "give both pools a `rank`; places are taken in rising rank on every path");
    });
  }

  /// Reports where different ways meet, not what follows from it. An outcome gives back whatever
  /// there is.
  void compare_entries(const std::string& name, const Held& held) {
    if (checking_.stage(name)->kind == StageKind::outcome) return;
    std::map<std::string, std::string> with, without;
    for (const std::string& from : sources_[name]) {
      for_each_exit(from, [&](const std::string& to, const Held& brought) {
        if (to != name) return;
        for_each_pool(held.declared & brought.always, [&](const auto& p) { with[p] = from; });
        for_each_pool(held.declared & ~brought.declared, [&](const auto& p) { without[p] = from; });
      });
    }
    for (const auto& [pool, from] : with) {
      const auto other = without.find(pool);
      if (other == without.end()) continue;
      fault(name, "kind",
            "a case from " + in_ticks(from) + " holds a place of " + in_ticks(pool) +
                " here, a case from " + in_ticks(other->second) + " does not",
            "hold or release on every way into a stage, or none");
    }
  }

  /// A branch leaves the places of its case as they were: what another branch works with stays, and
  /// nobody waits at the join with a place that the other branches may be waiting for.
  void look_at_branches(const std::string& fork, const std::string& join) {
    const Held before = after(fork);
    Pools taken_by_others = 0;
    for (const RouteSpec& branch : checking_.stage(fork)->branches) {
      Pools taken = 0;
      for (const std::string& name : stages_of_branch(branch.to, join)) {
        const StageSpec& stage = *checking_.stage(name);
        const Pools pool = pool_of(stage);
        look_at_end_of_branch(name, fork, join, before);
        if (stage.kind != StageKind::release) {
          taken |= pool;
        } else if ((pool & before.some) != 0) {
          fault(name, "pool",
                "a branch of " + in_ticks(fork) + " gives back a place of " + in_ticks(stage.pool) +
                    ", which the case may hold since before the fork",
                "release it after the join");
        }
        if ((taken & pool & taken_by_others & ~before.sure) != 0) {
          fault(name, "pool",
                "two branches of " + in_ticks(fork) + " take a place of " + in_ticks(stage.pool),
                "hold it before the fork, so that both work with the same person");
        }
      }
      taken_by_others |= taken;
    }
  }

  void look_at_end_of_branch(const std::string& name, const std::string& fork,
                             const std::string& join, const Held& before) {
    const bool ends = std::ranges::any_of(checking_.stage(name)->routes,
                                          [&](const auto& route) { return route.to == join; });
    if (!ends || !entered_.contains(name)) return;
    for_each_pool(after(name).some & ~before.some, [&](const std::string& pool) {
      fault(name, "routes",
            "a branch of " + in_ticks(fork) + " may come to the join with a place of " +
                in_ticks(pool),
            "release it before the join, or hold it before the fork");
    });
  }

  std::set<std::string> stages_of_branch(const std::string& start, const std::string& join) const {
    std::set<std::string> found;
    std::deque<std::string> open{start};
    while (!open.empty()) {
      const std::string name = open.front();
      open.pop_front();
      const StageSpec* stage = checking_.stage(name);
      if (stage == nullptr || name == join || !found.insert(name).second) continue;
      for (const RouteSpec& route : stage->routes) open.push_back(route.to);
    }
    return found;
  }

  template <class Visit>
  void for_each_pool(Pools pools, Visit visit) const {
    for (; pools != 0; pools &= pools - 1) {
      visit(pools_[static_cast<std::size_t>(std::countr_zero(pools))]);
    }
  }

  void fault(const std::string& name, const char* key, std::string message, std::string help) {
    checking_.fault(checking_.stage(name)->place, dotted_key({"stages", name, key}),
                    std::move(message), std::move(help));
  }

  Checking& checking_;
  std::vector<std::string> pools_;              ///< with a caseload
  Pools contended_ = 0;                         ///< some case somewhere waits for a place
  std::map<std::string, std::string> fork_of_;  ///< by join
  std::map<std::string, Held> entered_;
  std::map<std::string, std::set<std::string>> sources_;  ///< from which a stage is entered
  std::deque<std::string> changed_;
};

void check_pool(Checking& checking, const std::string& name, const PoolSpec& pool) {
  const auto fault = [&](const char* key, std::string message, std::string help) {
    checking.fault(pool.place, dotted_key({"pools", name, key}), std::move(message),
                   std::move(help));
  };
  if (!pool.positions) {
    if (pool.caseload) {
      fault("caseload", "a pool without `positions` has nobody who could own cases",
            "say how many positions there are");
    }
    if (pool.on_end != OnEnd::hand_over) {
      fault("on_end", "a pool without `positions` has none that could end",
            "say how many positions there are, or leave it out");
    }
  }
  if (!pool.caseload && pool.slice_hours) {
    fault("slice_hours", "only an owner works in slices, and the pool has no `caseload`",
          "give it a `caseload` or leave this out");
  }
  if (!pool.caseload && pool.rank) {
    fault("rank", "places have a rank, and the pool has none to give without `caseload`",
          "give it a `caseload` or leave this out");
  }
}

}  // namespace

void check_owners(Checking& checking) {
  const Scenario& scenario = checking.scenario;
  for (const auto& [name, pool] : scenario.pools) check_pool(checking, name, pool);
  for (const auto& [name, stage] : scenario.stages) {
    const bool needs_owners = stage.kind == StageKind::hold || stage.kind == StageKind::release ||
                              (stage.kind == StageKind::work && stage.mode == WorkMode::owner);
    const auto pool = scenario.pools.find(stage.pool);
    if (!needs_owners || pool == scenario.pools.end() || pool->second.caseload) continue;
    checking.fault(stage.place, dotted_key({"stages", name, "pool"}),
                   "the pool " + in_ticks(stage.pool) + " has no `caseload`, so nobody owns cases",
                   "say how many cases one position holds at most");
  }
  for (const auto& [name, phase] : scenario.withdrawal) {
    if (!phase.held) continue;
    const auto pool = scenario.pools.find(phase.held->pool);
    if (pool == scenario.pools.end()) continue;
    const std::string key = dotted_key({"withdrawal", name, "held", "pool"});
    if (!pool->second.caseload) {
      checking.fault(phase.held->ratio.place, key,
                     "the pool " + in_ticks(phase.held->pool) + " has no places to hold",
                     "give it a `caseload`");
    }
    if (!checking.owns_clock(pool->second.level)) {
      checking.fault(phase.held->ratio.place, key,
                     "the pool " + in_ticks(phase.held->pool) + " is at level " +
                         in_ticks(pool->second.level) + ", which does not own the clock of cases",
                     "the site that dates a withdrawal must see who holds the case");
    }
  }
}

void check_holds(Checking& checking) {
  HoldCheck{checking}.look();
}

}  // namespace rassoflow
