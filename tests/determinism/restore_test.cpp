// A trial that was saved and restored goes on as if it had never stopped; damaged bytes are
// refused.
#include <gtest/gtest.h>

#include "sim/core/diagnostic.hpp"
#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::string saved_at(const Pathway& pathway, Seconds when) {
  Trial trial{pathway, 7, 0};
  trial.run_until(when);
  return trial.save();
}

/// The trace is that of the first part and of the rest, one after the other.
void expect_restored(const Pathway& pathway, const Story& whole, Seconds when) {
  SCOPED_TRACE(pathway.axis.format(when));
  Story story;
  std::string saved;
  {
    Trial first{pathway, 7, 0, &story.trace};
    first.run_until(when);
    saved = first.save();
  }
  Trial rest{pathway, saved, &story.trace};
  rest.run_until(pathway.to);
  story.monitor = rest.finish();
  expect_same(lines_of(whole.trace), lines_of(story.trace));
  expect_same(lines_of(whole.monitor), lines_of(story.monitor));
}

/// Also the seconds at which calendars open, months end and parameters change.
TEST(Restore, AnyDateGoesOnAsIfNothingHadHappened) {
  for (const std::string& text : {WorldText{}.text(), single_site_text(), OwnersText{}.text()}) {
    const Pathway pathway = pathway_from(text);
    const Story whole = story_of(pathway, 7, 0);
    ASSERT_GT(whole.trace.size(), 3000U);
    const auto at = [&](std::string_view date) {
      return pathway.axis.at(parse_date(date).value());
    };
    std::vector<Seconds> dates{
        0,
        1,
        at("2021-02-01"),
        at("2021-04-06"),
        at("2021-04-06") + 9 * seconds_per_hour,
        at("2021-05-05"),
        at("2021-05-05") + 9 * seconds_per_hour + 1,
        at("2021-06-01"),
        at("2021-06-19") + 12 * seconds_per_hour,
        at("2021-09-01") + 17 * seconds_per_hour,
        at("2021-12-31"),
        pathway.to - 1,
        pathway.to,
    };
    for (int i = 1; i < 40; ++i) dates.push_back(pathway.to * i / 40 + 12345 * i % 86400);
    // Mondays at 00:00 and at 09:00: messages arrive, duty changes, calendars open.
    for (int week = 2; week < 52; week += 3) {
      dates.push_back(at("2021-01-04") + week * 7 * seconds_per_day);
      dates.push_back(at("2021-01-04") + week * 7 * seconds_per_day + 9 * seconds_per_hour);
    }
    for (const Seconds when : dates) {
      expect_restored(pathway, whole, when);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

/// At the second of an event, where the order within the second counts.
TEST(Restore, TheVerySecondOfAnEventGoesOnAsIfNothingHadHappened) {
  for (const std::string& text : {WorldText{}.text(), single_site_text(), OwnersText{}.text()}) {
    const Pathway pathway = pathway_from(text);
    const Story whole = story_of(pathway, 7, 0);
    for (std::size_t i = 1; i < 60; ++i) {
      expect_restored(pathway, whole, whole.trace[whole.trace.size() * i / 60].when);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

/// One person on every other working day: work that waits over the weekend must not be given on
/// Monday at 00:00 to whoever was on duty on Friday, nor before what arrives at that very second.
TEST(Restore, TheSecondOfAnOpeningGoesOnAsIfNothingHadHappened) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "Every other day"
    crossing_calendar = "weekdays"
    [run]
    origin = 2021-01-01
    to = 2022-01-01
    [levels.force]
    [levels.region]
    [sites.force]
    "Kent" = { region = "South East" }
    [sites.region]
    "South East" = {}
    [calendars.weekdays]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    [pools.staff]
    level = "region"
    calendar = "weekdays"
    positions = 0.5
    [stages.report]
    kind = "report"
    level = "force"
    arrivals = 0.5
    next = "first"
    [stages.first]
    kind = "work"
    level = "region"
    pool = "staff"
    effort = { law = "exponential", mean = 3, unit = "hours" }
    next = "pause"
    [stages.pause]
    kind = "wait"
    level = "region"
    delay = { law = "exponential", mean = 30, unit = "hours" }
    next = "second"
    [stages.second]
    kind = "work"
    level = "region"
    pool = "staff"
    priority = 1
    effort = { law = "exponential", mean = 3, unit = "hours" }
    next = "done"
    [stages.done]
    kind = "outcome"
    level = "region"
    code = "done"
  )");
  const Story whole = story_of(pathway, 7, 0);
  for (Seconds day = 0; day <= 365; ++day) {
    expect_restored(pathway, whole, day * seconds_per_day);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Restore, ManyStopsAddUp) {
  const Pathway pathway = pathway_from(WorldText{}.text());
  const Story whole = story_of(pathway, 7, 0);
  Story story;
  std::string saved = saved_at(pathway, 0);
  for (Seconds when = 0; when < pathway.to; when += 3 * seconds_per_day + 7 * seconds_per_hour) {
    Trial part{pathway, saved, &story.trace};
    part.run_until(when);
    saved = part.save();
  }
  Trial last{pathway, saved, &story.trace};
  last.run_until(pathway.to);
  story.monitor = last.finish();
  expect_same(lines_of(whole.trace), lines_of(story.trace));
  expect_same(lines_of(whole.monitor), lines_of(story.monitor));
}

/// True if the bytes are refused in words; anything but a WorldError fails the test.
bool is_refused(const Pathway& pathway, const std::string& saved) {
  try {
    Trial trial{pathway, saved};
  } catch (const WorldError& error) {
    return !error.message.empty();
  }
  return false;
}

TEST(Restore, BytesCutShortAreRefused) {
  const Pathway pathway = pathway_from(single_site_text());
  const std::string saved = saved_at(pathway, pathway.to / 2);
  ASSERT_FALSE(is_refused(pathway, saved));
  for (std::size_t length = 0; length < saved.size(); length += length < 200 ? 1 : 997) {
    EXPECT_TRUE(is_refused(pathway, saved.substr(0, length))) << length;
  }
  EXPECT_TRUE(is_refused(pathway, saved.substr(0, saved.size() - 1)));
  EXPECT_TRUE(is_refused(pathway, saved + '\0'));
  EXPECT_TRUE(is_refused(pathway, std::string(saved.size(), '\xff')));
}

TEST(Restore, ChangedBytesAreRefused) {
  const Pathway pathway = pathway_from(single_site_text());
  const std::string saved = saved_at(pathway, pathway.to / 2);
  for (std::size_t at = 0; at < saved.size(); at += at < 200 ? 1 : 1009) {
    std::string damaged = saved;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    EXPECT_TRUE(is_refused(pathway, damaged)) << at;
  }
}

TEST(Restore, AnotherScenarioIsRefused) {
  const Pathway one = pathway_from(WorldText{}.text());
  WorldText changed;
  changed.hazard = "0.0041";
  const Pathway other = pathway_from(changed.text());
  EXPECT_TRUE(is_refused(other, saved_at(one, one.to / 2)));
}

}  // namespace
}  // namespace rassoflow
