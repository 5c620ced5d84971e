// Strands of a case side by side: they start at a fork, and the case goes on once
// the join has the strands it needs. A branch lives at the site of its trunk;
// marks, visits, flags and strength are the trunk's.
#include <algorithm>
#include <bitset>

#include "sim/model/holds.hpp"
#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {

bool Trial::is_needed(std::uint32_t slot, const Stage& stage, std::uint32_t number) const {
  const Strand& strand = state_.strands[slot];
  const Branch& branch = pathway_.branches[stage.first_branch + number];
  const std::uint32_t visit = visit_of(slot, stage);
  const std::uint16_t flags = state_.files[slot].flags;
  if ((branch.classes >> strand.case_class.value & 1U) == 0) return false;
  if (visit + 1 < branch.visits.first || visit + 1 > branch.visits.last) return false;
  if ((flags & branch.flags) != branch.flags || (flags & branch.unless) != 0) return false;
  if (branch.is_certain) return true;
  KeyedStream draws = stream(branch_purposes_[stage.first_branch + number], strand.case_key, visit);
  return standard_uniform(draws) <
         settings_->branch_probability[branch.probability + local_sites_[strand.site.value]];
}

/// Starts the branches that this case needs; goes on at once where it needs none.
StageId Trial::fork(std::uint32_t slot, const Stage& stage) {
  std::bitset<UINT8_MAX> is_drawn;
  for (std::uint32_t b = 0; b < stage.branch_count; ++b) is_drawn[b] = is_needed(slot, stage, b);
  const auto needed = static_cast<std::uint32_t>(is_drawn.count());
  if (needed == 0) {
    leave(slot);
    return stage.join;
  }
  const std::uint32_t enough = pathway_.stages[stage.join.value].needs;
  state_.strands[slot].state = StrandState::forked;
  state_.files[slot].branches_needed = enough == 0 ? needed : std::min(enough, needed);
  const std::uint32_t life = state_.files[slot].life;
  const std::uint16_t flags = state_.files[slot].flags;
  for (std::uint32_t b = 0; b < stage.branch_count; ++b) {
    // Branches that end at once may be all that the join needs, and take the case on.
    const bool is_still_here = state_.strands[slot].state == StrandState::forked &&
                               state_.files[slot].life == life &&
                               state_.files[slot].branches_needed > 0;
    if (!is_still_here) break;
    // Those that have ended at once may have changed the flags.
    const bool has_same_flags = state_.files[slot].flags == flags;
    if (has_same_flags ? is_drawn[b] : is_needed(slot, stage, b)) {
      start_branch(slot, b + 1, pathway_.branches[stage.first_branch + b].to);
    }
  }
  return {};
}

void Trial::start_branch(std::uint32_t trunk, std::uint32_t number, StageId to) {
  const std::uint32_t slot = allocate();
  Strand& branch = state_.strands[slot];
  const Strand& strand = state_.strands[trunk];
  branch.case_key = strand.case_key;
  branch.reported_at = strand.reported_at;
  branch.case_class = strand.case_class;
  branch.site = strand.site;
  branch.role = StrandRole::branch;
  CaseFile& file = state_.files[slot];
  CaseFile& home = state_.files[trunk];
  file.home_slot = trunk;
  file.home_life = home.life;
  file.branch = static_cast<std::uint8_t>(number);
  file.report_month = home.report_month;
  file.sites = home.sites;
  // In rising order of their numbers, so that the first is the lowest.
  std::uint32_t* link = &home.first_branch;
  while (*link != no_slot) {
    file.previous_branch = *link;
    link = &state_.files[*link].next_branch;
  }
  *link = slot;
  travel(slot, to);
}

/// Takes it from the list of its trunk.
void Trial::forget_branch(std::uint32_t slot) {
  const CaseFile& file = state_.files[slot];
  const std::uint32_t next = file.next_branch;
  const std::uint32_t previous = file.previous_branch;
  if (next != no_slot) state_.files[next].previous_branch = previous;
  if (previous != no_slot) {
    state_.files[previous].next_branch = next;
  } else {
    state_.files[file.home_slot].first_branch = next;
  }
}

/// The branch has come to the join; its last one in takes the case on, and says where the time in
/// the fork went.
void Trial::end_branch(std::uint32_t slot) {
  const std::uint32_t trunk = state_.files[slot].home_slot;
  forget_branch(slot);
  const auto causes = state_.files[slot].causes;
  Holds{*this}.leave_to_case(slot);
  CaseFile& file = state_.files[trunk];
  const bool is_last = --file.branches_needed == 0;
  if (is_last) take_time_in_parts(slot, trunk);
  release(slot);
  if (!is_last) return;
  for (std::size_t c = 0; c < causes.size(); ++c) file.causes[c] += causes[c];
  while (state_.files[trunk].first_branch != no_slot) give_up(state_.files[trunk].first_branch);
  const StageId join = pathway_.stages[state_.strands[trunk].stage.value].join;
  leave(trunk);
  travel(trunk, join);
}

/// The case leaves the fork before its join; the lowest branch says where the time went.
void Trial::give_up_branches(std::uint32_t trunk) {
  bool is_first = true;
  while (state_.files[trunk].first_branch != no_slot) {
    const std::uint32_t slot = state_.files[trunk].first_branch;
    give_up(slot);
    if (!is_first) continue;
    take_time_in_parts(slot, trunk);
    is_first = false;
    for (std::size_t c = 0; c < cause_names.size(); ++c) {
      state_.files[trunk].causes[c] += state_.files[slot].causes[c];
    }
  }
}

void Trial::give_up(std::uint32_t slot) {
  const bool was_away = state_.strands[slot].state == StrandState::away;
  take_out(slot);
  if (!was_away) leave(slot);
  forget_branch(slot);
  Holds{*this}.give_back_of_branch(slot);
  release(slot);
}

/// Ends what a strand is doing in its stage; leaving the stage is for the caller.
void Trial::take_out(std::uint32_t slot) {
  switch (state_.strands[slot].state) {
    case StrandState::waiting:
      if (waits_for_place(slot)) {
        Holds{*this}.stop_waiting(slot);
      } else {
        unlink(slot);
      }
      break;
    case StrandState::owned:
      Owners{*this}.take_from(slot);
      break;
    case StrandState::working:
      stop_work(slot);
      break;
    case StrandState::delayed:
      ++state_.strands[slot].generation;
      break;
    case StrandState::away:
      add_cause(slot, Cause::between, state_.now - state_.strands[slot].anchor);
      send_notice(slot);
      break;
    case StrandState::forked:
      give_up_branches(slot);
      break;
    case StrandState::gathered:
      batches_.take_out(slot);
      break;
    case StrandState::unlisted:
    case StrandState::listed:
    case StrandState::sitting:
      diaries_.take_out(slot);
      break;
    default:
      violated("a case withdrew that was not inside", state_.strands[slot].case_key);
  }
}

}  // namespace rassoflow
