#include "sim/scenario/pathway_graph.hpp"

#include <algorithm>
#include <boost/graph/depth_first_search.hpp>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

using Vertex = PathwayGraph::vertex_descriptor;

std::string quantity_in_words(const Quantity& quantity) {
  switch (quantity.kind) {
    case Quantity::Kind::literal:
      return number_in_words(quantity.literal * 100) + "%";
    case Quantity::Kind::parameter:
      return display_name(quantity.parameter);
    case Quantity::Kind::product:
    case Quantity::Kind::sum:
      break;
  }
  std::string out;
  for (const Quantity& factor : quantity.factors) {
    if (!out.empty()) out += quantity.kind == Quantity::Kind::sum ? " + " : " × ";
    out += factor.kind == Quantity::Kind::literal ? number_in_words(factor.literal)
                                                  : quantity_in_words(factor);
  }
  return out;
}

std::string visits_in_words(const VisitRange& visits) {
  if (visits.last == UINT32_MAX) return "visit " + std::to_string(visits.first) + "+";
  if (visits.last == visits.first) return "visit " + std::to_string(visits.first);
  return "visits " + std::to_string(visits.first) + "-" + std::to_string(visits.last);
}

std::string route_label(const StageSpec& stage, const RouteSpec& route) {
  std::vector<std::string> parts;
  if (route.probability) {
    parts.push_back(quantity_in_words(*route.probability));
  } else if (stage.routes.size() > 1 && !route.above) {
    parts.emplace_back("the rest");
  }
  if (route.above) parts.push_back("above " + quantity_in_words(*route.above));
  for (const std::string& name : route.classes) parts.push_back(display_name(name));
  for (const std::string& name : route.flags) parts.push_back(display_name(name));
  for (const std::string& name : route.unless) parts.push_back("not " + display_name(name));
  if (route.visits.first != 1 || route.visits.last != UINT32_MAX) {
    parts.push_back(visits_in_words(route.visits));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

/// Some cases do not take it.
bool is_conditional(const RouteSpec& branch) {
  return branch.probability || !branch.classes.empty() || !branch.flags.empty() ||
         !branch.unless.empty() || branch.visits.first != 1 || branch.visits.last != UINT32_MAX;
}

class MarkBackEdges : public boost::default_dfs_visitor {
 public:
  explicit MarkBackEdges(std::vector<PathwayGraph::edge_descriptor>& back) : back_(back) {}
  void back_edge(PathwayGraph::edge_descriptor edge, const PathwayGraph&) { back_.push_back(edge); }

 private:
  std::vector<PathwayGraph::edge_descriptor>& back_;
};

/// Follows cases from their reports along the routes; what leads back to where a case has already
/// been is rework.
void mark_rework(const Scenario& scenario, PathwayGraph& graph) {
  std::vector<boost::default_color_type> colours(boost::num_vertices(graph),
                                                 boost::default_color_type::white_color);
  const auto colour_map =
      boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, graph));
  std::vector<PathwayGraph::edge_descriptor> back;
  const auto visit_from = [&](bool from_reports) {
    for (Vertex v = 0; v < boost::num_vertices(graph); ++v) {
      const bool is_report = scenario.stages.at(graph[v].stage).kind == StageKind::report;
      if (is_report != from_reports || colours[v] != boost::default_color_type::white_color) {
        continue;
      }
      boost::depth_first_visit(graph, v, MarkBackEdges{back}, colour_map);
    }
  };
  visit_from(true);
  visit_from(false);
  for (const auto& edge : back) {
    if (graph[edge].kind == PathwayEdge::Kind::route) graph[edge].is_rework = true;
  }
}

}  // namespace

PathwayGraph build_pathway_graph(const Scenario& scenario) {
  PathwayGraph graph;
  std::map<std::string, Vertex> vertices;
  for (const auto& [name, stage] : scenario.stages) {
    vertices[name] = boost::add_vertex(PathwayVertex{name}, graph);
  }
  const auto connect = [&](const std::string& from, const std::string& to, PathwayEdge edge) {
    const auto found = vertices.find(to);
    if (found == vertices.end()) return;
    edge.crosses_sites = scenario.stages.at(from).level != scenario.stages.at(to).level;
    boost::add_edge(vertices.at(from), found->second, edge, graph);
  };
  for (const auto& [name, stage] : scenario.stages) {
    for (const RouteSpec* route : ways_out(stage)) {
      PathwayEdge edge;
      edge.label = route_label(stage, *route);
      edge.is_switched_off = route->probability &&
                             route->probability->kind == Quantity::Kind::literal &&
                             route->probability->literal == 0;
      connect(name, route->to, std::move(edge));
    }
    if (stage.kind == StageKind::fork && std::ranges::all_of(stage.branches, is_conditional)) {
      PathwayEdge edge;
      edge.label = "none needed";
      connect(name, stage.join, std::move(edge));
    }
    const auto phase = scenario.withdrawal.find(stage.withdrawal);
    if (phase == scenario.withdrawal.end()) continue;
    PathwayEdge edge;
    edge.kind = PathwayEdge::Kind::withdrawal;
    edge.label = "withdrawal";
    connect(name, phase->second.to, std::move(edge));
  }
  mark_rework(scenario, graph);
  return graph;
}

}  // namespace rassoflow
