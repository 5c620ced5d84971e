// Owners at work: each has the cases in their hands in the order in which they would take them up,
// works on one at a time in slices, and looks again after each slice and each end.
//
//   Owners{trial}.take_on(slot, stage);
//
// In order of priority, due date, age of the report and case key.
#pragma once

#include "sim/model/trial.hpp"

namespace rassoflow {

class Owners {
 public:
  explicit Owners(Trial& trial) : trial_(trial), state_(trial.state_), pathway_(trial.pathway_) {}

  /// A case comes to work that its owner does.
  void take_on(std::uint32_t slot, const Stage& stage);
  /// The case's place is allocated to this position.
  void hand(std::uint32_t slot, std::uint32_t hold);
  /// Out of the hands of its owner, neither worked on nor waiting.
  void take_from(std::uint32_t slot);

  /// Expects that the calendar is open.
  void dispatch(std::uint32_t instance);
  /// True if the end that is due is that of a slice, not of the work.
  bool end_slice(std::uint32_t slot);
  /// The position goes off duty: its task waits for it, or for somebody else.
  void put_down(std::uint32_t instance, std::uint32_t position);
  void end_position(std::uint32_t instance, std::uint32_t position);
  void check(std::uint32_t instance) const;

 private:
  void keep(std::uint32_t slot, std::uint32_t instance, std::uint32_t position);
  void start_own(std::uint32_t instance, std::uint32_t position);
  void start_from_queue(std::uint32_t instance, std::uint32_t position);
  int priority_of(const Strand& strand) const {
    return pathway_.stages[strand.stage.value].priority +
           pathway_.classes[strand.case_class.value].priority;
  }
  bool comes_before(const Strand& a, const Strand& b) const;
  template <class Visit>
  void for_each_free(std::uint32_t instance, Visit visit);
  Seconds busy_time(const Position& position) const {
    return position.busy_sum + (position.task != no_slot ? state_.now : 0);
  }
  Position& position_at(std::uint32_t instance, std::uint32_t position) {
    return state_.positions[pathway_.instances[instance].first_position + position];
  }

  Trial& trial_;
  TrialState& state_;
  const Pathway& pathway_;
};

}  // namespace rassoflow
