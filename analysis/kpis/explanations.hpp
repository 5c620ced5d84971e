// What each KPI is, in words: the definitions come from the scenario and from the list of generic
// KPIs, everything else from the rows that a run of the scenario would have.
//
//   for (const ExplainedPart& part : *explain_kpi("charged", scenario, plan, figures))
//     fmt::print("{}: {}\n", part.label, part.text);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/kpis/row_plan.hpp"

namespace rassoflow {

struct KpiSummary {
  std::string name, unit, definition;
};

/// The scenario's own by name, and before them those of every pathway.
std::vector<KpiSummary> every_kpi(const Scenario& scenario);

/// Such as `publisher`: `CPS`. A text may have several lines.
struct ExplainedPart {
  std::string label, text;
};

/// Nothing if there is no such KPI.
std::optional<std::vector<ExplainedPart>> explain_kpi(const std::string& name,
                                                      const Scenario& scenario, const RowPlan& plan,
                                                      const std::vector<PublishedFigure>& figures);

}  // namespace rassoflow
