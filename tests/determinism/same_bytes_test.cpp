// The same bytes whatever the number of threads, the folder, the order of the file, the number of
// replications or who else is in the world.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <map>

#include "tests/determinism/diary_world.hpp"
#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::vector<std::string> texts_of(const Pathway& pathway, std::uint32_t count, unsigned threads) {
  std::vector<std::string> texts(count);
  std::vector<std::uint32_t> delivered;
  ExperimentCallbacks<AnyReduced> callbacks;
  callbacks.reduce = [&](TrialResult&& trial) {
    // Every replication writes an element of its own.
    texts[trial.replication] = fmt::format("events {}\n", trial.events) + lines_of(trial.monitor);
    return AnyReduced{static_cast<double>(trial.replication)};
  };
  callbacks.deliver = [&](std::uint32_t replication, AnyReduced&& reduced) {
    EXPECT_EQ(reduced, AnyReduced{static_cast<double>(replication)});
    delivered.push_back(replication);
  };
  const std::atomic<bool> interrupt{false};
  const ExperimentOutcome outcome = run_experiment(
      pathway, {.seed = 7, .replications = count, .threads = threads}, callbacks, interrupt);
  EXPECT_TRUE(outcome.failures.empty());
  EXPECT_EQ(outcome.delivered, count);
  std::vector<std::uint32_t> in_order(count);
  for (std::uint32_t i = 0; i < count; ++i) in_order[i] = i;
  EXPECT_EQ(delivered, in_order);
  return texts;
}

TEST(SameBytes, TheNumberOfThreadsChangesNothing) {
  for (const std::string& text :
       {WorldText{}.text(), single_site_text(), OwnersText{}.text(), DiaryWorld{}.text()}) {
    const Pathway pathway = pathway_from(text);
    const std::vector<std::string> alone = texts_of(pathway, 12, 1);
    ASSERT_NE(alone[0], alone[1]);
    for (const unsigned threads : {2U, 8U, 0U}) {
      const std::vector<std::string> together = texts_of(pathway, 12, threads);
      for (std::size_t i = 0; i < alone.size(); ++i) expect_same(alone[i], together[i]);
    }
  }
}

TEST(SameBytes, MoreReplicationsKeepTheFirstOnes) {
  const Pathway pathway = pathway_from(WorldText{}.text());
  const std::vector<std::string> few = texts_of(pathway, 3, 2);
  const std::vector<std::string> many = texts_of(pathway, 9, 2);
  for (std::size_t i = 0; i < few.size(); ++i) expect_same(few[i], many[i]);
}

TEST(SameBytes, TheOrderOfTheFileChangesNothing) {
  WorldText world;
  // In another order these ratios give another double.
  world.events = {
      event_text("a", "from = 2021-06-01", "parameter = \"prosecutors\", ratio = 0.3"),
      event_text("b", "from = 2021-06-01", "parameter = \"prosecutors\", ratio = 0.7"),
      event_text("c", "from = 2021-06-01", "parameter = \"prosecutors\", ratio = 3"),
      event_text("d", "from = 2021-06-01", "parameter = \"prosecutors\", difference = 0.3"),
  };
  const Pathway in_order = pathway_from(world.text());
  WorldText reversed = world;
  reversed.is_reversed = true;
  ASSERT_NE(reversed.text(), world.text());
  const Pathway other = pathway_from(reversed.text());
  EXPECT_EQ(in_order.digest, other.digest);
  const Story a = story_of(in_order);
  const Story b = story_of(other);
  ASSERT_GT(a.trace.size(), 5000);
  expect_same(lines_of(a.trace), lines_of(b.trace));
  expect_same(lines_of(a.monitor), lines_of(b.monitor));
}

TEST(SameBytes, TheOrderOfAFileWithOwnersChangesNothing) {
  const Pathway in_order = pathway_from(OwnersText{}.text());
  OwnersText reversed;
  reversed.is_reversed = true;
  const Pathway other = pathway_from(reversed.text());
  EXPECT_EQ(in_order.digest, other.digest);
  const Story a = story_of(in_order);
  const Story b = story_of(other);
  ASSERT_GT(a.trace.size(), 4000U);
  expect_same(lines_of(a.trace), lines_of(b.trace));
  expect_same(lines_of(a.monitor), lines_of(b.monitor));
}

TEST(SameBytes, TheFolderChangesNothing) {
  const TempFolder here;
  const TempFolder there;
  const std::string main_text = "extends = \"parts/base.toml\"\nformat = 1\ntitle = \"Main\"\n";
  for (const auto& [folder, name] : {std::pair{&here, "main.toml"}, {&there, "a/b c/other.toml"}}) {
    const std::filesystem::path file = folder->write(name, main_text);
    const std::filesystem::path base =
        std::filesystem::path(name).parent_path() / "parts/base.toml";
    folder->write(base.string(), WorldText{}.text());
    ASSERT_TRUE(std::filesystem::exists(file));
  }
  const Pathway a = pathway_in(here.path() / "main.toml");
  const Pathway b = pathway_in(there.path() / "a/b c/other.toml");
  EXPECT_EQ(a.digest, b.digest);
  expect_same(lines_of(story_of(a).monitor), lines_of(story_of(b).monitor));
}

TEST(SameBytes, AnotherRunOfTheSameTrialChangesNothing) {
  const Pathway pathway = pathway_from(WorldText{}.text());
  const Story first = story_of(pathway, 3, 5);
  const Story again = story_of(pathway, 3, 5);
  EXPECT_EQ(first.trace, again.trace);
  expect_same(lines_of(first.monitor), lines_of(again.monitor));
  EXPECT_NE(first.trace, story_of(pathway, 4, 5).trace);
  EXPECT_NE(first.trace, story_of(pathway, 3, 6).trace);
}

/// The cells of every site by its name: what a new site must not touch.
std::map<std::string, std::string> by_site(const Pathway& pathway, const Monitor& monitor) {
  std::map<std::string, std::string> texts;
  const std::size_t classes = pathway.classes.size();
  const auto add = [&](SiteId site, const std::string& text) {
    texts[pathway.sites[site.value].qualified] += text;
  };
  for (std::size_t month = 0; month < pathway.months(); ++month) {
    for (std::uint16_t s = 0; s < static_cast<std::uint16_t>(pathway.stages.size()); ++s) {
      const Level& level = pathway.levels[pathway.stages[s].level.value];
      for (std::uint16_t i = 0; i < level.site_count; ++i) {
        const StageCell& cell = monitor.stages[monitor.stage_cell(pathway, month, StageId{s}, i)];
        add(SiteId{static_cast<std::uint16_t>(level.first_site.value + i)},
            fmt::format("{} {} {} {} {} {} {} {} {} {}\n", month, pathway.stages[s].name,
                        cell.entries, cell.exits, cell.exit_seconds, cell.exit_waiting_seconds,
                        cell.started, cell.waited_seconds, cell.occupied_seconds,
                        cell.inside_at_end));
      }
    }
    for (std::size_t i = 0; i < pathway.instances.size(); ++i) {
      const PoolCell& cell = monitor.pools[month * pathway.instances.size() + i];
      add(pathway.instances[i].site,
          fmt::format("{} pool {} {} {} {}\n", month,
                      pathway.pools[pathway.instances[i].pool.value].name, cell.busy_seconds,
                      cell.duty_seconds, cell.waiting_at_end));
    }
    for (std::uint16_t site = 0; site < static_cast<std::uint16_t>(pathway.sites.size()); ++site) {
      for (std::uint16_t m = 0; m < static_cast<std::uint16_t>(pathway.marks.size()); ++m) {
        const MarkCell& mark =
            monitor.marks[monitor.mark_cell(pathway, month, MarkId{m}, SiteId{site})];
        add(SiteId{site},
            fmt::format("{} mark {} {} {} {} {} {} {}\n", month, pathway.marks[m], mark.every,
                        mark.first, mark.within[0], mark.within[1], mark.within[2], mark.ever));
      }
      for (std::uint8_t c = 0; c < static_cast<std::uint8_t>(classes); ++c) {
        const SiteCell& cell =
            monitor.sites[monitor.site_cell(pathway, month, SiteId{site}, ClassId{c})];
        std::string text = fmt::format("{} site {} {} {} {}\n", month, c, cell.reported,
                                       cell.open_at_end, cell.posted_at_end);
        for (std::size_t a = 0; a < pathway.stock_ages.size(); ++a) {
          text += fmt::format(
              "{} stock {} {} {}\n", month, a, c,
              monitor.stock_ages[((month * pathway.stock_ages.size() + a) * pathway.sites.size() +
                                  site) *
                                     classes +
                                 c]);
        }
        add(SiteId{site}, text);
      }
    }
  }
  for (const DurationSample& sample : monitor.samples) {
    for (const SiteId site : sample.sites) {
      if (!site.exists()) continue;
      add(site, fmt::format("sample {} {} {} {} {}\n", sample.seconds, sample.duration,
                            sample.month, sample.report_month, int{sample.case_class.value}));
    }
  }
  // In the order of slots, which no result may depend on.
  std::vector<OpenAge> ages(monitor.open_ages.begin(), monitor.open_ages.end());
  std::ranges::sort(ages, {}, [](const OpenAge& age) {
    return std::tuple{age.month, age.stock, age.seconds, age.case_class.value};
  });
  for (const OpenAge& age : ages) {
    for (const SiteId site : age.sites) {
      if (!site.exists()) continue;
      add(site, fmt::format("age {} {} {} {}\n", age.month, age.stock, age.seconds,
                            int{age.case_class.value}));
    }
  }
  return texts;
}

TEST(SameBytes, AForceThatSharesNoPoolChangesNothingElsewhere) {
  const Pathway three = pathway_from(WorldText{}.text());
  WorldText more;
  more.has_cleveland = true;
  const Pathway four = pathway_from(more.text());
  const auto before = by_site(three, story_of(three).monitor);
  const auto after = by_site(four, story_of(four).monitor);
  EXPECT_EQ(before.size(), 7U);
  EXPECT_EQ(after.size(), 10U);
  for (const auto& [site, text] : before) {
    SCOPED_TRACE(site);
    ASSERT_TRUE(after.contains(site));
    expect_same(text, after.at(site));
  }
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  char buffer[4096];
  for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, got);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

TEST(SameBytes, TheProgramPrintsTheSameWithAnyNumberOfThreads) {
  const TempFolder folder;
  const std::filesystem::path file = folder.write("world.toml", WorldText{}.text());
  const auto run = [&](int threads) {
    return output_of(
        fmt::format("cd '{}' && '{}' run '{}' --format json --replications 4 "
                    "--threads {} 2>/dev/null",
                    folder.path().string(), RASSOFLOW_PROGRAM, file.filename().string(), threads));
  };
  const std::string alone = run(1);
  EXPECT_GT(alone.size(), 1000U);
  expect_same(alone, run(2));
  expect_same(alone, run(8));
}

}  // namespace
}  // namespace rassoflow
