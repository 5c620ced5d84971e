#include "sim/model/trial.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/model/holds.hpp"

namespace rassoflow {
namespace {

constexpr std::uint32_t generation_mask = 0xFFFFFF;

EventClass class_of(EventKind kind) {
  switch (kind) {
    case EventKind::month_end:
    case EventKind::settings_change:
    case EventKind::pace_look:
    case EventKind::rooms_news:
      return EventClass::policy;
    case EventKind::duty_day:
    case EventKind::opening:
    case EventKind::release:
      return EventClass::capacity;
    case EventKind::shared_day:
      return EventClass::sharing;
    case EventKind::delivery:
    case EventKind::notice:
    case EventKind::hold_return:
      return EventClass::message;
    case EventKind::step_end:
    case EventKind::slice_end:
      return EventClass::completion;
    case EventKind::withdrawal:
      return EventClass::withdrawal;
    case EventKind::arrival:
      return EventClass::arrival;
    case EventKind::meeting:
    case EventKind::listing_round:
    case EventKind::sitting_day:
      return EventClass::meeting;
  }
  return EventClass::arrival;
}

}  // namespace

std::uint64_t Trial::Order::key_of(const Event& event) const {
  switch (static_cast<EventKind>(event.kind())) {
    case EventKind::arrival:
      return state->layers[event.slot()].case_key;
    case EventKind::notice:
      return state->notices[event.slot()].case_key;
    case EventKind::hold_return:
      return state->hold_returns[event.slot()].case_key;
    case EventKind::delivery:
    case EventKind::step_end:
    case EventKind::withdrawal:
      return state->strands[event.slot()].case_key;
    case EventKind::month_end:
    case EventKind::settings_change:
      return 0;  // a month closes before the numbers of the next day
    default:
      // Not a case's: by kind, so that a month is closed before the settings of the next apply.
      return (static_cast<std::uint64_t>(event.kind()) << 32) | event.slot();
  }
}

bool Trial::Order::before(const Event& a, const Event& b) const {
  const std::uint64_t key_a = key_of(a);
  const std::uint64_t key_b = key_of(b);
  if (key_a != key_b) return key_a < key_b;
  if (a.kind() != b.kind()) return a.kind() < b.kind();
  switch (static_cast<EventKind>(a.kind())) {
    case EventKind::delivery:
    case EventKind::step_end: {
      // Strands of one case: by branch; two visits of one branch: the earlier first.
      const CaseFile& file_a = state->files[a.slot()];
      const CaseFile& file_b = state->files[b.slot()];
      if (file_a.branch != file_b.branch) return file_a.branch < file_b.branch;
      return file_a.home_life < file_b.home_life;
    }
    case EventKind::notice:
      return state->notices[a.slot()].branch < state->notices[b.slot()].branch;
    case EventKind::hold_return:
      return state->hold_returns[a.slot()].pool < state->hold_returns[b.slot()].pool;
    default:
      return false;
  }
}

bool Trial::Order::is_current(const Event& event) const {
  switch (static_cast<EventKind>(event.kind())) {
    case EventKind::delivery:
    case EventKind::step_end:
      return (state->strands[event.slot()].generation & generation_mask) == event.generation();
    case EventKind::withdrawal:
      return (state->strands[event.slot()].withdrawal_generation & generation_mask) ==
             event.generation();
    default:
      return true;
  }
}

Trial::Trial(const Pathway& pathway, std::vector<TraceRecord>* trace)
    : pathway_(pathway),
      monitor_(pathway),
      trace_(trace),
      order_{&state_},
      queue_(order_, pathway.to) {}

Trial::Trial(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication,
             std::vector<TraceRecord>* trace)
    : Trial(pathway, trace) {
  state_.seed = seed;
  state_.replication = replication;
  derive();
  start_empty();
  schedule_everything();
}

Trial::Trial(const Pathway& pathway, const std::string& saved, std::vector<TraceRecord>* trace)
    : Trial(pathway, trace) {
  load(saved);
  derive();
  schedule_everything();
}

/// What follows from the pathway, the seed and the positions in the state.
void Trial::derive() {
  const Pathway& pathway = pathway_;
  settings_ = &pathway.settings[state_.settings];
  diaries_.derive();
  for (const Stage& stage : pathway.stages) {
    effort_purposes_.emplace_back(state_.seed, "duration/" + stage.name);
    route_purposes_.emplace_back(state_.seed, "route/" + stage.name);
    reading_purposes_.emplace_back(state_.seed, "reading/" + stage.name);
    for (std::uint32_t b = 0; b < stage.branch_count; ++b) {
      const StageId to = pathway.branches[stage.first_branch + b].to;
      branch_purposes_.emplace_back(state_.seed, "branch/" + pathway.stages[to.value].name);
    }
  }
  strength_purpose_ = {state_.seed, "strength"};
  frailty_purpose_ = {state_.seed, "frailty"};
  arrival_purpose_ = {state_.seed, "arrival"};
  withdrawal_purpose_ = {state_.seed, "withdrawal"};
  link_purpose_ = {state_.seed, "link"};
  duty_purpose_ = {state_.seed, "duty"};
  allocation_purpose_ = {state_.seed, "allocation"};
  for (const Site& site : pathway.sites) local_sites_.push_back(site.local);

  std::uint32_t words = 0;
  for (const PoolInstance& instance : pathway.instances) {
    first_free_word_.push_back(words);
    words += (instance.position_limit + 63) / 64;
  }
  first_free_word_.push_back(words);
  free_positions_.resize(words, 0);
  for (std::uint32_t i = 0; i < pathway.instances.size() && !state_.positions.empty(); ++i) {
    const PoolInstance& instance = pathway.instances[i];
    for (std::uint32_t k = 0; k < instance.position_limit; ++k) {
      const Position& position = state_.positions[instance.first_position + k];
      set_free(i, k, is_free(position));
    }
  }
  openings_.assign(pathway.patterns.size(), never);
  duty_varies_.assign(pathway.patterns.size(), false);
  for (const Settings& settings : pathway.settings) {
    for (std::size_t i = 0; i < settings.pools.size(); ++i) {
      const Pool& pool = pathway.pools[pathway.instances[i].pool.value];
      const PoolSettings& at = settings.pools[i];
      const bool is_whole =
          at.positions == static_cast<double>(static_cast<std::int64_t>(at.positions));
      if (pool.is_limited && (!is_whole || at.absence > 0)) duty_varies_[pool.pattern.value] = true;
    }
  }
}

void Trial::start_empty() {
  state_.lanes.resize(pathway_.lanes);
  state_.hold_lanes.resize(pathway_.hold_lanes);
  state_.pools.resize(pathway_.instances.size());
  state_.positions.resize(pathway_.positions);
  state_.other_work.resize(pathway_.instances.size());
  state_.upkeep.resize(pathway_.upkeep_counts);
  state_.stage_counts.resize(pathway_.stage_cells);
  state_.batches.resize(pathway_.batch_instances);
  state_.diaries.resize(pathway_.diaries.size());
  state_.diary_days.resize(pathway_.diary_days);
  state_.open_cases.resize(pathway_.sites.size() * pathway_.classes.size(), 0);
  state_.posted_cases.resize(state_.open_cases.size(), 0);
  for (std::uint32_t s = 0; s < pathway_.streams.size(); ++s) {
    for (std::uint32_t l = 0; l < pathway_.streams[s].layer_count; ++l) {
      ArrivalLayer layer;
      layer.stream = s;
      layer.layer = l;
      advance(layer);
      state_.layers.push_back(layer);
    }
  }
  reserve_slots();
  for (std::uint32_t i = 0; i < pathway_.instances.size(); ++i) {
    state_.pools[i].productivity = productivity_of(i);
    staff(i);
    set_duty(i);
  }
  dirty_.clear();
  for (PoolState& pool : state_.pools) pool.is_dirty = 0;
}

/// For the cases of a national run or, where fewer come, for all: what is never used is never
/// touched, and nothing is copied to grow.
void Trial::reserve_slots() {
  constexpr double most = 65'536;
  const double cases =
      static_cast<double>(state_.layers.size() * pathway_.to) * pathway_.layer_rate_per_second;
  const auto slots = static_cast<std::size_t>(std::min(most, cases));
  state_.strands.reserve(slots);
  state_.files.reserve(slots);
  state_.visits.reserve(slots * pathway_.visit_counters);
  state_.marks.reserve(slots * pathway_.mark_words);
  if (pathway_.has_hands) state_.owned_visits.reserve(slots);
  state_.tickets.reserve(slots * pathway_.owner_pools.size());
  state_.spent.reserve(slots * pathway_.parts.size());
}

void Trial::schedule_everything() {
  const auto add = [&](EventKind kind, Seconds when, std::uint32_t slot) {
    queue_.push(make_event(when, class_of(kind), 0, slot, 0, static_cast<std::uint8_t>(kind)));
  };
  for (std::uint32_t m = state_.month + 1; m < pathway_.months(); ++m) {
    add(EventKind::month_end, pathway_.month_start[m], m);
  }
  for (std::uint32_t i = state_.settings + 1; i < pathway_.settings.size(); ++i) {
    add(EventKind::settings_change, pathway_.settings[i].start, i);
  }
  for (std::uint32_t p = 0; p < pathway_.patterns.size(); ++p) {
    if (duty_varies_[p]) {
      schedule_working_day(EventKind::duty_day, EventClass::capacity, p, state_.now - 1);
    }
  }
  OtherWork{*this}.schedule_everything();
  schedule_pace_look(state_.now);
  batches_.schedule_all();
  diaries_.schedule_all();
  for (std::uint32_t l = 0; l < state_.layers.size(); ++l) schedule_arrival(l);
  for (std::uint32_t n = 0; n < state_.notices.size(); ++n) {
    const WithdrawalNotice& notice = state_.notices[n];
    if (notice.is_pending == 0) continue;
    queue_.push(make_event(notice.when, EventClass::message, tie_of(notice.case_key, notice.when),
                           n, 0, static_cast<std::uint8_t>(EventKind::notice)));
  }
  for (std::uint32_t i = 0; i < state_.hold_returns.size(); ++i) {
    if (state_.hold_returns[i].is_pending != 0) Holds{*this}.schedule_return(i);
  }
  for (std::uint32_t slot = 0; slot < state_.strands.size(); ++slot) {
    const Strand& strand = state_.strands[slot];
    switch (strand.state) {
      case StrandState::working:
      case StrandState::delayed:
      case StrandState::listed:
      case StrandState::sitting:
        schedule_step(slot, step_end_of(slot));
        break;
      case StrandState::posted:
        schedule_delivery(slot);
        break;
      default:
        break;
    }
    if (strand.role == StrandRole::trunk && strand.state != StrandState::free &&
        hazard_runs(strand)) {
      schedule_withdrawal(slot);
    }
    if (strand.role == StrandRole::visitor && strand.state != StrandState::free &&
        strand.state != StrandState::posted) {
      visitors_.emplace(
          visit_key(strand.case_key, state_.files[slot].home_life, state_.files[slot].branch),
          slot);
    }
  }
  for (std::uint32_t i = 0; i < state_.pools.size(); ++i) {
    // At its own place within the second, as if the trial had never stopped.
    if (has_work(state_.pools[i])) {
      schedule_opening(pathway_.pools[pathway_.instances[i].pool.value].pattern.value);
    }
  }
}

void Trial::violated(const std::string& claim, std::uint64_t case_key) const {
  throw InvariantViolation{fmt::format("{} (case {:016x}, {}, replication {}, seed {})", claim,
                                       case_key, pathway_.axis.format(state_.now),
                                       state_.replication, state_.seed)};
}

void Trial::run_until(Seconds limit) {
  RF_EXPECT(limit <= pathway_.to);
  for (;;) {
    const Event* next = queue_.peek_open();
    if (next == nullptr || next->seconds() != state_.now) {
      if (!dirty_.empty()) {
        dispatch_all();
        continue;
      }
      next = queue_.peek();
      if (next == nullptr || next->seconds() >= limit) break;
      state_.now = next->seconds();
    }
    const Event event = *next;
    queue_.pop();
    fetch_upcoming();
    handle(event);
  }
  state_.now = limit;
}

void Trial::handle(const Event& event) {
  const std::uint32_t slot = event.slot();
  switch (static_cast<EventKind>(event.kind())) {
    case EventKind::month_end:
      close_month();
      break;
    case EventKind::settings_change:
      change_settings();
      break;
    case EventKind::duty_day:
      for (std::uint32_t i = 0; i < pathway_.instances.size(); ++i) {
        if (pathway_.pools[pathway_.instances[i].pool.value].pattern.value == slot) set_duty(i);
      }
      schedule_working_day(EventKind::duty_day, EventClass::capacity, slot, state_.now);
      break;
    case EventKind::opening:
      openings_[slot] = never;
      for (std::uint32_t i = 0; i < pathway_.instances.size(); ++i) {
        if (pathway_.pools[pathway_.instances[i].pool.value].pattern.value == slot &&
            has_work(state_.pools[i])) {
          mark_dirty(i);
        }
      }
      break;
    case EventKind::delivery:
      if (order_.is_current(event)) deliver(slot);
      break;
    case EventKind::notice:
      receive_notice(slot);
      break;
    case EventKind::hold_return:
      Holds{*this}.receive_return(slot);
      break;
    case EventKind::slice_end:  // comes as the end of a step
    case EventKind::step_end:
      if (order_.is_current(event)) end_step(slot);
      break;
    case EventKind::withdrawal:
      if (order_.is_current(event)) withdraw(slot);
      break;
    case EventKind::arrival:
      arrive(slot);
      break;
    case EventKind::pace_look:
      look_at_pace();
      break;
    case EventKind::shared_day:
      OtherWork{*this}.start_day(slot);
      break;
    case EventKind::release:
      OtherWork{*this}.release(slot);
      break;
    case EventKind::rooms_news:
      diaries_.hear_news(slot);
      break;
    case EventKind::meeting:
      batches_.meet(slot);
      break;
    case EventKind::listing_round:
      diaries_.hold_round(slot);
      break;
    case EventKind::sitting_day:
      diaries_.hold_sitting_day(slot);
      break;
  }
}

}  // namespace rassoflow
