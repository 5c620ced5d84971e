// Dates of trials to the second: the officer's week, notice, runs of sitting days, the order of who
// goes first, what happens before and on the day.
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
using testing::IsSubsetOf;

std::vector<std::string> first_of(const std::vector<std::string>& dates, std::size_t count) {
  return {dates.begin(), dates.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::vector<std::uint64_t> keys_of(const std::vector<TraceRecord>& records) {
  std::vector<std::uint64_t> keys;
  for (const TraceRecord& record : records) keys.push_back(record.case_key);
  return keys;
}

TEST(Listing, SitsThroughWeekendsAndHolidaysAsIfTheyWereNotThere) {
  // The officer acts on Monday 15 April 2019; the day after is the first with notice. Good Friday
  // is the 19th, Easter Monday the 22nd, the early May holiday the 6th.
  const Story story{gated("2019-04-06", "2020-04-01") +
                    trials("rooms = 1\nnotice_days = 1\nlength = " + fixed(4))};
  EXPECT_THAT(story.dates(EventKind::listing_round, "task"), Each("2019-04-15 00:00:00"));
  const std::vector<std::string> begun = story.dates(EventKind::sitting_day, "task");
  ASSERT_EQ(begun.size(), story.arrivals().size());
  ASSERT_GT(begun.size(), 4U);
  EXPECT_THAT(first_of(begun, 4), ElementsAre("2019-04-16 10:00:00", "2019-04-24 10:00:00",
                                              "2019-04-30 10:00:00", "2019-05-07 10:00:00"));
  EXPECT_THAT(first_of(story.ends("task"), 4),
              ElementsAre("2019-04-23 16:00:00", "2019-04-29 16:00:00", "2019-05-03 16:00:00",
                          "2019-05-10 16:00:00"));
  EXPECT_EQ(keys_of(story.records(EventKind::sitting_day, "task")), keys_of(story.arrivals()));
}

TEST(Listing, GivesDatesOnItsDayOfTheWeekAndWithNotice) {
  // Wednesday 16 January 2019 and 9 days: Friday the 25th, and on to Monday the 28th.
  const Story story{gated("2019-01-05", "2019-12-01") +
                    trials("rooms = 1\nnotice_days = 9\nlists_on = \"Wed\"\nlength = " + fixed(1))};
  EXPECT_THAT(story.dates(EventKind::listing_round, "task"), Each("2019-01-16 00:00:00"));
  EXPECT_THAT(first_of(story.dates(EventKind::sitting_day, "task"), 3),
              ElementsAre("2019-01-25 10:00:00", "2019-01-28 10:00:00", "2019-01-29 10:00:00"));
}

TEST(Listing, CountsItsDaysByCauseAndInRooms) {
  const Story story{gated("2019-01-05", "2019-12-01") +
                    trials("rooms = 2\nnotice_days = 0\nlength = " + fixed(2))};
  const auto cases = std::ssize(story.arrivals());
  ASSERT_EQ(cases, 28);
  const DiaryCell& january = story.monitor().diaries.at(0);
  // 19 weekdays from the 7th to the 31st (New Year is before the origin), 14 of them from the 14th.
  EXPECT_EQ(january.listed, 28);
  EXPECT_EQ(january.effective, 14);
  EXPECT_EQ(january.listed_at_end, 14);
  EXPECT_EQ(january.unlisted_at_end, 0);
  EXPECT_EQ(january.room_days, 2 * 19);
  EXPECT_EQ(january.room_days_used, 2 * 14);
  EXPECT_EQ(january.room_days_over, 0);
  // Begun on 14, 16, 18, 22, 24, 28, 30 January at 10:00, two each: 2, 4, 6, 10, 12, 16, 18 days
  // and 17:59:59 after joining.
  const StageCell task = story.stage_cell("task");
  const Seconds to_ten = 18 * seconds_per_hour - 1;
  EXPECT_EQ(task.started, 14);
  EXPECT_EQ(task.waited_seconds,
            2 * ((2 + 4 + 6 + 10 + 12 + 16 + 18) * seconds_per_day + 7 * to_ten));
  // Each ends 1 day and 6 hours after it began, over the weekend (18 to 21 January) 3 days and 6.
  const Seconds sat = 6 * seconds_per_hour;
  EXPECT_EQ(task.exit_seconds - task.exit_waiting_seconds,
            2 * ((1 + 1 + 3 + 1 + 1 + 1 + 1) * seconds_per_day + 7 * sat));
}

TEST(Listing, RoundsTheLengthUpToWholeDays) {
  const Story story{gated("2019-01-05", "2020-01-01") +
                    trials("rooms = 100\nnotice_days = 0\nlength = " + fixed(2.1))};
  EXPECT_THAT(story.ends("task"), Each("2019-01-16 16:00:00"));
  const Story none{gated("2019-01-05", "2020-01-01") +
                   trials("rooms = 100\nnotice_days = 0\nlength = " + fixed(0))};
  EXPECT_THAT(none.ends("task"), Each("2019-01-14 16:00:00"));
}

/// Cases come to the diary through one of three waits of a second, two of which set a flag.
std::string three_kinds(std::string_view keys) {
  std::string text = gated("2019-01-05", "2020-01-01", 6) + trials(keys) + R"(
[stages.kind]
kind = "decide"
routes = [ { to = "remanded", probability = 0.3 }, { to = "recorded", probability = 0.3 },
           { to = "plain" } ]
[stages.remanded]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
sets = ["custody"]
marks = ["charged"]
next = "task"
[stages.recorded]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
sets = ["section_28"]
next = "task"
[stages.plain]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
next = "task"
)";
  const std::size_t gate = text.find("[stages.gate]");
  return text.replace(text.find("next = \"task\"", gate), 13, "next = \"kind\"");
}

TEST(Listing, GivesCustodyTheFirstDatesThenSection28ThenAge) {
  const Story story{three_kinds("rooms = 1\nnotice_days = 0\nlength = " + fixed(1) +
                                "first = [\"custody\", \"section_28\"]\n")};
  std::map<std::uint64_t, std::pair<int, Seconds>> claims;
  const std::vector<std::string> kinds{"remanded", "recorded", "plain"};
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto records = story.records(EventKind::step_end, kinds[k]);
    ASSERT_GT(records.size(), 3U);
    for (const TraceRecord& record : records) claims[record.case_key].first = static_cast<int>(k);
  }
  for (const TraceRecord& record : story.arrivals()) claims[record.case_key].second = record.when;
  const auto begun = story.records(EventKind::sitting_day, "task");
  ASSERT_EQ(begun.size(), claims.size());
  EXPECT_TRUE(std::ranges::is_sorted(
      begun, {}, [&](const TraceRecord& record) { return claims.at(record.case_key); }));
}

TEST(Listing, VacatedAtADrawnTimeAndItsDayIsFreeAgain) {
  // Everybody listed on 14 January for the 28th and after is vacated, at a time between; who was
  // vacated by the 21st is listed again then, by age, on the first free days from 4 February on.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("vacated", "1", "{ from = 2019-01-15, value = 0 }") +
      trials("rooms = 1\nnotice_days = 14\nvacated = \"vacated\"\nlength = " + fixed(1))};
  const Seconds round = story.at("2019-01-14");
  const Seconds next_round = round + 7 * seconds_per_day;
  const Purpose when{1, "vacated/task"};
  std::map<std::uint64_t, Seconds> first_end;
  for (const TraceRecord& record : story.records(EventKind::step_end, "task")) {
    first_end.emplace(record.case_key, record.when);
  }
  std::set<Seconds> taken;
  std::vector<std::uint64_t> again;
  for (std::size_t i = 0; i < story.arrivals().size(); ++i) {
    const std::uint64_t key = story.arrivals()[i].case_key;
    const auto week = static_cast<Seconds>(i / 5);
    const auto weekday = static_cast<Seconds>(i % 5);
    const Seconds day = story.at("2019-01-28") + (7 * week + weekday) * seconds_per_day;
    KeyedStream draws{when, 0, key, 0};
    const Seconds vacated =
        round + round_to_seconds(standard_uniform(draws) * static_cast<double>(day - round));
    EXPECT_EQ(story.date(first_end.at(key)), story.date(vacated));
    if (vacated >= next_round) taken.insert(day);
    if (vacated < next_round) again.push_back(key);
  }
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::vacated), cases);
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::effective), cases);

  std::vector<std::uint64_t> relisted;
  for (const TraceRecord& record : story.records(EventKind::listing_round, "task")) {
    if (record.when == next_round) relisted.push_back(record.case_key);
  }
  ASSERT_GT(again.size(), 3U);
  EXPECT_EQ(relisted, again);
  std::map<std::uint64_t, Seconds> begun;
  for (const TraceRecord& record : story.records(EventKind::sitting_day, "task")) {
    begun[record.case_key] = record.when - 10 * seconds_per_hour;
  }
  Seconds day = story.at("2019-02-04");
  for (const std::uint64_t key : again) {
    while (taken.contains(day) || (day / seconds_per_day) % 7 < 2) day += seconds_per_day;
    EXPECT_EQ(story.date(begun.at(key)), story.date(day));
    day += seconds_per_day;
  }
}

TEST(Listing, IneffectiveIsListedAgainAndKeepsItsAge) {
  // Ineffective on Thursday 17 and Friday 18 January; both come back after an hour, and on the 21st
  // the older, who has been back for a day longer, is first. The others have their dates already.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("ineffective", "1", "{ from = 2019-01-19, value = 0 }") +
      trials("rooms = 2\nnotice_days = 3\nineffective = \"ineffective\"\nlength = " + fixed(1))};
  const auto arrivals = story.arrivals();
  ASSERT_EQ(arrivals.size(), 28U);
  EXPECT_THAT(first_of(story.ends("task"), 5),
              ElementsAre("2019-01-17 10:00:00", "2019-01-17 10:00:00", "2019-01-18 10:00:00",
                          "2019-01-18 10:00:00", "2019-01-21 16:00:00"));
  // 28 trials, two a day from the 17th: the 29th and 30th place are on the 15th sitting day after.
  const auto begun = story.records(EventKind::sitting_day, "task");
  ASSERT_EQ(begun.size(), 28U);
  const std::vector<std::uint64_t> last = keys_of({begun.end() - 4, begun.end()});
  EXPECT_EQ(std::set<std::uint64_t>(last.begin(), last.begin() + 2),
            (std::set<std::uint64_t>{arrivals[0].case_key, arrivals[1].case_key}));
  EXPECT_EQ(std::set<std::uint64_t>(last.begin() + 2, last.end()),
            (std::set<std::uint64_t>{arrivals[2].case_key, arrivals[3].case_key}));
  EXPECT_EQ(story.date(begun[24].when), "2019-02-06 10:00:00");
  EXPECT_EQ(story.date(begun[27].when), "2019-02-07 10:00:00");
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::ineffective), 4);
  // Nobody else could have the room that day: it stood empty.
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::room_days_used), 28);
}

TEST(Listing, OneDrawACaseDecidesFromTheWorstOn) {
  const Story story{gated("2019-01-05", "2021-01-01") +
                    trials("rooms = 1\nnotice_days = 7\nvacated = 0.3\nineffective = 0.2\n"
                           "cracked = 0.3\nlength = " +
                           fixed(1))};
  const Purpose fate{1, "route/task"};
  std::array<std::int64_t, 4> counts{};
  std::map<std::uint64_t, std::uint32_t> listings;
  for (const TraceRecord& record : story.records(EventKind::listing_round, "task")) {
    KeyedStream draws{fate, 0, record.case_key, listings[record.case_key]++};
    const double drawn = standard_uniform(draws);
    ++counts[drawn < 0.3 ? 0 : (drawn < 0.5 ? 1 : (drawn < 0.8 ? 2 : 3))];
  }
  const auto& diaries = story.monitor().diaries;
  EXPECT_EQ(sum_of(diaries, &DiaryCell::vacated), counts[0]);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::ineffective), counts[1]);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::cracked), counts[2]);
  EXPECT_EQ(sum_of(diaries, &DiaryCell::effective), counts[3]);
  EXPECT_EQ(counts[2] + counts[3], std::ssize(story.arrivals()));
  EXPECT_GT(counts[0] * counts[1] * counts[2] * counts[3], 0);
}

TEST(Listing, AProbabilityOfTheDayDecidesOnTheDay) {
  // Nobody cracks when listed on the 14th; from the 22nd on everybody does.
  const Story story{
      gated("2019-01-05", "2020-01-01") +
      dated("cracked", "0", "{ from = 2019-01-22, value = 1 }") +
      trials("rooms = 1\nnotice_days = 3\ncracked = \"cracked\"\nlength = " + fixed(1))};
  EXPECT_THAT(story.ends("task")[2], "2019-01-21 16:00:00");
  EXPECT_THAT(story.ends("task")[3], "2019-01-22 10:00:00");
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::cracked), 25);
}

TEST(Listing, WithdrawalFreesTheDateForOthers) {
  // The first cases are listed on 14 January for 28 January and after, and about half withdraw
  // before; those who come to the diary on 25 January get the first days that they left.
  std::string text =
      gated("2019-01-05", "2020-01-01") +
      trials("rooms = 1\nnotice_days = 14\nwithdrawal = \"phase\"\nlength = " + fixed(2)) +
      R"(
[withdrawal.phase]
bands = [ { from_day = 0, per_day = 0.05 }, { from_day = 14, per_day = 0 } ]
clock = "phase"
to = "gone"
[stages.gone]
kind = "outcome"
code = "gone"
)";
  text.replace(text.find("{ from = 2019-01-11, value = 0 }"), 32,
               "{ from = 2019-01-11, value = 0 }, { from = 2019-01-19, value = 1 }, "
               "{ from = 2019-01-25, value = 0 }");
  const Story story{text};
  std::map<std::uint64_t, Seconds> withdrawn;
  for (const TraceRecord& record : story.records(EventKind::withdrawal, "task")) {
    withdrawn[record.case_key] = record.when;
  }
  const Seconds joined = story.at("2019-01-11", 16 * seconds_per_hour + 1);
  const Seconds second_round = story.at("2019-01-28");
  std::set<Seconds> taken;
  std::vector<std::uint64_t> first, second;
  for (const TraceRecord& arrival : story.arrivals()) {
    (arrival.when < joined ? first : second).push_back(arrival.case_key);
  }
  ASSERT_GT(second.size(), 3U);
  ASSERT_GT(withdrawn.size(), 5U);
  const auto in_sitting_days = [](Seconds days) {
    return (days / 5 * 7 + days % 5) * seconds_per_day;
  };
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto found = withdrawn.find(first[i]);
    if (found != withdrawn.end()) {
      // One exponential threshold a case: 0.05 a day from Friday 16:00:01 on.
      KeyedStream draws{Purpose{1, "withdrawal"}, 0, first[i], 0};
      EXPECT_EQ(found->second, joined + round_to_seconds(standard_exponential(draws) * 20 *
                                                         static_cast<double>(seconds_per_day)));
      if (found->second < second_round) continue;
    }
    const auto day = static_cast<Seconds>(2 * i);
    taken.insert({story.at("2019-01-28") + in_sitting_days(day),
                  story.at("2019-01-28") + in_sitting_days(day + 1)});
  }
  std::map<std::uint64_t, Seconds> begun;
  for (const TraceRecord& record : story.records(EventKind::sitting_day, "task")) {
    begun[record.case_key] = record.when - 10 * seconds_per_hour;
  }
  // From 11 February on, two sitting days in a row that nobody has.
  Seconds day = 10;
  for (const std::uint64_t key : second) {
    const auto at = [&](Seconds days) { return story.at("2019-01-28") + in_sitting_days(days); };
    while (taken.contains(at(day)) || taken.contains(at(day + 1))) ++day;
    taken.insert({at(day), at(day + 1)});
    if (begun.contains(key)) {
      EXPECT_EQ(story.date(begun.at(key)), story.date(at(day)));
    }
  }
  EXPECT_EQ(sum_of(story.monitor().diaries, &DiaryCell::withdrawn) +
                sum_of(story.monitor().diaries, &DiaryCell::effective),
            sum_of(story.monitor().diaries, &DiaryCell::listed));
}

}  // namespace
}  // namespace rassoflow
