// Other work: a backlog of hours beside the cases of a pool. On each working day
// hours come in, and every position on duty is told whom it serves: upkeep of
// live cases, cases, or other work. What was done is booked in whole days, exact
// to the second; between 00:00 and 00:00 the only event is that those on other
// work are through with it.
//
//   OtherWork{trial}.start_day(pattern);
#pragma once

#include <cstdint>

#include "sim/model/monitor.hpp"
#include "sim/model/other_work_state.hpp"

namespace rassoflow {

class Trial;

class OtherWork {
 public:
  explicit OtherWork(Trial& trial) : trial_(trial) {}

  /// At 00:00 of a working day of the pattern.
  void start_day(std::uint32_t pattern);
  /// Those on other work are through with it and serve cases for the rest of the day.
  void release(std::uint32_t instance);
  /// Books the days since the last settlement; at 00:00, before any of their numbers changes.
  void settle(std::uint32_t instance);
  /// Before the month is closed.
  void settle_all();
  /// Of every pattern with shared pools, and of those who will be through today.
  void schedule_everything();
  void check_identities() const;

 private:
  /// Effort worked off and the time it took.
  struct Done {
    std::int64_t effort = 0;
    Seconds seconds = 0;
  };

  bool is_shared(std::uint32_t instance) const;
  void schedule_day(std::uint32_t pattern, Seconds from);
  void schedule_release(std::uint32_t instance);
  void share(std::uint32_t instance);
  std::uint32_t places_for_cases(std::uint32_t instance, std::uint32_t positions);
  std::int64_t effort_of_cases(std::uint32_t instance) const;
  void assign(std::uint32_t instance, std::uint32_t on_cases, std::uint32_t on_upkeep);
  static Done work_off(std::int64_t& backlog, Seconds seconds, std::int64_t productivity);
  PoolCell& cell_of(std::uint32_t instance);

  Trial& trial_;
};

}  // namespace rassoflow
