// The national pathway over a few years, changed in one thing, its rows side by side with those of
// the baseline: same seed, so the same cases with the same luck.
//
//   const Rows base = rows_of(national());
//   const Rows closed = rows_of(national([](Scenario& s) { ... }));
//   change_of(base, closed, "live_caseload");   // by replication
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/kpis/row_plan.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

inline constexpr std::uint32_t replications = 2;

/// From April 2017 to December 2020, counted from July 2018; the change is one that `check` lets
/// pass.
Scenario national(const std::function<void(Scenario&)>& change = {});

struct Rows {
  std::vector<RowKey> keys;
  std::vector<std::vector<double>> values;  ///< by replication, then by row

  /// Of one row, by replication.
  std::vector<double> of(const RowKey& key) const;
};

Rows rows_of(const Scenario& scenario, Detail detail = Detail::national);

/// No room sits from the first day to the last.
void close_courts(Scenario& scenario, Date from, Date to);

}  // namespace rassoflow
