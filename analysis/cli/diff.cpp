// rassoflow diff: what one scenario does otherwise than another, in plain English.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/lever_lines.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/plain_words.hpp"
#include "analysis/report/figures.hpp"
#include "sim/scenario/differences.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
/// Of a ramp or a long plan, so many steps are told one by one.
constexpr std::size_t most_stretches = 4;
/// Of a parameter that differs otherwise from site to site, so many are told one by one.
constexpr std::size_t most_sites = 4;

std::string value_in_words(const std::optional<double>& value) {
  return value ? readable(*value) : "no value";
}

std::string change_of(const ValueStretch& stretch) {
  if (!stretch.before || !stretch.after) return "";
  const double difference = *stretch.after - *stretch.before;
  std::string text =
      fmt::format("{}{}", difference < 0 ? "-" : "+", readable(std::abs(difference)));
  if (*stretch.before != 0) {
    const double share = 100 * difference / *stretch.before;
    text += fmt::format(", {}{}%", share < 0 ? "-" : "+", readable(std::abs(share)));
  }
  return " (" + text + ")";
}

std::string stretch_in_words(const std::vector<ValueStretch>& stretches, std::size_t i) {
  const ValueStretch& stretch = stretches[i];
  const std::optional<Date> to =
      i + 1 < stretches.size() ? std::optional(stretches[i + 1].from) : std::nullopt;
  return fmt::format("{}: {} to {}{}", dates_in_words(stretch.from, to),
                     value_in_words(stretch.before), value_in_words(stretch.after),
                     change_of(stretch));
}

void print_head(const ValueDifference& difference, const std::string& where) {
  std::string head = display_name(difference.parameter);
  if (!difference.unit.empty()) head += " (" + display_name(difference.unit) + ")";
  if (!where.empty()) head += ", " + where;
  if (!difference.causes.empty()) {
    std::string causes;
    for (const std::string& cause : difference.causes) {
      causes += (causes.empty() ? "" : ", ") + display_name(cause);
    }
    head += "; acted on by " + causes;
  }
  fmt::print("{}", wrapped(head, page, "  "));
}

void print_value(const ValueDifference& difference) {
  const std::set<std::string> sites(difference.sites.begin(), difference.sites.end());
  const bool has_places = !sites.empty() && !sites.contains("");
  print_head(difference, has_places ? places_in_words(sites) : "");
  std::vector<std::size_t> told;
  for (std::size_t i = 0; i < difference.stretches.size(); ++i) {
    if (!difference.stretches[i].is_same()) told.push_back(i);
  }
  const auto print = [&](std::size_t i) {
    fmt::print("{}", wrapped(stretch_in_words(difference.stretches, i), page, "    "));
  };
  if (told.size() <= most_stretches) {
    std::ranges::for_each(told, print);
    return;
  }
  print(told.front());
  fmt::print("    ... {} steps between ...\n", told.size() - 2);
  print(told.back());
}

/// "9.2 to 31.4", "0", "no value"
std::string spread_in_words(const std::set<double>& values) {
  if (values.empty()) return "no value";
  const std::string low = readable(*values.begin()), high = readable(*values.rbegin());
  return low == high ? low : low + " to " + high;
}

/// One parameter that differs otherwise from site to site: since when, and what is in the end.
void print_many(std::span<const ValueDifference> differences) {
  std::size_t sites = 0;
  std::set<double> before, after;
  Date first = Date::max();
  for (const ValueDifference& difference : differences) {
    sites += difference.sites.size();
    for (const ValueStretch& stretch : difference.stretches) {
      if (!stretch.is_same()) first = std::min(first, stretch.from);
    }
    const ValueStretch& last = difference.stretches.back();
    if (last.before) before.insert(*last.before);
    if (last.after) after.insert(*last.after);
  }
  print_head(differences.front(), fmt::format("{} sites, each in its own way", sites));
  fmt::print("{}",
             wrapped(fmt::format("from {} on; in the end {} instead of {}", date_in_words(first),
                                 spread_in_words(after), spread_in_words(before)),
                     page, "    "));
}

void print_values(std::span<const ValueDifference> values) {
  if (!values.empty()) fmt::print("\nNumbers, from A to B\n");
  while (!values.empty()) {
    std::size_t count = 1;
    while (count < values.size() && values[count].parameter == values[0].parameter) ++count;
    if (count > most_sites) {
      print_many(values.first(count));
    } else {
      std::ranges::for_each(values.first(count), print_value);
    }
    values = values.subspan(count);
  }
}

/// Levers, and the numbers of parameters, are told above.
bool is_shown_as_values(const std::string& key) {
  return key.starts_with("levers.") ||
         (key.starts_with("parameters.") &&
          (key.ends_with(".value") || key.ends_with(".changes") || key.ends_with(".csv")));
}

/// Of a parameter that is only in one of the two its name is enough.
std::string parameter_of(const TextDifference& text) {
  if (!text.key.starts_with("parameters.") || (text.before && text.after)) return "";
  const std::size_t dot = text.key.rfind('.');
  return text.key.substr(0, dot);
}

void print_texts(const std::vector<TextDifference>& texts) {
  std::string lines;
  std::set<std::string> alone;
  for (const TextDifference& text : texts) {
    if (text.key.starts_with("parameters.") && text.key.ends_with(".unit") &&
        !parameter_of(text).empty()) {
      alone.insert(parameter_of(text));
      lines +=
          wrapped(parameter_of(text) + (text.after ? ": only in B" : ": only in A"), page, "  ");
    }
  }
  for (const TextDifference& text : texts) {
    if (text.key == "title" || text.key == "notes" || text.key == "extends") continue;
    if (is_shown_as_values(text.key) || alone.contains(parameter_of(text))) continue;
    const std::string change = !text.before  ? "only in B: " + *text.after
                               : !text.after ? "only in A: " + *text.before
                                             : *text.before + " becomes " + *text.after;
    lines += wrapped(text.key + ": " + change, page, "  ");
  }
  if (!lines.empty()) fmt::print("\nWritten otherwise\n{}", lines);
}

void print_levers(const Scenario& a, const Scenario& b) {
  std::set<std::string> names;
  for (const Scenario* scenario : {&a, &b}) {
    for (const auto& [name, lever] : scenario->levers) names.insert(name);
  }
  const auto uses = [](const Scenario& scenario, const std::string& name) {
    const auto found = scenario.levers.find(name);
    return found == scenario.levers.end() ? std::vector<std::string>{}
                                          : uses_in_words(found->second);
  };
  std::string lines;
  for (const std::string& name : names) {
    const auto before = uses(a, name), after = uses(b, name);
    if (before == after) continue;
    const Scenario& with = after.empty() ? a : b;
    lines += wrapped(display_name(name) + ": " + display_name(with.levers.at(name).title, 200),
                     page, "  ");
    for (const std::string& use : before) lines += wrapped("A: in use " + use, page, "    ");
    if (before.empty()) lines += "    A: off\n";
    for (const std::string& use : after) lines += wrapped("B: in use " + use, page, "    ");
    if (after.empty()) lines += "    B: off\n";
    lines += effect_lines(with, with.levers.at(name), "    ");
  }
  if (!lines.empty()) fmt::print("\nLevers\n{}", lines);
}

}  // namespace

int diff_command(const Arguments& arguments) {
  OptionParser options{"diff", "Says in plain English what scenario B does otherwise than A."};
  std::string files[2];
  options.positional("A", files[0], "a scenario's TOML file");
  options.positional("B", files[1], "another");
  if (const auto stop = options.parse(arguments)) return *stop;
  Scenario scenarios[2];
  TomlValue texts[2];
  for (std::size_t i = 0; i < 2; ++i) {
    auto loaded = load_scenario(files[i]);
    if (const int* code = std::get_if<int>(&loaded)) return *code;
    scenarios[i] = std::get<Scenario>(std::move(loaded));
    auto merged = read_merged(files[i]);
    if (auto* faults = std::get_if<Diagnostics>(&merged)) {
      print_diagnostics(std::move(*faults));
      return ExitCode::invalid_scenario;
    }
    texts[i] = std::get<TomlValue>(std::move(merged));
  }
  const Scenario &a = scenarios[0], &b = scenarios[1];
  fmt::print("{}", wrapped("A: " + display_name(a.title, 200), page));
  fmt::print("{}", wrapped("B: " + display_name(b.title, 200), page));
  print_levers(a, b);
  const std::vector<ValueDifference> values = value_differences(a, b);
  print_values(values);
  const std::vector<TextDifference> written = text_differences(texts[0], texts[1]);
  print_texts(written);
  if (values.empty() && written.empty()) fmt::print("\nThere is no difference.\n");
  return ExitCode::ok;
}

}  // namespace rassoflow
