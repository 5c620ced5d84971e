// People in post by recruitment, by pool and site, computed once for the whole run.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// All recruitments of a pool at a site together.
struct StaffAdded {
  double in_post = 0;  ///< FTE
  double worth = 0;    ///< the same in members who have learnt everything
  friend bool operator==(const StaffAdded&, const StaffAdded&) = default;
};

class StaffPlans {
 public:
  explicit StaffPlans(const Scenario& scenario);

  StaffAdded on(const std::string& pool, const std::string& qualified_site, Date date) const;
  /// Where no one is ever recruited there are none.
  std::set<Date> dates_of_change() const;

 private:
  using Months = std::vector<std::pair<Date, StaffAdded>>;
  std::map<std::pair<std::string, std::string>, Months> plans_;  ///< by pool and site
};

}  // namespace rassoflow
