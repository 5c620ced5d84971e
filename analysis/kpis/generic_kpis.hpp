// The KPIs that exist for any pathway: the one list that their rows are made from and that
// explains them.
//
//   for (const GenericKpi& kpi : generic_kpis()) kpi.add_rows(plan);
#pragma once

#include <span>
#include <string_view>

namespace rassoflow {

class PlanBuilder;

struct GenericKpi {
  std::string_view name;
  std::string_view unit;  ///< of shares it is %
  std::string_view definition;
  std::string_view computed;  ///< from what a trial counts
  void (*add_rows)(PlanBuilder& plan) = nullptr;  ///< none: added with those of the one before
};

std::span<const GenericKpi> generic_kpis();

}  // namespace rassoflow
