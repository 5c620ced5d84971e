#include "sim/model/batches.hpp"

#include <algorithm>
#include <tuple>

#include "sim/model/trial.hpp"

namespace rassoflow {

std::uint32_t Batches::instance_of(std::uint32_t slot) const {
  const Strand& strand = trial_.state_.strands[slot];
  return trial_.pathway_.batches[trial_.pathway_.stages[strand.stage.value].batch].first_instance +
         trial_.local_sites_[strand.site.value];
}

void Batches::schedule_all() {
  for (std::uint32_t b = 0; b < trial_.pathway_.batches.size(); ++b) {
    schedule_meeting(b, trial_.state_.now);
  }
}

/// The first meeting at or after `from`.
void Batches::schedule_meeting(std::uint32_t index, Seconds from) {
  const Batch& batch = trial_.pathway_.batches[index];
  const WorkingPattern& pattern = trial_.pathway_.patterns[batch.pattern.value];
  std::int64_t day = pattern.working_days_before(from / seconds_per_day);
  for (;; ++day) {
    day += (batch.every - day % batch.every) % batch.every;
    if (day >= pattern.working_days_before(pattern.days())) return;
    const Seconds when = pattern.next_opening(pattern.start_of_working_day(day));
    if (when < from) continue;
    trial_.queue_.push(make_event(when, EventClass::meeting, 0, index, 0,
                                  static_cast<std::uint8_t>(EventKind::meeting)));
    return;
  }
}

void Batches::enter(std::uint32_t slot) {
  trial_.state_.strands[slot].state = StrandState::gathered;
  append_to(trial_.state_.batches[instance_of(slot)], trial_.state_.strands, slot);
}

void Batches::take_out(std::uint32_t slot) {
  TrialState& state = trial_.state_;
  unlink_from(state.batches[instance_of(slot)], state.strands, slot);
  state.files[slot].waited = state.now - state.strands[slot].entered_at;
}

void Batches::meet(std::uint32_t index) {
  const Batch& batch = trial_.pathway_.batches[index];
  const Level& level =
      trial_.pathway_.levels[trial_.pathway_.stages[batch.stage.value].level.value];
  for (std::uint32_t site = 0; site < level.site_count; ++site) {
    meet_at(index, batch.first_instance + site);
  }
  schedule_meeting(index, trial_.state_.now + 1);
}

void Batches::meet_at(std::uint32_t index, std::uint32_t instance) {
  TrialState& state = trial_.state_;
  const Batch& batch = trial_.pathway_.batches[index];
  const std::uint32_t places = trial_.settings_->batch_places[instance];
  struct Claim {
    int priority;
    Seconds since;
    std::uint64_t tie;
    std::uint64_t case_key;
    std::uint32_t slot;
  };
  std::vector<Claim> claims;
  for_each_in(state.strands, state.batches[instance], [&](std::uint32_t slot) {
    const Strand& strand = state.strands[slot];
    const Seconds since = batch.by_urgency ? strand.entered_at : strand.reported_at;
    const int priority =
        batch.by_urgency ? trial_.pathway_.classes[strand.case_class.value].priority : 0;
    claims.push_back({priority, since, mix64(strand.case_key ^ static_cast<std::uint64_t>(since)),
                      strand.case_key, slot});
  });
  const auto used = std::min<std::size_t>(places, claims.size());
  std::ranges::partial_sort(claims, claims.begin() + static_cast<std::ptrdiff_t>(used), std::less{},
                            [](const Claim& claim) {
                              return std::tie(claim.priority, claim.since, claim.tie,
                                              claim.case_key);
                            });
  BatchCell& cell = trial_.monitor_.batches[state.month * state.batches.size() + instance];
  ++cell.meetings;
  cell.places += places;
  cell.places_used += static_cast<std::int64_t>(used);
  for (std::size_t i = 0; i < used; ++i) {
    const std::uint32_t slot = claims[i].slot;
    const Strand& strand = state.strands[slot];
    ++state.events;
    trial_.note(EventKind::meeting, strand.case_key, strand.stage);
    take_out(slot);
    trial_.count_started(strand, state.files[slot].waited);
    trial_.travel(slot, trial_.go_on(slot));
  }
}

void Batches::close_month() {
  const TrialState& state = trial_.state_;
  for (std::size_t i = 0; i < state.batches.size(); ++i) {
    std::int64_t waiting = 0;
    for_each_in(state.strands, state.batches[i], [&](std::uint32_t) { ++waiting; });
    trial_.monitor_.batches[state.month * state.batches.size() + i].waiting_at_end = waiting;
  }
}

}  // namespace rassoflow
