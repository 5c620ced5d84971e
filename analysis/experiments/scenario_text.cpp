#include "analysis/experiments/scenario_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rassoflow {
namespace {

std::string date_text(const std::optional<Date>& date) {
  return date ? format_date(*date) : "";
}

std::string quantity_text(const Quantity& quantity) {
  std::string text = fmt::format("{}:{:a}:{}", static_cast<int>(quantity.kind), quantity.literal,
                                 quantity.parameter);
  for (const Quantity& factor : quantity.factors) text += "*" + quantity_text(factor);
  return text;
}

std::string effect_text(const EffectSpec& effect) {
  return fmt::format("|{},{},{},{:a}", effect.parameter, fmt::join(effect.sites, ","),
                     static_cast<int>(effect.kind), effect.value);
}

std::string kpi_text(const std::string& name, const KpiSpec& kpi) {
  std::string text =
      fmt::format("kpi {}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", name,
                  static_cast<int>(kpi.kind), kpi.unit, kpi.mark, fmt::join(kpi.outcomes, ","),
                  static_cast<int>(kpi.which), kpi.from, kpi.to, fmt::join(kpi.numerator, ","),
                  fmt::join(kpi.denominator, ","), fmt::join(kpi.stages, ","),
                  fmt::join(kpi.over_days, ","), kpi.since, fmt::join(kpi.pools, ","), kpi.stock);
  for (const auto& [part, stages] : kpi.parts) {
    text += fmt::format("|{}:{}", part, fmt::join(stages, ","));
  }
  if (kpi.split) text += "|" + kpi.split->by + "," + kpi.split->with + "," + kpi.split->without;
  if (kpi.per) text += fmt::format("|per {}", static_cast<int>(*kpi.per));
  if (kpi.factor) text += "|" + quantity_text(*kpi.factor);
  if (kpi.hours_a_week) text += "|" + quantity_text(*kpi.hours_a_week);
  return text + "\n";
}

}  // namespace

std::string what_decides_rows(const Scenario& scenario) {
  std::string text;
  for (const auto& [name, kpi] : scenario.kpis) text += kpi_text(name, kpi);
  for (const auto& [name, parameter] : scenario.parameters) {
    text += "parameter " + name;
    for (const ParameterStep& step : parameter.steps) {
      text += fmt::format("|{},{},{},{:a}", step.site, date_text(step.from),
                          date_text(step.announced), step.value);
    }
    text += "\n";
  }
  for (const auto& [name, event] : scenario.events) {
    text += fmt::format("event {}|{}|{}|{}", name, format_date(event.from), date_text(event.to),
                        date_text(event.announced));
    for (const EffectSpec& effect : event.effects) text += effect_text(effect);
    text += "\n";
  }
  for (const LeverChange& change : scenario.lever_changes) {
    text += fmt::format("lever {}|{}|{}|{}|{}|{}|{}", change.lever, format_date(change.from),
                        format_date(change.to), format_date(change.announced), change.ramp_days,
                        fmt::join(change.replaces, ","), static_cast<int>(change.combines)) +
            effect_text(change.effect) + "\n";
  }
  return text;
}

}  // namespace rassoflow
