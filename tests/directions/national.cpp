#include "tests/directions/national.hpp"

#include <stdexcept>

#include "analysis/kpis/published.hpp"
#include "sim/scenario/check_scenario.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {

Scenario national(const std::function<void(Scenario&)>& change) {
  Scenario scenario = scenario_in(source_path("scenarios/england-wales/baseline.toml"));
  scenario.run.origin = parse_date("2017-04-01").value();
  scenario.run.from = parse_date("2018-07-01").value();
  scenario.run.to = parse_date("2021-01-01").value();
  if (change) change(scenario);
  if (const Diagnostics faults = check_scenario(scenario); !faults.empty()) {
    throw std::runtime_error("the scenario is not valid:\n" + in_words(faults));
  }
  return scenario;
}

std::vector<double> Rows::of(const RowKey& key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] != key) continue;
    std::vector<double> of_row;
    for (const auto& replication : values) of_row.push_back(replication[i]);
    return of_row;
  }
  throw std::runtime_error("no row of " + key.kpi + " " + key.stage + " " + key.period);
}

Rows rows_of(const Scenario& scenario, Detail detail) {
  const Pathway pathway = compile_pathway(scenario);
  const RowPlan plan{scenario, pathway, {}, detail};
  Rows rows;
  rows.keys = plan.rows();
  for (const TrialResult& trial : run_trials(pathway, scenario.run.seed, replications)) {
    rows.values.push_back(plan.reduce(trial.monitor));
    rows.values.back().resize(rows.keys.size());
  }
  return rows;
}

void close_courts(Scenario& scenario, Date from, Date to) {
  EventSpec closure;
  closure.title = "Courts closed";
  closure.from = from;
  closure.to = to;
  closure.grade = Grade::assumed;
  closure.source = "a test";
  EffectSpec effect;
  effect.parameter = "court_efficiency";
  effect.value = 0;
  effect.low = 0;
  effect.high = 1;
  closure.effects.push_back(effect);
  scenario.events["courts_closed"] = closure;
}

}  // namespace rassoflow
