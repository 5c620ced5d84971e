// A sweep with everything fixed before a unit runs: its scenarios, its design and the rows that are
// kept. Each point of the design is compiled when its first unit begins.
//
//   auto prepared = prepare_sweep(spec, "sweep.toml");
//   const PointSystem system = make_point(sweep, 17);
//   const std::vector<double> values = system.values_of(run_trial(*system.pathway, seed,
//   0).monitor);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/experiments/factors.hpp"
#include "analysis/kpis/row_plan.hpp"
#include "analysis/store/study.hpp"

namespace rassoflow {

struct PreparedSweep {
  SweepSpec spec;
  ScenariosByFile scenarios;                ///< checked
  std::vector<std::vector<double>> points;  ///< value of each factor
  Study study;
};

/// All faults of the sweep and its scenarios at once.
Result<PreparedSweep> prepare_sweep(const SweepSpec& spec, const std::string& file);

/// One point, ready to run; or why it cannot.
struct PointSystem {
  std::unique_ptr<const Pathway> pathway;
  std::unique_ptr<const RowPlan> plan;
  std::vector<std::optional<std::size_t>> positions;  ///< of the study's rows in the plan
  std::string failure;

  std::vector<double> values_of(const Monitor& monitor) const;
};
PointSystem make_point(const PreparedSweep& sweep, std::uint64_t point);

UnitKey unit_key(const PreparedSweep& sweep, std::uint64_t point, std::uint32_t replication);

}  // namespace rassoflow
