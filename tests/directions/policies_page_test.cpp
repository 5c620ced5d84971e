// The table of docs/policies.md is that of the files. RASSOFLOW_UPDATE=1 makes it anew.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <regex>

#include "tests/directions/policies.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr std::array grade_names{"published", "derived", "calibrated", "assumed", "unsourced"};

/// `rasso_staff` total 194 (0 to 400)
std::string in_words(const EffectSpec& effect) {
  const ParameterSpec& number = catalogue().parameters.at(effect.value_parameter);
  const double value = number.steps.at(0).value;
  return fmt::format("`{}` {} `{}`, {}{} ({} to {})", effect.parameter,
                     effect_words[static_cast<std::size_t>(effect.kind)], effect.value_parameter,
                     value, value == effect.neutral_value() ? "*" : "", number.low.value(),
                     number.high.value());
}

std::string row_of(const std::string& file, const std::string& name) {
  const LeverSpec& lever = catalogue().levers.at(name);
  std::string effects;
  for (const EffectSpec& effect : lever.effects) {
    effects += (effects.empty() ? "" : "<br>") + in_words(effect);
  }
  return fmt::format("| [{}](../scenarios/policies/{}) | {} | {} | {} | {} |\n", name, file,
                     lever.title, effects.empty() ? "a bundle" : effects,
                     grade_names[static_cast<std::size_t>(lever.grade)], lever.source);
}

std::string table() {
  std::string out =
      "| lever | what | what it changes | grade | evidence |\n| --- | --- | --- | --- | --- |\n";
  static const std::regex header{R"(\n\[levers\.([a-z0-9_]+)\])"};
  for (const auto& file : policy_files()) {
    const std::string text = read_text(file);
    for (std::sregex_iterator at{text.begin(), text.end(), header}, end; at != end; ++at) {
      out += row_of(file.filename().string(), (*at)[1]);
    }
  }
  return out;
}

TEST(PoliciesPage, HoldsTheTableOfTheFiles) {
  const std::filesystem::path page = source_path("docs/policies.md");
  const std::string text = read_text(page);
  const std::string begin = "<!-- levers -->\n";
  const std::size_t from = text.find(begin), to = text.find("<!-- end -->");
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::string made = text.substr(0, from + begin.size()) + table() + text.substr(to);
  if (std::getenv("RASSOFLOW_UPDATE") != nullptr) {
    std::ofstream{page, std::ios::binary} << made;
    return;
  }
  EXPECT_EQ(text, made) << line_difference(text, made);
}

TEST(PoliciesPage, ShowsScenariosThatAreValidAndPutPoliciesToUse) {
  const std::string text = read_text(source_path("docs/policies.md"));
  const std::string open = "```toml\n";
  int blocks = 0;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const std::size_t from = at + open.size();
    const std::string block = text.substr(from, text.find("```", from) - from);
    SCOPED_TRACE(block);
    EXPECT_FALSE(planned(block).lever_changes.empty());
    ++blocks;
  }
  EXPECT_EQ(blocks, 3);
}

TEST(PoliciesPage, NamesAnExampleThatIsValid) {
  const Scenario scenario =
      scenario_in(source_path("scenarios/examples/staff_and_early_advice.toml"));
  EXPECT_EQ(scenario.lever_changes.size(), 14U + 1U) << "staff of each Area, and early advice";
}

}  // namespace
}  // namespace rassoflow
