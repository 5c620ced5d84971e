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

/// The stages of one level as one picture for people: numbers in place of the names of parameters,
/// and what crosses to other levels as grey stubs. The scenario is one that check lets pass.
std::string to_dot(const Scenario& scenario, const std::string& level);

/// Values of a chance over all sites and all days that count: `15%`, `0% to 52%`.
std::string chance_in_words(const Scenario& scenario, const Quantity& quantity,
                            const std::string& level);

}  // namespace rassoflow
