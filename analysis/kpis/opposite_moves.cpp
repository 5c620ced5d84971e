#include "analysis/kpis/opposite_moves.hpp"

#include <algorithm>
#include <ranges>

#include "sim/scenario/row_names.hpp"

namespace rassoflow {
namespace {

/// A row that is among the estimates.
struct Shown {
  std::uint32_t row = 0;
  double mean = 0;
};

class Search {
 public:
  Search(const RowPlan& plan, const Observations& observations,
         const std::vector<Estimate>& estimates)
      : plan_(plan), observations_(observations), estimates_(estimates) {}

  /// The move of one flow row from the year before, if its cohort goes the other way.
  std::optional<OppositeMove> look(const RowKey& flow, const std::string& year_before) {
    const auto change_of_flow = change(flow, year_before);
    if (!change_of_flow) return std::nullopt;
    for (const std::string_view horizon : horizon_names | std::views::reverse) {
      RowKey cohort = flow;
      cohort.basis = "cohort";
      cohort.statistic += " " + std::string(horizon);
      const auto change_of_cohort = change(cohort, year_before);
      if (!change_of_cohort) continue;
      if (change_of_flow->direction * change_of_cohort->direction >= 0) return std::nullopt;
      return OppositeMove{flow,
                          cohort,
                          year_before,
                          change_of_flow->before,
                          change_of_flow->after,
                          change_of_cohort->before,
                          change_of_cohort->after};
    }
    return std::nullopt;
  }

 private:
  struct Change {
    double before = 0, after = 0;
    int direction = 0;  ///< 0: no change beyond chance
  };

  std::optional<Change> change(const RowKey& later, const std::string& year_before) {
    RowKey earlier = later;
    earlier.period = year_before;
    const auto before = shown(earlier);
    const auto after = shown(later);
    if (!before || !after) return std::nullopt;
    differences_.clear();
    for (const auto& values : observations_.values) {
      differences_.push_back(values[after->row] - values[before->row]);
    }
    const Interval range = summariser_.summarise(differences_).mean95;
    const int direction = range.low > 0 ? 1 : range.high < 0 ? -1 : 0;
    return Change{before->mean, after->mean, direction};
  }

  std::optional<Shown> shown(const RowKey& key) const {
    const auto row = plan_.find(key);
    if (!row) return std::nullopt;
    const auto found = std::lower_bound(
        estimates_.begin(), estimates_.end(), *row,
        [](const Estimate& estimate, std::size_t wanted) { return estimate.row < wanted; });
    if (found == estimates_.end() || found->row != *row) return std::nullopt;
    return Shown{found->row, found->summary.mean};
  }

  const RowPlan& plan_;
  const Observations& observations_;
  const std::vector<Estimate>& estimates_;
  Summariser summariser_;
  std::vector<double> differences_;
};

}  // namespace

std::vector<OppositeMove> opposite_moves(const RowPlan& plan, const Observations& observations,
                                         const std::vector<Estimate>& estimates) {
  std::vector<std::string> years;
  for (const Period& period : plan.periods()) {
    if (period.kind == Period::Kind::year) years.push_back(period.name);
  }
  std::vector<OppositeMove> moves;
  Search search{plan, observations, estimates};
  for (const Estimate& estimate : estimates) {
    const RowKey& key = plan.rows()[estimate.row];
    if (key.basis != "flow" || !key.site.empty() || !key.case_class.empty() ||
        (key.statistic != "share" && key.statistic != "mean")) {
      continue;
    }
    const auto year = std::find(years.begin(), years.end(), key.period);
    if (year == years.end() || year == years.begin()) continue;
    if (auto move = search.look(key, *(year - 1))) moves.push_back(std::move(*move));
  }
  return moves;
}

}  // namespace rassoflow
