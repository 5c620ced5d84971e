// The value of a Quantity at a site on a date, as check and compile both read it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// The step of the parameter in force: of the named site if it has any in force, else of every
/// site; the latest `from` not after `date`. Nothing if none is in force.
std::optional<double> value_of(const Scenario& scenario, const Quantity& quantity,
                               const std::string& qualified_site, Date date);

/// Every date at which any parameter named in the quantity changes.
std::set<Date> change_dates(const Scenario& scenario, const Quantity& quantity);

/// `force:Kent`
std::string qualified_site(const std::string& level, const std::string& name);

}  // namespace rassoflow
