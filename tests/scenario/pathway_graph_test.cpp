#include "sim/scenario/pathway_graph.hpp"

#include <gmock/gmock.h>

#include "sim/scenario/advice.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> edges_of(const Scenario& scenario) {
  const PathwayGraph graph = build_pathway_graph(scenario);
  std::vector<std::string> out;
  for (PathwayGraph::vertex_descriptor v = 0; v < boost::num_vertices(graph); ++v) {
    for (auto [edge, end] = boost::out_edges(v, graph); edge != end; ++edge) {
      const PathwayEdge& route = graph[*edge];
      out.push_back(graph[v].stage + ">" + graph[boost::target(*edge, graph)].stage + " " +
                    route.label + (route.is_rework ? " again" : "") +
                    (route.crosses_sites ? " crossing" : ""));
    }
  }
  return out;
}

TEST(PathwayGraph, HasAnEdgeForEveryRouteAndWithdrawalInTheirOrder) {
  EXPECT_THAT(edges_of(scenario_of(small_world())),
              ElementsAre("lab>review  again", "report>review ", "review>closed 60%",
                          "review>lab 0.5 × 0.2, visits 1-2", "review>charged the rest",
                          "review>withdrawn withdrawal"));
}

TEST(PathwayGraph, LeavesOutRoutesToUnknownStages) {
  const Scenario scenario = scenario_of(with(small_world(), "to = \"closed\"", "to = \"nowhere\""));
  EXPECT_THAT(edges_of(scenario), Not(Contains(HasSubstr("nowhere"))));
}

TEST(ToDot, DrawsStagesByKindAndReworkInBold) {
  const std::string dot = to_dot(scenario_of(small_world()));
  EXPECT_THAT(dot, HasSubstr("rankdir=TB"));
  EXPECT_THAT(dot, HasSubstr("\"lab\" -> \"review\" [label=\"\", style=bold"));
  EXPECT_THAT(dot, HasSubstr("\"review\" [label=\"review\\n(officers)\", shape=box"));
  EXPECT_THAT(dot, HasSubstr("\"review\" -> \"withdrawn\" [style=dashed"));
}

TEST(ToDot, BreaksLongLabelsIntoLines) {
  EXPECT_THAT(to_dot(scenario_of(small_world())), HasSubstr("label=\"0.5 ×\\n0.2,\\nvisits 1-2\""));
}

TEST(ToDot, EscapesQuotesInTitles) {
  const std::string dot =
      to_dot(scenario_of(with(small_world(), "A small world", "A \\\"small\\\" world \\\\")));
  EXPECT_THAT(dot, HasSubstr("label=\"A \\\"small\\\" world \\\\\";"));
}

TEST(ToDot, NamesWithdrawalOnceWhereItWouldHideThePathway) {
  std::string text = small_world();
  for (int i = 0; i < 13; ++i) {
    text += "[stages.s" + std::to_string(i) +
            "]\nkind = \"wait\"\nwithdrawal = \"police\"\nnext = \"closed\"\n"
            "delay = { law = \"fixed\", value = 1, unit = \"days\" }\n";
  }
  const std::string dot = to_dot(scenario_of(text));
  EXPECT_THAT(dot, Not(HasSubstr("style=dashed, color")));
  EXPECT_THAT(dot, HasSubstr("Cases withdraw from 14 stages"));
}

constexpr const char* two_levels = R"(
format = 1
title = "Two levels"
crossing_calendar = "always"
[run]
origin = 2019-01-01
to = 2021-01-01
[levels.force]
[levels.area]
owns_clock = false
[sites.force.Kent]
[sites.area."South East"]
[pools.prosecutors]
level = "area"
[stages.report]
kind = "report"
level = "force"
title = "A report of somebody is recorded"
arrivals = 1
next = "decision"
[stages.decision]
kind = "decide"
level = "force"
withdrawal = "police"
routes = [ { to = "closed", probability = "closed_share" }, { to = "review" } ]
[stages.review]
kind = "work"
level = "area"
title = "Review"
pool = "prosecutors"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "returned"
[stages.returned]
kind = "outcome"
level = "force"
code = "returned"
[stages.closed]
kind = "outcome"
level = "force"
code = "closed"
[withdrawal.police]
bands = [ { from_day = 0, per_day = 0 } ]
to = "closed"
[parameters.closed_share]
value = 0.255
unit = "share"
grade = "assumed"
source = "a test"
changes = [ { from = 2020-01-01, value = 0.031 } ]
)";

TEST(LevelToDot, DrawsNumbersShortLinesAndStubsOfOtherLevels) {
  const std::string dot = to_dot(scenario_of(two_levels), "force");
  EXPECT_THAT(dot, HasSubstr("\"report\" [label=\"A report of\\nsomebody is\\nrecorded\""));
  EXPECT_THAT(dot, HasSubstr("[label=\"3.1% to 26%\"]"));
  EXPECT_THAT(dot, HasSubstr("\"decision\" -> \"to review of decision\""));
  EXPECT_THAT(dot, HasSubstr("\"to review of decision\" [shape=plaintext, fontcolor=\"#505a5f\", "
                             "label=\"to area:\\nReview\"]"));
  EXPECT_THAT(dot, HasSubstr("support at one of\\n1 stage\""));
  EXPECT_THAT(dot, Not(HasSubstr("\"review\" [label")));
}

TEST(LevelToDot, DrawsAnOutcomeWhereverCasesComeToIt) {
  const std::string dot = to_dot(scenario_of(two_levels), "force");
  EXPECT_THAT(dot, HasSubstr("\"decision\" -> \"closed of decision\""));
  EXPECT_THAT(dot, HasSubstr("\"from review of returned\" -> \"returned of review\""));
}

TEST(LevelToDot, OfTheOtherLevelBeginsAndEndsWithStubs) {
  const std::string dot = to_dot(scenario_of(two_levels), "area");
  EXPECT_THAT(dot, HasSubstr("\"review\" [label=\"Review\\n(prosecutors)\""));
  EXPECT_THAT(dot, HasSubstr("\"from decision of review\" -> \"review\""));
  EXPECT_THAT(dot, HasSubstr("\"review\" -> \"to returned of review\""));
}

TEST(Advice, NamesWhatIsUnusedUnsourcedOrAssumed) {
  const std::string text = small_world() +
                           "[pools.spare]\n[calendars.nights]\n[withdrawal.late]\n"
                           "bands = [ { from_day = 0, per_day = 0 } ]\nto = \"withdrawn\"\n"
                           "[parameters.spare]\nvalue = 1\nunit = \"\"\ngrade = \"published\"\n"
                           "source = \"s\"\n";
  std::vector<std::string> said;
  for (const Diagnostic& line : advice(scenario_of(text)))
    said.push_back(line.key + ": " + line.message);
  EXPECT_THAT(said, Contains("parameters.spare: nothing uses this parameter"));
  EXPECT_THAT(said, Contains("pools.spare: nothing uses this pool"));
  EXPECT_THAT(said, Contains("calendars.nights: nothing uses this calendar"));
  EXPECT_THAT(said, Contains("withdrawal.late: nothing uses this phase"));
  EXPECT_THAT(said, Contains("parameters.reports: the value is assumed, without a range"));
  EXPECT_THAT(said, Contains("stages.review.routes[2].probability: the number 0.2 has no source"));
  EXPECT_THAT(said, Not(Contains(HasSubstr("pools.officers.absence"))));
}

}  // namespace
}  // namespace rassoflow::scenario_test
