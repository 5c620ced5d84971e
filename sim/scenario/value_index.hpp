// value_of for many sites and dates: the steps of every parameter sorted once. Agrees with
// value_of on every site and date.
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

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

class ValueIndex {
 public:
  explicit ValueIndex(const Scenario& scenario);

  std::optional<double> at(const Quantity& quantity, const std::string& site, Date date) const;
  /// Dates after `origin` and before `to` on which the quantity may change at this site.
  void add_changes(const Quantity& quantity, const std::string& site, Date origin, Date to,
                   std::set<Date>& out) const;
  /// True if a parameter in the quantity has values of its own for this site.
  bool has_own_values(const Quantity& quantity, const std::string& site) const;

 private:
  using Steps = std::vector<std::pair<Date, double>>;  ///< by date; since ever: the lowest date
  std::map<std::string, std::map<std::string, Steps>> steps_;  ///< by parameter, then site
};

}  // namespace rassoflow
