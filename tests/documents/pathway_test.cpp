// docs/pathway.md never lies: its tables are what the program prints, its drawings hold what the
// program would draw, and no number of the pathway is missing. RASSOFLOW_UPDATE=1 makes both anew.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "sim/scenario/quantity_slots.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

const char* const scenario_file = "scenarios/england-wales/baseline.toml";
constexpr std::array<const char*, 3> levels{"force", "area", "region"};

std::filesystem::path page() {
  return source_path("docs/pathway.md");
}

std::filesystem::path drawing(const std::string& level) {
  return source_path("docs/pathway_" + level + ".svg");
}

bool makes_anew() {
  return std::getenv("RASSOFLOW_UPDATE") != nullptr;
}

std::string output_of(const std::string& command) {
  const std::string program = std::string("'") + RASSOFLOW_PROGRAM + "'";
  const std::string line = "cd '" + source_path("").string() + "' && " + program +
                           command.substr(std::string("rassoflow").size());
  FILE* pipe = popen(line.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), size);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

TEST(PathwayPage, HoldsTheTablesThatTheProgramPrints) {
  const std::string text = read_text(page());
  std::string made;
  int blocks = 0;
  std::size_t from = 0;
  const std::string begin = "<!-- rassoflow describe ", close = " -->\n", end = "<!-- end -->";
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, from)) {
    const std::size_t body = text.find(close, at) + close.size();
    const std::size_t stop = text.find(end, body);
    ASSERT_NE(stop, std::string::npos);
    const std::string command =
        text.substr(at + 5, body - close.size() - at - 5);  // without "<!-- " and " -->"
    made += text.substr(from, body - from) + output_of(command);
    from = stop;
    ++blocks;
  }
  made += text.substr(from);
  EXPECT_EQ(blocks, 3);
  if (makes_anew()) {
    std::ofstream{page(), std::ios::binary} << made;
    return;
  }
  EXPECT_EQ(text, made) << "docs/pathway.md differs " << line_difference(text, made)
                        << "RASSOFLOW_UPDATE=1 makes it anew.";
}

TEST(PathwayPage, NamesEveryNumberOfThePathway) {
  const std::string text = read_text(page());
  std::set<std::string> names;
  const Scenario scenario = scenario_in(source_path(scenario_file));
  for (const QuantitySlot& slot : quantity_slots(scenario)) {
    if (slot.key.starts_with("kpis.")) continue;
    for (const std::string& name : parameters_in(*slot.quantity)) names.insert(name);
  }
  for (const std::string& name : names) {
    EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
  }
  for (const auto& [name, stage] : scenario.stages) {
    EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
  }
  EXPECT_GT(names.size(), 100U);
}

/// Everything that can be read in a drawing, and every arrow, in no order.
using Parts = std::multiset<std::string>;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
  }
  return text;
}

Parts parts_of_svg(const std::string& svg) {
  static const std::regex shown{R"(<(title|text)[^>]*>([^<]*)</)"};
  Parts parts;
  for (std::sregex_iterator at{svg.begin(), svg.end(), shown}, end; at != end; ++at) {
    std::string text = (*at)[2];
    for (const auto& [code, sign] : {std::pair{"&#45;", "-"},
                                     {"&#39;", "'"},
                                     {"&gt;", ">"},
                                     {"&lt;", "<"},
                                     {"&quot;", "\""},
                                     {"&amp;", "&"}}) {
      text = replaced(text, code, sign);
    }
    parts.insert(text);
  }
  return parts;
}

Parts parts_of_dot(const std::string& dot) {
  static const std::regex line{
      R"rx( {2}"((?:[^"\\]|\\.)*)"(?: -> "((?:[^"\\]|\\.)*)")? \[(.*)\];)rx"};
  static const std::regex label{R"rx(label="((?:[^"\\]|\\.)*)")rx"};
  Parts parts{"pathway"};
  for (std::sregex_iterator at{dot.begin(), dot.end(), line}, end; at != end; ++at) {
    const std::string attributes = (*at)[3];
    if (attributes == "style=invis") continue;
    parts.insert((*at)[2].matched ? (*at)[1].str() + "->" + (*at)[2].str() : (*at)[1].str());
    std::smatch found;
    if (!std::regex_search(attributes, found, label)) continue;
    std::string rest = found[1].str() + "\\n";
    for (std::size_t stop = rest.find("\\n"); stop != std::string::npos; stop = rest.find("\\n")) {
      if (stop > 0) parts.insert(replaced(rest.substr(0, stop), "\\\"", "\""));
      rest.erase(0, stop + 2);
    }
  }
  return parts;
}

TEST(PathwayPage, ShowsDrawingsOfWhatTheProgramWouldDraw) {
  for (const std::string level : levels) {
    const std::string graph = std::string("rassoflow graph ") + scenario_file + " --level " + level;
    if (makes_anew()) output_of(graph + " --svg '" + drawing(level).string() + "'");
    const Parts expected = parts_of_dot(output_of(graph));
    EXPECT_GT(expected.size(), 50U);
    const Parts drawn = parts_of_svg(read_text(drawing(level)));
    std::vector<std::string> differing;
    std::ranges::set_symmetric_difference(drawn, expected, std::back_inserter(differing));
    EXPECT_THAT(differing, testing::IsEmpty())
        << level << ": RASSOFLOW_UPDATE=1 draws it anew (with Graphviz)";
  }
}

TEST(PathwayPage, IsReadableAtTheWidthOfAPage) {
  static const std::regex size{R"(<svg width="([0-9]+)pt")"};
  for (const std::string level : levels) {
    std::smatch found;
    const std::string svg = read_text(drawing(level));
    ASSERT_TRUE(std::regex_search(svg, found, size));
    // 11 points of text, in a column of some 900 pixels (675 points).
    EXPECT_LE(std::stoi(found[1]), 1000) << level;
    EXPECT_LT(svg.size(), 120'000U) << level;
  }
}

}  // namespace
}  // namespace rassoflow
