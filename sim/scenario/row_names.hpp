// Which rows of the output a KPI has: the words that a table, or a reader of results, may ask for.
//
//   for (const RowName& row : row_names(scenario, "referrals")) ...
//   find_row_name(scenario, {"charge_rate", "share within 12 months"})   // cohort is understood
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// By the age of the report; as many as cohort_days, in the same order.
inline constexpr std::array<std::string_view, 3> horizon_names{
    "within 6 months", "within 12 months", "within 24 months"};

struct RowName {
  std::string basis, statistic;
  std::string outcome, stage;  ///< empty where they do not apply
};

/// Names of all KPIs: those of the scenario, the ages of its stocks, and those of any pathway.
std::vector<std::string> kpi_names(const Scenario& scenario);

/// `live_caseload_age` of `live_caseload`
std::string name_of_ages(const std::string& stock);

/// The stock whose ages have this name: `live_caseload` of `live_caseload_age`.
const KpiSpec* stock_of_ages(const Scenario& scenario, const std::string& name);

/// What people expect first comes first; nothing for an unknown KPI.
std::vector<RowName> row_names(const Scenario& scenario, const std::string& kpi);

/// The first that has all that the row names; statistic and basis may be left to the KPI.
std::optional<RowName> find_row_name(const Scenario& scenario, const TableRowSpec& row);

}  // namespace rassoflow
