// Which table is printed, and for which periods, before anything is simulated.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "analysis/kpis/row_plan.hpp"

namespace rassoflow {

struct ChosenTable {
  const TableSpec* table = nullptr;
  std::vector<std::string> periods;  ///< none: the last quarters that fit
};

/// `periods` are names with commas between, or empty. The exit code if something is not there,
/// after that was said.
std::variant<ChosenTable, int> choose_table(const Scenario& scenario, const RowPlan& plan,
                                            const std::string& table, const std::string& periods);

}  // namespace rassoflow
