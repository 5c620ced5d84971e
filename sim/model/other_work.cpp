#include "sim/model/other_work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"
#include "sim/model/upkeep.hpp"

namespace rassoflow {
namespace {

constexpr std::int64_t one_position = 1'000'000;

}  // namespace

bool OtherWork::is_shared(std::uint32_t instance) const {
  const Pathway& pathway = trial_.pathway_;
  return pathway.pools[pathway.instances[instance].pool.value].is_shared();
}

PoolCell& OtherWork::cell_of(std::uint32_t instance) {
  return trial_.monitor_.pools[trial_.state_.month * trial_.state_.pools.size() + instance];
}

OtherWork::Done OtherWork::work_off(std::int64_t& backlog, Seconds seconds,
                                    std::int64_t productivity) {
  const std::int64_t effort = std::min(backlog, seconds * productivity);
  backlog -= effort;
  return {effort, (effort + productivity - 1) / productivity};
}

void OtherWork::start_day(std::uint32_t pattern) {
  const Pathway& pathway = trial_.pathway_;
  for (std::uint32_t i = 0; i < pathway.instances.size(); ++i) {
    if (!is_shared(i) || pathway.pools[pathway.instances[i].pool.value].pattern.value != pattern) {
      continue;
    }
    settle(i);
    OtherWorkState& day = trial_.state_.other_work[i];
    PoolCell& cell = cell_of(i);
    const std::int64_t other = trial_.settings_->pools[i].other_work;
    const std::int64_t upkeep = Upkeeping{trial_}.effort_today(i);
    day.backlog += other;
    day.upkeep_backlog += upkeep;
    cell.other_work_in += other;
    cell.upkeep_in += upkeep;
    share(i);
  }
  schedule_day(pattern, trial_.state_.now);
}

void OtherWork::settle(std::uint32_t instance) {
  if (!is_shared(instance)) return;
  const PoolState& pool = trial_.state_.pools[instance];
  OtherWorkState& day = trial_.state_.other_work[instance];
  PoolCell& cell = cell_of(instance);
  const WorkingPattern& pattern = trial_.pattern_of(instance);
  const Seconds worked = pattern.worked(trial_.state_.now);
  const Seconds length = worked - day.worked;
  const Seconds busy = pool.busy * worked + pool.busy_area;
  if (length > 0) {
    Seconds idle = day.on_cases * length - (busy - day.busy);
    if (day.released > 0) idle += day.released * (worked - pattern.worked(day.through_at));
    if (idle < 0) trial_.violated("cases took more time than their positions had", 0);
    const auto book = [&](std::int64_t& backlog, Seconds seconds, std::int64_t& effort,
                          Seconds& taken) {
      const Done done = work_off(backlog, seconds, pool.productivity);
      effort += done.effort;
      taken += done.seconds;
      return done.seconds;
    };
    book(day.upkeep_backlog, day.on_upkeep * length, cell.upkeep_done, cell.upkeep_seconds);
    idle -= book(day.upkeep_backlog, idle, cell.upkeep_done, cell.upkeep_seconds);
    book(day.backlog, day.on_other_work * length, cell.other_work_done, cell.other_work_seconds);
    const Pool& of = trial_.pathway_.pools[trial_.pathway_.instances[instance].pool.value];
    if (of.sharing != SharingRule::ring_fenced) {
      book(day.backlog, idle, cell.other_work_done, cell.other_work_seconds);
    }
    day.on_cases = day.on_upkeep = day.on_other_work = day.released = 0;
    day.through_at = never;
  }
  // What is worked off on the day it comes in has not waited.
  cell.other_work_second_days +=
      day.backlog / 1000 * ((trial_.state_.now - day.settled_at) / seconds_per_day);
  day.settled_at = trial_.state_.now;
  day.worked = worked;
  day.busy = busy;
}

void OtherWork::settle_all() {
  for (std::uint32_t i = 0; i < trial_.state_.other_work.size(); ++i) {
    settle(i);
    PoolCell& cell = cell_of(i);
    cell.other_work_at_end = trial_.state_.other_work[i].backlog;
    cell.upkeep_at_end = trial_.state_.other_work[i].upkeep_backlog;
  }
}

void OtherWork::share(std::uint32_t instance) {
  const PoolState& pool = trial_.state_.pools[instance];
  OtherWorkState& day = trial_.state_.other_work[instance];
  const WorkingPattern& pattern = trial_.pattern_of(instance);
  const std::int64_t effort_of_one = pattern.seconds_per_working_day() * pool.productivity;
  day.on_upkeep = static_cast<std::uint32_t>(
      std::min<std::int64_t>(pool.on_duty, day.upkeep_backlog / effort_of_one));
  day.on_cases = places_for_cases(instance, pool.on_duty - day.on_upkeep);
  day.on_other_work = pool.on_duty - day.on_upkeep - day.on_cases;
  assign(instance, day.on_cases, day.on_upkeep);
  const Pool& of = trial_.pathway_.pools[trial_.pathway_.instances[instance].pool.value];
  if (of.sharing == SharingRule::proportional && day.backlog < day.on_other_work * effort_of_one) {
    const std::int64_t a_second = day.on_other_work * pool.productivity;
    day.through_at = pattern.finish(trial_.state_.now, (day.backlog + a_second - 1) / a_second);
    schedule_release(instance);
  }
}

/// Whole positions; what is left of one is owed to the cases of another day.
std::uint32_t OtherWork::places_for_cases(std::uint32_t instance, std::uint32_t positions) {
  const Pool& of = trial_.pathway_.pools[trial_.pathway_.instances[instance].pool.value];
  OtherWorkState& day = trial_.state_.other_work[instance];
  std::int64_t share = one_position;
  if (of.sharing == SharingRule::ring_fenced) {
    share = trial_.settings_->pools[instance].ring_fence;
  } else if (of.sharing == SharingRule::proportional && day.backlog > 0) {
    const auto cases = static_cast<double>(effort_of_cases(instance));
    const double all = cases + static_cast<double>(day.backlog);
    share = static_cast<std::int64_t>(static_cast<double>(one_position) * cases / all);
  }
  day.owed_to_cases += share * positions;
  const std::int64_t whole = day.owed_to_cases / one_position;
  day.owed_to_cases %= one_position;
  return static_cast<std::uint32_t>(whole);
}

/// Queued and in hand.
std::int64_t OtherWork::effort_of_cases(std::uint32_t instance) const {
  const TrialState& state = trial_.state_;
  const PoolInstance& at = trial_.pathway_.instances[instance];
  const WorkingPattern& pattern = trial_.pattern_of(instance);
  std::int64_t effort = state.pools[instance].queued_effort;
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    const std::uint32_t task = state.positions[at.first_position + k].task;
    if (task == no_slot) continue;
    const Seconds since = pattern.worked(state.now) - pattern.worked(state.strands[task].anchor);
    effort += std::max<std::int64_t>(
        0, state.files[task].work_left - since * state.pools[instance].productivity);
  }
  return effort;
}

/// Whoever has a case in hand goes on with it before others are called to cases.
void OtherWork::assign(std::uint32_t instance, std::uint32_t on_cases, std::uint32_t on_upkeep) {
  TrialState& state = trial_.state_;
  const PoolInstance& at = trial_.pathway_.instances[instance];
  std::uint32_t in_hand = 0;
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    const Position& position = state.positions[at.first_position + k];
    if (position.on_duty != 0 && position.task != no_slot) ++in_hand;
  }
  std::uint32_t going_on = std::min(in_hand, on_cases);
  std::uint32_t called = on_cases - going_on;
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    Position& position = state.positions[at.first_position + k];
    if (position.on_duty == 0) continue;
    std::uint32_t& places = position.task != no_slot ? going_on : called;
    position.serves = places > 0      ? Serves::cases
                      : on_upkeep > 0 ? Serves::upkeep
                                      : Serves::other_work;
    if (position.serves == Serves::cases) --places;
    if (position.serves == Serves::upkeep) --on_upkeep;
    if (position.serves != Serves::cases && position.task != no_slot) {
      Owners{trial_}.put_down(instance, k);
    }
    trial_.set_free(instance, k, Trial::is_free(position));
  }
  PoolState& pool = state.pools[instance];
  pool.serving = on_cases;
  if (pool.waiting > 0) trial_.mark_dirty(instance);
}

void OtherWork::release(std::uint32_t instance) {
  TrialState& state = trial_.state_;
  const PoolInstance& at = trial_.pathway_.instances[instance];
  OtherWorkState& day = state.other_work[instance];
  for (std::uint32_t k = 0; k < at.position_limit; ++k) {
    Position& position = state.positions[at.first_position + k];
    if (position.on_duty == 0 || position.serves != Serves::other_work) continue;
    position.serves = Serves::cases;
    trial_.set_free(instance, k, Trial::is_free(position));
    ++day.released;
  }
  PoolState& pool = state.pools[instance];
  pool.serving += day.released;
  if (pool.waiting > 0) trial_.mark_dirty(instance);
}

void OtherWork::schedule_everything() {
  std::vector<bool> has_day(trial_.pathway_.patterns.size(), false);
  for (std::uint32_t i = 0; i < trial_.pathway_.instances.size(); ++i) {
    if (!is_shared(i)) continue;
    has_day[trial_.pathway_.pools[trial_.pathway_.instances[i].pool.value].pattern.value] = true;
    const OtherWorkState& day = trial_.state_.other_work[i];
    if (day.through_at != never && day.released == 0) schedule_release(i);
  }
  for (std::uint32_t p = 0; p < has_day.size(); ++p) {
    if (has_day[p]) schedule_day(p, trial_.state_.now - 1);
  }
}

void OtherWork::schedule_day(std::uint32_t pattern, Seconds from) {
  trial_.schedule_working_day(EventKind::shared_day, EventClass::sharing, pattern, from);
}

void OtherWork::schedule_release(std::uint32_t instance) {
  trial_.queue_.push(make_event(trial_.state_.other_work[instance].through_at, EventClass::capacity,
                                0, instance, 0, static_cast<std::uint8_t>(EventKind::release)));
}

void OtherWork::check_identities() const {
  const std::size_t pools = trial_.state_.pools.size();
  for (std::size_t i = 0; i < pools; ++i) {
    if (!is_shared(static_cast<std::uint32_t>(i))) continue;
    const OtherWorkState& day = trial_.state_.other_work[i];
    const PoolState& pool = trial_.state_.pools[i];
    PoolCell sum;
    for (std::size_t month = 0; month < trial_.pathway_.months(); ++month) {
      const PoolCell& cell = trial_.monitor_.pools[month * pools + i];
      sum.other_work_in += cell.other_work_in;
      sum.other_work_done += cell.other_work_done;
      sum.other_work_seconds += cell.other_work_seconds;
      sum.upkeep_in += cell.upkeep_in;
      sum.upkeep_done += cell.upkeep_done;
      sum.upkeep_seconds += cell.upkeep_seconds;
    }
    const auto expect = [&](bool claim, const char* what) {
      if (claim) return;
      const PoolId of = trial_.pathway_.instances[i].pool;
      trial_.violated(fmt::format("pool {}: {}", trial_.pathway_.pools[of.value].name, what), 0);
    };
    expect(sum.other_work_in == sum.other_work_done + day.backlog,
           "other work that came in is not what was done and what waits");
    expect(sum.upkeep_in == sum.upkeep_done + day.upkeep_backlog,
           "upkeep that came in is not what was done and what waits");
    expect(pool.busy_reported + sum.upkeep_seconds + sum.other_work_seconds <= pool.duty_reported,
           "cases, upkeep and other work took more time than there was on duty");
  }
}

}  // namespace rassoflow
