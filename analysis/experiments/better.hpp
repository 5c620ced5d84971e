// Where a direction is better: times, waits, ages, backlogs and displaced work, of which less is
// better. Never a rate of charge, conviction, withdrawal or no further action: what these should be
// no simulation can say.
#pragma once

#include "analysis/kpis/row_key.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

enum class Better { lower, neither };
Better better_of(const RowKey& key, const Scenario& scenario);

/// Rows that a change may make worse for others: waits, backlogs, ages and displaced work over the
/// whole window, each once.
bool is_burden(const RowKey& key, const Scenario& scenario);

}  // namespace rassoflow
