// From the observations of all replications to estimates, row by row in the order of the plan.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "analysis/estimators/summary.hpp"
#include "analysis/kpis/row_plan.hpp"

namespace rassoflow {

/// What RowPlan::reduce gave, by replication in rising order.
struct Observations {
  std::vector<std::uint32_t> replications;
  std::vector<std::vector<double>> values;
};

struct Estimate {
  std::uint32_t row = 0;
  Summary summary;
};

/// Shares and durations of fewer cases a replication on average are left out.
inline constexpr double least_mean_support = 20;

/// Rows without any value in any replication are left out too.
std::vector<Estimate> estimate(const RowPlan& plan, const Observations& observations);

/// Faults found by each check, over all replications.
std::vector<BookkeepingCheck> sum_checks(const RowPlan& plan, const Observations& observations);

/// The row that a published figure stands beside, or why there is none.
std::variant<std::size_t, std::string> row_of(const PublishedFigure& figure,
                                              const Scenario& scenario, const RowPlan& plan);

/// A published figure beside its row, or the reason why it stands alone.
struct Comparison {
  PublishedFigure figure;
  std::optional<std::uint32_t> estimate;  ///< index into the estimates
  std::string reason;
};
std::vector<Comparison> compare_with_published(const Scenario& scenario, const RowPlan& plan,
                                               const std::vector<Estimate>& estimates,
                                               const std::vector<PublishedFigure>& figures);

}  // namespace rassoflow
