// The rows of one scenario that a comparison looks at: the nation over the whole window and by
// calendar year, cohorts, and for every place what waits there. Fewer than a run has, so that many
// replications of several scenarios fit into memory.
//
//   ComparedRows rows{scenario, pathway, {}};
//   std::vector<double> values = rows.reduce(trial.monitor);
//   values[*rows.find(key)], values[rows.support_position(*rows.find(key))]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/kpis/row_plan.hpp"

namespace rassoflow {

class ComparedRows {
 public:
  /// `wanted` are looked at whatever they are, if the scenario has them.
  ComparedRows(const Scenario& scenario, const Pathway& pathway, const std::vector<RowKey>& wanted);

  /// Sorted.
  const std::vector<RowKey>& keys() const { return keys_; }
  std::optional<std::size_t> find(const RowKey& key) const;
  const RowPlan& nation() const { return nation_; }
  const std::string& window() const { return nation_.periods().back().name; }

  /// Where the number of cases behind a row is, NaN for rows that need none.
  std::size_t support_position(std::size_t row) const { return keys_.size() + row; }
  std::size_t check_position(std::size_t check) const { return 2 * keys_.size() + check; }

  /// Safe to call from several threads.
  std::vector<double> reduce(const Monitor& monitor) const;

 private:
  /// Where a row comes from.
  struct Source {
    Detail plan = Detail::national;
    std::size_t row = 0;
  };

  RowPlan nation_;
  RowPlan places_;
  std::vector<RowKey> keys_;
  std::vector<Source> sources_;
};

}  // namespace rassoflow
