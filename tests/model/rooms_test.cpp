// Rooms of a diary: closures announced in time and late, overruns, fractions, floaters, and custody
// time limits that the officer watches.
#include <algorithm>
#include <map>
#include <set>

#include "sim/random/variates.hpp"
#include "tests/model/listing_world.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// The n-th sitting day on or after a date of 2019, from 0, at 10:00.
std::string sitting_day(std::string_view from, int n) {
  const std::set<Date> holidays = bank_holidays(2019);
  Date day = parse_date(from).value();
  for (;; day += std::chrono::days{1}) {
    const bool sits = std::chrono::weekday{day}.iso_encoding() <= 5 && !holidays.contains(day);
    if (sits && n-- == 0) return format_date(day) + " 10:00:00";
  }
}

/// The case's n-th trial that began, from 0.
std::map<std::uint64_t, std::string> begun_of(const Story& story) {
  std::map<std::uint64_t, std::string> begun;
  for (const TraceRecord& record : story.records(EventKind::sitting_day, "task")) {
    begun[record.case_key] = story.date(record.when);
  }
  return begun;
}

TEST(Rooms, AClosureMovesTheLatestListedOnTheDayOfItsAnnouncement) {
  // Two trials of two days in each pair of days from 21 January. On the 30th it becomes known that
  // from 4 February on there is one room: the later of each pair from then on loses its date.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("rooms", "2", "{ from = 2019-02-04, value = 1, announced = 2019-01-30 }") +
      trials("rooms = \"rooms\"\nnotice_days = 7\nlength = " + fixed(2))};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  EXPECT_EQ(sitting_day("2019-01-21", 10), "2019-02-04 10:00:00");
  const auto moved = story.records(EventKind::rooms_news, "task");
  ASSERT_EQ(moved.size(), 9U);
  EXPECT_THAT(story.dates(EventKind::rooms_news, "task"), Each("2019-01-30 00:00:00"));
  const auto begun = begun_of(story);
  for (std::size_t i = 0; i < 28; ++i) {
    const int pair = static_cast<int>(i / 2);
    if (i % 2 == 0 || pair < 5) {
      EXPECT_EQ(begun.at(arrivals[i].case_key), sitting_day("2019-01-21", 2 * pair)) << i;
      continue;
    }
    // The latest goes first; the dates given on 4 February follow those of the others, by age.
    EXPECT_EQ(moved[static_cast<std::size_t>(13 - pair)].case_key, arrivals[i].case_key);
    EXPECT_EQ(begun.at(arrivals[i].case_key), sitting_day("2019-01-21", 28 + 2 * (pair - 5))) << i;
  }
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::moved), 9);
  EXPECT_EQ(story.monitor().diaries.at(0).moved, 9);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::vacated), 0);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::room_days_over), 0);
}

TEST(Rooms, AClosureThatNobodyKnewLetsATrialGoOnAndTakesItsDaysOffLaterOnes) {
  // Trials of three days from Monday 21 January; on Tuesday the court is closed until 4 February.
  // The first goes on to Wednesday. The second to fourth are moved; relisted, each needs one day.
  // The 4th and 5th of February pay for Tuesday and Wednesday, so nobody sits then.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("rooms", "1",
            "{ from = 2019-01-22, value = 0 }, "
            "{ from = 2019-02-04, value = 1, announced = 2019-01-22 }") +
      trials("rooms = \"rooms\"\nnotice_days = 7\n"
             "length = [ { law = \"fixed\", value = 3, unit = \"days\", visits = \"1\" },\n"
             "           { law = \"fixed\", value = 1, unit = \"days\", visits = \"2+\" } ]\n")};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  EXPECT_THAT(story.dates(EventKind::rooms_news, "task"),
              ElementsAre("2019-01-22 00:00:00", "2019-01-22 00:00:00", "2019-01-22 00:00:00"));
  EXPECT_EQ(story.records(EventKind::rooms_news, "task")[0].case_key, arrivals[3].case_key);
  const auto begun = begun_of(story);
  EXPECT_EQ(begun.at(arrivals[0].case_key), "2019-01-21 10:00:00");
  EXPECT_EQ(story.ends("task")[0], "2019-01-23 16:00:00");
  EXPECT_EQ(begun.at(arrivals[4].case_key), "2019-02-06 10:00:00");
  // 24 trials of three days from 6 February on, then the three, a day each.
  for (const int i : {1, 2, 3}) {
    EXPECT_EQ(begun.at(arrivals[static_cast<std::size_t>(i)].case_key),
              sitting_day("2019-02-06", 3 * 24 + i - 1));
  }
  const DiaryCell& january = story.monitor().diaries.at(0);
  // Open from the 7th to the 21st.
  EXPECT_EQ(january.room_days, 11);
  EXPECT_EQ(january.room_days_used, 3);
  EXPECT_EQ(january.room_days_over, 2);
  EXPECT_EQ(january.moved, 3);
  const DiaryCell& february = story.monitor().diaries.at(1);
  EXPECT_EQ(february.room_days, 19);
  EXPECT_EQ(february.room_days_used, 17);
}

TEST(Rooms, WhatIsOwedWhileTheCourtIsClosedIsTakenOffOnceItOpens) {
  // The second trial sits on Thursday, Friday and, though the court has closed, Monday 21 January.
  // That it opens on 4 March is known on that day only: it pays for the Monday, and the third trial
  // begins on the 5th.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("rooms", "1", "{ from = 2019-01-21, value = 0 }, { from = 2019-03-04, value = 1 }") +
      trials("rooms = \"rooms\"\nnotice_days = 0\nlength = " + fixed(3))};
  EXPECT_THAT(story.dates(EventKind::rooms_news, "task"), Each("2019-01-21 00:00:00"));
  EXPECT_EQ(story.ends("task")[1], "2019-01-21 16:00:00");
  const auto begun = story.dates(EventKind::sitting_day, "task");
  EXPECT_EQ(begun.size(), 28U);
  EXPECT_EQ(begun[2], "2019-03-05 10:00:00");
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::moved), 26);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::room_days_over), 1);
}

TEST(Rooms, AFractionSitsOnWholeDaysAndATrialGoesOnWhenTheRoomSitsAgain) {
  // Sitting days count from Monday 7 January as 0; half a room sits on those with odd numbers:
  // Monday 14 January (5), Wednesday 16, Friday 18, Tuesday 22 (11).
  const Story half{gated("2019-01-05", "2020-01-01") +
                   trials("rooms = 0.5\nnotice_days = 0\nlength = " + fixed(2))};
  const auto begun = half.dates(EventKind::sitting_day, "task");
  EXPECT_EQ(begun[0], "2019-01-14 10:00:00");
  EXPECT_EQ(half.ends("task")[0], "2019-01-16 16:00:00");
  EXPECT_EQ(begun[1], "2019-01-18 10:00:00");
  EXPECT_EQ(half.ends("task")[1], "2019-01-22 16:00:00");
  // One and a half: two rooms on Monday, one on Tuesday, two on Wednesday, one on Thursday. The
  // second trial has no room on Tuesday and goes on on Wednesday and Thursday.
  const Story more{gated("2019-01-05", "2020-01-01") +
                   trials("rooms = 1.5\nnotice_days = 0\nlength = " + fixed(3))};
  EXPECT_EQ(more.dates(EventKind::sitting_day, "task")[1], "2019-01-14 10:00:00");
  EXPECT_EQ(more.dates(EventKind::sitting_day, "task")[2], "2019-01-18 10:00:00");
  EXPECT_EQ(more.ends("task")[0], "2019-01-16 16:00:00");
  EXPECT_EQ(more.ends("task")[1], "2019-01-17 16:00:00");
}

TEST(Rooms, OfAFractionAreExactOverAYearToOneDay) {
  for (const double rooms : {0.1, 0.37, 1.7, 2.25, 12.9}) {
    const Story story{gated("2019-01-05", "2020-01-04", 0.2) +
                      trials(fmt::format("rooms = {}\nlength = {}", rooms, fixed(1)))};
    // From 7 January 2019 to 3 January 2020: 52 weeks of five days less eight bank holidays.
    const double exact = rooms * (52 * 5 - 8);
    EXPECT_LE(std::abs(static_cast<double>(sum_of(story.monitor().diaries, &DiaryCell::room_days)) -
                       exact),
              1)
        << rooms;
  }
}

TEST(Rooms, FloatersTakeWhatCracks) {
  // From Thursday 17 January a fixture and a floater in every three sitting days.
  const Story story{
      gated("2019-01-05", "2020-06-01") +
      trials("rooms = 1\nnotice_days = 3\noverbook = 1\ncracked = 0.5\nlength = " + fixed(3))};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  std::map<std::uint64_t, Seconds> first_end;
  for (const TraceRecord& record : story.records(EventKind::step_end, "task")) {
    first_end.emplace(record.case_key, record.when);
  }
  std::map<std::uint64_t, Seconds> first_begun;
  for (const TraceRecord& record : story.records(EventKind::sitting_day, "task")) {
    first_begun.emplace(record.case_key, record.when);
  }
  std::array<int, 4> seen{};
  for (std::size_t pair = 0; pair < 14; ++pair) {
    const std::string first = sitting_day("2019-01-17", static_cast<int>(3 * pair));
    const std::string last =
        sitting_day("2019-01-17", static_cast<int>(3 * pair + 2)).substr(0, 11) + "16:00:00";
    std::array<bool, 2> cracks{};
    for (std::size_t i = 0; i < 2; ++i) {
      KeyedStream draws{Purpose{1, "route/task"}, 0, arrivals[2 * pair + i].case_key, 0};
      cracks[i] = standard_uniform(draws) < 0.5;
    }
    const std::uint64_t fixture = arrivals[2 * pair].case_key;
    const std::uint64_t floater = arrivals[2 * pair + 1].case_key;
    EXPECT_EQ(story.date(first_end.at(fixture)), cracks[0] ? first : last);
    const bool reached = cracks[0] && !cracks[1];
    EXPECT_EQ(story.date(first_end.at(floater)), reached ? last : first);
    if (reached) {
      EXPECT_EQ(story.date(first_begun.at(floater)), first);
    }
    ++seen[(cracks[0] ? 2 : 0) + (cracks[1] ? 1 : 0)];
  }
  EXPECT_GT(seen[0] * seen[1] * seen[2] * seen[3], 0);
  const DiaryCell& january = story.monitor().diaries.at(0);
  EXPECT_EQ(january.floaters, 14);
  EXPECT_EQ(january.listed, 28);
  EXPECT_GE(sum_of(story.monitor().diaries, &DiaryCell::not_reached), seen[0]);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::not_reached),
            sum_of(story.monitor().diaries, &DiaryCell::ineffective));
  EXPECT_GE(sum_of(story.monitor().diaries, &DiaryCell::floaters_begun), seen[2]);
}

TEST(Rooms, DaysFreedOnTheDayAreNotListedAgain) {
  // The first trial, three days from Thursday 17 January, is ineffective. Back in the diary for one
  // day and without notice, it could have Monday the 21st, which stands empty; but it is too late.
  const Story story{
      gated("2019-01-05", "2020-06-01") +
      dated("ineffective", "1", "{ from = 2019-01-18, value = 0 }") +
      dated("notice", "3", "{ from = 2019-01-15, value = 0 }") +
      trials("rooms = 1\nnotice_days = \"notice\"\nineffective = \"ineffective\"\n"
             "length = [ { law = \"fixed\", value = 3, unit = \"days\", visits = \"1\" },\n"
             "           { law = \"fixed\", value = 1, unit = \"days\", visits = \"2+\" } ]\n")};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  EXPECT_EQ(story.ends("task")[0], "2019-01-17 10:00:00");
  EXPECT_EQ(begun_of(story).at(arrivals[0].case_key), sitting_day("2019-01-17", 3 * 28));
}

/// Everybody is in custody and charged on Friday 11 January at 16:00:01; one trial a sitting day
/// from Monday the 14th on.
std::string in_custody(std::string_view custody, std::string_view parameters = "") {
  std::string text = gated("2019-01-05", "2020-01-01") + std::string(parameters) +
                     trials("rooms = 1\nnotice_days = 0\nfirst = [\"custody\"]\ncustody = " +
                            std::string(custody) + "\nlength = " + fixed(1)) +
                     R"(
[stages.remanded]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
sets = ["custody"]
marks = ["charged"]
next = "task"
)";
  const std::size_t gate = text.find("[stages.gate]");
  return text.replace(text.find("next = \"task\"", gate), 13, "next = \"remanded\"");
}

TEST(Custody, IsExtendedInTheLastRoundBeforeItRunsOut) {
  // 28 days run out on Friday 8 February at 16:00:01. Eight trials come after: on 4 February they
  // get five days, to Wednesday the 13th; five of them come later still and get five more on the
  // 11th, to Monday the 18th; on that day the last two are extended again.
  const Story story{in_custody(
      "{ flag = \"custody\", mark = \"charged\", days = 28, extension_days = 5, bail = 0 }")};
  ASSERT_EQ(story.arrivals().size(), 28U);
  const auto& diaries = story.monitor().diaries;
  EXPECT_EQ(diaries.at(0).extended, 0);
  EXPECT_EQ(diaries.at(1).extended, 8 + 5 + 2);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::extended), 15);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::bailed), 0);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::effective), 28);
}

TEST(Custody, EndsWithBailForWhomTheDrawSaysSo) {
  const Story story{in_custody(
      "{ flag = \"custody\", mark = \"charged\", days = 28, extension_days = 500, bail = 0.5 }")};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  int bailed = 0;
  for (std::size_t i = 20; i < 28; ++i) {
    KeyedStream draws{Purpose{1, "custody/task"}, 0, arrivals[i].case_key, 0};
    if (standard_uniform(draws) < 0.5) ++bailed;
  }
  ASSERT_GT(bailed, 0);
  ASSERT_LT(bailed, 8);
  EXPECT_EQ(story.monitor().diaries.at(1).bailed, bailed);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::extended), 8 - bailed);
  EXPECT_EQ(story.mark_cell("bailed", 1).first, static_cast<std::uint32_t>(bailed));
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::effective), 28);
}

TEST(Custody, HasTheLimitOfTheDayOfItsMark) {
  const std::string custody =
      "{ flag = \"custody\", mark = \"charged\", days = \"limit\", extension_days = 5, bail = 0 }";
  const auto extended = [&](std::string_view limit, std::string_view changes) {
    const Story story{in_custody(custody, dated("limit", limit, changes))};
    return sum_of(story.monitor().diaries, &DiaryCell::extended);
  };
  EXPECT_EQ(extended("28", "{ from = 2019-01-12, value = 500 }"), 15);
  EXPECT_EQ(extended("500", "{ from = 2019-01-11, value = 28 }"), 15);
  EXPECT_EQ(extended("28", "{ from = 2019-01-11, value = 500 }"), 0);
}

TEST(Custody, OnBailGivesUpItsPrecedence) {
  // There is no room before 6 May. Everybody is bailed in the round of 4 February but those
  // recorded for section 28, who are plain; from then on age alone counts.
  std::string text = in_custody(
      "{ flag = \"custody\", mark = \"charged\", days = 28, extension_days = 5, bail = 1 }",
      dated("rooms", "0", "{ from = 2019-05-06, value = 1 }"));
  text.replace(text.find("rooms = 1"), 9, "rooms = \"rooms\"");
  text.replace(text.find("next = \"remanded\""), 17, "next = \"kind\"");
  text += R"(
[stages.kind]
kind = "decide"
routes = [ { to = "remanded", probability = 0.5 }, { to = "plain" } ]
[stages.plain]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
next = "task"
)";
  const Story story{text};
  const auto begun = story.records(EventKind::sitting_day, "task");
  const auto arrivals = story.arrivals();
  ASSERT_EQ(begun.size(), arrivals.size());
  for (std::size_t i = 0; i < begun.size(); ++i) {
    EXPECT_EQ(begun[i].case_key, arrivals[i].case_key);
  }
  EXPECT_GT(story.monitor().diaries.at(1).bailed, 5);
}

}  // namespace
}  // namespace rassoflow
