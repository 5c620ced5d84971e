#include "sim/model/holds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/model/owners.hpp"

namespace rassoflow {

StageId Holds::enter_hold(std::uint32_t slot, const Stage& stage) {
  const std::uint32_t hold = ask(slot, stage);
  if (stage.background || state_.holds[hold].position != no_slot) return trial_.go_on(slot);
  wait(slot, hold);
  return {};
}

StageId Holds::enter_release(std::uint32_t slot, const Stage& stage) {
  Ticket& ticket = ticket_of(slot, pathway_.pools[stage.pool.value].owners);
  if (is_current(ticket)) give_back(ticket.hold);
  ticket = {};
  return trial_.go_on(slot);
}

std::uint32_t Holds::ask(std::uint32_t slot, const Stage& stage) {
  const Strand& strand = state_.strands[slot];
  Ticket& ticket = ticket_of(slot, pathway_.pools[stage.pool.value].owners);
  if (is_current(ticket)) return ticket.hold;
  if (state_.free_holds.empty()) {
    state_.free_holds.push_back(static_cast<std::uint32_t>(state_.holds.size()));
    state_.holds.emplace_back();
  }
  const std::uint32_t index = state_.free_holds.back();
  state_.free_holds.pop_back();
  Hold& hold = state_.holds[index];
  hold.case_key = strand.case_key;
  hold.instance = trial_.instance_of(stage, strand.site);
  hold.lane = static_cast<std::uint32_t>(stage.lane) + strand.case_class.value;
  hold.due = trial_.due_date(strand);
  if (strand.role != StrandRole::visitor) hold.trunk = trial_.case_slot(slot);
  ticket = {index, hold.serial, state_.files[slot].branch};
  join_queue(index);
  return index;
}

void Holds::join_queue(std::uint32_t index) {
  const Hold& hold = state_.holds[index];
  Lane& lane = state_.hold_lanes[pathway_.instances[hold.instance].first_hold_lane + hold.lane];
  link_into(lane, state_.holds, index, [](const Hold& a, const Hold& b) {
    return is_served_before(a.due, a.case_key, b.due, b.case_key);
  });
  ++state_.pools[hold.instance].unallocated;
  trial_.mark_dirty(hold.instance);
}

void Holds::wait(std::uint32_t slot, std::uint32_t index) {
  Hold& hold = state_.holds[index];
  Strand& strand = state_.strands[slot];
  strand.state = StrandState::waiting;
  strand.anchor = hold.due;
  strand.next = hold.first_waiting;
  hold.first_waiting = slot;
  state_.files[slot].queued_at = state_.now;
  trial_.begin_waiting(slot);
}

void Holds::stop_waiting(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  const Stage& stage = pathway_.stages[strand.stage.value];
  const Ticket& ticket = ticket_of(slot, pathway_.pools[stage.pool.value].owners);
  std::uint32_t* link = &state_.holds[ticket.hold].first_waiting;
  while (*link != slot) link = &state_.strands[*link].next;
  *link = strand.next;
  strand.next = no_slot;
  CaseFile& file = state_.files[slot];
  file.waited += state_.now - file.queued_at;
  state_.owned_visits[slot].unallocated += state_.now - file.queued_at;
}

template <class Change>
void Holds::change_holder(std::uint32_t index, Change change) {
  const Hold& hold = state_.holds[index];
  const std::uint32_t trunk = hold.trunk;
  bool moves = false;
  if (trunk != no_slot) {
    const Strand& strand = state_.strands[trunk];
    moves = trial_.hazard_runs(strand) &&
            pathway_.phases[strand.phase.value].held == pool_at(hold.instance).owners;
  }
  if (moves) trial_.spend_hazard(trunk);
  change();
  if (moves) trial_.move_withdrawal(trunk);
}

void Holds::give_back(std::uint32_t index) {
  Hold& hold = state_.holds[index];
  const std::uint32_t instance = hold.instance;
  PoolState& pool = state_.pools[instance];
  if (hold.position == no_slot) {
    Lane& lane = state_.hold_lanes[pathway_.instances[instance].first_hold_lane + hold.lane];
    unlink_from(lane, state_.holds, index);
    --pool.unallocated;
  } else {
    change_holder(index, [&] {
      Position& position = position_at(instance, hold.position);
      --position.cases;
      --pool.held;
      if (position.is_finishing != 0) trial_.end_duty_if_done(instance, hold.position);
      hold.position = no_slot;
    });
    if (pool.unallocated > 0) trial_.mark_dirty(instance);
  }
  const std::uint32_t serial = hold.serial + 1;
  hold = {};
  hold.serial = serial;
  state_.free_holds.push_back(index);
}

void Holds::send_tickets(std::uint32_t from, std::uint32_t to) {
  for (std::uint8_t p = 0; p < pool_count(); ++p) ticket_of(to, p) = ticket_of(from, p);
}

/// Only those of the visitor's own branch: others may have asked for the same places meanwhile, and
/// what it was sent with is older.
void Holds::bring_tickets_back(std::uint32_t visitor, std::uint32_t home) {
  const LevelId level = pathway_.sites[state_.strands[visitor].site.value].level;
  for (std::uint8_t p = 0; p < pool_count(); ++p) {
    const Ticket& ticket = ticket_of(visitor, p);
    const bool is_from_here = pathway_.pools[pathway_.owner_pools[p].value].level == level;
    const bool is_its_own = ticket.branch == state_.files[visitor].branch;
    if (is_from_here && is_its_own && ticket.hold != no_slot) ticket_of(home, p) = ticket;
  }
}

/// At once where `here` is the site of the place, else by a message.
template <class Concerned>
void Holds::give_back_tickets(std::uint32_t slot, LevelId here, Concerned is_concerned) {
  for (std::uint8_t p = 0; p < pool_count(); ++p) {
    Ticket& ticket = ticket_of(slot, p);
    const LevelId level = pathway_.pools[pathway_.owner_pools[p].value].level;
    if (ticket.hold == no_slot || !is_concerned(ticket, level)) continue;
    if (level != here) {
      send_return(ticket, p, state_.strands[slot].case_key);
    } else if (is_current(ticket)) {
      give_back(ticket.hold);
    }
    ticket = {};
  }
}

void Holds::give_back_all(std::uint32_t trunk) {
  give_back_tickets(trunk, trial_.level_at(trunk), [](const Ticket&, LevelId) { return true; });
}

void Holds::give_back_of_branch(std::uint32_t slot) {
  const std::uint32_t branch = state_.files[slot].branch;
  give_back_tickets(slot, trial_.level_at(slot),
                    [&](const Ticket& ticket, LevelId) { return ticket.branch == branch; });
}

void Holds::give_back_of_visit(std::uint32_t visitor, LevelId here) {
  const std::uint32_t branch = state_.files[visitor].branch;
  const LevelId visited = trial_.level_at(visitor);
  give_back_tickets(visitor, here, [&](const Ticket& ticket, LevelId level) {
    return ticket.branch == branch && level == visited;
  });
}

void Holds::leave_to_case(std::uint32_t slot) {
  const std::uint32_t branch = state_.files[slot].branch;
  for (std::uint8_t p = 0; p < pool_count(); ++p) {
    Ticket& ticket = ticket_of(slot, p);
    if (ticket.branch == branch) ticket.branch = 0;
  }
}

void Holds::send_return(Ticket ticket, std::uint8_t pool, std::uint64_t case_key) {
  HoldReturn word;
  word.ticket = ticket;
  word.case_key = case_key;
  word.pool = pool;
  word.is_pending = 1;
  word.when = pathway_.patterns[pathway_.crossing_pattern.value].next_working_day(state_.now);
  auto free = std::ranges::find(state_.hold_returns, 0U, &HoldReturn::is_pending);
  if (free == state_.hold_returns.end()) free = state_.hold_returns.insert(free, word);
  *free = word;
  schedule_return(static_cast<std::uint32_t>(free - state_.hold_returns.begin()));
}

void Holds::schedule_return(std::uint32_t index) {
  const HoldReturn& word = state_.hold_returns[index];
  trial_.queue_.push(make_event(word.when, EventClass::message, tie_of(word.case_key, word.when),
                                index, 0, static_cast<std::uint8_t>(EventKind::hold_return)));
}

void Holds::receive_return(std::uint32_t index) {
  HoldReturn& word = state_.hold_returns[index];
  word.is_pending = 0;
  trial_.note(EventKind::hold_return, word.case_key, {});
  if (is_current(word.ticket)) give_back(word.ticket.hold);
}

template <class Fits>
std::uint32_t Holds::next_in_queue(std::uint32_t instance, Fits fits) const {
  const Pool& pool = pool_at(instance);
  std::uint32_t best = no_slot;
  int best_priority = 0;
  for (std::uint32_t l = 0; l < pool.hold_lane_count; ++l) {
    const std::uint32_t head =
        state_.hold_lanes[pathway_.instances[instance].first_hold_lane + l].first;
    if (head == no_slot || !fits(state_.holds[head])) continue;
    const int priority = pool.hold_lane_priority[l];
    const auto is_earlier = [](const Hold& a, const Hold& b) {
      return is_served_before(a.due, a.case_key, b.due, b.case_key);
    };
    if (best == no_slot || priority < best_priority ||
        (priority == best_priority && is_earlier(state_.holds[head], state_.holds[best]))) {
      best = head;
      best_priority = priority;
    }
  }
  return best;
}

/// Of those on duty with fewer than `limit`; ties by a number of the case and the position.
std::uint32_t Holds::with_fewest_cases(std::uint32_t instance, std::uint64_t case_key,
                                       std::uint32_t limit) const {
  const PoolInstance& at = pathway_.instances[instance];
  const std::uint64_t key = combine(case_key, trial_.staff_key(instance));
  std::uint32_t best = no_slot;
  std::uint32_t fewest = UINT32_MAX;
  std::uint64_t lowest = UINT64_MAX;
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    const Position& position = state_.positions[at.first_position + k];
    if (position.on_duty == 0 || position.exists == 0 || position.cases >= limit) continue;
    if (position.cases > fewest) continue;
    const std::uint64_t number = trial_.stream(trial_.allocation_purpose_, combine(key, k), 0)();
    if (best != no_slot && position.cases == fewest && number >= lowest) continue;
    best = k;
    fewest = position.cases;
    lowest = number;
  }
  return best;
}

void Holds::give(std::uint32_t index, std::uint32_t position) {
  Hold& hold = state_.holds[index];
  const std::uint32_t instance = hold.instance;
  Lane& lane = state_.hold_lanes[pathway_.instances[instance].first_hold_lane + hold.lane];
  unlink_from(lane, state_.holds, index);
  --state_.pools[instance].unallocated;
  change_holder(index, [&] { hold.position = position; });
  if (hold.is_handed_over != 0) hold.due += head_of_queue;
  hold.is_handed_over = 0;
  ++position_at(instance, position).cases;
  ++state_.pools[instance].held;
  trial_.allocated_.push_back(index);
}

void Holds::allocate(std::uint32_t instance) {
  const PoolState& pool = state_.pools[instance];
  if (pool.unallocated == 0) return;
  if (!trial_.pattern_of(instance).is_open(state_.now)) {
    trial_.schedule_opening(pool_at(instance).pattern.value);
    return;
  }
  // A case that had an owner waits for nobody's room: whoever it waits for could wait for it.
  const auto allocate_all = [&](std::uint32_t limit, auto fits) {
    for (;;) {
      const std::uint32_t hold = next_in_queue(instance, fits);
      if (hold == no_slot) return;
      const std::uint32_t position =
          with_fewest_cases(instance, state_.holds[hold].case_key, limit);
      if (position == no_slot) return;
      give(hold, position);
    }
  };
  allocate_all(UINT32_MAX, [](const Hold& hold) { return hold.is_handed_over != 0; });
  allocate_all(trial_.settings_->pools[instance].caseload, [](const Hold&) { return true; });
}

void Holds::allocate_dirty() {
  std::vector<std::uint32_t>& allocated = trial_.allocated_;
  for (std::size_t gone_on = 0;;) {
    // Cases that go on may make more pools dirty.
    std::size_t looked_at = 0;
    while (looked_at < trial_.dirty_.size()) allocate(trial_.dirty_[looked_at++]);
    if (gone_on == allocated.size()) break;
    while (gone_on < allocated.size()) go_on_with(allocated[gone_on++]);
  }
  allocated.clear();
}

/// What waited for the place goes on; the place may be given back while it does.
void Holds::go_on_with(std::uint32_t index) {
  while (state_.holds[index].position != no_slot && state_.holds[index].first_waiting != no_slot) {
    const std::uint32_t slot = state_.holds[index].first_waiting;
    stop_waiting(slot);
    trial_.end_waiting(slot);
    Strand& strand = state_.strands[slot];
    if (pathway_.stages[strand.stage.value].kind == StageKind::work) {
      Owners{trial_}.hand(slot, index);
      continue;
    }
    // Neither waiting nor working while it is on its way to what follows.
    strand.state = StrandState::delayed;
    ++state_.events;
    trial_.note(EventKind::step_end, strand.case_key, strand.stage);
    trial_.begin_stage(slot);
    trial_.travel(slot, trial_.go_on(slot));
  }
}

bool Holds::fit() const {
  const std::size_t count = state_.holds.size();
  const std::size_t pools = pathway_.owner_pools.size();
  const auto is_hold = [&](std::uint32_t hold) { return hold == no_slot || hold < count; };
  const auto is_slot = [&](std::uint32_t slot) {
    return slot == no_slot || slot < state_.strands.size();
  };
  if (state_.owned_visits.size() != (pathway_.has_hands ? state_.strands.size() : 0) ||
      state_.tickets.size() != state_.strands.size() * pools ||
      state_.hold_lanes.size() != pathway_.hold_lanes) {
    return false;
  }
  for (std::size_t i = 0; i < state_.tickets.size(); ++i) {
    const Ticket& ticket = state_.tickets[i];
    if (!is_hold(ticket.hold)) return false;
    if (!is_current(ticket)) continue;
    const std::uint32_t instance = state_.holds[ticket.hold].instance;
    if (instance >= pathway_.instances.size() ||
        pathway_.instances[instance].pool != pathway_.owner_pools[i % pools]) {
      return false;
    }
  }
  for (const Hold& hold : state_.holds) {
    if (hold.instance == no_slot) continue;
    if (hold.instance >= pathway_.instances.size()) return false;
    const PoolInstance& at = pathway_.instances[hold.instance];
    const bool has_trunk = hold.trunk != no_slot;
    if (hold.lane >= pool_at(hold.instance).hold_lane_count || !is_hold(hold.next) ||
        !is_hold(hold.previous) || !is_slot(hold.first_waiting) || !is_slot(hold.trunk) ||
        (has_trunk && state_.strands[hold.trunk].state == StrandState::free) ||
        (hold.position != no_slot && hold.position >= at.position_limit)) {
      return false;
    }
  }
  const auto is_free = [&](std::uint32_t hold) {
    return hold < count && state_.holds[hold].instance == no_slot;
  };
  const auto lane_fits = [&](const Lane& lane) {
    return is_hold(lane.first) && is_hold(lane.last);
  };
  const auto return_fits = [&](const HoldReturn& word) {
    return word.is_pending == 0 ||
           (word.ticket.hold < count && word.pool < pools && word.when >= state_.now);
  };
  return std::ranges::all_of(state_.free_holds, is_free) &&
         std::ranges::all_of(state_.hold_lanes, lane_fits) &&
         std::ranges::all_of(state_.hold_returns, return_fits);
}

void Holds::check(std::uint32_t instance) const {
  const PoolInstance& at = pathway_.instances[instance];
  const PoolState& pool = state_.pools[instance];
  const bool was_open = state_.now == 0 || trial_.pattern_of(instance).is_open(state_.now - 1);
  std::uint64_t held = 0;
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    const Position& position = state_.positions[at.first_position + k];
    held += position.cases;
    const bool has_room = position.on_duty != 0 && position.exists != 0 &&
                          position.cases < trial_.settings_->pools[instance].caseload;
    if (has_room && was_open && pool.unallocated > 0) {
      trial_.violated(fmt::format("pool {} has room and cases unallocated", pool_at(instance).name),
                      0);
    }
  }
  if (held != pool.held) {
    trial_.violated(
        fmt::format("pool {}: {} cases held, {} counted", pool_at(instance).name, held, pool.held),
        0);
  }
}

void Holds::hand_over(std::uint32_t instance, std::uint32_t position) {
  for (std::uint32_t i = 0; i < state_.holds.size(); ++i) {
    Hold& hold = state_.holds[i];
    if (hold.instance != instance || hold.position != position) continue;
    change_holder(i, [&] { hold.position = no_slot; });
    --position_at(instance, position).cases;
    --state_.pools[instance].held;
    hold.effort_owed += trial_.settings_->pools[instance].hand_over;
    hold.due -= head_of_queue;
    hold.is_handed_over = 1;
    join_queue(i);
  }
}

}  // namespace rassoflow
