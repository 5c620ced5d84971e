// Files that extend one another, in memory and on disk.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "sim/scenario/read_scenario.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string over(std::string_view text) {
  return "format = 1\ntitle = \"Over\"\nextends = \"base.toml\"\n" + std::string(text);
}

Scenario extended(std::string_view text) {
  return scenario_of(over(text), {{"base.toml", small_world()}});
}

TEST(Extends, ReadsTheBaseWhereTheFileSaysNothing) {
  const Scenario scenario = extended("");
  EXPECT_EQ(scenario.title, "Over");
  EXPECT_EQ(scenario.stages.size(), 6U);
  EXPECT_EQ(scenario.run.seed, 7U);
  EXPECT_THAT(scenario.files, ElementsAre("world/main.toml", "world/base.toml"));
}

TEST(Extends, MergesAnEntryKeyByKeyHoweverItIsWritten) {
  for (const char* text :
       {"[parameters]\nreports = { value = 50 }\n", "[parameters.reports]\nvalue = 50\n",
        "parameters.reports.value = 50\n"}) {
    const ParameterSpec reports = extended(text).parameters.at("reports");
    EXPECT_EQ(reports.unit, "cases per month");
    ASSERT_EQ(reports.steps.size(), 2U) << text;
  }
}

TEST(Extends, ReplacesWholeWhatAKeyHolds) {
  const Scenario scenario = extended(
      "[stages.review]\neffort = { law = \"fixed\", value = 2, unit = \"hours\" }\n"
      "[parameters.reports]\nchanges = []\n");
  const StageSpec& review = scenario.stages.at("review");
  ASSERT_EQ(review.effort.size(), 1U);
  EXPECT_EQ(review.effort[0].family, LawFamily::fixed);
  EXPECT_EQ(review.routes.size(), 3U);
  EXPECT_EQ(scenario.parameters.at("reports").steps.size(), 1U);
}

TEST(Extends, LetsRelativeAndAbsoluteReplaceEachOther) {
  const Scenario scenario = scenario_of(
      over("[precision]\ncharges = { absolute = 5 }\n"),
      {{"base.toml",
        small_world() + "[precision]\ncharges = { relative = 0.1, period = \"2020\" }\n"}});
  const PrecisionSpec& charges = scenario.precision.at("charges");
  EXPECT_EQ(charges.kpi, "charges");
  EXPECT_EQ(charges.period, "2020");
  EXPECT_EQ(charges.absolute, 5.0);
  EXPECT_EQ(charges.relative, std::nullopt);
}

TEST(Extends, LetsNextAndRoutesReplaceEachOther) {
  const Scenario scenario = extended(
      "[stages.review]\nnext = \"charged\"\n"
      "[stages.lab]\nroutes = [ { to = \"closed\", probability = 0.5 }, { to = \"review\" } ]\n");
  ASSERT_EQ(scenario.stages.at("review").routes.size(), 1U);
  EXPECT_EQ(scenario.stages.at("review").routes[0].to, "charged");
  EXPECT_EQ(scenario.stages.at("lab").routes.size(), 2U);
}

TEST(Extends, StartsAnEntryAfreshWhenItsKindChanges) {
  const Scenario scenario = extended(
      "[stages.review]\nkind = \"wait\"\nnext = \"charged\"\n"
      "delay = { law = \"fixed\", value = 2, unit = \"hours\" }\n");
  EXPECT_TRUE(scenario.stages.at("review").effort.empty());
  EXPECT_TRUE(scenario.stages.at("review").withdrawal.empty());
}

TEST(Extends, LaterFilesWinOverEarlierOnes) {
  const Scenario scenario =
      scenario_of("format = 1\ntitle = \"t\"\nextends = [\"base.toml\", \"a.toml\", \"b.toml\"]\n",
                  {{"base.toml", small_world()},
                   {"a.toml", "run.seed = 1\nrun.replications = 3\n"},
                   {"b.toml", "run.seed = 2\n"}});
  EXPECT_EQ(scenario.run.seed, 2U);
  EXPECT_EQ(scenario.run.replications, 3U);
}

TEST(Extends, AllowsTwoWaysToTheSameFile) {
  const Scenario scenario =
      scenario_of("format = 1\ntitle = \"t\"\nextends = [\"a.toml\", \"b.toml\"]\n",
                  {{"base.toml", small_world()},
                   {"a.toml", "extends = \"base.toml\"\nrun.seed = 1\n"},
                   {"b.toml", "extends = \"./base.toml\"\n"}});
  EXPECT_EQ(scenario.files.size(), 4U);
  EXPECT_EQ(scenario.run.seed, 7U);
}

TEST(Extends, PutsAFaultWhereItIsWritten) {
  const MemoryFiles files{{{"base.toml", with(small_world(), "seed = 7", "seed = -7")},
                           {"parts/more.toml", "[stages.lab]\nprio = 1\n"}}};
  const auto read = read_scenario_text(
      "world/main.toml",
      "format = 1\ntitle = \"t\"\nextends = [\"base.toml\", \"parts/more.toml\"]\n", files);
  EXPECT_EQ(full_faults(std::get<Diagnostics>(read)),
            "world/base.toml:7:8: error: run.seed: expects a whole number at least 0\n"
            "world/parts/more.toml:2:1: error: stages.lab.prio: the key `prio` is not known here\n"
            "  help: known are `kind`, `level`, `title`, `withdrawal`, `marks`, `next`, `routes`, "
            "`delay`, `calendar`, `sets`, `clears`, `strength` and `date_change`\n");
}

TEST(Extends, ReadsPathsFromTheFileThatNamesThem) {
  const Scenario scenario = scenario_of(
      over(""), {{"base.toml", "extends = [\"parts/a.toml\"]\n" + small_world()},
                 {"parts/a.toml",
                  "[parameters.fte]\nunit = \"FTE\"\ngrade = \"assumed\"\nsource = \"s\"\n"
                  "csv = \"../data/fte.csv\"\n"},
                 {"data/fte.csv", "from,value\n,3\n2020-03-01,4.5\n"}});
  const ParameterSpec& fte = scenario.parameters.at("fte");
  ASSERT_EQ(fte.steps.size(), 2U);
  EXPECT_EQ(fte.steps[1].value, 4.5);
  EXPECT_EQ(fte.steps[1].from, parse_date("2020-03-01"));
  EXPECT_EQ(fte.steps[1].place, (Place{"world/data/fte.csv", 3, 12}));
}

TEST(Extends, ReadsAtMost64Files) {
  Files files{{"f63.toml", small_world()}};
  std::string paths;
  for (int i = 0; i < 63; ++i) {
    files["f" + std::to_string(i) + ".toml"] = "";
    paths += "\"f" + std::to_string(i) + ".toml\", ";
  }
  const std::string head = "format = 1\ntitle = \"t\"\nextends = [" + paths;
  EXPECT_THAT(faults_in(head + "\"f63.toml\"]\n", files),
              ElementsAre("extends: the file `f63.toml` is not read: a scenario reads at most 64 "
                          "files"));
  files["f62.toml"] = small_world();
  EXPECT_THAT(faults_in(head + "]\n", files), testing::IsEmpty());
}

TEST(Extends, NeverQuotesTheFileItCannotRead) {
  const auto said = faults_in(over(""), {{"base.toml", "root:x:0:0:secret:/root:/bin/bash\n"}});
  ASSERT_EQ(said.size(), 1U);
  EXPECT_THAT(said[0], testing::Not(HasSubstr("secret")));
}

class OnDisk : public testing::Test {
 protected:
  OnDisk() {
    std::string name = (std::filesystem::temp_directory_path() / "rassoflow-XXXXXX").string();
    root_ = mkdtemp(name.data());
    std::filesystem::create_directories(root_ / "home" / "mine");
  }
  ~OnDisk() override { std::filesystem::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  std::string said(const std::string& name) const {
    const auto read = read_scenario(root_ / name);
    const auto* faults = std::get_if<Diagnostics>(&read);
    return faults != nullptr ? full_faults(*faults) : "";
  }

  std::filesystem::path root_;
};

TEST_F(OnDisk, ReadsFromItsOwnFolderAndTheParentFolder) {
  write("home/base.toml", small_world());
  write("home/mine/main.toml",
        "format = 1\ntitle = \"t\"\nextends = [\"../base.toml\", \"local.toml\"]\n");
  write("home/mine/local.toml", "run.seed = 3\n");
  EXPECT_EQ(said("home/mine/main.toml"), "");
}

TEST_F(OnDisk, RefusesToLeaveTheParentFolder) {
  write("secret.toml", small_world());
  write("home/mine/main.toml", "format = 1\ntitle = \"t\"\nextends = \"../../secret.toml\"\n");
  EXPECT_THAT(said("home/mine/main.toml"), HasSubstr("leads outside the parent folder"));
}

TEST_F(OnDisk, RefusesLinksOutOfTheFolder) {
  write("secret.toml", small_world());
  std::filesystem::create_symlink(root_ / "secret.toml", root_ / "home/mine/link.toml");
  std::filesystem::create_symlink(root_, root_ / "home/mine/folder");
  write("home/mine/main.toml",
        "format = 1\ntitle = \"t\"\nextends = [\"link.toml\", \"folder/secret.toml\"]\n");
  const std::string text = said("home/mine/main.toml");
  EXPECT_THAT(text, HasSubstr("`link.toml` is not read: the path goes through a symbolic link"));
  EXPECT_THAT(text,
              HasSubstr("`folder/secret.toml` is not read: the path goes through a symbolic link"));
}

TEST_F(OnDisk, SaysWhatCannotBeReadAtAll) {
  EXPECT_THAT(said("nowhere.toml"), HasSubstr("there is no such file"));
  EXPECT_THAT(said("home"), HasSubstr("this is not a regular file"));
  write("big.toml", std::string((4U << 20) + 1, '\n'));
  EXPECT_THAT(said("big.toml"), HasSubstr("the file is larger than 4 MiB"));
}

}  // namespace
}  // namespace rassoflow::scenario_test
