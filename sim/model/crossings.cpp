// What crosses between sites: a case on a visit, its return, a change of the
// clock's owner, word of a withdrawal. All of it takes effect at 00:00 of the
// next working day; no site reads or writes another's state.
#include <algorithm>

#include "sim/model/holds.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {

void Trial::count_posted(const Strand& strand, std::int64_t change) {
  state_.posted_cases[strand.site.value * pathway_.classes.size() + strand.case_class.value] +=
      change;
}

/// What a visitor knows of its case.
void Trial::send_case(std::uint32_t from, std::uint32_t to) {
  const std::uint32_t home = case_slot(from);
  const std::size_t counters = pathway_.visit_counters;
  const std::size_t marks = pathway_.mark_words;
  std::copy_n(state_.visits.begin() + static_cast<std::ptrdiff_t>(home * counters), counters,
              state_.visits.begin() + static_cast<std::ptrdiff_t>(to * counters));
  std::copy_n(state_.marks.begin() + static_cast<std::ptrdiff_t>(home * marks), marks,
              state_.marks.begin() + static_cast<std::ptrdiff_t>(to * marks));
  CaseFile& file = state_.files[to];
  file.report_month = state_.files[home].report_month;
  file.sites = state_.files[home].sites;
  file.flags = file.flags_before = state_.files[home].flags;
  file.strength = state_.files[home].strength;
  file.branch = state_.files[from].branch;
  take_time_in_parts(from, to);
  Holds{*this}.send_tickets(from, to);
}

/// What a visit changed, and how long it took. Other branches may have gone on meanwhile.
void Trial::bring_back(std::uint32_t from, std::uint32_t to) {
  const std::uint32_t home = case_slot(to);
  const std::size_t counters = pathway_.visit_counters;
  for (std::size_t c = 0; c < counters; ++c) {
    std::uint16_t& visits = state_.visits[home * counters + c];
    visits = std::max(visits, state_.visits[from * counters + c]);
  }
  take_marks(from, home);
  const CaseFile& visitor = state_.files[from];
  CaseFile& file = state_.files[home];
  const auto changed = static_cast<std::uint16_t>(visitor.flags ^ visitor.flags_before);
  file.flags = static_cast<std::uint16_t>((file.flags & ~changed) | (visitor.flags & changed));
  file.strength += visitor.strength_gained;
  for (std::size_t c = 0; c < visitor.causes.size(); ++c) {
    state_.files[to].causes[c] += visitor.causes[c];
  }
  take_time_in_parts(from, to);
  Holds{*this}.bring_tickets_back(from, to);
}

/// The strand has left its stage; posts it, or a visitor in its place, to the route's stage.
void Trial::post(std::uint32_t slot, const Route& route) {
  const StageId to = route.to;
  const Crossing crossing = route.crossing;
  std::uint32_t posted = slot;
  if (crossing == Crossing::visit) {
    posted = allocate();
    Strand& sender = state_.strands[slot];
    Strand& visitor = state_.strands[posted];
    visitor.case_key = sender.case_key;
    visitor.reported_at = sender.reported_at;
    visitor.case_class = sender.case_class;
    visitor.site = site_for(slot, to);
    visitor.role = StrandRole::visitor;
    send_case(slot, posted);
    state_.files[posted].home_slot = slot;
    state_.files[posted].home_life = state_.files[slot].life;
    if (!visitor.site.exists()) violated("a case has no site to visit", sender.case_key);
    sender.state = StrandState::away;
    sender.stage = to;
    sender.anchor = state_.now;
    if (sender.role == StrandRole::trunk && sender.phase != pathway_.stages[to.value].phase) {
      set_phase(slot, pathway_.stages[to.value].phase);
    }
  } else if (crossing == Crossing::hand_over) {
    // Nobody owns the clock on the way.
    set_phase(slot, PhaseId{});
    Holds{*this}.give_back_all(slot);
  } else {
    visitors_.erase(visit_key(state_.strands[slot].case_key, state_.files[slot].home_life,
                              state_.files[slot].branch));
  }
  Strand& strand = state_.strands[posted];
  strand.state = StrandState::posted;
  strand.entered_at = state_.now;
  strand.anchor = pathway_.patterns[pathway_.crossing_pattern.value].next_working_day(state_.now);
  state_.files[posted].bound_for = to;
  state_.files[posted].crossing = crossing;
  tell(StepKind::posted, posted, to, site_for(posted, to));
  count_posted(strand, 1);
  schedule_delivery(posted);
}

void Trial::schedule_delivery(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  ++strand.generation;
  queue_.push(make_event(strand.anchor, EventClass::message, tie_of(strand.case_key, strand.anchor),
                         slot, strand.generation, static_cast<std::uint8_t>(EventKind::delivery)));
}

void Trial::deliver(std::uint32_t slot) {
  Strand& strand = state_.strands[slot];
  const StageId to = state_.files[slot].bound_for;
  note(EventKind::delivery, strand.case_key, to);
  tell(StepKind::delivered, slot, to, site_for(slot, to));
  count_posted(strand, -1);
  add_cause(slot, Cause::between, state_.now - strand.entered_at);
  switch (state_.files[slot].crossing) {
    case Crossing::visit:
      visitors_.emplace(
          visit_key(strand.case_key, state_.files[slot].home_life, state_.files[slot].branch),
          slot);
      travel(slot, to);
      break;
    case Crossing::come_back: {
      const std::uint32_t home = state_.files[slot].home_slot;
      const bool is_expected = state_.files[home].life == state_.files[slot].home_life &&
                               state_.strands[home].state == StrandState::away;
      if (is_expected) {
        bring_back(slot, home);
      } else {
        Holds{*this}.give_back_of_visit(slot, level_at(home));
      }
      release(slot);
      // A case that has withdrawn meanwhile is not expected any more.
      if (!is_expected) break;
      if (pathway_.stages[to.value].level !=
          pathway_.sites[state_.strands[home].site.value].level) {
        violated("a visit returns to another level than it came from",
                 state_.strands[home].case_key);
      }
      travel(home, to);
      break;
    }
    case Crossing::hand_over: {
      const std::size_t classes = pathway_.classes.size();
      --state_.open_cases[strand.site.value * classes + strand.case_class.value];
      strand.site = site_for(slot, to);
      if (!strand.site.exists()) violated("a case has no site to go to", strand.case_key);
      ++state_.open_cases[strand.site.value * classes + strand.case_class.value];
      travel(slot, to);
      break;
    }
    case Crossing::none:
      violated("a case was posted to its own site", strand.case_key);
  }
}

void Trial::send_notice(std::uint32_t slot) {
  const Strand& trunk = state_.strands[slot];
  WithdrawalNotice notice;
  notice.case_key = trunk.case_key;
  // The case may go on another visit: this one is not expected back any more.
  notice.home_life = state_.files[slot].life++;
  notice.branch = state_.files[slot].branch;
  notice.site = site_for(slot, trunk.stage);
  notice.when = pathway_.patterns[pathway_.crossing_pattern.value].next_working_day(state_.now);
  notice.is_pending = 1;
  auto free = std::find_if(state_.notices.begin(), state_.notices.end(),
                           [](const WithdrawalNotice& n) { return n.is_pending == 0; });
  if (free == state_.notices.end()) free = state_.notices.insert(free, notice);
  *free = notice;
  queue_.push(make_event(notice.when, EventClass::message, tie_of(notice.case_key, notice.when),
                         static_cast<std::uint32_t>(free - state_.notices.begin()), 0,
                         static_cast<std::uint8_t>(EventKind::notice)));
}

void Trial::receive_notice(std::uint32_t index) {
  state_.notices[index].is_pending = 0;
  const WithdrawalNotice& notice = state_.notices[index];
  const auto found = visitors_.find(visit_key(notice.case_key, notice.home_life, notice.branch));
  // Already on its way back, where nobody expects it.
  if (found == visitors_.end()) return;
  const std::uint32_t slot = found->second;
  note(EventKind::notice, state_.strands[slot].case_key, state_.strands[slot].stage);
  tell(StepKind::notified, slot);
  take_out(slot);
  leave(slot);
  Holds{*this}.give_back_of_visit(slot, level_at(slot));
  visitors_.erase(found);
  release(slot);
}

}  // namespace rassoflow
