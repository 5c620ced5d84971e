// One replication: the event loop over plain state.
//
//   Trial trial{pathway, seed, replication};
//   trial.run_until(pathway.to);
//   Monitor monitor = trial.finish();
//
// Within a second the classes of EventClass come in order, then every pool that
// something happened to dispatches once. The behaviour is in one file a topic:
// stages, forks, pools, duty, withdrawal, crossings, arrivals, months, snapshots,
// pace; OtherWork, Upkeeping, Batches and Diaries are classes of their own.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/engine/event_queue.hpp"
#include "sim/model/batches.hpp"
#include "sim/model/case_story.hpp"
#include "sim/model/diaries.hpp"
#include "sim/model/monitor.hpp"
#include "sim/model/other_work.hpp"
#include "sim/model/pathway.hpp"
#include "sim/model/state.hpp"
#include "sim/model/upkeep.hpp"
#include "sim/random/keyed_stream.hpp"

namespace rassoflow {

/// In order of precedence within the same second, class and case.
enum class EventKind : std::uint8_t {
  month_end,
  settings_change,
  duty_day,  ///< who of a calendar's pools is on duty
  opening,   ///< of a calendar
  delivery,
  notice,
  hold_return,
  step_end,
  slice_end,  ///< of an owner, who looks at their cases again
  withdrawal,
  arrival,
  pace_look,   ///< at the open cases of every site with a pace
  shared_day,  ///< of a calendar: what comes in besides cases, and who serves what
  release,     ///< those on other work are through with it
  rooms_news,  ///< rooms of a diary become known
  meeting,     ///< of a batch
  listing_round,
  sitting_day,
};

/// One line of a trial's story; `stage` is empty where none is concerned.
struct TraceRecord {
  Seconds when = 0;
  std::uint64_t case_key = 0;
  EventKind kind = EventKind::arrival;
  StageId stage;
  friend bool operator==(const TraceRecord&, const TraceRecord&) = default;
};

class Owners;
class Holds;

class Trial {
  friend class Owners;
  friend class Holds;

 public:
  /// `trace`, if given, receives every event of a case and must outlive the trial.
  Trial(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication,
        std::vector<TraceRecord>* trace = nullptr);
  /// Goes on from what save() returned, byte for byte as if it had never stopped; throws WorldError
  /// on bytes that are not a state of this pathway.
  Trial(const Pathway& pathway, const std::string& saved,
        std::vector<TraceRecord>* trace = nullptr);
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  /// From here on the story of one case is told; `story` must outlive the trial.
  void follow(CaseStory& story) { story_ = &story; }
  /// Processes every event before `limit` (at most the end of the run).
  void run_until(Seconds limit);
  /// Closes the last month and checks every identity; expects run_until(pathway.to).
  Monitor finish();

  const TrialState& state() const { return state_; }

  /// The whole state after run_until(t), without derived events.
  std::string save() const;

 private:
  friend class OtherWork;
  friend class Upkeeping;
  friend class Batches;
  friend class Diaries;

  struct Order {
    const TrialState* state;
    bool before(const Event& a, const Event& b) const;
    bool is_current(const Event& event) const;
    std::uint64_t key_of(const Event& event) const;
  };

  Trial(const Pathway& pathway, std::vector<TraceRecord>* trace);
  void derive();
  void start_empty();
  void reserve_slots();
  void load(const std::string& saved);
  void schedule_everything();
  void handle(const Event& event);
  void fetch_upcoming() const;
  void note(EventKind kind, std::uint64_t case_key, StageId stage) {
    if (trace_ != nullptr) trace_->push_back({state_.now, case_key, kind, stage});
  }
  void tell(StepKind kind, std::uint32_t slot, StageId stage, SiteId site) {
    if (story_ != nullptr && story_->follows(state_.strands[slot].case_key)) {
      story_->add({state_.now, kind, stage, site, slot});
    }
  }
  /// Of the stage and site that the strand is at.
  void tell(StepKind kind, std::uint32_t slot) {
    tell(kind, slot, state_.strands[slot].stage, state_.strands[slot].site);
  }
  [[noreturn]] void violated(const std::string& claim, std::uint64_t case_key) const;

  // arrivals
  void advance(ArrivalLayer& layer) const;
  void schedule_arrival(std::uint32_t layer);
  void arrive(std::uint32_t layer);

  // stages
  std::uint32_t allocate();
  void release(std::uint32_t slot);
  void travel(std::uint32_t slot, StageId stage);
  StageId enter(std::uint32_t slot, StageId stage);
  void leave(std::uint32_t slot);
  StageId go_on(std::uint32_t slot);
  StageId leave_by(std::uint32_t slot, const Route& route);
  const Route& choose_route(std::uint32_t slot) const;
  std::uint32_t choose_by_threshold(std::uint32_t slot, const RouteTable& table,
                                    const double* thresholds) const;
  std::uint32_t choose_by_strength(std::uint32_t slot, const RouteTable& table,
                                   const double* weights) const;
  void change_attributes(std::uint32_t slot, const Stage& stage);
  void add_cause(std::uint32_t slot, Cause cause, Seconds seconds) {
    state_.files[slot].causes[static_cast<std::size_t>(cause)] +=
        static_cast<std::uint32_t>(seconds);
  }
  void book_causes(std::uint32_t slot);
  void count_causes(std::uint32_t slot);
  /// A pace is time that passes, not work at hand.
  static Cause cause_of_work(const Stage& stage) {
    return stage.has_pace ? Cause::outside : Cause::worked_on;
  }
  Seconds book_hands(std::uint32_t slot);
  /// The slot that has the marks, visits, flags and strength: the trunk for a branch.
  std::uint32_t case_slot(std::uint32_t slot) const {
    return state_.strands[slot].role == StrandRole::branch ? state_.files[slot].home_slot : slot;
  }
  /// Time in a part of a duration: a branch adds its own to what the trunk had before the fork.
  Seconds time_in_part(std::uint32_t slot, std::uint16_t part) const {
    const std::size_t parts = pathway_.parts.size();
    const std::uint32_t home = case_slot(slot);
    return state_.spent[slot * parts + part] +
           (home == slot ? 0 : state_.spent[home * parts + part]);
  }
  void set_time_in_part(std::uint32_t slot, std::uint16_t part, Seconds seconds) {
    state_.spent[slot * pathway_.parts.size() + part] += seconds - time_in_part(slot, part);
  }
  void take_time_in_parts(std::uint32_t from, std::uint32_t to) {
    const auto parts = static_cast<std::uint16_t>(pathway_.parts.size());
    for (std::uint16_t part = 0; part < parts; ++part) {
      set_time_in_part(to, part, time_in_part(from, part));
    }
  }
  /// 0 on the first visit; stages outside loops are visited once.
  std::uint32_t visit_of(std::uint32_t slot, const Stage& stage) const {
    if (stage.visit_counter == no_visit_counter) return 0;
    return state_.visits[case_slot(slot) * pathway_.visit_counters + stage.visit_counter] - 1U;
  }
  const LawCoefficients& law_of(std::uint32_t slot, const Stage& stage) const;
  void reach(std::uint32_t slot, MarkId mark);
  /// When the case reached a dated mark; -1 if it has not.
  Seconds reached_at(std::uint32_t slot, MarkId mark) const;
  void end_case(std::uint32_t slot);
  void end_step(std::uint32_t slot);
  Seconds due_date(const Strand& strand) const;
  void begin_stage(std::uint32_t slot);
  void schedule_step(std::uint32_t slot, Seconds end);
  Seconds step_end_of(std::uint32_t slot) const;

  // forks
  StageId fork(std::uint32_t slot, const Stage& stage);
  bool is_needed(std::uint32_t slot, const Stage& stage, std::uint32_t branch) const;
  void start_branch(std::uint32_t trunk, std::uint32_t number, StageId to);
  void end_branch(std::uint32_t branch);
  void forget_branch(std::uint32_t branch);
  void give_up_branches(std::uint32_t trunk);
  void give_up(std::uint32_t branch);
  void take_out(std::uint32_t slot);
  bool waits_for_place(std::uint32_t slot) const {
    const Stage& stage = pathway_.stages[state_.strands[slot].stage.value];
    return stage.kind == StageKind::hold || stage.mode == WorkMode::owner;
  }

  // pools
  std::uint32_t instance_of(const Stage& stage, SiteId site) const {
    return stage.first_instance + local_sites_[site.value];
  }
  const WorkingPattern& pattern_of(std::uint32_t instance) const {
    return pathway_.patterns[pathway_.instances[instance].pattern.value];
  }
  void join(std::uint32_t slot, Seconds due);
  void unlink(std::uint32_t slot);
  void begin_waiting(std::uint32_t slot);
  void end_waiting(std::uint32_t slot);
  bool has_work(const PoolState& pool) const {
    return pool.waiting + pool.owned + pool.unallocated > 0;
  }
  void mark_dirty(std::uint32_t instance);
  void dispatch_all();
  void dispatch(std::uint32_t instance);
  std::uint32_t next_in_queue(std::uint32_t instance) const;
  std::uint32_t free_position(std::uint32_t instance) const;
  void set_free(std::uint32_t instance, std::uint32_t position, bool is_free);
  void start_work(std::uint32_t slot, std::uint32_t instance, std::uint32_t position);
  void stop_work(std::uint32_t slot);
  Seconds spend_effort(std::uint32_t slot, std::uint32_t instance);
  /// As if it were spent now, so that 0 or less is done.
  std::int64_t effort_left(std::uint32_t slot, std::uint32_t instance) const;

  // duty
  void staff(std::uint32_t instance);
  void set_duty(std::uint32_t instance);
  static bool is_free(const Position& position) {
    return position.on_duty != 0 && position.serves == Serves::cases && position.task == no_slot;
  }
  void book_duty(std::uint32_t instance);
  void end_duty_if_done(std::uint32_t instance, std::uint32_t position);
  void return_to_queue(std::uint32_t slot);
  std::uint64_t staff_key(std::uint32_t instance) const;
  void change_productivity(const std::vector<std::uint32_t>& instances);
  void schedule_working_day(EventKind kind, EventClass event_class, std::uint32_t pattern,
                            Seconds from);
  void schedule_opening(std::uint32_t pattern);
  void change_settings();

  // pace
  std::int64_t productivity_of(std::uint32_t instance) const;
  void look_at_pace();
  void schedule_pace_look(Seconds from);

  // withdrawal
  void set_phase(std::uint32_t slot, PhaseId phase);
  bool hazard_runs(const Strand& strand) const;
  bool counts_waiting_only(const Strand& strand) const;
  const double* rates_of(const Settings& settings, const Strand& strand) const;
  double hazard_factor(const Settings& settings, std::uint32_t slot) const;
  bool holds_place(std::uint32_t slot, std::uint8_t pool) const;
  void change_date(std::uint32_t slot);
  void spend_hazard(std::uint32_t slot);
  void schedule_withdrawal(std::uint32_t slot);
  void move_withdrawal(std::uint32_t slot);
  void withdraw(std::uint32_t slot);

  // crossings
  void post(std::uint32_t slot, const Route& route);
  void send_case(std::uint32_t from, std::uint32_t to);
  void bring_back(std::uint32_t from, std::uint32_t to);
  void take_marks(std::uint32_t visitor, std::uint32_t home);
  void schedule_delivery(std::uint32_t slot);
  void deliver(std::uint32_t slot);
  void send_notice(std::uint32_t slot);
  void receive_notice(std::uint32_t notice);
  /// Where the case goes for the stage.
  SiteId site_for(std::uint32_t slot, StageId stage) const {
    return state_.files[slot].sites[pathway_.stages[stage.value].level.value];
  }
  void count_posted(const Strand& strand, std::int64_t change);
  static std::uint64_t visit_key(std::uint64_t case_key, std::uint32_t home_life,
                                 std::uint8_t branch) {
    return combine(case_key, std::uint64_t{branch} << 32 | home_life);
  }

  // months
  void close_month();
  void check_identities();
  void close_stages(Seconds end);
  void check_stages(Seconds end) const;
  std::string name_of(SiteId site) const;
  void check_pools();
  void count_stocks();

  LevelId level_at(std::uint32_t slot) const {
    return pathway_.sites[state_.strands[slot].site.value].level;
  }
  /// Applies `change` to the counts of the strand's stage: at its site, and of its class.
  template <class Change>
  void count_visit(const Strand& strand, Change change) {
    const Stage& stage = pathway_.stages[strand.stage.value];
    count_at(&state_.stage_counts[stage.first_cell], stage.site_count,
             local_sites_[strand.site.value], strand.case_class.value, change);
  }
  void count_started(const Strand& strand, Seconds waited) {
    count_visit(strand, [&](StageCount& count) { count.start(waited); });
  }
  KeyedStream stream(Purpose purpose, std::uint64_t case_key, std::uint32_t visit) const {
    return {purpose, state_.replication, case_key, visit};
  }

  const Pathway& pathway_;
  TrialState state_;
  Monitor monitor_;
  std::vector<TraceRecord>* trace_;
  CaseStory* story_ = nullptr;
  Order order_;
  EventQueue<Order> queue_;

  // Derived: rebuilt from the state whenever it is replaced.
  const Settings* settings_ = nullptr;
  std::vector<Purpose> effort_purposes_;
  std::vector<Purpose> route_purposes_;
  std::vector<Purpose> reading_purposes_;
  std::vector<Purpose> branch_purposes_;
  Purpose strength_purpose_;
  Purpose frailty_purpose_;
  Purpose arrival_purpose_;
  Purpose withdrawal_purpose_;
  Purpose link_purpose_;
  Purpose duty_purpose_;
  Purpose allocation_purpose_;
  std::vector<std::uint16_t> local_sites_;
  std::vector<std::uint64_t> free_positions_;   ///< a bit for each position free and on duty
  std::vector<std::uint32_t> first_free_word_;  ///< by instance
  std::vector<std::uint32_t> dirty_;
  std::vector<std::uint32_t> allocated_;  ///< places, within one second
  std::vector<Seconds> openings_;         ///< scheduled, by pattern; `never` if none
  std::vector<bool> duty_varies_;         ///< by pattern
  Batches batches_{*this};
  Diaries diaries_{*this};
  std::unordered_map<std::uint64_t, std::uint32_t> visitors_;  ///< by visit_key; never walked
};

}  // namespace rassoflow
