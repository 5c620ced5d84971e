// Values: of parameters within their own ranges, and of every quantity wherever it is read.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

constexpr double tolerance = 1e-9;
constexpr double most_layers = 1e6;

void check_steps(Checking& checking, const std::string& name, const ParameterSpec& parameter,
                 const std::vector<std::string>& sites) {
  const std::string key = dotted_key({"parameters", name});
  std::set<std::pair<std::string, std::optional<Date>>> seen;
  for (const ParameterStep& step : parameter.steps) {
    if (!step.site.empty()) checking.expect_name(step.place, key, "site", step.site, sites);
    if (step.announced && (!step.from || *step.announced > *step.from)) {
      checking.fault(step.place, key,
                     "the value is announced on " + format_date(*step.announced) +
                         (step.from ? ", after it takes effect on " + format_date(*step.from)
                                    : ", but has no date from which it is in force"),
                     "`announced` is at most `from`");
    }
    if (!seen.emplace(step.site, step.from).second) {
      checking.fault(
          step.place, key,
          "there are two values " +
              (step.site.empty() ? std::string("for every site") : "for " + in_ticks(step.site)) +
              (step.from ? " from " + format_date(*step.from) : " since ever"),
          "leave one out");
    }
    const bool is_low = parameter.low && step.value < *parameter.low;
    const bool is_high = parameter.high && step.value > *parameter.high;
    if (is_low || is_high) {
      checking.fault(step.place, key,
                     "the value " + number_in_words(step.value) + " is " +
                         (is_low ? "below `low`, " + number_in_words(*parameter.low)
                                 : "above `high`, " + number_in_words(*parameter.high)),
                     "the range says within which values the parameter may lie");
    }
  }
}

bool is_known(const Checking& checking, const Quantity& quantity) {
  return std::ranges::all_of(parameters_in(quantity), [&](const std::string& name) {
    return checking.scenario.parameters.contains(name);
  });
}

/// The first parameter in the quantity that has no value in force there.
std::string parameter_without_value(const Checking& checking, const Quantity& quantity,
                                    const std::string& site, Date date) {
  for (const std::string& name : parameters_in(quantity)) {
    Quantity alone;
    alone.kind = Quantity::Kind::parameter;
    alone.parameter = name;
    if (!checking.values.at(alone, site, date)) return name;
  }
  return "";
}

/// Why the value is not allowed, or nothing.
std::string fault_of_value(const Checking& checking, const QuantitySlot& slot, double value) {
  const RoleRange range = range_of(slot.role);
  const bool is_below_top =
      range.highest_is_allowed ? value <= range.highest : value < range.highest;
  if (!(value >= range.lowest && is_below_top)) {
    return "is " + number_in_words(value) + ", but must be " + std::string(range.in_words);
  }
  if (slot.role == Role::places && value != std::floor(value)) {
    return "is " + number_in_words(value) + ", but must be a whole number of places";
  }
  if (slot.role == Role::arrivals && value > most_layers * checking.scenario.run.layer_rate) {
    return "is " + number_in_words(value) + ", more than a million times `run.layer_rate`";
  }
  return "";
}

bool is_checked_as_law(const QuantitySlot& slot) {
  return slot.role == Role::law_time || slot.role == Role::law_number;
}

void check_slot(Checking& checking, const QuantitySlot& slot) {
  const bool is_unused_phase =
      slot.levels.empty() && (slot.role == Role::hazard || slot.role == Role::multiplier);
  if (is_unused_phase || !is_known(checking, *slot.quantity)) return;
  checking.for_each_stretch({slot.quantity}, slot.levels, [&](const std::string& site, Date from) {
    const auto value = checking.values.at(*slot.quantity, site, from);
    if (!value) {
      const std::string name = parameter_without_value(checking, *slot.quantity, site, from);
      checking.fault(
          slot.place, slot.key,
          "the parameter " + in_ticks(name) + " has no value " + checking.at_from(site, from),
          site.empty() ? "give a value that names no site"
                       : "give `value`, or a change without `from`");
      return false;
    }
    if (is_checked_as_law(slot)) return true;
    const std::string why = fault_of_value(checking, slot, *value);
    if (why.empty()) return true;
    const bool is_dated = slot.quantity->kind != Quantity::Kind::literal;
    checking.fault(
        slot.place, slot.key,
        "the value " + (is_dated ? checking.at_from(site, from, {slot.quantity}) + " " : "") + why);
    return false;
  });
}

void check_law(Checking& checking, const std::string& key, const LawSpec& law,
               const std::string& level) {
  const bool has_second = !law_argument_names(law.family)[1].empty();
  std::vector<const Quantity*> arguments{&law.arguments[0]};
  if (has_second) arguments.push_back(&law.arguments[1]);
  if (!std::ranges::all_of(arguments, [&](const auto* q) { return is_known(checking, *q); })) {
    return;
  }
  checking.for_each_stretch(arguments, {level}, [&](const std::string& site, Date from) {
    const auto first = checking.values.at(*arguments[0], site, from);
    const auto second = has_second ? checking.values.at(*arguments[1], site, from) : 0.0;
    if (!first || !second) return true;
    const auto why = law_fault(law.family, *first, *second);
    if (!why) return true;
    checking.fault(law.place, key,
                   "the law " + checking.at_from(site, from, arguments) + " is not one: " + *why);
    return false;
  });
}

void check_coverage(Checking& checking, const std::string& key, const Place& place,
                    const std::vector<LawSpec>& laws) {
  std::vector<VisitRange> ranges;
  for (const LawSpec& law : laws) ranges.push_back(law.visits);
  std::ranges::sort(ranges, {}, &VisitRange::first);
  std::uint64_t next = 1;
  for (const VisitRange& range : ranges) {
    if (range.first != next) {
      checking.fault(place, key,
                     range.first > next ? "no law covers visit " + std::to_string(next)
                                        : "two laws cover visit " + std::to_string(range.first),
                     "`visits` of all laws together cover every visit once");
      return;
    }
    next = std::uint64_t{range.last} + 1;
  }
  if (!ranges.empty() && ranges.back().last != UINT32_MAX) {
    checking.fault(
        place, key, "no law covers visit " + std::to_string(next),
        "let the last law have `visits = \"" + std::to_string(ranges.back().first) + "+\"`");
  }
}

}  // namespace

std::string number_in_words(double number) {
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::general, 9);
  return {digits.data(), end.ptr};
}

void check_parameters(Checking& checking) {
  const std::vector<std::string> sites = all_sites(checking.scenario);
  for (const auto& [name, parameter] : checking.scenario.parameters) {
    if (parameter.low && parameter.high && *parameter.low > *parameter.high) {
      checking.fault(parameter.place, dotted_key({"parameters", name, "low"}),
                     "`low` is " + number_in_words(*parameter.low) + ", above `high`, " +
                         number_in_words(*parameter.high));
    }
    check_steps(checking, name, parameter, sites);
  }
}

void check_values(Checking& checking) {
  for (const QuantitySlot& slot : checking.slots) check_slot(checking, slot);
}

void check_laws(Checking& checking) {
  for (const auto& [name, stage] : checking.scenario.stages) {
    for (const auto* laws : {&stage.effort, &stage.delay, &stage.listing.length}) {
      const char* which =
          laws == &stage.effort ? "effort" : (laws == &stage.delay ? "delay" : "length");
      const std::string key = dotted_key({"stages", name, which});
      for (const LawSpec& law : *laws) check_law(checking, key, law, stage.level);
      check_coverage(checking, key, stage.place, *laws);
    }
  }
}

void check_class_shares(Checking& checking) {
  std::vector<const Quantity*> shares;
  std::vector<std::string> levels;
  Place place;
  for (const QuantitySlot& slot : checking.slots) {
    if (slot.role != Role::class_share) continue;
    if (!is_known(checking, *slot.quantity)) return;
    shares.push_back(slot.quantity);
    levels = slot.levels;
    place = slot.place;
  }
  checking.for_each_stretch(shares, levels, [&](const std::string& site, Date from) {
    double sum = 0;
    for (const Quantity* share : shares) {
      const auto value = checking.values.at(*share, site, from);
      if (!value) return true;
      sum += *value;
    }
    if (std::abs(sum - 1) <= tolerance) return true;
    checking.fault(place, "classes",
                   "the shares of all classes " + checking.at_from(site, from, shares) +
                       " add up to " + number_in_words(sum) + ", not 1");
    return false;
  });
}

void check_hazard_bands(Checking& checking) {
  for (const auto& [name, phase] : checking.scenario.withdrawal) {
    const std::string key = dotted_key({"withdrawal", name, "bands"});
    if (phase.bands.empty() || phase.bands.size() > 100) {
      checking.fault(phase.place, key, "a phase has 1 to 100 bands");
      continue;
    }
    if (phase.bands.front().from_day != 0) {
      checking.fault(phase.place, key, "the first band does not start at day 0",
                     "write `from_day = 0`; a band may have `per_day = 0`");
    }
    for (std::size_t i = 1; i < phase.bands.size(); ++i) {
      const double day = phase.bands[i].from_day;
      if (day > phase.bands[i - 1].from_day && day <= 36'600) continue;
      checking.fault(phase.place, key,
                     "band " + std::to_string(i + 1) + " starts at day " + number_in_words(day) +
                         ", not after the band before or beyond 100 years",
                     "write the bands in rising order of `from_day`");
    }
  }
}

}  // namespace rassoflow
