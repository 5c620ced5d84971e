#include "analysis/cli/lever_lines.hpp"

#include <fmt/format.h>

#include "analysis/cli/grade_name.hpp"
#include "analysis/cli/plain_words.hpp"
#include "analysis/report/figures.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;

std::string range_in_words(const EffectSpec& effect) {
  if (!effect.low || !effect.high) return "no range";
  return readable(*effect.low) + " to " + readable(*effect.high);
}

std::string effect_in_words(const Scenario& scenario, const EffectSpec& effect) {
  const auto parameter = scenario.parameters.find(effect.parameter);
  const std::string unit = parameter == scenario.parameters.end() ? "" : parameter->second.unit;
  const std::string change =
      effect.is_neutral() ? "no effect known" : change_in_words(effect, unit);
  std::string text = fmt::format("{}: {} ({}, {})", display_name(effect.parameter), change,
                                 grade_name(effect.grade), range_in_words(effect));
  if (!effect.sites.empty()) text += " in " + places_in_words(effect.sites);
  return text;
}

std::string lines_of(const Scenario& scenario, const std::string& name, const LeverSpec& lever,
                     const std::string& indent) {
  std::string lines =
      wrapped(display_name(name) + ": " + display_name(lever.title, 200), page, indent);
  for (const std::string& use : uses_in_words(lever)) {
    lines += wrapped("in use " + use, page, indent + "  ");
  }
  return lines + effect_lines(scenario, lever, indent + "  ");
}

}  // namespace

std::set<std::string> levers_in_use(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& [name, lever] : scenario.levers) {
    if (uses_of(lever).empty()) continue;
    names.insert(name);
    names.insert(lever.bundle.begin(), lever.bundle.end());
  }
  return names;
}

std::vector<std::string> uses_in_words(const LeverSpec& lever) {
  std::vector<std::string> out;
  for (const LeverUse& use : uses_of(lever)) {
    std::string text = dates_in_words(*use.from, use.to);
    text += use.sites.empty() ? " everywhere" : " in " + places_in_words(use.sites);
    if (lever.ramp_days > 0) text += fmt::format(", growing over {} days", lever.ramp_days);
    out.push_back(std::move(text));
  }
  return out;
}

std::string effect_lines(const Scenario& scenario, const LeverSpec& lever,
                         const std::string& indent) {
  std::string lines;
  if (!lever.bundle.empty()) {
    std::string members;
    for (const std::string& member : lever.bundle) {
      members += (members.empty() ? "" : ", ") + display_name(member);
    }
    lines += wrapped("puts to work: " + members, page, indent);
  }
  for (const EffectSpec& effect : lever.effects) {
    lines += wrapped(effect_in_words(scenario, effect), page, indent);
  }
  return lines;
}

std::string lever_lines(const Scenario& scenario) {
  const std::set<std::string> in_use = levers_in_use(scenario);
  std::string used, off;
  for (const auto& [name, lever] : scenario.levers) {
    (in_use.contains(name) ? used : off) += lines_of(scenario, name, lever, "  ");
  }
  std::string out;
  if (!used.empty()) out += "In use\n" + used;
  if (!off.empty()) out += "Off (give `from` to put to use)\n" + off;
  return out;
}

std::string levers_in_use_lines(const Scenario& scenario, const std::string& indent) {
  std::string out;
  for (const std::string& name : levers_in_use(scenario)) {
    const auto lever = scenario.levers.find(name);
    if (lever != scenario.levers.end()) out += lines_of(scenario, name, lever->second, indent);
  }
  return out;
}

}  // namespace rassoflow
