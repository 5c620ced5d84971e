// A scenario for a planner to fill in: what a force, an Area or a region can replace by figures of
// its own, with what the base assumes until then.
//
//   const LocalTemplate local = local_template(base, "../england-wales/baseline.toml",
//   "area:Wales");
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

struct LocalTemplate {
  std::string name;   ///< of the files, such as "wales"
  std::string toml;   ///< as it stands it gives the rows of the base
  std::string posts;  ///< CSV of posts to be filled; empty where no pool there has positions
};

/// Expects a base without faults that has the site. `base_path` is relative to the new file.
LocalTemplate local_template(const Scenario& base, const std::string& base_path,
                             const std::string& qualified_site);

}  // namespace rassoflow
