// The pathway as DOT text for Graphviz.
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/dot_words.hpp"
#include "sim/scenario/pathway_graph.hpp"

namespace rassoflow {
namespace {

/// More withdrawal arrows than this would hide the pathway.
constexpr std::size_t most_withdrawal_arrows = 12;

/// A label in several short lines.
std::string lines_text(std::string_view text) {
  std::string out = dot_text(text);
  for (const std::string_view end : {std::string_view{", "}, std::string_view{" × "}}) {
    for (std::size_t at = out.find(end); at != std::string::npos; at = out.find(end, at)) {
      out.replace(at, end.size(), std::string(end.substr(0, end.size() - 1)) + "\\n");
    }
  }
  return out;
}

std::string stage_line(const std::string& name, const StageSpec& stage) {
  std::string label = stage.title.empty() ? name : stage.title;
  if (!stage.pool.empty()) label += "\n" + stage.pool;
  std::string escaped = dot_text(label);
  // A line break in a label is written as backslash n.
  if (!stage.pool.empty()) {
    escaped = dot_text(stage.title.empty() ? name : stage.title);
    escaped.pop_back();
    const std::string pool = dot_text("(" + stage.pool + ")");
    escaped += "\\n" + pool.substr(1);
  }
  return dot_text(name) + " [label=" + escaped + ", " + std::string(shape_of(stage.kind)) + "];\n";
}

std::string edge_line(const PathwayGraph& graph, PathwayGraph::edge_descriptor edge) {
  const PathwayEdge& route = graph[edge];
  std::string style;
  if (route.kind == PathwayEdge::Kind::withdrawal) {
    style = "style=dashed, color=\"#b5544c\", constraint=false";
  } else {
    style = "label=" + lines_text(route.label);
    if (route.is_rework) style += ", style=bold, penwidth=2.5, constraint=false";
    if (route.crosses_sites) style += ", arrowhead=vee, color=\"#1d70b8\"";
  }
  return "  " + dot_text(graph[boost::source(edge, graph)].stage) + " -> " +
         dot_text(graph[boost::target(edge, graph)].stage) + " [" + style + "];\n";
}

}  // namespace

std::string to_dot(const Scenario& scenario) {
  const PathwayGraph graph = build_pathway_graph(scenario);
  std::string out = "digraph pathway {\n  rankdir=TB;\n  node [fontname=\"Arial\"];\n";
  out += "  edge [fontname=\"Arial\", fontsize=10];\n  label=" + dot_text(scenario.title) + ";\n";
  int cluster = 0;
  for (const auto& [level, spec] : scenario.levels) {
    out += "  subgraph cluster_" + std::to_string(cluster++) + " {\n    label=" + dot_text(level) +
           ";\n";
    for (const auto& [name, stage] : scenario.stages) {
      if (stage.level == level) out += "    " + stage_line(name, stage);
    }
    out += "  }\n";
  }
  std::size_t withdrawals = 0;
  std::string routes, withdrawal_routes;
  for (PathwayGraph::vertex_descriptor v = 0; v < boost::num_vertices(graph); ++v) {
    for (auto [edge, end] = boost::out_edges(v, graph); edge != end; ++edge) {
      if (graph[*edge].kind == PathwayEdge::Kind::withdrawal) {
        ++withdrawals;
        withdrawal_routes += edge_line(graph, *edge);
      } else {
        routes += edge_line(graph, *edge);
      }
    }
  }
  out += routes;
  if (withdrawals <= most_withdrawal_arrows) {
    out += withdrawal_routes;
  } else {
    out += "  \"withdrawal\" [shape=note, label=" +
           dot_text("Cases withdraw from " + std::to_string(withdrawals) + " stages") + "];\n";
  }
  return out + "}\n";
}

}  // namespace rassoflow
