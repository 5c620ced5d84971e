// Who is on duty: positions with a share of full time, day by day, and what
// happens to work in hand when a position is off, ends or changes its pace.
#include <cmath>
#include <string>

#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {

/// Of its people, from names, so that no order of files decides.
std::uint64_t Trial::staff_key(std::uint32_t instance) const {
  const PoolInstance& at = pathway_.instances[instance];
  return combine(hash_name(pathway_.sites[at.site.value].qualified),
                 hash_name(pathway_.pools[at.pool.value].name));
}

/// Positions as the settings of the day want them.
void Trial::staff(std::uint32_t instance) {
  const PoolInstance& at = pathway_.instances[instance];
  const PoolSettings& settings = settings_->pools[instance];
  const std::uint64_t owner = staff_key(instance);
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    Position& position = state_.positions[at.first_position + k];
    const double full_time = std::min(1.0, settings.positions - k);
    const bool existed = position.exists != 0;
    position.exists = full_time > 0 ? 1 : 0;
    if (position.exists != 0) {
      position.is_finishing = 0;
      position.share = full_time * (1 - settings.absence);
    } else if (existed) {
      Owners{*this}.end_position(instance, k);
    }
    KeyedStream draws = stream(duty_purpose_, combine(owner, k), 0);
    position.phase = standard_uniform(draws);
  }
}

void Trial::book_duty(std::uint32_t instance) {
  PoolState& pool = state_.pools[instance];
  const Seconds worked = pattern_of(instance).worked(state_.now);
  pool.duty_area += pool.on_duty * (worked - pool.duty_anchor);
  pool.duty_anchor = worked;
}

/// On its d-th working day a position with share f is on duty if floor(f(d+1)+phase) exceeds
/// floor(fd+phase): exact over any stretch of days to one day.
void Trial::set_duty(std::uint32_t instance) {
  const PoolInstance& at = pathway_.instances[instance];
  if (at.position_limit == 0) return;
  const WorkingPattern& pattern = pattern_of(instance);
  const auto day = static_cast<double>(pattern.working_days_before(state_.now / seconds_per_day));
  PoolState& pool = state_.pools[instance];
  book_duty(instance);
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    Position& position = state_.positions[at.first_position + k];
    const bool is_on = position.exists + position.is_finishing != 0 &&
                       std::floor(position.share * (day + 1) + position.phase) >
                           std::floor(position.share * day + position.phase);
    if (is_on == (position.on_duty != 0)) continue;
    if (!is_on && position.serves == Serves::cases) --pool.serving;
    position.on_duty = is_on ? 1 : 0;
    position.serves = Serves::cases;
    is_on ? ++pool.on_duty : --pool.on_duty;
    if (is_on) ++pool.serving;
    if (!is_on && position.task != no_slot) Owners{*this}.put_down(instance, k);
    set_free(instance, k, is_free(position));
  }
  if (has_work(pool)) mark_dirty(instance);
}

/// With what is left, to the head of its queue.
void Trial::return_to_queue(std::uint32_t slot) {
  CaseFile& file = state_.files[slot];
  const Seconds joined = file.queued_at;
  file.queued_at = state_.now;
  join(slot, joined - head_of_queue);
}

/// A position that has ended and has no case left.
void Trial::end_duty_if_done(std::uint32_t instance, std::uint32_t k) {
  Position& position = state_.positions[pathway_.instances[instance].first_position + k];
  if (position.is_finishing == 0 || position.task != no_slot || position.cases > 0) return;
  position.is_finishing = 0;
  position.share = 0;
  if (position.on_duty == 0) return;
  book_duty(instance);
  position.on_duty = 0;
  --state_.pools[instance].on_duty;
  if (position.serves == Serves::cases) --state_.pools[instance].serving;
  set_free(instance, k, false);
}

/// To what it should be now; what is in hand is re-keyed in one pass.
void Trial::change_productivity(const std::vector<std::uint32_t>& instances) {
  std::vector<bool> changes(state_.pools.size(), false);
  bool any = false;
  for (const std::uint32_t instance : instances) {
    changes[instance] = productivity_of(instance) != state_.pools[instance].productivity;
    any = any || changes[instance];
  }
  if (!any) return;
  std::vector<std::uint32_t> in_hand;
  for (std::uint32_t slot = 0; slot < state_.strands.size(); ++slot) {
    const Strand& strand = state_.strands[slot];
    if (strand.state != StrandState::working) continue;
    const std::uint32_t instance = instance_of(pathway_.stages[strand.stage.value], strand.site);
    if (!changes[instance]) continue;
    spend_effort(slot, instance);
    in_hand.push_back(slot);
  }
  for (const std::uint32_t instance : instances) {
    state_.pools[instance].productivity = productivity_of(instance);
  }
  for (const std::uint32_t slot : in_hand) {
    // Done this very second: the pending end stands.
    if (state_.files[slot].work_left <= 0) {
      state_.files[slot].work_left = 0;
    } else {
      schedule_step(slot, step_end_of(slot));
    }
  }
}

void Trial::change_settings() {
  ++state_.settings;
  const Settings& next = pathway_.settings[state_.settings];
  std::vector<std::uint32_t> moved;
  if (!next.changed_hazards.empty()) {
    for (std::uint32_t slot = 0; slot < state_.strands.size(); ++slot) {
      const Strand& strand = state_.strands[slot];
      if (strand.state == StrandState::free || strand.role != StrandRole::trunk ||
          !hazard_runs(strand)) {
        continue;
      }
      const double* before = rates_of(*settings_, strand);
      const double* after = rates_of(next, strand);
      const std::size_t bands = pathway_.phases[strand.phase.value].band_start.size();
      if (std::equal(before, before + bands, after) &&
          hazard_factor(*settings_, slot) == hazard_factor(next, slot)) {
        continue;
      }
      spend_hazard(slot);
      moved.push_back(slot);
    }
  }
  settings_ = &next;
  for (const std::uint32_t slot : moved) move_withdrawal(slot);
  for (const std::uint32_t instance : next.changed_pools) OtherWork{*this}.settle(instance);
  change_productivity(next.changed_pools);
  for (const std::uint32_t instance : next.changed_pools) {
    staff(instance);
    set_duty(instance);
  }
}

/// At 00:00 of the pattern's next working day after `from`.
void Trial::schedule_working_day(EventKind kind, EventClass event_class, std::uint32_t pattern,
                                 Seconds from) {
  const WorkingPattern& of = pathway_.patterns[pattern];
  Seconds when = 0;
  if (from >= 0 || !of.is_working_day(0)) when = of.next_working_day(std::max<Seconds>(from, 0));
  if (when == never) return;
  queue_.push(make_event(when, event_class, 0, pattern, 0, static_cast<std::uint8_t>(kind)));
}

void Trial::schedule_opening(std::uint32_t pattern) {
  const Seconds when = pathway_.patterns[pattern].next_opening(state_.now);
  if (when == never || openings_[pattern] == when) return;
  openings_[pattern] = when;
  queue_.push(make_event(when, EventClass::capacity, 0, pattern, 0,
                         static_cast<std::uint8_t>(EventKind::opening)));
}

}  // namespace rassoflow
