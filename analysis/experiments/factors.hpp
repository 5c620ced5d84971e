// What a factor does to a scenario. The kinds of factor are a table: a new kind is a row, a key in
// read_sweep.cpp and a line in docs/compare-and-sweep.md.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "analysis/experiments/sweep_spec.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// As named in the sweep.
using ScenariosByFile = std::map<std::string, std::shared_ptr<const Scenario>>;

struct FactorKind {
  std::string_view name;
  /// For a coordinate of a design from 0 to 1.
  double (*value_at)(const FactorSpec& factor, double coordinate);
  std::string (*in_words)(const FactorSpec& factor, double value);
  void (*apply)(const FactorSpec& factor, double value, const ScenariosByFile& scenarios,
                Scenario& scenario);
};

/// In the order in which they act.
std::span<const FactorKind> factor_kinds();
const FactorKind& kind_of(const FactorSpec& factor);

/// Changes every step of the parameter, from the factor's date on.
void change_parameter(const FactorSpec& factor, double value, ParameterSpec& parameter);

}  // namespace rassoflow
