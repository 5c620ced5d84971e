// Other work, upkeep and pace keep the promise: no order of tables, no stop and no later change is
// seen, and what is switched off has no effect at all.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(from));
  return text.replace(at, from.size(), to);
}

/// What a planner can say about work besides cases; each value may be a table of changes.
struct SharedWorld {
  WorldText base;
  std::string sharing = "\"proportional\"";
  std::string other_work_changes;
  std::string upkeep = "4";
  std::string upkeep_changes;
  std::string capacity = "30";
  std::string capacity_changes;
  std::string exponent = "0.8";

  std::string text() const {
    std::string text = base.text();
    text = with(text, "[pools.prosecutors]\n",
                "[pools.prosecutors]\nother_work = \"other_hours\"\nsharing = " + sharing + "\n" +
                    (sharing == "\"ring_fenced\"" ? "ring_fence = 0.55\n" : ""));
    text =
        with(text, "[pools.courtrooms]\n",
             "[pools.courtrooms]\nother_work = 6\nsharing = \"ring_fenced\"\nring_fence = 0.6\n");
    text = with(text, "positions = \"officers\"\nabsence = 0.1\n",
                "pace = { capacity = \"capacity\", exponent = " + exponent + " }\n");
    const auto parameter = [&](std::string_view name, std::string_view value,
                               std::string_view changes) {
      text += fmt::format(
          "[parameters.{}]\nvalue = {}\nunit = \"number\"\ngrade = \"assumed\"\n"
          "source = \"test\"\n{}\n",
          name, value, changes);
    };
    parameter("other_hours", "9.7", other_work_changes);
    parameter("upkeep_hours", upkeep, upkeep_changes);
    parameter("capacity", capacity, capacity_changes);
    text +=
        "[upkeep.live]\npool = \"prosecutors\"\nfrom = \"charged\"\nhours_per_week = "
        "\"upkeep_hours\"\n"
        "[upkeep.open]\npool = \"courtrooms\"\nfrom = \"sent\"\nto = [\"charged\"]\n"
        "hours_per_week = 0.3\n";
    return text;
  }
};

std::string counts_of(const Story& story) {
  std::string text = lines_of(story.trace) + lines_of(story.monitor);
  for (const PoolCell& c : story.monitor.pools) {
    text += fmt::format("other {} {} {} {} {} {} {} {} {}\n", c.other_work_in, c.other_work_done,
                        c.other_work_at_end, c.upkeep_in, c.upkeep_done, c.upkeep_at_end,
                        c.other_work_second_days, c.other_work_seconds, c.upkeep_seconds);
  }
  return text;
}

constexpr std::string_view rules[] = {"\"proportional\"", "\"adult_rape_first\"",
                                      "\"ring_fenced\""};

TEST(SharedWork, DoesNotDependOnTheOrderOfTables) {
  for (const std::string_view rule : rules) {
    SharedWorld world;
    world.sharing = rule;
    const Story straight = story_of(pathway_from(world.text()), 7, 0);
    world.base.is_reversed = true;
    const Story reversed = story_of(pathway_from(world.text()), 7, 0);
    ASSERT_GT(straight.trace.size(), 2000U);
    expect_same(counts_of(straight), counts_of(reversed));
  }
}

TEST(SharedWork, IsNotTouchedByASiteOfOthers) {
  SharedWorld world;
  const Story without = story_of(pathway_from(world.text()), 7, 0);
  world.base.has_cleveland = true;
  const Pathway pathway = pathway_from(world.text());
  const Story with_more = story_of(pathway, 7, 0);
  std::vector<TraceRecord> theirs;
  std::set<std::uint64_t> known;
  for (const TraceRecord& record : without.trace) known.insert(record.case_key);
  for (const TraceRecord& record : with_more.trace) {
    if (known.contains(record.case_key)) theirs.push_back(record);
  }
  EXPECT_EQ(without.trace, theirs);
}

TEST(SharedWork, GoesOnAfterAStopAsIfThereHadBeenNone) {
  for (const std::string_view rule : rules) {
    SharedWorld world;
    world.sharing = rule;
    world.other_work_changes = "changes = [ { from = 2021-05-15, value = 14 } ]";
    world.upkeep_changes = "changes = [ { from = 2021-07-01, value = 6 } ]";
    const Pathway pathway = pathway_from(world.text());
    const std::string whole = counts_of(story_of(pathway, 7, 0));
    const auto expect_restored = [&](Seconds when) {
      SCOPED_TRACE(pathway.axis.format(when));
      Story story;
      Trial first{pathway, 7, 0, &story.trace};
      first.run_until(when);
      Trial rest{pathway, first.save(), &story.trace};
      rest.run_until(pathway.to);
      story.monitor = rest.finish();
      expect_same(whole, counts_of(story));
    };
    for (Seconds day = 0; day <= 365; day += 9) {
      for (const Seconds second : {0, 1, 9 * 3600, 10 * 3600 + 1234, 17 * 3600}) {
        if (day * seconds_per_day + second <= pathway.to) {
          expect_restored(day * seconds_per_day + second);
        }
        if (::testing::Test::HasFailure()) return;
      }
    }
    // Weekends, where the mail of Friday lies between, and Mondays with the look at the pace.
    for (Seconds week = 10; week < 40; week += 5) {
      const Seconds monday = (3 + 7 * week) * seconds_per_day;
      for (const Seconds when : {monday - 1, monday, monday + 1}) expect_restored(when);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

void expect_same_until_june(const SharedWorld& base, const SharedWorld& changed) {
  const Pathway pathway = pathway_from(base.text());
  const Seconds june = pathway.axis.at(parse_date("2021-06-01").value());
  const auto before = [&](const std::vector<TraceRecord>& trace) {
    const auto end = std::find_if(trace.begin(), trace.end(),
                                  [&](const TraceRecord& record) { return record.when >= june; });
    return std::vector<TraceRecord>(trace.begin(), end);
  };
  const Story a = story_of(pathway, 7, 0);
  const Story b = story_of(pathway_from(changed.text()), 7, 0);
  ASSERT_GT(before(a.trace).size(), 800U);
  expect_same(lines_of(before(a.trace)), lines_of(before(b.trace)));
  EXPECT_NE(a.trace, b.trace) << "the change does nothing afterwards";
}

TEST(SharedWork, FromADateOnChangesNothingBefore) {
  for (const std::string_view rule : rules) {
    SharedWorld base;
    base.sharing = rule;
    if (rule == rules[0]) {
      SharedWorld changed = base;
      changed.other_work_changes = "changes = [ { from = 2021-06-01, value = 20 } ]";
      expect_same_until_june(base, changed);
    }
    SharedWorld changed = base;
    changed.upkeep_changes = "changes = [ { from = 2021-06-01, value = 15 } ]";
    expect_same_until_june(base, changed);
    changed = base;
    changed.capacity_changes = "changes = [ { from = 2021-06-01, value = 11 } ]";
    expect_same_until_june(base, changed);
  }
}

/// What is switched off changes not a byte of what happens to cases and of what is counted of them.
TEST(SharedWork, ThatIsSwitchedOffHasNoEffectAtAll) {
  const std::string unlimited =
      with(WorldText{}.text(), "positions = \"officers\"\nabsence = 0.1\n", "");
  const auto paced = [&](const std::string& pace) {
    return with(unlimited, "[pools.officers]\n", "[pools.officers]\npace = " + pace + "\n");
  };
  // A pace that never binds and one that is switched off. Without one the same happens, but the
  // time of the work is that of somebody at it.
  const std::string plain = paced("{ capacity = 1000000, exponent = 1 }");
  std::string off = with(paced("{ capacity = 1, exponent = 0 }"), "[pools.prosecutors]\n",
                         "[pools.prosecutors]\nother_work = 0\nsharing = \"adult_rape_first\"\n");
  off += "[upkeep.live]\npool = \"courtrooms\"\nfrom = \"charged\"\nhours_per_week = 0\n";
  const Pathway a = pathway_from(plain);
  const Pathway b = pathway_from(off);
  ASSERT_NE(a.digest, b.digest);
  const Story with_it_off = story_of(b, 7, 0);
  expect_same(counts_of(story_of(a, 7, 0)), counts_of(with_it_off));
  EXPECT_EQ(lines_of(story_of(pathway_from(unlimited), 7, 0).trace), lines_of(with_it_off.trace));
}

}  // namespace
}  // namespace rassoflow
