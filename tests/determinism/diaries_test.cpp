// Diaries: restored in the middle, read from another order of tables, run to another end, and a
// closure that nobody knows of before it is announced.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/determinism/diary_world.hpp"
#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::int64_t sum_of(const Monitor& monitor, std::int64_t DiaryCell::*part) {
  std::int64_t sum = 0;
  for (const DiaryCell& cell : monitor.diaries) sum += cell.*part;
  return sum;
}

/// The tests below say nothing about what does not happen.
TEST(Diaries, OfTheWorldHaveSomethingOfEverything) {
  const Story story = story_of(pathway_from(DiaryWorld{}.text()), 7);
  for (std::int64_t DiaryCell::*part :
       {&DiaryCell::effective, &DiaryCell::cracked, &DiaryCell::ineffective, &DiaryCell::vacated,
        &DiaryCell::moved, &DiaryCell::withdrawn, &DiaryCell::floaters_begun,
        &DiaryCell::not_reached, &DiaryCell::extended, &DiaryCell::bailed,
        &DiaryCell::room_days_over}) {
    EXPECT_GT(sum_of(story.monitor, part), 0);
  }
  EXPECT_GT(sum_of(story.monitor, &DiaryCell::effective), 150);
}

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

TEST(Diaries, AreRestoredOnAnyDayOfAnyWeek) {
  const Pathway pathway = pathway_from(DiaryWorld{}.text());
  const Story whole = story_of(pathway, 7);
  // Every third day at 00:00, at an opening and a second after it: rounds, sitting days, meetings,
  // announcements and ends of months are among them.
  for (Seconds day = 0; day < pathway.to; day += 3 * seconds_per_day) {
    for (const Seconds second : {0, 9 * 3600, 10 * 3600, 10 * 3600 + 1, 16 * 3600}) {
      expect_restored(pathway, whole, day + second);
      if (::testing::Test::HasFailure()) return;
    }
  }
  const auto at = [&](std::string_view date) { return pathway.axis.at(parse_date(date).value()); };
  for (const std::string_view date :
       {"2021-03-01", "2021-04-06", "2021-08-02", "2021-08-03", "2021-08-04", "2021-08-09"}) {
    for (const Seconds second : {-1, 0, 1}) expect_restored(pathway, whole, at(date) + second);
  }
}

TEST(Diaries, DoNotDependOnTheOrderOfTheFile) {
  DiaryWorld reversed;
  reversed.is_reversed = true;
  const Pathway in_order = pathway_from(DiaryWorld{}.text());
  const Pathway other = pathway_from(reversed.text());
  EXPECT_EQ(in_order.digest, other.digest);
  const Story a = story_of(in_order, 7);
  const Story b = story_of(other, 7);
  expect_same(lines_of(a.trace), lines_of(b.trace));
  expect_same(lines_of(a.monitor), lines_of(b.monitor));
}

std::string lines_before(const Story& story, Seconds limit) {
  const auto end = std::ranges::find_if(
      story.trace, [&](const TraceRecord& record) { return record.when >= limit; });
  return lines_of(std::vector<TraceRecord>(story.trace.begin(), end));
}

void expect_same_until(const DiaryWorld& changed, std::string_view date) {
  SCOPED_TRACE(date);
  const Pathway base = pathway_from(DiaryWorld{}.text());
  const Pathway other = pathway_from(changed.text());
  ASSERT_NE(base.digest, other.digest);
  const Seconds limit = base.axis.at(parse_date(date).value());
  const Story a = story_of(base, 7);
  const Story b = story_of(other, 7);
  expect_same(lines_before(a, limit), lines_before(b, limit));
  // Soon afterwards it does something: otherwise the test says nothing.
  const Seconds later = limit + 60 * seconds_per_day;
  EXPECT_NE(lines_before(a, later), lines_before(b, later));
}

TEST(Diaries, NobodyKnowsOfAClosureBeforeItIsAnnounced) {
  for (const char* value : {"0", "1.2", "5"}) {
    DiaryWorld world;
    world.more_rooms = std::string("{ from = 2021-11-01, value = ") + value +
                       ", announced = 2021-09-20 },"
                       "{ site = \"region:West\", from = 2021-11-08, value = " +
                       value + ", announced = 2021-10-20 }";
    expect_same_until(world, "2021-09-20");
  }
}

TEST(Diaries, ASuddenClosureChangesNothingBefore) {
  DiaryWorld world;
  world.more_rooms = "{ from = 2021-09-14, value = 0 }";
  expect_same_until(world, "2021-09-14");
}

TEST(Diaries, PlacesFromADateOnChangeNothingBefore) {
  DiaryWorld world;
  world.more_clinics = "{ from = 2021-09-01, value = 1 }";
  expect_same_until(world, "2021-09-01");
}

TEST(Diaries, WhereTheRunEndsChangesNothingBefore) {
  DiaryWorld shorter;
  shorter.to = "2021-10-06";
  const Pathway pathway = pathway_from(shorter.text());
  const Story a = story_of(pathway, 7);
  const Story b = story_of(pathway_from(DiaryWorld{}.text()), 7);
  expect_same(lines_before(a, pathway.to), lines_before(b, pathway.to));
}

}  // namespace
}  // namespace rassoflow
