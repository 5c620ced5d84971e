// Options against a base, replication by replication: both meet the same cases with the same luck,
// because the scenario is in the key of no draw.
//
//   const OptionComparison c = compare_option(base, option);
//   c.find(key)->paired.difference.mean95
//
// A row that only one of the two has is listed and never left out in silence.
#pragma once

#include <string>
#include <vector>

#include "analysis/estimators/best.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/experiments/compared_rows.hpp"
#include "analysis/kpis/estimates.hpp"

namespace rassoflow {

/// One scenario of a comparison with what its replications gave.
struct ComparedSystem {
  const Scenario* scenario = nullptr;
  const ComparedRows* rows = nullptr;
  const Observations* observations = nullptr;
};

struct RowDifference {
  RowKey key;
  PairedDifference paired;
};

struct OptionComparison {
  std::vector<RowDifference> rows;  ///< by key
  std::vector<RowKey> only_in_base, only_in_option;
  /// In both, but in one of them of fewer than 20 cases a replication or in none at all.
  std::vector<RowKey> too_few;
  std::size_t pairs = 0;  ///< replications that both have

  const RowDifference* find(const RowKey& key) const;
};

OptionComparison compare_option(const ComparedSystem& base, const ComparedSystem& option);

/// Which of the systems is best in a row of which less is better; empty if one of them lacks it.
std::vector<AgainstBest> compare_all(const std::vector<ComparedSystem>& systems, const RowKey& key);

/// Why the two cannot be compared: the case keys or the days counted would differ.
std::vector<std::string> reasons_against(const Scenario& base, const Scenario& option);

/// What one has and the other has not: stages, pools, classes and sites, in plain sentences that
/// call them by the labels.
std::vector<std::string> structural_differences(const Scenario& base, const std::string& base_label,
                                                const Scenario& option,
                                                const std::string& option_label);

/// The rows of the scenario's precision targets, over the window where they name no period; without
/// targets, arrivals, outcomes, times, waits and what is open at the end.
Result<std::vector<RowKey>> headline_rows(const Scenario& scenario, const Pathway& pathway);

/// The latest calendar year, or else quarter, whose cases the run sees for so long; rows of
/// outcomes of a cohort, with those still open. Empty if there is none.
std::vector<RowKey> latest_cohort(const ComparedRows& rows, const std::string& kpi,
                                  const std::string& statistic);

/// The waits, backlogs, ages and displaced work that changed beyond their interval.
struct Burdens {
  std::vector<const RowDifference*> worse, better;  ///< by size against the base
  std::size_t looked_at = 0;                        ///< of which the simulation changes any
  std::size_t unchanged = 0;                        ///< the same in every replication
  std::size_t worse_at_95 = 0;                      ///< each looked at alone
};
/// Of the nation: every row beyond its own 95% interval.
Burdens national_burdens(const OptionComparison& comparison, const ComparedSystem& base);
/// Of places: only those beyond an interval that holds for all of them at once.
Burdens local_burdens(const OptionComparison& comparison, const ComparedSystem& base);

}  // namespace rassoflow
