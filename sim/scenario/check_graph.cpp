// The shape of the pathway: what is reached, what ends and what circles without time passing.
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

using Vertex = PathwayGraph::vertex_descriptor;
using Colours = std::vector<boost::default_color_type>;

template <class Graph>
void spread(const Graph& graph, Vertex from, Colours& colours) {
  const auto map =
      boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, graph));
  if (colours[from] != boost::default_color_type::white_color) return;
  boost::queue<Vertex> queue;
  boost::breadth_first_visit(graph, from, queue, boost::default_bfs_visitor{}, map);
}

StageKind kind_of(const Checking& checking, Vertex v) {
  return checking.scenario.stages.at(checking.graph[v].stage).kind;
}

bool is_zero(const Quantity& quantity) {
  return quantity.kind == Quantity::Kind::literal && quantity.literal == 0;
}

/// No time need pass in a decision, for a place or in a wait whose every duration is a plain 0.
bool is_instant(const StageSpec& stage) {
  switch (stage.kind) {
    case StageKind::decide:
    case StageKind::fork:
    case StageKind::join:
    case StageKind::hold:
    case StageKind::release:
      return true;
    default:
      break;
  }
  return stage.kind == StageKind::wait && std::ranges::all_of(stage.delay, [](const LawSpec& law) {
           return law.family == LawFamily::fixed && is_zero(law.arguments[0]);
         });
}

/// Routes that some case can take: a probability written as 0 switches a route off.
struct RouteOnly {
  const PathwayGraph* graph = nullptr;
  bool operator()(PathwayGraph::edge_descriptor edge) const {
    const PathwayEdge& route = (*graph)[edge];
    return route.kind == PathwayEdge::Kind::route && !route.is_switched_off;
  }
};

struct WithinInstant {
  const PathwayGraph* graph = nullptr;
  const std::vector<bool>* instant = nullptr;
  bool operator()(PathwayGraph::edge_descriptor edge) const {
    const PathwayEdge& route = (*graph)[edge];
    return route.kind == PathwayEdge::Kind::route && !route.crosses_sites &&
           (*instant)[boost::source(edge, *graph)] && (*instant)[boost::target(edge, *graph)];
  }
};

}  // namespace

void check_reachable(Checking& checking) {
  const PathwayGraph& graph = checking.graph;
  const std::size_t count = boost::num_vertices(graph);
  Colours reached(count, boost::default_color_type::white_color);
  Colours ending(count, boost::default_color_type::white_color);
  const boost::filtered_graph<PathwayGraph, RouteOnly> routes{graph, RouteOnly{&graph}};
  const auto backwards = boost::make_reverse_graph(routes);
  bool any_report = false;
  bool any_outcome = false;
  for (Vertex v = 0; v < count; ++v) {
    if (kind_of(checking, v) == StageKind::report) {
      any_report = true;
      spread(graph, v, reached);
    }
    if (kind_of(checking, v) == StageKind::outcome) {
      any_outcome = true;
      spread(backwards, v, ending);
    }
  }
  const Place whole{checking.scenario.run.place.file, 0, 0};
  if (!any_report) checking.fault(whole, "stages", "there is no stage of kind `report`");
  if (!any_outcome) checking.fault(whole, "stages", "there is no stage of kind `outcome`");
  for (Vertex v = 0; v < count; ++v) {
    const std::string& name = graph[v].stage;
    const Place& place = checking.scenario.stages.at(name).place;
    const auto is_white = [v](const Colours& colours) {
      return colours[v] == boost::default_color_type::white_color;
    };
    if (any_report && is_white(reached)) {
      checking.fault(place, dotted_key({"stages", name}),
                     "no case ever comes to this stage: no route from a report leads here",
                     "lead a route here or leave the stage out");
    }
    if (any_outcome && is_white(ending)) {
      checking.fault(place, dotted_key({"stages", name}),
                     "a case that comes to this stage never ends: no route from here leads to an "
                     "outcome",
                     "lead a route out of here; withdrawal alone does not end every case");
    }
  }
}

void check_loops(Checking& checking) {
  const PathwayGraph& graph = checking.graph;
  const std::size_t count = boost::num_vertices(graph);
  std::vector<bool> instant(count);
  for (Vertex v = 0; v < count; ++v) {
    const StageSpec& stage = checking.scenario.stages.at(graph[v].stage);
    instant[v] = is_instant(stage);
    for (const RouteSpec* route : ways_out(stage)) {
      const StageSpec* to = checking.stage(route->to);
      if (to == nullptr || to->kind != StageKind::report) continue;
      checking.fault(route->place, dotted_key({"stages", graph[v].stage, "routes"}),
                     "the route leads to the report " + in_ticks(route->to),
                     "cases only start there");
    }
  }
  const boost::filtered_graph<PathwayGraph, WithinInstant> timeless{
      graph, WithinInstant{&graph, &instant}};
  std::vector<std::size_t> component(count);
  const auto component_map =
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph));
  const std::size_t components = boost::strong_components(timeless, component_map);
  std::vector<std::vector<std::string>> members(components);
  std::vector<bool> has_edge(components);
  for (Vertex v = 0; v < count; ++v) {
    members[component[v]].push_back(graph[v].stage);
    for (auto [edge, end] = boost::out_edges(v, timeless); edge != end; ++edge) {
      if (component[boost::target(*edge, timeless)] == component[v]) has_edge[component[v]] = true;
    }
  }
  for (std::size_t c = 0; c < components; ++c) {
    if (!has_edge[c]) continue;
    const std::string& first = members[c].front();
    checking.fault(
        checking.scenario.stages.at(first).place, dotted_key({"stages", first}),
        members[c].size() == 1
            ? "the stage leads back to itself and no time passes in between"
            : "the stages " + listed(members[c], "and") + " form a loop in which no time passes",
        "put a stage of kind `work` or `wait` into the loop");
  }
}

}  // namespace rassoflow
