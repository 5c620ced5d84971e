#include "analysis/experiments/factors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/core/contracts.hpp"

namespace rassoflow {
namespace {

/// Position among `count` equal parts of [0, 1].
std::size_t part_of(double coordinate, std::size_t count) {
  const auto part = static_cast<std::size_t>(coordinate * static_cast<double>(count));
  return std::min(part, count - 1);
}

double scenario_at(const FactorSpec& factor, double coordinate) {
  return static_cast<double>(part_of(coordinate, factor.scenarios.size()));
}

std::string scenario_in_words(const FactorSpec& factor, double value) {
  return factor.scenarios[static_cast<std::size_t>(value)];
}

void apply_scenario(const FactorSpec& factor, double value, const ScenariosByFile& scenarios,
                    Scenario& scenario) {
  scenario = *scenarios.at(scenario_in_words(factor, value));
}

double parameter_at(const FactorSpec& factor, double coordinate) {
  if (!factor.has_range()) return factor.values[part_of(coordinate, factor.values.size())];
  return coordinate == 1 ? *factor.high : *factor.low + coordinate * (*factor.high - *factor.low);
}

std::string parameter_in_words(const FactorSpec&, double value) {
  return fmt::format("{}", value);
}

void apply_parameter(const FactorSpec& factor, double value, const ScenariosByFile&,
                     Scenario& scenario) {
  change_parameter(factor, value, scenario.parameters.at(factor.parameter));
}

constexpr std::array kinds{
    FactorKind{"scenarios", scenario_at, scenario_in_words, apply_scenario},
    FactorKind{"parameter", parameter_at, parameter_in_words, apply_parameter},
};

double changed(FactorSpec::Change change, double base, double value) {
  switch (change) {
    case FactorSpec::Change::value:
      return value;
    case FactorSpec::Change::ratio:
      return base * value;
    case FactorSpec::Change::difference:
      return base + value;
  }
  return base;
}

/// Of one site's steps (or of those for every site) the one in force on the date.
const ParameterStep* step_on(const std::vector<ParameterStep>& steps, const std::string& site,
                             Date date) {
  const ParameterStep* latest = nullptr;
  for (const ParameterStep& step : steps) {
    if (step.site != site || (step.from && *step.from > date)) continue;
    const bool is_later =
        latest == nullptr || !latest->from || (step.from && *step.from > *latest->from);
    if (is_later) latest = &step;
  }
  return latest;
}

}  // namespace

std::span<const FactorKind> factor_kinds() {
  return kinds;
}

const FactorKind& kind_of(const FactorSpec& factor) {
  const auto* found = std::find_if(
      kinds.begin(), kinds.end(), [&](const FactorKind& kind) { return kind.name == factor.kind; });
  RF_EXPECT(found != kinds.end());
  return *found;
}

void change_parameter(const FactorSpec& factor, double value, ParameterSpec& parameter) {
  // A step that begins on the date, so that the change has something to act on there.
  if (factor.from) {
    std::set<std::string> sites;
    for (const ParameterStep& step : parameter.steps) sites.insert(step.site);
    for (const std::string& site : sites) {
      const ParameterStep* before = step_on(parameter.steps, site, *factor.from);
      if (before == nullptr || before->from == factor.from) continue;
      ParameterStep step = *before;
      step.from = factor.from;
      step.announced.reset();
      parameter.steps.push_back(step);
    }
  }
  for (ParameterStep& step : parameter.steps) {
    if (factor.from && (!step.from || *step.from < *factor.from)) continue;
    step.value = changed(factor.change, step.value, value);
  }
}

}  // namespace rassoflow
