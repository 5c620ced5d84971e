#include "analysis/cli/event_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "analysis/report/figures.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t dates_width = 26;  // "28 Sep 2020 to 27 Jun 2021"
constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

using NamedEvent = std::pair<const std::string, EventSpec>;

std::vector<const NamedEvent*> events_by_date(const Scenario& scenario) {
  std::vector<const NamedEvent*> events;
  for (const NamedEvent& event : scenario.events) events.push_back(&event);
  std::ranges::stable_sort(events, {}, [](const NamedEvent* event) { return event->second.from; });
  return events;
}

std::string date_in_words(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{} {} {}", static_cast<unsigned>(civil.day()),
                     months[static_cast<unsigned>(civil.month()) - 1],
                     static_cast<int>(civil.year()));
}

/// The last day is the one before `to`.
std::string dates_in_words(const EventSpec& event) {
  const std::string first = date_in_words(event.from);
  if (!event.to) return "from " + first;
  const Date last = *event.to - std::chrono::days{1};
  return last == event.from ? first : first + " to " + date_in_words(last);
}

std::string change_in_words(const EffectSpec& effect) {
  if (effect.kind == EffectSpec::Kind::ratio) return fmt::format("times {}", effect.value);
  return fmt::format("{} {}", effect.value < 0 ? "less" : "plus", std::abs(effect.value));
}

}  // namespace

std::string event_lines(const Scenario& scenario, const std::string& indent, EventNames names) {
  std::string lines;
  for (const NamedEvent* event : events_by_date(scenario)) {
    std::string text = left_aligned(dates_in_words(event->second), dates_width) + "  ";
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
      const std::string range = effect.low && effect.high
                                    ? fmt::format("{} to {}", *effect.low, *effect.high)
                                    : "no range";
      lines += wrapped(fmt::format("{}: {} {} ({})", display_name(event->first),
                                   display_name(effect.parameter), change_in_words(effect), range),
                       page, indent);
    }
  }
  return lines;
}

}  // namespace rassoflow
