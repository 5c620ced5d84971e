// Files with mistakes in tests/scenario/broken, and the exact sentences about them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/read_scenario.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(RASSOFLOW_SOURCE_DIR) / "tests/scenario/broken";

Diagnostics faults_of_file(const fs::path& file) {
  const DiskFiles provider{folder};
  // Named without the folder, so that the expected text is the same in every checkout.
  auto read = read_scenario_text(file.filename().string(), file_text(file.string()), provider);
  if (auto* faults = std::get_if<Diagnostics>(&read)) return *faults;
  return check_scenario(std::get<Scenario>(read));
}

class Broken : public testing::TestWithParam<std::string> {};

TEST_P(Broken, FileIsRefusedInExactlyTheseWords) {
  const std::string said = full_faults(faults_of_file(folder / (GetParam() + ".toml")));
  EXPECT_FALSE(said.empty()) << "nothing is wrong with " << GetParam();
  const fs::path expected = folder / (GetParam() + ".txt");
  if (std::getenv("RASSOFLOW_UPDATE") != nullptr) {
    std::ofstream(expected, std::ios::binary) << said;
    return;
  }
  EXPECT_EQ(said, file_text(expected.string()));
}

std::vector<std::string> broken_files() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
  }
  return {names.begin(), names.end()};
}

INSTANTIATE_TEST_SUITE_P(Files, Broken, testing::ValuesIn(broken_files()),
                         [](const auto& file) { return file.param; });

TEST(BrokenFiles, AreAllThere) {
  EXPECT_GE(broken_files().size(), 25U);
}

}  // namespace
}  // namespace rassoflow::scenario_test
