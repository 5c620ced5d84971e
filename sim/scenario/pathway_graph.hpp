// The pathway as a directed graph of stages and routes (Boost.Graph): for checks, for drawing,
// never for the hot loop.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

struct PathwayVertex {
  std::string stage;
};
struct PathwayEdge {
  enum class Kind : std::uint8_t { route, withdrawal };
  Kind kind = Kind::route;
  std::string label;  ///< probability as written, classes, visits
  bool crosses_sites = false;
  bool is_rework = false;        ///< closes a loop
  bool is_switched_off = false;  ///< its probability is written as 0
};
using PathwayGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS,
                                           PathwayVertex, PathwayEdge>;

/// Vertices in alphabetical order of stages; routes to unknown stages are left out.
PathwayGraph build_pathway_graph(const Scenario& scenario);

/// DOT text, clustered by level, one line a stage and a route.
std::string to_dot(const Scenario& scenario);

}  // namespace rassoflow
