#include "sim/model/owners.hpp"

#include <fmt/format.h>

#include <bit>

#include "sim/model/holds.hpp"

namespace rassoflow {

void Owners::take_on(std::uint32_t slot, const Stage& stage) {
  Holds holds{trial_};
  state_.owned_visits[slot].due = trial_.due_date(state_.strands[slot]);
  const std::uint32_t hold = holds.ask(slot, stage);
  if (state_.holds[hold].position != no_slot) {
    hand(slot, hold);
  } else {
    holds.wait(slot, hold);
  }
}

void Owners::hand(std::uint32_t slot, std::uint32_t index) {
  Hold& hold = state_.holds[index];
  state_.files[slot].work_left += hold.effort_owed;
  hold.effort_owed = 0;
  keep(slot, hold.instance, hold.position);
}

bool Owners::comes_before(const Strand& a, const Strand& b) const {
  const int priority_a = priority_of(a);
  const int priority_b = priority_of(b);
  if (priority_a != priority_b) return priority_a < priority_b;
  if (a.anchor != b.anchor) return a.anchor < b.anchor;
  if (a.reported_at != b.reported_at) return a.reported_at < b.reported_at;
  // Strands of one case are in different stages.
  return a.case_key != b.case_key ? a.case_key < b.case_key : a.stage < b.stage;
}

void Owners::keep(std::uint32_t slot, std::uint32_t instance, std::uint32_t position) {
  Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  Position& owner = position_at(instance, position);
  strand.state = StrandState::owned;
  strand.anchor = state_.owned_visits[slot].due;
  file.position = position;
  file.queued_at = state_.now;
  state_.owned_visits[slot].owner_busy = busy_time(owner);
  link_into(owner.tasks, state_.strands, slot,
            [this](const Strand& a, const Strand& b) { return comes_before(a, b); });
  ++state_.pools[instance].owned;
  trial_.begin_waiting(slot);
  trial_.mark_dirty(instance);
}

void Owners::take_from(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  const std::uint32_t instance =
      trial_.instance_of(pathway_.stages[strand.stage.value], strand.site);
  Position& owner = position_at(instance, file.position);
  unlink_from(owner.tasks, state_.strands, slot);
  --state_.pools[instance].owned;
  const Seconds waited = state_.now - file.queued_at;
  OwnedVisit& visit = state_.owned_visits[slot];
  const Seconds busy = busy_time(owner) - visit.owner_busy;
  file.waited += waited;
  visit.other_cases += busy;
  visit.owner_absent += waited - busy;
}

template <class Visit>
void Owners::for_each_free(std::uint32_t instance, Visit visit) {
  const std::uint32_t first = trial_.first_free_word_[instance];
  for (std::uint32_t w = first; w < trial_.first_free_word_[instance + 1]; ++w) {
    for (std::uint64_t word = trial_.free_positions_[w]; word != 0; word &= word - 1) {
      visit((w - first) * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }
}

/// Who has none of their own to do takes from the queue first; the others take whichever is more
/// urgent, their own or the head of the queue.
void Owners::dispatch(std::uint32_t instance) {
  const PoolState& pool = state_.pools[instance];
  for_each_free(instance, [&](std::uint32_t k) {
    const Position& position = position_at(instance, k);
    const bool takes_any = position.exists != 0 && position.tasks.first == no_slot;
    if (takes_any && pool.waiting > 0) start_from_queue(instance, k);
  });
  for_each_free(instance, [&](std::uint32_t k) {
    const std::uint32_t own = position_at(instance, k).tasks.first;
    if (own == no_slot) return;
    if (pool.waiting > 0 && position_at(instance, k).exists != 0) {
      const Strand& mine = state_.strands[own];
      const Strand& other = state_.strands[trial_.next_in_queue(instance)];
      const int by_priority = priority_of(other) - priority_of(mine);
      if (by_priority < 0 || (by_priority == 0 && other.anchor < mine.anchor)) {
        start_from_queue(instance, k);
        return;
      }
    }
    start_own(instance, k);
  });
}

void Owners::start_from_queue(std::uint32_t instance, std::uint32_t position) {
  const std::uint32_t slot = trial_.next_in_queue(instance);
  trial_.unlink(slot);
  trial_.start_work(slot, instance, position);
}

void Owners::start_own(std::uint32_t instance, std::uint32_t position) {
  Position& owner = position_at(instance, position);
  const std::uint32_t slot = owner.tasks.first;
  take_from(slot);
  if (pathway_.stages[state_.strands[slot].stage.value].mode == WorkMode::owner) {
    owner.slice_end =
        trial_.pattern_of(instance).finish(state_.now, trial_.settings_->pools[instance].slice);
  }
  trial_.start_work(slot, instance, position);
}

bool Owners::end_slice(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  const std::uint32_t position = state_.files[slot].position;
  if (position == no_slot) return false;
  const std::uint32_t instance =
      trial_.instance_of(pathway_.stages[strand.stage.value], strand.site);
  if (position_at(instance, position).slice_end != state_.now ||
      trial_.effort_left(slot, instance) <= 0) {
    return false;
  }
  ++state_.events;
  trial_.note(EventKind::slice_end, strand.case_key, strand.stage);
  trial_.stop_work(slot);
  keep(slot, instance, position);
  return true;
}

void Owners::put_down(std::uint32_t instance, std::uint32_t k) {
  const Position& position = position_at(instance, k);
  const std::uint32_t slot = position.task;
  // Done this very second: its end is the next thing to happen.
  if (trial_.effort_left(slot, instance) <= 0) return;
  trial_.stop_work(slot);
  const Pool& pool = pathway_.pools[pathway_.instances[instance].pool.value];
  const Stage& stage = pathway_.stages[state_.strands[slot].stage.value];
  const bool has_ended = position.exists == 0 && position.is_finishing == 0;
  if (stage.mode == WorkMode::owner || (has_ended && pool.on_end == OnEnd::stop)) {
    keep(slot, instance, k);
    return;
  }
  if (has_ended) state_.files[slot].work_left += trial_.settings_->pools[instance].hand_over;
  trial_.return_to_queue(slot);
}

void Owners::end_position(std::uint32_t instance, std::uint32_t k) {
  Position& position = position_at(instance, k);
  const Pool& pool = pathway_.pools[pathway_.instances[instance].pool.value];
  const bool has_work = position.task != no_slot || position.cases > 0;
  if (pool.on_end == OnEnd::finish && has_work) {
    position.is_finishing = 1;
    return;
  }
  position.share = 0;
  if (pool.on_end != OnEnd::hand_over || pool.owners == no_owners) return;
  Holds holds{trial_};
  holds.hand_over(instance, k);
  const auto wait_again = [&](std::uint32_t slot) {
    trial_.end_waiting(slot);
    const Stage& stage = pathway_.stages[state_.strands[slot].stage.value];
    holds.wait(slot, holds.ask(slot, stage));
  };
  if (position.task != no_slot && trial_.effort_left(position.task, instance) > 0 &&
      pathway_.stages[state_.strands[position.task].stage.value].mode == WorkMode::owner) {
    const std::uint32_t slot = position.task;
    trial_.stop_work(slot);
    wait_again(slot);
  }
  while (position.tasks.first != no_slot) {
    const std::uint32_t slot = position.tasks.first;
    take_from(slot);
    wait_again(slot);
  }
}

void Owners::check(std::uint32_t instance) const {
  const PoolInstance& at = pathway_.instances[instance];
  const bool was_open = state_.now == 0 || trial_.pattern_of(instance).is_open(state_.now - 1);
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    const Position& position = state_.positions[at.first_position + k];
    if (!was_open || position.on_duty == 0 || position.task != no_slot) continue;
    const bool has_queue = position.exists != 0 && state_.pools[instance].waiting > 0;
    if (position.tasks.first == no_slot && !has_queue) continue;
    trial_.violated(
        fmt::format("pool {} has somebody idle and work to do", pathway_.pools[at.pool.value].name),
        0);
  }
}

}  // namespace rassoflow
