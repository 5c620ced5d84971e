// Withdrawal of support: one standard exponential threshold a case, spent on an
// integrated hazard. What waiting, dates and phases do to the hazard moves the
// date of a withdrawal; it is never drawn again.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/model/holds.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {
namespace {

/// Who has withdrawn cannot withdraw again.
constexpr double spent_for_good = std::numeric_limits<double>::infinity();

}  // namespace

bool Trial::hazard_runs(const Strand& strand) const {
  if (!strand.phase.exists() || strand.role != StrandRole::trunk) return false;
  return pathway_.phases[strand.phase.value].counts_while == WithdrawalPhase::While::always ||
         is_waiting(strand.state);
}

bool Trial::counts_waiting_only(const Strand& strand) const {
  return strand.phase.exists() && strand.role == StrandRole::trunk &&
         pathway_.phases[strand.phase.value].counts_while == WithdrawalPhase::While::waiting;
}

/// By band, per second.
const double* Trial::rates_of(const Settings& settings, const Strand& strand) const {
  const Phase& phase = pathway_.phases[strand.phase.value];
  return settings.hazard.data() + phase.rate + strand.site.value * phase.band_start.size();
}

bool Trial::holds_place(std::uint32_t slot, std::uint8_t pool) const {
  const Ticket& ticket = state_.tickets[slot * pathway_.owner_pools.size() + pool];
  if (ticket.hold == no_slot) return false;
  const Hold& hold = state_.holds[ticket.hold];
  return hold.serial == ticket.serial && hold.position != no_slot;
}

/// What the case itself does to its hazard.
double Trial::hazard_factor(const Settings& settings, std::uint32_t slot) const {
  const Strand& strand = state_.strands[slot];
  const std::size_t at = strand.phase.value * pathway_.sites.size() + strand.site.value;
  double factor = 1;
  if (const std::uint16_t changes = state_.files[slot].date_changes; changes > 0) {
    const double ratio = settings.date_change_ratio[at];
    if (ratio != 1) factor = std::pow(ratio, changes);
  }
  const std::uint8_t held = pathway_.phases[strand.phase.value].held;
  if (held != no_owners && holds_place(slot, held)) factor *= settings.held_ratio[at];
  return factor;
}

/// A new date is told to the victim.
void Trial::change_date(std::uint32_t slot) {
  const bool runs = hazard_runs(state_.strands[slot]);
  if (runs) spend_hazard(slot);
  std::uint16_t& changes = state_.files[slot].date_changes;
  if (changes < UINT16_MAX) ++changes;
  if (runs) schedule_withdrawal(slot);
}

void Trial::set_phase(std::uint32_t slot, PhaseId phase) {
  Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  if (hazard_runs(strand)) spend_hazard(slot);
  strand.phase = phase;
  file.phase_entered = state_.now;
  file.hazard_anchor = state_.now;
  strand.withdraw_at = never;
  ++strand.withdrawal_generation;
  if (phase.exists() &&
      pathway_.phases[phase.value].counts_while == WithdrawalPhase::While::always) {
    schedule_withdrawal(slot);
  }
}

void Trial::spend_hazard(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  const Phase& phase = pathway_.phases[strand.phase.value];
  const double* rates = rates_of(*settings_, strand);
  const Seconds origin =
      phase.clock == WithdrawalPhase::Clock::report ? strand.reported_at : file.phase_entered;
  const Seconds from = file.hazard_anchor - origin;
  const Seconds to = state_.now - origin;
  double spent = 0;
  for (std::size_t b = 0; b < phase.band_start.size(); ++b) {
    const Seconds begin = std::max(from, phase.band_start[b]);
    const Seconds end =
        b + 1 < phase.band_start.size() ? std::min(to, phase.band_start[b + 1]) : to;
    if (end > begin) spent += rates[b] * static_cast<double>(end - begin);
  }
  spent *= hazard_factor(*settings_, slot);
  file.unspent_hazard = std::max(0.0, file.unspent_hazard - spent);
  file.hazard_anchor = state_.now;
}

/// From the unspent hazard and its anchor alone, so that a restored state gives the same second.
void Trial::schedule_withdrawal(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  const CaseFile& file = state_.files[slot];
  const Phase& phase = pathway_.phases[strand.phase.value];
  const double* rates = rates_of(*settings_, strand);
  const Seconds origin =
      phase.clock == WithdrawalPhase::Clock::report ? strand.reported_at : file.phase_entered;
  const double factor = hazard_factor(*settings_, slot);
  double unspent = factor > 0 ? file.unspent_hazard / factor : spent_for_good;
  Seconds age = file.hazard_anchor - origin;
  Seconds when = never;
  for (std::size_t b = 0; b < phase.band_start.size() && unspent != spent_for_good; ++b) {
    const bool is_last = b + 1 == phase.band_start.size();
    if (!is_last && age >= phase.band_start[b + 1]) continue;
    if (!is_last) {
      const double in_band = rates[b] * static_cast<double>(phase.band_start[b + 1] - age);
      if (in_band < unspent) {
        unspent -= in_band;
        age = phase.band_start[b + 1];
        continue;
      }
    }
    if (rates[b] > 0) {
      const Seconds wait = round_to_seconds(unspent / rates[b]);
      when = wait >= never - origin - age ? never : origin + age + wait;
    }
    break;
  }
  strand.withdraw_at = std::max(when, state_.now);
  ++strand.withdrawal_generation;
  queue_.push(make_event(
      strand.withdraw_at, EventClass::withdrawal, tie_of(strand.case_key, strand.withdraw_at), slot,
      strand.withdrawal_generation, static_cast<std::uint8_t>(EventKind::withdrawal)));
}

/// After a change of the hazard.
void Trial::move_withdrawal(std::uint32_t slot) {
  const Seconds before = state_.strands[slot].withdraw_at;
  schedule_withdrawal(slot);
  const Strand& strand = state_.strands[slot];
  const StageKind kind = pathway_.stages[strand.stage.value].kind;
  const bool has_step = (strand.state == StrandState::working && kind == StageKind::work) ||
                        (strand.state == StrandState::delayed && kind == StageKind::wait) ||
                        strand.state == StrandState::listed || strand.state == StrandState::sitting;
  // An end of a step that the withdrawal had forestalled may come after all.
  if (has_step && strand.withdraw_at > before && step_end_of(slot) > before) {
    schedule_step(slot, step_end_of(slot));
  }
}

void Trial::withdraw(std::uint32_t slot) {
  ++state_.events;
  const PhaseId phase = state_.strands[slot].phase;
  note(EventKind::withdrawal, state_.strands[slot].case_key, state_.strands[slot].stage);
  tell(StepKind::withdrew, slot);
  const bool was_away = state_.strands[slot].state == StrandState::away;
  take_out(slot);
  if (!was_away) leave(slot);
  Strand& strand = state_.strands[slot];
  state_.files[slot].unspent_hazard = spent_for_good;
  strand.withdraw_at = never;
  ++strand.withdrawal_generation;
  strand.phase = PhaseId{};
  Holds{*this}.give_back_all(slot);
  const StageId to = pathway_.phases[phase.value].to;
  const LevelId here = pathway_.sites[strand.site.value].level;
  if (pathway_.stages[to.value].level == here) {
    travel(slot, to);
  } else {
    post(slot, {to, Crossing::hand_over});
  }
}

}  // namespace rassoflow
