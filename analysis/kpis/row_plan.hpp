// The shape of the output, fixed before anything runs: which rows there are, and how each is
// computed from what one trial counted. `reduce` turns a trial into one vector of numbers on the
// worker's thread, so that no trial is kept.
//
//   RowPlan plan{scenario, pathway, published, Detail::national};
//   std::vector<double> values = plan.reduce(trial.monitor);
//   values[i]            // what plan.rows()[i] names, NaN if no case had it
//   values[plan.support(i)]   // the number of cases behind it, where there is one
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/kpis/measures.hpp"
#include "analysis/kpis/periods.hpp"
#include "analysis/kpis/published.hpp"
#include "analysis/kpis/row_key.hpp"
#include "analysis/kpis/sample_groups.hpp"

namespace rassoflow {

enum class Detail { national, sites };
/// Of which periods there are rows.
enum class PeriodsOf { run, window };

/// A sum of measures with signs.
struct Term {
  std::uint32_t measure = 0;  ///< index into PlanParts::measures
  int sign = 1;
};

struct Formula {
  enum class Kind : std::uint8_t {
    sum,     ///< scale · Σ numerator over the months
    level,   ///< numerator in the last month
    ratio,   ///< scale · Σ numerator / Σ denominator
    growth,  ///< percent by which the later period exceeds the earlier
    mean,    ///< of a sample group, in days; as the next three
    median,
    p90,
    total,
    look,  ///< scale · (constant + Σ looks) / Σ denominator
  };
  Kind kind = Kind::sum;
  std::vector<Term> numerator;
  std::vector<Term> denominator;
  double scale = 1;
  double constant = 0;  ///< look: 1 for what is left
  std::uint16_t first_month = 0, end_month = 0;
  std::uint16_t later_first = 0, later_end = 0;  ///< growth
  std::int32_t factor = -1;                      ///< index into PlanParts::factors
  std::uint32_t group = 0;
  std::vector<std::uint32_t> looks;
  /// Cells of fewer cases on average are left out of estimates: the denominator, or the group.
  bool needs_support = false;
};

struct PlanParts {
  std::vector<RowKey> rows;
  std::vector<Formula> formulas;
  std::vector<Measure> measures;
  std::vector<std::vector<double>> factors;  ///< by month
  std::vector<SampleGroup> groups;
  std::vector<CohortLook> looks;
};

class RowPlan {
 public:
  RowPlan(const Scenario& scenario, const Pathway& pathway,
          const std::vector<PublishedFigure>& published, Detail detail,
          PeriodsOf periods = PeriodsOf::run);

  const std::vector<RowKey>& rows() const { return parts_.rows; }
  const std::vector<Period>& periods() const { return periods_; }
  const MonthRange& window() const { return window_; }
  std::optional<std::size_t> find(const RowKey& key) const;
  /// Where in the reduced vector the number of cases behind a row is, for shares and durations.
  std::optional<std::size_t> support(std::size_t row) const;
  const std::vector<std::string>& check_names() const { return check_names_; }
  std::size_t check_position(std::size_t check) const {
    return parts_.rows.size() + supports_.size() + check;
  }

  /// Safe to call from several threads. Rows, then supports, then faults found by the checks.
  std::vector<double> reduce(const Monitor& monitor) const;

 private:
  void find_supports();

  const Pathway* pathway_;
  MonthRange window_;
  std::vector<Period> periods_;
  PlanParts parts_;
  SampleIndex samples_;
  std::vector<std::int32_t> support_;    ///< by row, -1 for none
  std::vector<std::uint32_t> supports_;  ///< the row whose formula gives it
  std::vector<std::uint32_t> sorted_;    ///< rows by key
  std::vector<std::string> check_names_;
};

}  // namespace rassoflow
