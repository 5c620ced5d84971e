#include "analysis/cli/event_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/cli/plain_words.hpp"
#include "analysis/report/figures.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t dates_width = 26;  // "28 Sep 2020 to 27 Jun 2021"
using NamedEvent = std::pair<const std::string, EventSpec>;

std::vector<const NamedEvent*> events_by_date(const Scenario& scenario) {
  std::vector<const NamedEvent*> events;
  for (const NamedEvent& event : scenario.events) events.push_back(&event);
  std::ranges::stable_sort(events, {}, [](const NamedEvent* event) { return event->second.from; });
  return events;
}

}  // namespace

std::string event_lines(const Scenario& scenario, const std::string& indent, EventNames names) {
  std::string lines;
  for (const NamedEvent* event : events_by_date(scenario)) {
    std::string text =
        left_aligned(dates_in_words(event->second.from, event->second.to), dates_width) + "  ";
    if (names == EventNames::shown) text += display_name(event->first) + ": ";
    text += display_name(event->second.title);
    lines += left_aligned(indent + text, page);
    lines = lines.substr(0, lines.find_last_not_of(' ') + 1) + "\n";
  }
  return lines;
}

std::string assumed_effect_lines(const Scenario& scenario, const std::string& indent) {
  std::string lines;
  for (const NamedEvent* event : events_by_date(scenario)) {
    for (const EffectSpec& effect : event->second.effects) {
      if (effect.grade != Grade::assumed) continue;
      const auto parameter = scenario.parameters.find(effect.parameter);
      const std::string unit = parameter == scenario.parameters.end() ? "" : parameter->second.unit;
      const std::string range = effect.low && effect.high
                                    ? fmt::format("{} to {}", *effect.low, *effect.high)
                                    : "no range";
      lines +=
          wrapped(fmt::format("{}: {} {} ({})", display_name(event->first),
                              display_name(effect.parameter), change_in_words(effect, unit), range),
                  page, indent);
    }
  }
  return lines;
}

}  // namespace rassoflow
