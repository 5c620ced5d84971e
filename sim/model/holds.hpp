// Holds on the lists of a pool's people. A case asks for one, waits unallocated until somebody on
// duty has fewer cases than their caseload, and holds it until it is given back.
//
//   Holds{trial}.enter_hold(slot, stage);
//
// Whoever has fewest cases gets the next one. Allocation comes once a second is over, before work
// is given out, and goes on until nobody is left who can be allocated.
#pragma once

#include "sim/model/trial.hpp"

namespace rassoflow {

class Holds {
 public:
  explicit Holds(Trial& trial) : trial_(trial), state_(trial.state_), pathway_(trial.pathway_) {}

  /// What follows at once, or nothing where the case waits.
  StageId enter_hold(std::uint32_t slot, const Stage& stage);
  StageId enter_release(std::uint32_t slot, const Stage& stage);

  /// The case's place in the stage's pool, asked for if it has none.
  std::uint32_t ask(std::uint32_t slot, const Stage& stage);
  void wait(std::uint32_t slot, std::uint32_t hold);
  void stop_waiting(std::uint32_t slot);

  void send_tickets(std::uint32_t from, std::uint32_t to);
  void bring_tickets_back(std::uint32_t visitor, std::uint32_t home);
  /// At the case's outcome, withdrawal or change of the clock's owner.
  void give_back_all(std::uint32_t trunk);
  /// What a branch that is given up has asked for.
  void give_back_of_branch(std::uint32_t branch);
  /// A branch that has come to the join leaves what it has to its case.
  void leave_to_case(std::uint32_t branch);
  /// Nobody expects the visitor back: what its branch has asked for at the visited site.
  void give_back_of_visit(std::uint32_t visitor, LevelId here);
  void receive_return(std::uint32_t index);
  void schedule_return(std::uint32_t index);

  void allocate_dirty();
  /// Every case of a position goes to the others, whether or not they have room.
  void hand_over(std::uint32_t instance, std::uint32_t position);
  void check(std::uint32_t instance) const;
  /// Whether no id of a state that was read leads outside its array.
  bool fit() const;

 private:
  std::uint8_t pool_count() const { return static_cast<std::uint8_t>(pathway_.owner_pools.size()); }
  Ticket& ticket_of(std::uint32_t slot, std::uint8_t pool) {
    return state_.tickets[trial_.case_slot(slot) * pathway_.owner_pools.size() + pool];
  }
  bool is_current(const Ticket& ticket) const {
    return ticket.hold != no_slot && state_.holds[ticket.hold].serial == ticket.serial;
  }
  const Pool& pool_at(std::uint32_t instance) const {
    return pathway_.pools[pathway_.instances[instance].pool.value];
  }
  Position& position_at(std::uint32_t instance, std::uint32_t position) {
    return state_.positions[pathway_.instances[instance].first_position + position];
  }
  void give_back(std::uint32_t hold);
  template <class Concerned>
  void give_back_tickets(std::uint32_t slot, LevelId here, Concerned is_concerned);
  void send_return(Ticket ticket, std::uint8_t pool, std::uint64_t case_key);
  void join_queue(std::uint32_t hold);
  template <class Fits>
  std::uint32_t next_in_queue(std::uint32_t instance, Fits fits) const;
  std::uint32_t with_fewest_cases(std::uint32_t instance, std::uint64_t case_key,
                                  std::uint32_t limit) const;
  void allocate(std::uint32_t instance);
  void give(std::uint32_t hold, std::uint32_t position);
  void go_on_with(std::uint32_t hold);
  /// `change` moves the case's hazard if it is one that the place matters to.
  template <class Change>
  void change_holder(std::uint32_t hold, Change change);

  Trial& trial_;
  TrialState& state_;
  const Pathway& pathway_;
};

}  // namespace rassoflow
