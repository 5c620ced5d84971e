// What happens from a date on changes nothing before it; and the story of a small world is pinned.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/core/digest.hpp"
#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::vector<TraceRecord> before(const std::vector<TraceRecord>& trace, Seconds limit) {
  const auto end = std::find_if(trace.begin(), trace.end(),
                                [&](const TraceRecord& record) { return record.when >= limit; });
  return {trace.begin(), end};
}

void expect_same_until(const WorldText& original, const WorldText& changed, std::string_view date) {
  SCOPED_TRACE(date);
  const Pathway base = pathway_from(original.text());
  const Pathway other = pathway_from(changed.text());
  ASSERT_NE(base.digest, other.digest);
  const Seconds limit = base.axis.at(parse_date(date).value());
  const Story a = story_of(base);
  const Story b = story_of(other);
  ASSERT_GT(before(a.trace, limit).size(), 1000U);
  expect_same(lines_of(before(a.trace, limit)), lines_of(before(b.trace, limit)));
  // The change does something afterwards: otherwise the test says nothing.
  EXPECT_NE(a.trace, b.trace);
}

void expect_same_until(const WorldText& changed, std::string_view date) {
  expect_same_until(WorldText{}, changed, date);
}

std::string from_june(std::string_view value) {
  return fmt::format("changes = [ {{ from = 2021-06-01, value = {} }} ]", value);
}

TEST(Prefix, CapacityFromADateOnChangesNothingBefore) {
  for (const std::string_view value : {"6.5", "1"}) {
    WorldText world;
    world.prosecutors_changes = from_june(value);
    expect_same_until(world, "2021-06-01");
  }
}

TEST(Prefix, CapacityOfOneSiteFromADateOnChangesNothingBefore) {
  WorldText world;
  world.prosecutors_changes =
      "changes = [ { site = \"area:West\", from = 2021-06-01, value = 9 } ]";
  expect_same_until(world, "2021-06-01");
}

TEST(Prefix, OwnersFromADateOnChangeNothingBefore) {
  const Pathway base = pathway_from(OwnersText{}.text());
  const Seconds june = base.axis.at(parse_date("2021-06-01").value());
  const Story a = story_of(base);
  for (const std::string_view value : {"7.5", "1", "0"}) {
    SCOPED_TRACE(value);
    OwnersText changed;
    changed.officers_changes = fmt::format(
        "changes = [ {{ site = \"force:Kent\", from = 2021-05-05, value = 2 }}, "
        "{{ from = 2021-06-01, value = {} }}, {{ site = \"force:Kent\", from = 2021-06-01, value = "
        "{} }} ]",
        value, value);
    const Story b = story_of(pathway_from(changed.text()));
    ASSERT_GT(before(a.trace, june).size(), 1000U);
    expect_same(lines_of(before(a.trace, june)), lines_of(before(b.trace, june)));
    EXPECT_NE(a.trace, b.trace);
  }
}

TEST(Prefix, AProbabilityFromADateOnChangesNothingBefore) {
  WorldText world;
  world.charged_changes = from_june("0.2");
  expect_same_until(world, "2021-06-01");
}

TEST(Prefix, AHazardFromADateOnChangesNothingBefore) {
  for (const std::string_view value : {"0.03", "0"}) {
    WorldText world;
    world.hazard_changes = from_june(value);
    expect_same_until(world, "2021-06-01");
  }
}

TEST(Prefix, DemandFromADateOnChangesNothingBefore) {
  for (const std::string_view value : {"7.5", "0.5"}) {
    WorldText world;
    world.arrivals_changes = from_june(value);
    expect_same_until(world, "2021-06-01");
  }
}

/// Events change every kind of number that a trial reads, at every site or at one.
TEST(Prefix, AnEventFromADateOnChangesNothingBefore) {
  for (const std::string_view effect :
       {"parameter = \"prosecutors\", ratio = 0.4", "parameter = \"prosecutors\", difference = 4.3",
        "parameter = \"prosecutors\", site = \"area:West\", ratio = 3",
        "parameter = \"charged\", difference = -0.3", "parameter = \"hazard\", ratio = 5",
        "parameter = \"arrivals\", ratio = 3", "parameter = \"arrivals\", difference = -1.5",
        "parameter = \"turnaround\", ratio = 0.1",
        "parameter = \"pace\", site = [\"force:Kent\", \"force:Devon\"], ratio = 2"}) {
    SCOPED_TRACE(effect);
    for (const std::string_view dates :
         {"from = 2021-06-01", "from = 2021-06-01\nto = 2021-09-15\nannounced = 2021-06-01"}) {
      WorldText world;
      world.events = {event_text("shock", dates, effect)};
      expect_same_until(world, "2021-06-01");
    }
  }
}

TEST(Prefix, TheEndOfAnEventChangesNothingBefore) {
  WorldText for_good;
  for_good.events = {
      event_text("shock", "from = 2021-04-01", "parameter = \"prosecutors\", ratio = 0.4")};
  WorldText ended = for_good;
  ended.events = {event_text("shock", "from = 2021-04-01\nto = 2021-07-12",
                             "parameter = \"prosecutors\", ratio = 0.4")};
  expect_same_until(for_good, ended, "2021-07-12");
}

TEST(Prefix, AnEventSaysTheSameAsDatedValues) {
  WorldText steps;
  steps.prosecutors_changes =
      "changes = [ { from = 2021-06-01, value = 1.5 }, { from = 2021-09-01, value = 2.5 } ]";
  WorldText events;
  events.events = {event_text("shock", "from = 2021-06-01\nto = 2021-09-01",
                              "parameter = \"prosecutors\", ratio = 0.6")};
  const Pathway a = pathway_from(steps.text());
  const Pathway b = pathway_from(events.text());
  EXPECT_EQ(a.digest, b.digest);
  const Story first = story_of(a);
  const Story second = story_of(b);
  expect_same(lines_of(first.trace), lines_of(second.trace));
  expect_same(lines_of(first.monitor), lines_of(second.monitor));
}

TEST(Prefix, NeutralEventsChangeNothingAndNoDigest) {
  WorldText world;
  for (const std::string_view parameter :
       {"prosecutors", "charged", "hazard", "arrivals", "turnaround", "pace"}) {
    world.events.push_back(event_text(fmt::format("{}_times", parameter),
                                      "from = 2021-03-17\nto = 2021-08-02",
                                      fmt::format("parameter = \"{}\", ratio = 1", parameter)));
    world.events.push_back(
        event_text(fmt::format("{}_plus", parameter), "from = 2021-05-05",
                   fmt::format("parameter = \"{}\", difference = 0", parameter)));
  }
  world.events.push_back(event_text("known", "from = 2021-05-06",
                                    "parameter = \"pace\", site = \"force:Kent\", ratio = 1"));
  const Pathway base = pathway_from(WorldText{}.text());
  const Pathway other = pathway_from(world.text());
  EXPECT_EQ(base.digest, other.digest);
  EXPECT_EQ(base.settings.size(), other.settings.size());
  const Story a = story_of(base);
  const Story b = story_of(other);
  expect_same(lines_of(a.trace), lines_of(b.trace));
  expect_same(lines_of(a.monitor), lines_of(b.monitor));
}

/// A change that is none, on any date, is no change.
TEST(Prefix, AChangeToTheSameValueChangesNothing) {
  WorldText world;
  world.prosecutors_changes = from_june("2.5");
  world.hazard_changes = from_june("0.004");
  world.charged_changes = from_june("0.5");
  const Story a = story_of(pathway_from(WorldText{}.text()));
  const Story b = story_of(pathway_from(world.text()));
  expect_same(lines_of(a.trace), lines_of(b.trace));
  expect_same(lines_of(a.monitor), lines_of(b.monitor));
}

/// Whoever changes this file changes every result: raise the version of the model.
TEST(Golden, TheStoryOfASmallWorldIsPinned) {
  std::string text;
  for (const auto& [name, world] :
       {std::pair{"multi-site", WorldText{}.text()}, {"single-site", single_site_text()}}) {
    const Pathway pathway = pathway_from(world);
    const Story story = story_of(pathway, 7, 0);
    const std::string trace = lines_of(story.trace);
    text += fmt::format("{}\nrecords {}\ntrace {}\nmonitor {}\nfirst records\n", name,
                        story.trace.size(), digest_of(trace), digest_of(lines_of(story.monitor)));
    for (std::size_t i = 0; i < 20; ++i) {
      const TraceRecord& record = story.trace[i];
      text += fmt::format("{} {:016x} {}\n", pathway.axis.format(record.when), record.case_key,
                          pathway.stages[record.stage.value].name);
    }
  }
  expect_golden("small_world.txt", text);
}

}  // namespace
}  // namespace rassoflow
