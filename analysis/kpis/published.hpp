// Published figures that a scenario names, and which row of the output is the same quantity. A
// figure of another population, unit or period is listed with the reason and never compared.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/kpis/periods.hpp"
#include "analysis/kpis/row_key.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

struct PublishedFigure {
  std::string key, kpi, statistic, basis, as_at, population, unit, period;
  std::optional<double> value;
  std::optional<double> sd;
  std::string family, use, grade, source_ids, note;
};

/// Empty if the scenario names no figures.
Result<std::vector<PublishedFigure>> read_published(const Scenario& scenario);

/// The key of the row that is the same quantity, or why there cannot be one.
std::variant<RowKey, std::string> row_key_of(const PublishedFigure& figure,
                                             const Scenario& scenario);

/// `2020-Q4 to 2022-Q2`
struct GrowthPeriods {
  MonthRange earlier, later;
};
std::optional<GrowthPeriods> parse_growth_periods(const std::string& period);

/// The statistic of a cohort looked at on a date spread evenly over a span of months.
std::string look_statistic(const std::string& as_at);

}  // namespace rassoflow
