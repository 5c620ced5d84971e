// README never lies: its commands run, its output is what they print, its files exist.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

const std::filesystem::path root{RASSOFLOW_SOURCE_DIR};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Block {
  std::string language;
  std::vector<std::string> lines;
  bool is_excerpt = false;
};

std::vector<Block> blocks_of(const std::string& text) {
  std::vector<Block> blocks;
  std::istringstream in{text};
  bool is_inside = false;
  bool is_excerpt = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("<!-- excerpt of the output above")) is_excerpt = true;
    if (line.starts_with("```")) {
      if (!is_inside) blocks.push_back({line.substr(3), {}, std::exchange(is_excerpt, false)});
      is_inside = !is_inside;
    } else if (is_inside) {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

struct Ran {
  int status = 0;
  std::string output;
};

Ran run(std::string command, const std::filesystem::path& results) {
  command.replace(0, std::string("rassoflow").size(), RASSOFLOW_PROGRAM);
  if (const auto at = command.find("results/baseline"); at != std::string::npos) {
    command.replace(at, std::string("results/baseline").size(), results.string());
  }
  const std::string line = "cd '" + root.string() + "' && " + command + " 2>/dev/null";
  Ran ran;
  FILE* pipe = popen(line.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    ran.output.append(buffer.data(), size);
  }
  ran.status = pclose(pipe);
  return ran;
}

TEST(Readme, CommandsRunAndPrintWhatItSays) {
  const auto results = std::filesystem::path(testing::TempDir()) / "readme_results";
  Ran last;
  int commands = 0;
  int excerpts = 0;
  for (const Block& block : blocks_of(text_of(root / "README.md"))) {
    if (block.language == "sh") {
      for (const std::string& line : block.lines) {
        if (!line.starts_with("rassoflow ")) continue;
        last = run(line, results);
        ++commands;
        EXPECT_EQ(last.status, 0) << line;
      }
    }
    if (!block.is_excerpt) continue;
    ++excerpts;
    std::size_t from = 0;
    for (const std::string& line : block.lines) {
      EXPECT_NE(last.output.find(line), std::string::npos) << "not printed: " << line;
      from += line.size();
    }
    EXPECT_GT(from, 0U);
  }
  EXPECT_GE(commands, 6);
  EXPECT_EQ(excerpts, 2);
  EXPECT_TRUE(std::filesystem::exists(results / "run.json"));
  std::filesystem::remove_all(results);
}

TEST(Readme, ShowsTheScenarioFileAsItIs) {
  const std::string file = text_of(root / "scenarios/examples/rasso_194.toml");
  for (const Block& block : blocks_of(text_of(root / "README.md"))) {
    if (block.language != "toml") continue;
    std::string body;
    for (const std::string& line : block.lines) body += line + "\n";
    EXPECT_NE(file.find(body), std::string::npos);
  }
}

TEST(Documents, LinkOnlyToFilesThatExist) {
  const std::regex link{R"(\]\(([^)#:]+)(#[^)]*)?\))"};
  int links = 0;
  std::vector<std::filesystem::path> pages{root / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  for (const auto& page : pages) {
    const std::string text = text_of(page);
    for (std::sregex_iterator at{text.begin(), text.end(), link}, end; at != end; ++at) {
      ++links;
      EXPECT_TRUE(std::filesystem::exists(page.parent_path() / (*at)[1].str()))
          << page.filename() << " links to " << (*at)[1];
    }
  }
  EXPECT_GT(links, 8);
}

}  // namespace
