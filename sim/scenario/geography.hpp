// Which sites belong to which: a force to an Area and a region, an Area to the region of its
// forces, by the cases that go from one to another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

enum class Within : std::uint8_t { not_at_all, partly, wholly };

/// `force:Kent` is "force".
std::string level_of_site(const std::string& qualified_site);

class Geography {
 public:
  explicit Geography(const Scenario& scenario);

  /// Whether the cases that come to `inner` all come to `outer` too. Both are qualified sites.
  Within within(const std::string& inner, const std::string& outer) const;

 private:
  /// By site: what share of the cases of each site with reports comes there.
  std::map<std::string, std::map<std::size_t, double>> shares_;
};

}  // namespace rassoflow
