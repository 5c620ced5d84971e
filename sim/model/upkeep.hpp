// Upkeep: what every live case costs a pool besides its stages. A case counts from
// the first time it reaches a mark until it reaches another or its outcome. The
// site that owns the case's clock tells the pool's site; news of one day between
// sites takes effect together, at 00:00 of the next, and needs no event.
//
//   Upkeeping{trial}.reach(slot, mark, is_first);
#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/other_work_state.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

class Trial;

class Upkeeping {
 public:
  explicit Upkeeping(Trial& trial) : trial_(trial) {}

  /// `trunk` has the marks of the case.
  void reach(std::uint32_t trunk, MarkId mark, bool is_first);
  /// The case has its outcome.
  void end_all(std::uint32_t slot);
  /// What the live cases of a pool instance owe for today, in thousandths of a second.
  std::int64_t effort_today(std::uint32_t instance);
  /// The counts are those of the cases.
  void check_identities() const;

 private:
  std::uint32_t count_of(std::uint32_t slot, std::size_t upkeep) const;
  UpkeepCount& up_to_date(std::uint32_t index);
  void tell(std::uint32_t slot, std::size_t upkeep, std::int64_t change);

  Trial& trial_;
};

}  // namespace rassoflow
