// The stages of one level as a picture that people can read: short lines, numbers, stubs for what
// crosses to other levels.
#include <algorithm>
#include <cmath>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/dot_words.hpp"
#include "sim/scenario/pathway_graph.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t longest_line = 15;
constexpr std::size_t wide_from = 40;

/// Broken at spaces; a line break in DOT is backslash n.
std::string short_lines(std::string_view text, std::size_t longest = longest_line) {
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (used > 0) {
      const bool fits = used + 1 + word.size() <= longest;
      out += fits ? " " : "\n";
      used = fits ? used + 1 : 0;
    }
    out += word;
    used += word.size();
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

/// Escaped first, so that only our own breaks become breaks.
std::string label_text(const std::string& lines) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = lines.find('\n'); at != std::string::npos; at = lines.find('\n', from)) {
    const std::string part = dot_text(lines.substr(from, at - from));
    out += part.substr(1, part.size() - 2) + "\\n";
    from = at + 1;
  }
  const std::string part = dot_text(lines.substr(from));
  return '"' + out + part.substr(1, part.size() - 2) + '"';
}

std::string in_words(const std::string& name) {
  std::string out = display_name(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string title_of(const Scenario& scenario, const std::string& name) {
  const StageSpec& stage = scenario.stages.at(name);
  return stage.title.empty() ? in_words(name) : stage.title;
}

std::string percent(double share) {
  const double value = share * 100;
  const double rounded = value < 10 ? std::round(value * 10) / 10 : std::round(value);
  return number_in_words(rounded) + "%";
}

/// Shapes that take less room around their text.
std::string_view shape_in_picture(StageKind kind) {
  switch (kind) {
    case StageKind::decide:
      return "shape=hexagon, margin=\"0.01,0.02\"";
    case StageKind::hold:
    case StageKind::release:
      return "shape=tab, style=filled, fillcolor=\"#fff3cd\"";
    case StageKind::outcome:
      return "shape=box, peripheries=2";
    default:
      return shape_of(kind);
  }
}

class LevelPicture {
 public:
  LevelPicture(const Scenario& scenario, const std::string& level)
      : scenario_(scenario), level_(level), graph_(build_pathway_graph(scenario)) {}

  std::string draw() {
    for (const auto& [name, stage] : scenario_.stages) {
      if (stage.level == level_ && stage.kind != StageKind::outcome) add_stage(name, name);
    }
    for (auto [v, end] = boost::vertices(graph_); v != end; ++v) add_routes(*v);
    add_withdrawals();
    put_parts_below();
    return "digraph pathway {\n  rankdir=TB;\n  nodesep=0.08;\n  ranksep=0.24;\n"
           "  node [fontname=\"Arial\", fontsize=11, margin=\"0.08,0.05\", height=0.3];\n"
           "  edge [fontname=\"Arial\", fontsize=10, arrowsize=0.6];\n" +
           nodes_ + stubs_ + edges_ + "}\n";
  }

 private:
  void add_stage(const std::string& id, const std::string& name) {
    const StageSpec& stage = scenario_.stages.at(name);
    std::string label = short_lines(title_of(scenario_, name));
    if (!stage.pool.empty()) label += "\n(" + short_lines(in_words(stage.pool)) + ")";
    nodes_ += "  " + dot_text(id) + " [label=" + label_text(label) + ", " +
              std::string(shape_in_picture(stage.kind)) + "];\n";
  }

  /// An outcome is drawn wherever cases come to it, so that no arrow crosses the picture.
  std::string end_of(const std::string& name, const std::string& partner) {
    if (scenario_.stages.at(name).kind != StageKind::outcome) return dot_text(name);
    const std::string id = name + " of " + partner;
    if (!names_.contains(dot_text(id))) add_stage(id, name);
    return dot_text(id);
  }

  /// A grey name at the edge of the picture; each arrow has its own, so that none crosses it.
  std::string stub(const std::string& name, const std::string& partner, bool is_from) {
    const std::string id = (is_from ? "from " : "to ") + name + " of " + partner;
    if (names_.contains(dot_text(id))) return dot_text(id);
    const std::string level = scenario_.stages.at(name).level;
    const std::string label = (is_from ? "from " : "to ") + in_words(level) + ":\n" +
                              short_lines(title_of(scenario_, name));
    stubs_ += "  " + dot_text(id) +
              " [shape=plaintext, fontcolor=\"#505a5f\", label=" + label_text(label) + "];\n";
    return dot_text(id);
  }

  void add_routes(PathwayGraph::vertex_descriptor from) {
    const std::string& name = graph_[from].stage;
    const StageSpec& stage = scenario_.stages.at(name);
    const std::vector<const RouteSpec*> ways = ways_out(stage);
    std::size_t way = 0;
    for (auto [edge, end] = boost::out_edges(from, graph_); edge != end; ++edge) {
      const PathwayEdge& route = graph_[*edge];
      if (route.kind != PathwayEdge::Kind::route) continue;
      const RouteSpec* spec = way < ways.size() ? ways[way++] : nullptr;
      const std::string& to = graph_[boost::target(*edge, graph_)].stage;
      const bool starts = stage.level == level_;
      const bool ends = scenario_.stages.at(to).level == level_;
      if (!starts && !ends) continue;
      std::string style = "label=" + label_text(spec != nullptr ? label_of(stage, *spec)
                                                                : std::string("none needed"));
      if (route.is_rework && starts && ends) style += ", penwidth=2, constraint=false";
      if (!starts || !ends) style += ", color=\"#1d70b8\"";
      connect(starts ? dot_text(name) : stub(name, to, true),
              ends ? end_of(to, name) : stub(to, name, false), style);
    }
  }

  void connect(const std::string& from, const std::string& to, const std::string& style) {
    edges_ += "  " + from + " -> " + to + " [" + style + "];\n";
    names_.insert(from);
    names_.insert(to);
    parts_[part_of(to)] = part_of(from);
  }

  /// One of the names that hang together with this one.
  std::string part_of(std::string name) {
    for (auto at = parts_.find(name); at != parts_.end() && at->second != name;) {
      name = at->second;
      at = parts_.find(name);
    }
    return name;
  }

  /// In a wide picture, what hangs together with no report goes below the last join and not beside.
  void put_parts_below() {
    std::string join, report;
    std::size_t stages = 0;
    for (const auto& [name, stage] : scenario_.stages) {
      if (stage.level != level_) continue;
      ++stages;
      if (stage.kind == StageKind::join) join = dot_text(name);
      if (stage.kind == StageKind::report) report = dot_text(name);
    }
    if (stages < wide_from || join.empty() || report.empty()) return;
    std::set<std::string> seen{part_of(report)};
    for (const std::string& name : names_) {
      if (seen.insert(part_of(name)).second) {
        edges_ += "  " + join + " -> " + part_of(name) + " [style=invis];\n";
      }
    }
  }

  std::string label_of(const StageSpec& stage, const RouteSpec& route) const {
    std::vector<std::string> parts;
    if (route.probability) {
      parts.push_back(chance_in_words(scenario_, *route.probability, stage.level));
      if (route.slope) parts.back() += " at strength 0";
    }
    if (route.above) parts.emplace_back("strong enough");
    for (const std::string& name : route.classes) parts.push_back(in_words(name));
    for (const std::string& name : route.flags) parts.push_back(in_words(name));
    for (const std::string& name : route.unless) parts.push_back("not " + in_words(name));
    if (route.visits.first > 1) parts.emplace_back("later");
    if (route.visits.last != UINT32_MAX) {
      parts.push_back(route.visits.last == 1 ? "first time" : "earlier");
    }
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ",\n") + part;
    return out;
  }

  void add_withdrawals() {
    std::map<std::string, std::size_t> stages_by_target;
    for (const auto& [name, stage] : scenario_.stages) {
      const auto phase = scenario_.withdrawal.find(stage.withdrawal);
      if (stage.level == level_ && phase != scenario_.withdrawal.end()) {
        ++stages_by_target[phase->second.to];
      }
    }
    for (const auto& [to, count] : stages_by_target) {
      const std::string id = dot_text("withdrawal to " + to);
      const bool is_here = scenario_.stages.at(to).level == level_;
      nodes_ += "  " + id + " [shape=note, color=\"#b5544c\", label=" +
                label_text("Victim withdraws\nsupport at one of\n" + std::to_string(count) +
                           (count == 1 ? " stage" : " stages")) +
                "];\n";
      connect(id, is_here ? dot_text(to) : stub(to, "withdrawal", false),
              "style=dashed, color=\"#b5544c\"");
    }
  }

  const Scenario& scenario_;
  const std::string& level_;
  PathwayGraph graph_;
  std::string nodes_, stubs_, edges_;
  std::map<std::string, std::string> parts_;  ///< a name and another of its part
  std::set<std::string> names_;               ///< that have an arrow
};

}  // namespace

std::string chance_in_words(const Scenario& scenario, const Quantity& quantity,
                            const std::string& level) {
  std::set<Date> days{scenario.run.from};
  for (const Date day : change_dates(scenario, quantity)) {
    if (day > scenario.run.from && day < scenario.run.to) days.insert(day);
  }
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (const auto& [name, site] : scenario.sites.at(level)) {
    for (const Date day : days) {
      const double value =
          value_of(scenario, quantity, qualified_site(level, name), day).value_or(0);
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  const std::string low = percent(least), high = percent(most);
  return low == high ? low : low + " to " + high;
}

std::string to_dot(const Scenario& scenario, const std::string& level) {
  return LevelPicture{scenario, level}.draw();
}

}  // namespace rassoflow
