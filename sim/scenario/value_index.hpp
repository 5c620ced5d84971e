// value_of for many sites and dates: the steps of every parameter sorted once, and the changes by
// events gathered by parameter. Agrees with value_of on every site and date. The scenario outlives
// the index.
//
//   ValueIndex values{scenario};
//   values.at(quantity, "force:Kent", date);
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/values.hpp"

namespace rassoflow {

class ValueIndex {
 public:
  explicit ValueIndex(const Scenario& scenario);

  std::optional<double> at(const Quantity& quantity, const std::string& site, Date date) const;
  /// Before the odds ratios are applied; see weight_of.
  std::optional<Weight> weight_at(const Quantity& quantity, const std::string& site,
                                  Date date) const;
  /// Dates after `origin` and before `to` on which the quantity may change at this site.
  void add_changes(const Quantity& quantity, const std::string& site, Date origin, Date to,
                   std::set<Date>& out) const;
  /// True if a parameter in the quantity has values of its own, or changes by events of its own,
  /// for this site.
  bool has_own_values(const Quantity& quantity, const std::string& site) const;
  /// What changes the parameters in the quantity at this site on this date.
  std::vector<Change> changes_at(const Quantity& quantity, const std::string& site,
                                 Date date) const;

  /// How many there are to look through for one value.
  std::size_t change_count(const Quantity& quantity) const;

 private:
  using Steps = std::vector<std::pair<Date, double>>;  ///< by date; since ever: the lowest date
  struct Timeline {
    std::map<std::string, Steps> steps;  ///< by site
    std::vector<Change> changes;         ///< by name of the event
  };
  const Timeline* timeline_of(const Quantity& quantity) const;

  std::map<std::string, Timeline> timelines_;  ///< by parameter
};

}  // namespace rassoflow
