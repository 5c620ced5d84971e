// What events and levers have in common: dates in order, effects that mean something where they
// act, on the scale on which the parameter is read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/levers.hpp"

namespace rassoflow {

/// Inverse ratios cancel but for the last bits of a double.
inline constexpr double effect_rounding = 1e-12;

/// " below `low`, 0.1" or nothing.
std::string beyond(double value, const std::optional<double>& low,
                   const std::optional<double>& high);

class EffectCheck {
 public:
  explicit EffectCheck(Checking& checking);

  /// `path` is that of the event, lever or wave; `what` is such as "the event".
  void look_at_dates(const Place& place, const std::vector<std::string>& path,
                     const std::string& what, const LeverUse& dates);
  /// `path` is that of the owner; the effects' own come below it.
  void look_at_effects(const std::vector<std::string>& path, const std::string& what,
                       const std::vector<EffectSpec>& effects);

  /// Where the parameter is read; nothing where nothing reads it.
  const ReadAt* read_at(const std::string& parameter) const;

 private:
  void look_at_number(const std::string& key, const EffectSpec& effect);
  void look_at_word(const std::string& key, const EffectSpec& effect);
  void look_at_sites(const std::string& key, const EffectSpec& effect);
  void look_for_twice(const std::vector<std::string>& path, const std::string& what,
                      const std::vector<EffectSpec>& effects);

  Checking& checking_;
  std::map<std::string, ReadAt> read_at_;
  std::map<std::string, std::set<Role>> roles_;
};

/// `events.strike.effects.[2]`
std::string effect_key(std::vector<std::string> path, std::size_t index);

}  // namespace rassoflow
