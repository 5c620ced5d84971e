// Numbers as a planner writes them: in place, by the name of a parameter or as a product; the
// parameters with their dated values, units, sources and grades; the events that change them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/diagnostic.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

enum class Grade : std::uint8_t { published, derived, calibrated, assumed, unsourced };

/// A number of the scenario: written in place, the name of a parameter, or a product or sum of
/// numbers.
struct Quantity {
  enum class Kind : std::uint8_t { literal, parameter, product, sum };
  Kind kind = Kind::literal;
  double literal = 0;
  std::string parameter;
  std::vector<Quantity> factors;  ///< of a product, or the terms of a sum
  Place place;
};

enum class TimeUnit : std::uint8_t { seconds, minutes, hours, days };
inline constexpr std::array<std::string_view, 4> time_unit_names{"seconds", "minutes", "hours",
                                                                 "days"};
inline constexpr Seconds seconds_in(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::seconds:
      return 1;
    case TimeUnit::minutes:
      return 60;
    case TimeUnit::hours:
      return seconds_per_hour;
    case TimeUnit::days:
      return seconds_per_day;
  }
  return 1;
}

/// One value of a parameter: for one site or for all, from a date on.
struct ParameterStep {
  std::string site;          ///< `force:Kent`; empty for every site
  std::optional<Date> from;  ///< nothing: since ever
  std::optional<Date> announced;
  double value = 0;
  Place place;
};

struct ParameterSpec {
  std::string unit;
  Grade grade = Grade::unsourced;
  std::string source;
  std::string note;
  std::optional<double> low;
  std::optional<double> high;
  std::string not_a_lever;  ///< why no lever may act on it; empty: any may
  std::vector<ParameterStep> steps;
  Place place;
};

/// What an event or a lever does to one parameter while it lasts.
struct EffectSpec {
  /// The words of effect_words: each says on which scale evidence reports the effect.
  enum class Kind : std::uint8_t {
    ratio,
    difference,
    odds_ratio,    ///< of a probability
    hazard_ratio,  ///< of a hazard
    time_ratio,    ///< of a duration or of effort
    shift,         ///< of the strength of evidence or of a threshold of it
    total,         ///< a difference shared among the sites in proportion to their values
  };
  /// How it acts: value = base x ratios + differences, odds = odds x odds ratios.
  enum class Scale : std::uint8_t { ratio, difference, odds };

  std::string parameter;
  std::set<std::string> sites;  ///< `force:Kent`; none: every site
  Kind kind = Kind::ratio;
  double value = 1;
  std::string value_parameter;  ///< where its value comes from, if not written in place
  std::string by;               ///< of a total: shared by this parameter; empty: by its own
  std::optional<double> low;    ///< within which the ratio or difference may lie
  std::optional<double> high;
  Grade grade =
      Grade::unsourced;  ///< the event's where the effect states none; so are the next two
  std::string source;
  std::string note;
  Place place;

  Scale scale() const {
    if (kind == Kind::odds_ratio) return Scale::odds;
    const bool adds = kind == Kind::difference || kind == Kind::shift || kind == Kind::total;
    return adds ? Scale::difference : Scale::ratio;
  }
  double neutral_value() const { return scale() == Scale::difference ? 0 : 1; }
  bool is_neutral() const { return value == neutral_value(); }
};
inline constexpr std::array<std::string_view, 7> effect_words{
    "ratio", "difference", "odds_ratio", "hazard_ratio", "time_ratio", "shift", "total"};

/// Something that happened or will happen on known dates: a lockdown, a strike, new guidance.
struct EventSpec {
  std::string title;
  Date from{};
  std::optional<Date> to;  ///< first day on which it is over; nothing: for good
  std::optional<Date> announced;
  Grade grade = Grade::unsourced;
  std::string source;
  std::string note;
  std::vector<EffectSpec> effects;  ///< none: known, without effect in this model
  Place place;
};

}  // namespace rassoflow
