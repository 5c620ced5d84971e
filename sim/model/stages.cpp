// Entering, leaving and going on: what happens to a case at each kind of stage.
#include <algorithm>

#include "sim/model/holds.hpp"
#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {
namespace {

constexpr std::uint16_t most_visits = 60000;

}  // namespace

std::uint32_t Trial::allocate() {
  std::uint32_t slot;
  if (!state_.free_slots.empty()) {
    slot = state_.free_slots.back();
    state_.free_slots.pop_back();
  } else {
    slot = static_cast<std::uint32_t>(state_.strands.size());
    state_.strands.emplace_back();
    state_.files.emplace_back();
    state_.visits.resize(state_.visits.size() + pathway_.visit_counters);
    state_.marks.resize(state_.marks.size() + pathway_.mark_words);
    if (pathway_.has_hands) state_.owned_visits.emplace_back();
    state_.tickets.resize(state_.tickets.size() + pathway_.owner_pools.size());
    state_.spent.resize(state_.spent.size() + pathway_.parts.size());
  }
  Strand& strand = state_.strands[slot];
  const Strand fresh;
  const std::uint32_t generation = strand.generation;
  const std::uint32_t withdrawal_generation = strand.withdrawal_generation;
  strand = fresh;
  strand.generation = generation;
  strand.withdrawal_generation = withdrawal_generation;
  const std::uint32_t life = state_.files[slot].life + 1;
  state_.files[slot] = CaseFile{};
  state_.files[slot].life = life;
  std::fill_n(state_.visits.begin() + static_cast<std::ptrdiff_t>(slot * pathway_.visit_counters),
              pathway_.visit_counters, std::uint16_t{0});
  std::fill_n(state_.marks.begin() + std::ptrdiff_t{slot} * pathway_.mark_words,
              pathway_.mark_bits(), 0U);
  std::fill_n(
      state_.tickets.begin() + static_cast<std::ptrdiff_t>(slot * pathway_.owner_pools.size()),
      pathway_.owner_pools.size(), Ticket{});
  std::fill_n(state_.spent.begin() + static_cast<std::ptrdiff_t>(slot * pathway_.parts.size()),
              pathway_.parts.size(), Seconds{0});
  return slot;
}

void Trial::release(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  diaries_.forget(slot);
  strand.state = StrandState::free;
  ++strand.generation;
  ++strand.withdrawal_generation;
  state_.free_slots.push_back(slot);
}

void Trial::travel(std::uint32_t slot, StageId stage) {
  while (stage.exists()) stage = enter(slot, stage);
}

/// What follows at once, or nothing where the case stays or has left the site.
StageId Trial::enter(std::uint32_t slot, StageId stage_id) {
  const Stage& stage = pathway_.stages[stage_id.value];
  Strand& strand = state_.strands[slot];
  if (strand.role == StrandRole::branch && stage.kind == StageKind::join) {
    end_branch(slot);
    return {};
  }
  strand.stage = stage_id;
  strand.entered_at = state_.now;
  tell(StepKind::entered, slot);
  count_visit(strand, [&](StageCount& count) { count.come(state_.now); });
  CaseFile& file = state_.files[slot];
  file.waited = 0;
  if (stage.can_be_owned) state_.owned_visits[slot] = {};
  file.has_started = 0;
  if (stage.visit_counter != no_visit_counter) {
    std::uint16_t& visits =
        state_.visits[case_slot(slot) * pathway_.visit_counters + stage.visit_counter];
    // A loop that no draw ever leaves would go on for good.
    if (visits == most_visits)
      violated("a case came back to stage " + stage.name + " too often", strand.case_key);
    ++visits;
  }
  for (std::uint32_t m = 0; m < stage.mark_count; ++m) {
    reach(slot, pathway_.stage_marks[stage.first_mark + m]);
  }
  if (stage.changes_the_case()) change_attributes(slot, stage);
  if (strand.role == StrandRole::trunk && strand.phase != stage.phase) set_phase(slot, stage.phase);

  switch (stage.kind) {
    case StageKind::report:
    case StageKind::decide:
      return go_on(slot);
    case StageKind::outcome:
      end_case(slot);
      return {};
    case StageKind::fork:
      return fork(slot, stage);
    case StageKind::join:
      return go_on(slot);
    case StageKind::batch:
      batches_.enter(slot);
      return {};
    case StageKind::listing:
      diaries_.enter(slot);
      return {};
    case StageKind::hold:
      return Holds{*this}.enter_hold(slot, stage);
    case StageKind::release:
      return Holds{*this}.enter_release(slot, stage);
      violated("a stage of a kind that is not built", strand.case_key);
    case StageKind::wait: {
      KeyedStream draws =
          stream(effort_purposes_[stage_id.value], strand.case_key, visit_of(slot, stage));
      const Seconds delay = round_to_seconds(draw(law_of(slot, stage), draws));
      strand.state = StrandState::delayed;
      strand.anchor = pathway_.patterns[stage.pattern.value].finish(state_.now, delay);
      schedule_step(slot, strand.anchor);
      return {};
    }
    case StageKind::work: {
      KeyedStream draws =
          stream(effort_purposes_[stage_id.value], strand.case_key, visit_of(slot, stage));
      file.work_left = 1000 * round_to_seconds(draw(law_of(slot, stage), draws));
      if (stage.mode == WorkMode::owner) {
        Owners{*this}.take_on(slot, stage);
        return {};
      }
      file.queued_at = state_.now;
      const std::uint32_t instance = instance_of(stage, strand.site);
      if (!stage.is_limited) {
        start_work(slot, instance, no_slot);
        return {};
      }
      join(slot, due_date(strand));
      mark_dirty(instance);
      return {};
    }
  }
  return {};
}

Seconds Trial::due_date(const Strand& strand) const {
  const Stage& stage = pathway_.stages[strand.stage.value];
  return state_.now + settings_->due_seconds[stage.due + local_sites_[strand.site.value]];
}

/// What the case came for begins.
void Trial::begin_stage(std::uint32_t slot) {
  CaseFile& file = state_.files[slot];
  file.has_started = 1;
  count_started(state_.strands[slot], file.waited);
}

/// What entering a stage changes of the case itself.
void Trial::change_attributes(std::uint32_t slot, const Stage& stage) {
  if ((stage.sets | stage.clears) != 0) {
    std::uint16_t& flags = state_.files[case_slot(slot)].flags;
    flags = static_cast<std::uint16_t>((flags | stage.sets) & ~stage.clears);
  }
  if (stage.strength != no_offset) {
    const double gain =
        settings_->strengths[stage.strength + local_sites_[state_.strands[slot].site.value]];
    CaseFile& file = state_.files[case_slot(slot)];
    file.strength += gain;
    file.strength_gained += gain;
  }
  if (stage.date_change) change_date(slot);
}

void Trial::leave(std::uint32_t slot) {
  tell(StepKind::left, slot);
  const Strand& strand = state_.strands[slot];
  const Seconds waited = state_.files[slot].waited;
  count_visit(strand, [&](StageCount& count) { count.go(state_.now, strand.entered_at, waited); });
  book_causes(slot);
  for (const std::uint16_t part : pathway_.parts_of_stage[strand.stage.value]) {
    set_time_in_part(slot, part, time_in_part(slot, part) + state_.now - strand.entered_at);
  }
}

const LawCoefficients& Trial::law_of(std::uint32_t slot, const Stage& stage) const {
  const std::uint32_t bucket =
      std::min<std::uint32_t>(visit_of(slot, stage), stage.visit_buckets - 1U);
  return settings_
      ->laws[stage.law + bucket * stage.site_count + local_sites_[state_.strands[slot].site.value]];
}

/// Leaves the stage by one of its routes.
StageId Trial::go_on(std::uint32_t slot) {
  return leave_by(slot, choose_route(slot));
}

StageId Trial::leave_by(std::uint32_t slot, const Route& route) {
  leave(slot);
  if (route.crossing == Crossing::none) return route.to;
  post(slot, route);
  return {};
}

void Trial::end_case(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  leave(slot);
  if (!pathway_.owner_pools.empty()) {
    state_.strands[slot].phase = PhaseId{};
    Holds{*this}.give_back_all(slot);
  }
  count_causes(slot);
  Upkeeping{*this}.end_all(slot);
  ++state_.cases_ended;
  --state_.open_cases[strand.site.value * pathway_.classes.size() + strand.case_class.value];
  release(slot);
}

/// An end of a step after the withdrawal is not scheduled: it will not come.
void Trial::schedule_step(std::uint32_t slot, Seconds end) {
  Strand& strand = state_.strands[slot];
  ++strand.generation;
  if (end > strand.withdraw_at) return;
  queue_.push(make_event(end, EventClass::completion, tie_of(strand.case_key, end), slot,
                         strand.generation, static_cast<std::uint8_t>(EventKind::step_end)));
}

Seconds Trial::step_end_of(std::uint32_t slot) const {
  const Strand& strand = state_.strands[slot];
  if (strand.state != StrandState::working) return strand.anchor;
  const Stage& stage = pathway_.stages[strand.stage.value];
  const std::uint32_t instance = instance_of(stage, strand.site);
  const std::int64_t productivity = state_.pools[instance].productivity;
  const Seconds seconds = (state_.files[slot].work_left + productivity - 1) / productivity;
  const Seconds end = pattern_of(instance).finish(strand.anchor, seconds);
  const std::uint32_t position = state_.files[slot].position;
  if (position == no_slot) return end;
  return std::min(
      end, state_.positions[pathway_.instances[instance].first_position + position].slice_end);
}

void Trial::end_step(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  const bool may_be_slice = strand.state == StrandState::working &&
                            pathway_.stages[strand.stage.value].mode == WorkMode::owner;
  if (may_be_slice && Owners{*this}.end_slice(slot)) return;
  ++state_.events;
  if (strand.state == StrandState::listed) {
    travel(slot, diaries_.end_date(slot));
    return;
  }
  note(EventKind::step_end, strand.case_key, strand.stage);
  if (strand.state == StrandState::sitting) {
    travel(slot, diaries_.end_trial(slot));
    return;
  }
  if (strand.state == StrandState::working) {
    stop_work(slot);
    const std::int64_t left = state_.files[slot].work_left;
    const Stage& stage = pathway_.stages[strand.stage.value];
    const std::int64_t productivity = state_.pools[instance_of(stage, strand.site)].productivity;
    if (left > 0 || left <= -productivity)
      violated("effort spent is not effort needed", strand.case_key);
  } else if (strand.state != StrandState::delayed) {
    violated("a step ended that was not under way", strand.case_key);
  }
  travel(slot, go_on(slot));
}

}  // namespace rassoflow
