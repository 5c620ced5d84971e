// An index type per kind of thing, so that a stage can never index a pool.
//
//   StageId stage{3};
//   pathway.stages[stage.value];
//
// Ids are positions in arrays compiled from names in alphabetical order; they
// are never part of a case's identity, of a result or of a file format.
#pragma once

#include <compare>
#include <cstdint>

namespace rassoflow {

template <class Tag, class Integer = std::uint16_t>
struct Id {
  static constexpr Integer none_value = static_cast<Integer>(-1);
  Integer value = none_value;

  constexpr bool exists() const { return value != none_value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using StageId = Id<struct StageTag>;
using PoolId = Id<struct PoolTag>;
using SiteId = Id<struct SiteTag>;
using LevelId = Id<struct LevelTag, std::uint8_t>;
using ClassId = Id<struct ClassTag, std::uint8_t>;
using PhaseId = Id<struct PhaseTag, std::uint8_t>;
using MarkId = Id<struct MarkTag>;
using UpkeepId = Id<struct UpkeepTag, std::uint8_t>;
using PatternId = Id<struct PatternTag, std::uint8_t>;
/// Position of a strand in its logical process; reused, never compared.
using Slot = Id<struct SlotTag, std::uint32_t>;

}  // namespace rassoflow
