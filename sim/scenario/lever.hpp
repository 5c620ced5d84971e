// Levers: what somebody can decide. A lever owns effects on parameters and says since when and
// where it is in use; a bundle puts several levers to work on its own dates at its own places.
// A lever without dates is off, so a scenario may carry a whole catalogue of them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/quantity.hpp"

namespace rassoflow {

/// One wave: when and where a lever is in use.
struct LeverUse {
  std::optional<Date> from;  ///< nothing: not in use
  std::optional<Date> to;    ///< first day on which it is over; nothing: for good
  std::optional<Date> announced;
  std::set<std::string> sites;  ///< `area:Wales`; none: every site
  Place place;
};

/// What happens where two levers change one parameter at one place on one day.
enum class Combines : std::uint8_t { not_at_all, max };
inline constexpr std::array<std::string_view, 1> combines_names{"max"};

struct LeverSpec {
  std::string title;
  std::string note;
  Grade grade = Grade::unsourced;  ///< of its effects, where they state none; so is the source
  std::string source;
  std::vector<EffectSpec> effects;
  std::vector<std::string> bundle;  ///< levers that it puts to work
  LeverUse use;
  std::vector<LeverUse> waves;     ///< instead of `use`
  std::uint32_t ramp_days = 0;     ///< its effects grow over so many days
  std::set<std::string> replaces;  ///< levers whose effects on the same parameters give way
  Combines combines = Combines::not_at_all;
  Place place;
};

/// One effect of a lever in use: what resolve_levers makes of every lever, bundle and wave.
struct LeverChange {
  std::string lever;
  std::string bundle;  ///< that puts it to work; empty: it is in use by itself
  EffectSpec effect;   ///< with its sites among those that read the parameter, and its value
  Date from{};
  Date to{};  ///< the highest date: for good
  Date announced{};
  std::uint32_t ramp_days = 0;
  std::set<std::string> replaces;
  Combines combines = Combines::not_at_all;
};

}  // namespace rassoflow
