#include "tests/architecture/source_rules.hpp"

#include <gmock/gmock.h>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view header = "// What it is.\n#pragma once\n";

std::vector<std::string> all_in_words(const std::filesystem::path& root) {
  std::vector<std::string> words;
  for (const Breach& breach : breaches_of(root)) words.push_back(in_words(breach));
  return words;
}

TEST(SourceRules, AreKeptByThisTree) {
  EXPECT_THAT(all_in_words(source_path("")), IsEmpty());
  EXPECT_GT(includes_seen(source_path("")), 200U);
}

TEST(SourceRules, LetAFolderIncludeWhatTheTableAllows) {
  const TempFolder tree;
  tree.write("sim/core/a.hpp", header);
  tree.write("sim/engine/b.hpp", std::string(header) + "#include \"sim/core/a.hpp\"\n");
  tree.write("analysis/kpis/c.cpp", "#include \"sim/model/pathway.hpp\"\n");
  tree.write("sim/scenario/d.cpp", "#include <toml++/toml.h>\n#include <boost/graph/bfs.hpp>\n");
  EXPECT_THAT(all_in_words(tree.path()), IsEmpty());
}

TEST(SourceRules, FindAnIncludeAgainstTheArrows) {
  const TempFolder tree;
  tree.write("sim/core/a.cpp", "#include <vector>\n#include \"sim/engine/event.hpp\"\n");
  tree.write("analysis/kpis/b.cpp", "#include \"sim/model/staff.hpp\"\n");
  tree.write("analysis/report/c.cpp", "  #  include \"sim/run/experiment.hpp\"\n");
  tree.write("sim/model/d.cpp", "#include \"tests/testkit/testkit.hpp\"\n");
  EXPECT_THAT(
      all_in_words(tree.path()),
      ElementsAre("analysis/kpis/b.cpp:1: analysis/kpis may not include sim/model/staff.hpp",
                  "analysis/report/c.cpp:1: analysis/report may not include sim/run/experiment.hpp",
                  "sim/core/a.cpp:2: sim/core may not include sim/engine/event.hpp",
                  "sim/model/d.cpp:1: sim/model may not include tests/testkit/testkit.hpp"));
}

TEST(SourceRules, FindALibraryOutsideItsPlace) {
  const TempFolder tree;
  tree.write("sim/model/a.cpp", "#include <tbb/parallel_for.h>\n#include <boost/graph/bfs.hpp>\n");
  tree.write("analysis/report/b.hpp", std::string(header) + "#include <nlohmann/json.hpp>\n");
  EXPECT_THAT(all_in_words(tree.path()),
              ElementsAre("analysis/report/b.hpp:3: nlohmann/json.hpp costs every includer a "
                          "second: keep it in a .cpp",
                          "sim/model/a.cpp:1: tbb/parallel_for.h is not to be seen here",
                          "sim/model/a.cpp:2: boost/graph/bfs.hpp is not to be seen here"));
}

TEST(SourceRules, FindASecondFileThatSeesToml) {
  const TempFolder tree;
  tree.write("sim/scenario/a.cpp", "#include <toml++/toml.h>\n");
  tree.write("sim/scenario/b.cpp", "#include <toml++/toml.h>\n");
  EXPECT_THAT(all_in_words(tree.path()),
              ElementsAre("sim/scenario/a.cpp:1: TOML is seen by one file only",
                          "sim/scenario/b.cpp:1: TOML is seen by one file only"));
}

TEST(SourceRules, FindAFolderThatTheTableDoesNotKnow) {
  const TempFolder tree;
  tree.write("sim/misc/a.cpp", "int x;\n");
  EXPECT_THAT(all_in_words(tree.path()),
              ElementsAre("sim/misc/a.cpp:1: folder sim/misc is not in the table of includes"));
}

TEST(SourceRules, FindALongFileAndABareHeader) {
  const TempFolder tree;
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += "//\n";
  tree.write("tests/core/fits.cpp", lines);
  tree.write("tests/core/long.cpp", lines + "//\n");
  tree.write("tests/core/bare.hpp", "int x;\n");
  EXPECT_THAT(
      all_in_words(tree.path()),
      ElementsAre("tests/core/bare.hpp:1: a header has #pragma once",
                  "tests/core/bare.hpp:1: a header opens with a comment that says what it is",
                  "tests/core/long.cpp:401: a file has at most 400 lines"));
}

TEST(SourceRules, FindUnfinishedWorkAndPathsOfOneMachine) {
  const TempFolder tree;
  tree.write("repository/docs/a.md", "A to-do list is fine.\nTODO: write this\n");
  const std::string above = tree.path().string() + "/";
  tree.write("repository/scenarios/b.toml", "notes = \"see " + above + "notes\"\n");
  tree.write("repository/cmake/c", "cd /home/someone\nls build/home/someone\n");
  EXPECT_THAT(all_in_words(tree.path() / "repository"),
              ElementsAre("cmake/c:1: a path of one machine: /home/",
                          "docs/a.md:2: nothing is left for later in the sources",
                          "scenarios/b.toml:1: a path of one machine: " + above));
}

}  // namespace
}  // namespace rassoflow
