// Batches meet on their days at the hour of opening, take the oldest or the most urgent, and lose
// the places that nobody takes.
#include <algorithm>
#include <map>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// Mondays at 10:00, but not on bank holidays; all cases join on a Friday at 16:00:01.
std::string clinic(std::string_view keys) {
  return std::string(R"(
[calendars.clinic]
days = ["Mon"]
hours = ["10:00-12:00"]
bank_holidays = "closed"
[stages.task]
kind = "batch"
calendar = "clinic"
next = "ended"
)") + std::string(keys) +
         "\n";
}

std::vector<std::string> different(std::vector<std::string> dates) {
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

TEST(Batch, MeetsAtTheOpeningAndSkipsBankHolidays) {
  // From Friday 12 April 2019: Easter Monday is the 22nd, the early May holiday the 6th.
  const Story story{gated("2019-04-06", "2019-09-01") + clinic("size = 4")};
  const std::vector<std::string> met = story.dates(EventKind::meeting, "task");
  ASSERT_EQ(met.size(), story.arrivals().size());
  ASSERT_GT(met.size(), 12U);
  const std::vector<std::string> first(met.begin(), met.begin() + 13);
  EXPECT_THAT(different(first), ElementsAre("2019-04-15 10:00:00", "2019-04-29 10:00:00",
                                            "2019-05-13 10:00:00", "2019-05-20 10:00:00"));
  EXPECT_EQ(std::ranges::count(met, "2019-04-29 10:00:00"), 4);
}

TEST(Batch, MeetsOnEachSecondOfItsDays) {
  // Mondays from the origin on: 8, 15, 29 April, 13, 20 May. The first, third and fifth count.
  const Story story{gated("2019-04-06", "2019-09-01") + clinic("size = 4\nevery = 2")};
  const std::vector<std::string> met = story.dates(EventKind::meeting, "task");
  ASSERT_GT(met.size(), 8U);
  EXPECT_EQ(met[0], "2019-04-29 10:00:00");
  EXPECT_EQ(met[4], "2019-05-20 10:00:00");
}

TEST(Batch, TakesTheOldestReportFirst) {
  const Story story{gated("2019-01-05", "2019-12-01") + clinic("size = 1")};
  const std::vector<TraceRecord> arrivals = story.arrivals();
  const std::vector<TraceRecord> met = story.records(EventKind::meeting, "task");
  ASSERT_EQ(met.size(), arrivals.size());
  for (std::size_t i = 0; i < met.size(); ++i) EXPECT_EQ(met[i].case_key, arrivals[i].case_key);
}

TEST(Batch, TakesTheMostUrgentClassFirst) {
  // `plain` joins a week before `urgent`, and the clinic starts after both.
  std::string text = gated("2019-01-05", "2019-06-01", 6) +
                     "[classes.plain]\nshare = 0.5\npriority = 1\n"
                     "[classes.urgent]\nshare = 0.5\npriority = 0\n" +
                     clinic("size = 2\nrule = \"urgent\"");
  const Story story{text};
  std::map<std::uint64_t, int> priority;
  for (const ArrivalStream& stream : story.pathway().streams) {
    for (std::uint32_t layer = 0; layer < stream.layer_count; ++layer) {
      for (std::uint32_t serial = 1; serial < 100; ++serial) {
        priority[combine(combine(stream.key, layer), serial)] =
            story.pathway().classes[stream.case_class.value].priority;
      }
    }
  }
  std::vector<int> met;
  for (const TraceRecord& record : story.records(EventKind::meeting, "task")) {
    met.push_back(priority.at(record.case_key));
  }
  EXPECT_TRUE(std::ranges::is_sorted(met));
  EXPECT_EQ(met.front(), 0);
  EXPECT_EQ(met.back(), 1);
}

TEST(Batch, CountsPlacesOfferedAndTakenAndWhoWaits) {
  const Story story{gated("2019-01-05", "2019-03-01") + clinic("size = 10")};
  const auto cases = std::ssize(story.arrivals());
  ASSERT_GT(cases, 20);
  ASSERT_LT(cases, 30);
  // 7, 14, 21, 28 January: nobody has come by the 7th. 4, 11, 18, 25 February.
  const BatchCell& january = story.monitor().batches.at(0);
  EXPECT_EQ(january.meetings, 4);
  EXPECT_EQ(january.places, 40);
  EXPECT_EQ(january.places_used, cases);
  EXPECT_EQ(january.waiting_at_end, 0);
  const BatchCell& february = story.monitor().batches.at(1);
  EXPECT_EQ(february.places, 40);
  EXPECT_EQ(february.places_used, 0);
  const StageCell task = story.stage_cell("task");
  // From Friday 16:00:01 to Monday 10:00 are 2 days 17:59:59.
  const Seconds until_monday = 2 * seconds_per_day + 18 * seconds_per_hour - 1;
  const Seconds waited = cases * until_monday + ((cases - 10) + (cases - 20)) * 7 * seconds_per_day;
  EXPECT_EQ(task.exit_waiting_seconds, waited);
  EXPECT_EQ(task.exit_seconds, waited);
  EXPECT_EQ(task.started, cases);
}

TEST(Batch, SizeFollowsItsDates) {
  const Story story{gated("2019-01-05", "2019-06-01") +
                    dated("places", "0", "{ from = 2019-02-04, value = 1000 }") +
                    clinic("size = \"places\"")};
  EXPECT_THAT(story.dates(EventKind::meeting, "task"), Each("2019-02-04 10:00:00"));
  EXPECT_EQ(story.monitor().batches.at(0).places, 0);
  EXPECT_EQ(story.monitor().batches.at(0).waiting_at_end, std::ssize(story.arrivals()));
}

TEST(Batch, TakesWhoComesInTheVerySecondOfTheMeeting) {
  // A clinic that meets on Fridays at 16:00:00; the gate lets cases in at 16:00:01, and 86,399
  // seconds of calendar time later is the opening on Saturday at 16:00.
  std::string text = gated("2019-01-05", "2019-03-01") + R"(
[calendars.clinic]
days = ["Sat"]
hours = ["16:00-17:00"]
[stages.task]
kind = "wait"
delay = { law = "fixed", value = 86399, unit = "seconds" }
next = "meeting"
[stages.meeting]
kind = "batch"
calendar = "clinic"
size = 1000
next = "ended"
)";
  const Story story{text};
  EXPECT_THAT(story.dates(EventKind::meeting, "meeting"), Each("2019-01-12 16:00:00"));
  EXPECT_EQ(story.records(EventKind::meeting, "meeting").size(), story.arrivals().size());
}

TEST(Batch, WhoComesBackFromAMeetingWaitsForTheNext) {
  const Story story{gated("2019-01-05", "2019-06-01") + R"(
[calendars.clinic]
days = ["Mon"]
hours = ["10:00-12:00"]
[stages.task]
kind = "batch"
calendar = "clinic"
size = 1000
routes = [ { to = "task", probability = 1, visits = "1" }, { to = "ended", visits = "2+" } ]
)"};
  const std::vector<std::string> met = story.dates(EventKind::meeting, "task");
  const auto cases = std::ssize(story.arrivals());
  ASSERT_EQ(std::ssize(met), 2 * cases);
  EXPECT_EQ(met.front(), "2019-01-14 10:00:00");
  EXPECT_EQ(std::ranges::count(met, "2019-01-21 10:00:00"), cases);
}

TEST(Batch, WhoWithdrawsTakesNoPlace) {
  // From the third day after joining on, that is from Monday 16:00:01, everybody withdraws within
  // minutes: after one clinic.
  std::string text = gated("2019-01-05", "2019-03-01") +
                     clinic("size = 3\nwithdrawal = \"phase\"") +
                     R"(
[withdrawal.phase]
bands = [ { from_day = 0, per_day = 0 }, { from_day = 3, per_day = 1000 } ]
clock = "phase"
to = "gone"
[stages.gone]
kind = "outcome"
code = "gone"
)";
  const Story story{text};
  EXPECT_THAT(story.dates(EventKind::meeting, "task"),
              ElementsAre("2019-01-14 10:00:00", "2019-01-14 10:00:00", "2019-01-14 10:00:00"));
  EXPECT_EQ(story.records(EventKind::withdrawal, "task").size(), story.arrivals().size() - 3);
  EXPECT_EQ(story.monitor().batches.at(0).places_used, 3);
  EXPECT_EQ(story.monitor().batches.at(0).waiting_at_end, 0);
}

TEST(Batch, EachSiteHasItsOwnPlacesAndVisitorsWithdrawFromIt) {
  std::string text = gated("2019-01-05", "2019-03-01", 8);
  for (const std::string_view stage : {"report", "gate", "ended"}) {
    const std::string head = "[stages." + std::string(stage) + "]\n";
    text.insert(text.find(head) + head.size(), "level = \"force\"\n");
  }
  text += R"(
[levels.force]
[levels.area]
owns_clock = false
[sites.area."North"]
[sites.area."South"]
[sites.force."Kent"]
area = { "North" = 0.5, "South" = 0.5 }
[stages.answer]
kind = "decide"
level = "force"
next = "ended"
[stages.gone]
kind = "outcome"
level = "force"
code = "gone"
[withdrawal.phase]
bands = [ { from_day = 0, per_day = 0 }, { from_day = 5, per_day = 1000 } ]
clock = "phase"
to = "gone"
)" + clinic("level = \"area\"\nsize = 2\nwithdrawal = \"phase\"");
  text.replace(text.find("next = \"ended\"\nlevel = \"area\""), 14, "next = \"answer\"");
  const Story story{text};
  // Sent on Friday, there on Saturday, withdrawn on Wednesday: one meeting, of two at each Area.
  EXPECT_THAT(story.dates(EventKind::meeting, "task"),
              ElementsAre("2019-01-14 10:00:00", "2019-01-14 10:00:00", "2019-01-14 10:00:00",
                          "2019-01-14 10:00:00"));
  EXPECT_EQ(story.monitor().batches.at(0).places_used, 2);
  EXPECT_EQ(story.monitor().batches.at(1).places_used, 2);
  EXPECT_EQ(story.monitor().batches.at(0).waiting_at_end, 0);
  EXPECT_EQ(story.records(EventKind::notice, "task").size(), story.arrivals().size() - 4);
}

}  // namespace
}  // namespace rassoflow
