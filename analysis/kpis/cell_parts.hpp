// Which number of a Monitor's cell a measure is about. A source that the kind of cell lacks is our
// mistake.
#pragma once

#include <cstdint>

#include "analysis/kpis/measures.hpp"

namespace rassoflow {

std::int64_t part_of(const StageCell& cell, Measure::Source source);
std::int64_t part_of(const PoolCell& cell, Measure::Source source);
/// Within the measure's horizon, if it has one.
std::int64_t part_of(const MarkCell& cell, const Measure& measure);
std::int64_t part_of(const SiteCell& cell, Measure::Source source);
std::int64_t part_of(const BatchCell& cell, Measure::Source source);
std::int64_t part_of(const DiaryCell& cell, Measure::Source source);

}  // namespace rassoflow
