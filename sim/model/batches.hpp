// Clinics, panels and surgeries: on the days on which a batch meets, so many cases go on, the
// oldest or the most urgent first; a place that nobody takes is lost and counted.
#pragma once

#include <cstdint>

#include "sim/core/time.hpp"

namespace rassoflow {

class Trial;
struct Lane;

class Batches {
 public:
  explicit Batches(Trial& trial) : trial_(trial) {}

  void schedule_all();
  /// The case waits for the next meeting.
  void enter(std::uint32_t slot);
  void take_out(std::uint32_t slot);
  /// At every site of the batch, after everything else of the second.
  void meet(std::uint32_t batch);
  void close_month();

 private:
  std::uint32_t instance_of(std::uint32_t slot) const;
  void meet_at(std::uint32_t batch, std::uint32_t instance);
  void schedule_meeting(std::uint32_t batch, Seconds from);

  Trial& trial_;
};

}  // namespace rassoflow
