// Queues and the people who serve them. A pool at a site has a lane for each of
// its stages and classes, in order of due date; dispatch takes the head with the
// best priority, then the earliest due date, once a second after all joins.
#include <algorithm>
#include <bit>

#include "sim/model/holds.hpp"
#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {

namespace {

bool is_earlier(const Strand& a, const Strand& b) {
  return is_served_before(a.anchor, a.case_key, b.anchor, b.case_key);
}

}  // namespace

void Trial::begin_waiting(std::uint32_t slot) {
  if (!counts_waiting_only(state_.strands[slot])) return;
  state_.files[slot].hazard_anchor = state_.now;
  schedule_withdrawal(slot);
}

void Trial::end_waiting(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  if (!is_waiting(strand.state) || !counts_waiting_only(strand)) return;
  spend_hazard(slot);
  strand.withdraw_at = never;
  ++strand.withdrawal_generation;
}

void Trial::join(std::uint32_t slot, Seconds due) {
  Strand& strand = state_.strands[slot];
  strand.state = StrandState::waiting;
  strand.anchor = due;
  tell(StepKind::queued, slot);
  begin_waiting(slot);
  const Stage& stage = pathway_.stages[strand.stage.value];
  const std::uint32_t instance = instance_of(stage, strand.site);
  Lane& lane =
      state_.lanes[pathway_.instances[instance].first_lane + stage.lane + strand.case_class.value];
  link_into(lane, state_.strands, slot, is_earlier);
  ++state_.pools[instance].waiting;
  state_.pools[instance].queued_effort += state_.files[slot].work_left;
}

void Trial::unlink(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  const Stage& stage = pathway_.stages[strand.stage.value];
  const std::uint32_t instance = instance_of(stage, strand.site);
  Lane& lane =
      state_.lanes[pathway_.instances[instance].first_lane + stage.lane + strand.case_class.value];
  unlink_from(lane, state_.strands, slot);
  --state_.pools[instance].waiting;
  CaseFile& file = state_.files[slot];
  state_.pools[instance].queued_effort -= file.work_left;
  file.waited += state_.now - file.queued_at;
}

void Trial::mark_dirty(std::uint32_t instance) {
  PoolState& pool = state_.pools[instance];
  if (pool.is_dirty != 0) return;
  pool.is_dirty = 1;
  dirty_.push_back(instance);
}

void Trial::dispatch_all() {
  if (!pathway_.owner_pools.empty()) Holds{*this}.allocate_dirty();
  // A dispatch marks no pool, so that the list does not grow while it is walked.
  for (const std::uint32_t instance : dirty_) {
    state_.pools[instance].is_dirty = 0;
    dispatch(instance);
  }
  dirty_.clear();
}

std::uint32_t Trial::next_in_queue(std::uint32_t instance) const {
  const PoolInstance& at = pathway_.instances[instance];
  const Pool& pool = pathway_.pools[at.pool.value];
  std::uint32_t best = no_slot;
  int best_priority = 0;
  for (std::uint32_t l = 0; l < pool.lane_count; ++l) {
    const std::uint32_t head = state_.lanes[at.first_lane + l].first;
    if (head == no_slot) continue;
    const int priority = pool.lane_priority[l];
    if (best == no_slot || priority < best_priority ||
        (priority == best_priority && is_earlier(state_.strands[head], state_.strands[best]))) {
      best = head;
      best_priority = priority;
    }
  }
  return best;
}

std::uint32_t Trial::free_position(std::uint32_t instance) const {
  for (std::uint32_t w = first_free_word_[instance]; w < first_free_word_[instance + 1]; ++w) {
    if (free_positions_[w] != 0) {
      return (w - first_free_word_[instance]) * 64 +
             static_cast<std::uint32_t>(std::countr_zero(free_positions_[w]));
    }
  }
  return no_slot;
}

void Trial::set_free(std::uint32_t instance, std::uint32_t position, bool is_free) {
  std::uint64_t& word = free_positions_[first_free_word_[instance] + position / 64];
  const std::uint64_t bit = std::uint64_t{1} << (position % 64);
  word = is_free ? word | bit : word & ~bit;
}

void Trial::dispatch(std::uint32_t instance) {
  PoolState& pool = state_.pools[instance];
  if (pool.waiting + pool.owned == 0) return;
  std::uint32_t position = free_position(instance);
  if (position == no_slot) return;
  const WorkingPattern& pattern = pattern_of(instance);
  if (!pattern.is_round_the_clock() && !pattern.is_open(state_.now)) {
    schedule_opening(pathway_.pools[pathway_.instances[instance].pool.value].pattern.value);
    return;
  }
  if (pool.owned > 0 ||
      pathway_.pools[pathway_.instances[instance].pool.value].owners != no_owners) {
    Owners{*this}.dispatch(instance);
    return;
  }
  while (pool.waiting > 0 && position != no_slot) {
    const std::uint32_t slot = next_in_queue(instance);
    unlink(slot);
    start_work(slot, instance, position);
    position = free_position(instance);
  }
  if (pool.busy > pool.serving) violated("a pool is over its capacity", 0);
}

void Trial::start_work(std::uint32_t slot, std::uint32_t instance, std::uint32_t position) {
  Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  PoolState& pool = state_.pools[instance];
  end_waiting(slot);
  strand.state = StrandState::working;
  strand.anchor = state_.now;
  tell(StepKind::started, slot);
  file.position = position;
  if (position != no_slot) {
    Position& held = state_.positions[pathway_.instances[instance].first_position + position];
    held.task = slot;
    held.busy_sum -= state_.now;
    set_free(instance, position, false);
  }
  ++pool.busy;
  pool.busy_area -= pattern_of(instance).worked(state_.now);
  if (file.has_started == 0) begin_stage(slot);
  schedule_step(slot, step_end_of(slot));
}

std::int64_t Trial::effort_left(std::uint32_t slot, std::uint32_t instance) const {
  const WorkingPattern& pattern = pattern_of(instance);
  const Seconds elapsed = pattern.worked(state_.now) - pattern.worked(state_.strands[slot].anchor);
  return state_.files[slot].work_left - elapsed * state_.pools[instance].productivity;
}

/// Books the effort spent since the start of this stretch; returns the pool's working seconds now.
Seconds Trial::spend_effort(std::uint32_t slot, std::uint32_t instance) {
  Strand& strand = state_.strands[slot];
  PoolState& pool = state_.pools[instance];
  const WorkingPattern& pattern = pattern_of(instance);
  const Seconds worked = pattern.worked(state_.now);
  const Seconds elapsed = worked - pattern.worked(strand.anchor);
  const std::int64_t effort = elapsed * pool.productivity;
  state_.files[slot].work_left -= effort;
  pool.effort_spent += effort;
  pool.stretch_seconds += elapsed;
  strand.anchor = state_.now;
  return worked;
}

void Trial::stop_work(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  const std::uint32_t instance = instance_of(pathway_.stages[strand.stage.value], strand.site);
  const Seconds worked = spend_effort(slot, instance);
  PoolState& pool = state_.pools[instance];
  --pool.busy;
  pool.busy_area += worked;
  ++strand.generation;
  const std::uint32_t position = state_.files[slot].position;
  if (position == no_slot) return;
  Position& held = state_.positions[pathway_.instances[instance].first_position + position];
  held.task = no_slot;
  held.slice_end = never;
  held.busy_sum += state_.now;
  if (is_free(held)) set_free(instance, position, true);
  if (held.is_finishing != 0) end_duty_if_done(instance, position);
  if (has_work(pool)) mark_dirty(instance);
}

}  // namespace rassoflow
