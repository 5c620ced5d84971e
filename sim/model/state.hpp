// The state of one trial: plain data, copied to a snapshot as it is. No closure,
// no pointer, no generator, and no event: events are recomputed from what is here.
//
// A case is a trunk strand, which owns the case's clock and its withdrawal, and,
// while it visits a site that does not own the clock, a second strand there. What
// is touched by every event is in Strand (64 bytes), the rest in CaseFile.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/core/hash.hpp"
#include "sim/core/ids.hpp"
#include "sim/core/time.hpp"
#include "sim/model/diary_state.hpp"
#include "sim/model/lane.hpp"
#include "sim/model/other_work_state.hpp"
#include "sim/model/owners_state.hpp"
#include "sim/model/pathway.hpp"
#include "sim/model/stage_count.hpp"

namespace rassoflow {

enum class StrandState : std::uint8_t {
  free,      ///< slot not in use
  waiting,   ///< in a pool's queue
  working,   ///< being worked on
  delayed,   ///< in a `wait`
  away,      ///< its case visits another site
  posted,    ///< between two sites
  forked,    ///< a trunk whose branches are under way
  owned,     ///< in its owner's hands, not being worked on
  gathered,  ///< waits for a batch
  unlisted,  ///< waits for a trial date
  listed,    ///< has a trial date
  sitting,   ///< its trial goes on
};

enum class StrandRole : std::uint8_t {
  trunk,    ///< owns the case's clock and its withdrawal
  visitor,  ///< the case at a site that does not own the clock
  branch,   ///< one of the strands between a fork and its join
};

struct alignas(64) Strand {
  std::uint64_t case_key = 0;
  Seconds reported_at = 0;
  Seconds entered_at = 0;  ///< the stage
  Seconds anchor =
      0;  ///< waiting, owned: due date · working: start of this stretch · delayed, posted, sitting:
          ///< end · listed: the day's opening or when it is vacated, `never` for other floaters
  Seconds withdraw_at = never;
  std::uint32_t next = no_slot;  ///< in the queue
  std::uint32_t previous = no_slot;
  std::uint32_t generation = 0;             ///< of the pending end of a step
  std::uint32_t withdrawal_generation = 0;  ///< of the pending withdrawal
  StageId stage;
  SiteId site;
  ClassId case_class;
  StrandState state = StrandState::free;
  PhaseId phase;
  StrandRole role = StrandRole::trunk;
};
static_assert(sizeof(Strand) == 64);

/// In three lines of the cache: the visit to a stage, where the time went, the withdrawal.
struct alignas(64) CaseFile {
  std::int64_t work_left = 0;        ///< thousandths of a second of effort
  Seconds queued_at = 0;             ///< joined the queue, for the last time
  Seconds waited = 0;                ///< not being worked on, during this visit
  std::uint32_t position = no_slot;  ///< who works on it, within the pool instance
  std::uint32_t life = 0;  ///< raised when the slot gets a new case or its visit is given up
  std::uint32_t home_slot = no_slot;  ///< visitor: the strand that sent it; branch: its trunk
  std::uint32_t home_life = 0;
  std::uint16_t report_month = 0;
  std::array<SiteId, max_levels> sites{};
  std::uint16_t flags = 0;             ///< a bit for each of Pathway::flags
  StageId bound_for;                   ///< posted: the stage it goes to
  Crossing crossing = Crossing::none;  ///< posted
  std::uint8_t has_started = 0;        ///< work began during this visit
  std::uint8_t branch = 0;             ///< branch: its number within the fork, from 1

  std::array<std::uint32_t, cause_names.size()> causes{};  ///< seconds since it began
  double strength = 0;                                     ///< of the evidence
  double strength_gained = 0;                              ///< visitor: since it was sent

  double unspent_hazard = 0;  ///< of the standard exponential threshold
  Seconds hazard_anchor = 0;  ///< spent up to here
  Seconds phase_entered = 0;
  std::uint32_t branches_needed = 0;     ///< forked trunk: ends still to come
  std::uint32_t first_branch = no_slot;  ///< forked trunk
  std::uint32_t next_branch = no_slot;   ///< branch: the next of the same trunk, as the next
  std::uint32_t previous_branch = no_slot;
  std::uint16_t date_changes = 0;        ///< told to the victim
  std::uint16_t flags_before = 0;        ///< visitor: as it was sent
  std::uint16_t upkeep = 0;              ///< trunk: a bit for each upkeep that it is counted for
  std::uint32_t trial_date = no_slot;    ///< its position in TrialState::dates
};

/// One arrival layer of one stream: a homogeneous Poisson process of its own.
struct ArrivalLayer {
  std::uint32_t stream = 0;
  std::uint32_t layer = 0;
  std::uint32_t serial = 0;  ///< of the candidate at `when`
  Seconds when = 0;          ///< `never`: no case of this layer before the end of the run
  std::uint64_t case_key = 0;
};

struct PoolState {
  std::uint32_t waiting = 0;
  std::uint32_t owned = 0;        ///< strands in somebody's hands, not being worked on
  std::uint32_t unallocated = 0;  ///< places asked for
  std::uint32_t held = 0;         ///< places given
  std::uint32_t busy = 0;
  std::uint32_t on_duty = 0;
  std::uint32_t serving = 0;   ///< of those on duty, who serve cases now
  std::uint32_t is_dirty = 0;  ///< looked at once this second is over
  Seconds busy_area = 0;       ///< sum of working time at ends minus at starts
  Seconds duty_area = 0;       ///< working seconds on duty up to duty_anchor
  Seconds duty_anchor = 0;
  Seconds busy_reported = 0;  ///< at the last end of a month
  Seconds duty_reported = 0;
  std::int64_t effort_spent = 0;  ///< thousandths, over finished stretches
  Seconds stretch_seconds = 0;    ///< working seconds, over finished stretches
  std::int64_t productivity = 1000;
  std::int64_t queued_effort = 0;  ///< thousandths, of all cases in the queue
  std::int64_t open_seen = 0;      ///< cases open at the site on the last Monday, for the pace
};

struct Position {
  std::uint32_t task = no_slot;
  std::uint8_t on_duty = 0;
  std::uint8_t exists = 0;
  Serves serves = Serves::cases;
  std::uint8_t is_finishing = 0;  ///< has ended and works off what it has
  std::uint32_t cases = 0;        ///< places held
  Lane tasks;                     ///< strands in its hands, in the order of taking them up
  Seconds slice_end = never;      ///< of an owner at work
  Seconds busy_sum = 0;           ///< time at work by the calendar of the wall: ends minus starts
  double share = 0;               ///< FTE less absence
  double phase = 0;               ///< in [0, 1), drawn once
};

/// Word that a case has withdrawn, on its way to the site that has it.
struct WithdrawalNotice {
  std::uint64_t case_key = 0;
  Seconds when = 0;
  std::uint32_t home_life = 0;  ///< of the visit that is meant
  SiteId site;
  std::uint8_t branch = 0;
  std::uint8_t is_pending = 0;
};

/// What was begun, or had an owner, comes before what was not: far before any due date.
inline constexpr Seconds head_of_queue = Seconds{1} << 41;

/// By due date; equal dates in an order drawn from the cases' keys.
inline bool is_served_before(Seconds due_a, std::uint64_t key_a, Seconds due_b,
                             std::uint64_t key_b) {
  if (due_a != due_b) return due_a < due_b;
  const auto due = static_cast<std::uint64_t>(due_a);
  const std::uint64_t tie_a = mix64(key_a ^ due);
  const std::uint64_t tie_b = mix64(key_b ^ due);
  return tie_a != tie_b ? tie_a < tie_b : key_a < key_b;
}

/// Whether it counts as waiting: nobody works on the case.
inline bool is_waiting(StrandState state) {
  return state == StrandState::waiting || state == StrandState::owned;
}

struct TrialState {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  Seconds now = 0;
  std::uint32_t settings = 0;  ///< index of the set of the day
  std::uint32_t month = 0;
  std::int64_t events = 0;
  std::int64_t cases_reported = 0;
  std::int64_t cases_ended = 0;

  std::vector<Strand> strands;
  std::vector<CaseFile> files;
  std::vector<std::uint16_t> visits;  ///< [slot][visit counter]
  std::vector<std::uint32_t> marks;   ///< [slot][bits of those reached, then seconds of the dated]
  std::vector<Seconds> spent;         ///< [slot][part], in visits that have ended
  std::vector<std::uint32_t> free_slots;
  std::vector<ArrivalLayer> layers;
  std::vector<Lane> lanes;  ///< of one stage and class at one pool instance, by due date
  std::vector<PoolState> pools;
  std::vector<Position> positions;
  std::vector<OtherWorkState> other_work;  ///< by pool instance
  std::vector<UpkeepCount> upkeep;         ///< [Upkeep::first + local site]
  std::vector<StageCount> stage_counts;    ///< as the monitor's stage cells of one month
  std::vector<std::int64_t> open_cases;    ///< [site][class]
  std::vector<std::int64_t> posted_cases;  ///< [site][class], by the site of the case's own level
  std::vector<WithdrawalNotice> notices;
  std::vector<OwnedVisit> owned_visits;  ///< [slot], where work can be in somebody's hands
  std::vector<Ticket> tickets;           ///< [slot][pool of owners]
  std::vector<Hold> holds;
  std::vector<std::uint32_t> free_holds;
  std::vector<Lane> hold_lanes;  ///< unallocated places of one stage and class at one pool instance
  std::vector<HoldReturn> hold_returns;
  std::vector<Lane> batches;  ///< who waits: by batch, then site
  std::vector<DiaryState> diaries;
  std::vector<DiaryDay> diary_days;  ///< [Diary::first_day + sitting day]
  std::vector<TrialDate> dates;
  std::vector<std::uint32_t> free_dates;
};

/// Something that must hold does not: stops the trial and says which case and when.
struct InvariantViolation {
  std::string message;
};

}  // namespace rassoflow
