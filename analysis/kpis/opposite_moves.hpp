// Where a share or a time moves one way by date of the event and the other way by date of the
// report: what was published then says the opposite of what became of the cases.
//
//   for (const OppositeMove& move : opposite_moves(plan, observations, estimates)) ...
#pragma once

#include <string>
#include <vector>

#include "analysis/kpis/estimates.hpp"

namespace rassoflow {

/// Of one KPI from a calendar year to the next, the whole country: means over the replications.
struct OppositeMove {
  RowKey flow, cohort;  ///< of the later year
  std::string earlier;  ///< the earlier year
  double flow_before = 0, flow_after = 0;
  double cohort_before = 0, cohort_after = 0;
};

/// Changes are paired by replication, and each must differ from none beyond chance: its 95%
/// interval of the mean leaves out 0. Where nothing changes at all, one pair in 800 looks opposite.
/// The cohort is followed as long as both years can be.
std::vector<OppositeMove> opposite_moves(const RowPlan& plan, const Observations& observations,
                                         const std::vector<Estimate>& estimates);

}  // namespace rassoflow
