// What crosses between sites takes effect at 00:00 of the next working day, and brings along what
// the case has been through.
#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view places = R"(
crossing_calendar = "weekdays"
[levels.force]
[levels.area]
owns_clock = false
[levels.court]
[sites.force."Kent"]
area = "South East"
court = "Maidstone"
[sites.area."South East"]
[sites.court."Maidstone"]
[calendars.weekdays]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
bank_holidays = "closed"
)";

/// The gate of story.hpp at a police force that sends cases to its Area.
std::string abroad(std::string_view origin, std::string_view to, std::string_view stages) {
  std::string text = gated(origin, to);
  text.insert(text.find("[run]"), "#places\n");
  for (const std::string_view stage : {"report", "gate", "ended"}) {
    const std::string head = "[stages." + std::string(stage) + "]\n";
    text.insert(text.find(head) + head.size(), "level = \"force\"\n");
  }
  const std::string_view top = "crossing_calendar = \"weekdays\"\n";
  text.replace(text.find("#places\n"), 8, top);
  std::string tables{places};
  tables.erase(0, tables.find("[levels.force]"));
  return text + tables + std::string(stages);
}

constexpr std::string_view there_and_back = R"(
[stages.task]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 36, unit = "hours" }
next = "answer"
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)";

TEST(Crossing, FromFridayArrivesOnMonday) {
  const Story story{abroad("2019-01-05", "2019-03-01", there_and_back)};
  EXPECT_THAT(story.dates(EventKind::delivery, "task"), Each("2019-01-14 00:00:00"));
  EXPECT_THAT(story.ends("task"), Each("2019-01-15 12:00:00"));
  EXPECT_THAT(story.dates(EventKind::delivery, "answer"), Each("2019-01-16 00:00:00"));
  EXPECT_THAT(story.ends("answer"), Each("2019-01-16 01:00:00"));
  EXPECT_EQ(story.ends("answer").size(), story.arrivals().size());
}

TEST(Crossing, SkipsTheEasterWeekend) {
  // The gate on Friday 12 April, the Area from Monday 15 on: 84 hours end on Thursday at noon, and
  // the reply comes on Tuesday the 23rd.
  std::string stages{there_and_back};
  stages.replace(stages.find("36"), 2, "84");
  const Story story{abroad("2019-04-06", "2019-06-01", stages)};
  EXPECT_THAT(story.dates(EventKind::delivery, "task"), Each("2019-04-15 00:00:00"));
  EXPECT_THAT(story.ends("task"), Each("2019-04-18 12:00:00"));
  EXPECT_THAT(story.dates(EventKind::delivery, "answer"), Each("2019-04-23 00:00:00"));
}

TEST(Crossing, IsCountedAsPostedAndOpenAtTheEndOfAMonth) {
  // Friday 29 March 16:00:01 to Monday 1 April 00:00: on the way at the end of March.
  const Story story{abroad("2019-03-23", "2019-06-01", there_and_back)};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_THAT(story.dates(EventKind::delivery, "task"), Each("2019-04-01 00:00:00"));
  EXPECT_EQ(story.site_cell(0, "area:South East").posted_at_end, cases);
  EXPECT_EQ(story.site_cell(0, "force:Kent").open_at_end, cases);
  EXPECT_EQ(story.site_cell(0, "area:South East").open_at_end, 0);
  EXPECT_EQ(story.stage_cell("task", 0).entries, 0);
  EXPECT_EQ(story.stage_cell("task", 1).entries, cases);
  EXPECT_EQ(story.site_cell(1, "area:South East").posted_at_end, 0);
  EXPECT_EQ(story.site_cell(1, "force:Kent").open_at_end, 0);
}

TEST(Crossing, BringsHomeHowOftenTheCaseWasWhere) {
  // Review is quick on the first visit and slow from the second on; the force sends every case
  // back once, so that each is reviewed exactly twice.
  const Story story{abroad("2019-01-05", "2019-03-01", R"(
[stages.task]
kind = "wait"
level = "area"
delay = [ { law = "fixed", value = 1, unit = "hours", visits = "1" },
          { law = "fixed", value = 5, unit = "hours", visits = "2+" } ]
routes = [ { to = "plan", probability = 1, visits = "1" }, { to = "answer", visits = "2+" } ]
[stages.plan]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 2, unit = "hours" }
next = "task"
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 3, unit = "hours" }
next = "ended"
)")};
  std::vector<std::string> steps;
  for (const TraceRecord& record : story.of_case(story.arrivals().front().case_key)) {
    if (record.kind == EventKind::arrival) continue;
    steps.push_back(story.date(record.when) + " " +
                    (record.kind == EventKind::delivery ? "to " : "done ") +
                    story.pathway().stages[record.stage.value].name);
  }
  EXPECT_THAT(steps, ElementsAre("2019-01-11 16:00:01 done gate", "2019-01-14 00:00:00 to task",
                                 "2019-01-14 01:00:00 done task", "2019-01-15 00:00:00 to plan",
                                 "2019-01-15 02:00:00 done plan", "2019-01-16 00:00:00 to task",
                                 "2019-01-16 05:00:00 done task", "2019-01-17 00:00:00 to answer",
                                 "2019-01-17 03:00:00 done answer"));
}

TEST(Crossing, BringsHomeTheMarksOfTheVisit) {
  // `seen` is set in the Area and again at home: the first of the two is the Area's.
  const Story story{abroad("2019-01-05", "2019-03-01", R"(
[stages.task]
kind = "wait"
level = "area"
marks = ["seen"]
delay = { law = "fixed", value = 36, unit = "hours" }
next = "answer"
[stages.answer]
kind = "wait"
level = "force"
marks = ["seen"]
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[kpis.wait]
kind = "duration"
from = "seen"
to = "ended"
unit = "days"
)")};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.mark_cell("seen", 0, "force:Kent").every, 2 * cases);
  EXPECT_EQ(story.mark_cell("seen", 0, "force:Kent").first, cases);
  EXPECT_EQ(story.mark_cell("seen", 0, "area:South East").first, cases);
  std::vector<std::uint32_t> seconds;
  for (const DurationSample& sample : story.monitor().samples) {
    if (story.pathway().durations[sample.duration].from.exists()) seconds.push_back(sample.seconds);
  }
  EXPECT_THAT(seconds, Each(2 * 86400U + 3600U));
  EXPECT_THAT(seconds, SizeIs(cases));
}

TEST(Crossing, BringsHomeTheTimeThatItsPartsTook) {
  // Monday 00:00 to Thursday 03:00 is 75 hours: 1 + 5 at the Area, 2 + 3 at the force, the rest on
  // the way.
  const Story story{abroad("2019-01-05", "2019-03-01", R"(
[stages.task]
kind = "wait"
level = "area"
marks = ["sent"]
delay = [ { law = "fixed", value = 1, unit = "hours", visits = "1" },
          { law = "fixed", value = 5, unit = "hours", visits = "2+" } ]
routes = [ { to = "plan", probability = 1, visits = "1" }, { to = "answer", visits = "2+" } ]
[stages.plan]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 2, unit = "hours" }
next = "task"
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 3, unit = "hours" }
next = "ended"
[kpis.sent_to_end]
kind = "duration"
from = "sent"
to = "ended"
parts = { "area" = ["task"], "force" = ["plan", "answer"] }
unit = "days"
)")};
  const Pathway& pathway = story.pathway();
  int parts = 0;
  for (const DurationSample& sample : story.monitor().samples) {
    const DurationKpi& duration = pathway.durations[sample.duration];
    if (!duration.from.exists()) continue;
    const bool is_part = duration.part != no_part;
    const unsigned hours = !is_part ? 75 : pathway.parts[duration.part].name == "area" ? 6 : 5;
    EXPECT_EQ(sample.seconds, hours * 3600);
    if (is_part) ++parts;
  }
  EXPECT_EQ(parts, 2 * std::ssize(story.arrivals()));
}

TEST(Crossing, HandsTheCaseOverForGood) {
  const Story story{abroad("2019-01-05", "2019-03-01",
                           R"(
[stages.task]
kind = "wait"
level = "court"
delay = { law = "fixed", value = 30, unit = "days" }
next = "verdict"
[stages.verdict]
kind = "outcome"
level = "court"
code = "verdict"
)" + std::string("[stages.spare]\nkind = \"report\"\nlevel = \"force\"\narrivals = 0\nnext = "
                 "\"ended\"\n"))};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_THAT(story.dates(EventKind::delivery, "task"), Each("2019-01-14 00:00:00"));
  EXPECT_THAT(story.ends("task"), Each("2019-02-13 00:00:00"));
  EXPECT_EQ(story.site_cell(0, "force:Kent").open_at_end, 0);
  EXPECT_EQ(story.site_cell(0, "court:Maidstone").open_at_end, cases);
  EXPECT_EQ(story.site_cell(1, "court:Maidstone").open_at_end, 0);
  EXPECT_EQ(story.mark_cell("verdict", 1, "court:Maidstone").first, cases);
  EXPECT_EQ(story.mark_cell("verdict", 0, "force:Kent").ever, cases);
}

TEST(Crossing, SplitsAForceOverTwoAreasByShares) {
  std::string text = abroad("2019-01-05", "2019-03-01", there_and_back);
  text.replace(text.find("area = \"South East\""), 19,
               "area = { \"South East\" = 0.5, \"London\" = 0.5 }");
  text += "[sites.area.\"London\"]\n";
  text.replace(text.find("value = 3\n"), 10, "value = 300\n");
  const Story story{text};
  const auto cases = std::ssize(story.arrivals());
  const std::int64_t london = story.site_cell(0, "area:London").reported;
  const std::int64_t south_east = story.site_cell(0, "area:South East").reported;
  EXPECT_EQ(london + south_east, cases);
  // Fixed seed; about 1,800 cases, standard deviation 21: 85 is four of them (1 in 16,000).
  EXPECT_NEAR(static_cast<double>(london), static_cast<double>(cases) / 2, 85);
  EXPECT_EQ(story.mark_cell("ended", 0, "area:London").first, london);
}

// ---- withdrawal while the case is elsewhere

/// Everybody withdraws within minutes of 8.5 days after the report, wherever the case is.
std::string withdrawing(std::string_view stages) {
  std::string text = abroad("2019-01-05", "2019-03-01", R"(
[withdrawal.support]
bands = [ { from_day = 0, per_day = 0 }, { from_day = 8.5, per_day = 1000 } ]
to = "closing"
[stages.closing]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)" + std::string(stages));
  const std::string head = "[stages.gate]\n";
  text.insert(text.find(head) + head.size(), "withdrawal = \"support\"\n");
  return text;
}

std::string review(std::string_view effort, std::string_view next) {
  return R"(
[pools.prosecutors]
level = "area"
positions = 1000
[stages.task]
kind = "work"
level = "area"
pool = "prosecutors"
withdrawal = "support"
effort = )" +
         std::string(effort) + "\nnext = \"" + std::string(next) + "\"\n";
}

constexpr std::string_view twenty_days = R"({ law = "fixed", value = 20, unit = "days" })";
constexpr std::string_view one_second = R"({ law = "fixed", value = 1, unit = "seconds" })";
constexpr std::string_view answer = R"(
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)";

TEST(Crossing, WithdrawalIsDatedAtHomeAndHeardOfOnTheNextWorkingDay) {
  const Story story{withdrawing(review(twenty_days, "answer") + std::string(answer))};
  Seconds spent = 0;
  std::int64_t visitors = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    const auto steps = story.of_case(arrival.case_key);
    const auto withdrawal = std::ranges::find(steps, EventKind::withdrawal, &TraceRecord::kind);
    ASSERT_NE(withdrawal, steps.end());
    KeyedStream threshold{Purpose{1, "withdrawal"}, 0, arrival.case_key, 0};
    const double after = 8.5 * 86400 + standard_exponential(threshold) * 86400 / 1000;
    EXPECT_EQ(withdrawal->when - arrival.when, round_to_seconds(after));
    // Word comes at midnight; on Saturday and Sunday nobody listens before Monday.
    Seconds heard = (withdrawal->when / 86400 + 1) * 86400;
    while (heard < story.at("2019-01-14")) heard += 86400;
    while (heard == story.at("2019-01-19") || heard == story.at("2019-01-20")) heard += 86400;
    const auto notice = std::ranges::find(steps, EventKind::notice, &TraceRecord::kind);
    ASSERT_NE(notice, steps.end());
    EXPECT_EQ(story.date(notice->when), story.date(heard));
    const auto end = std::ranges::find(steps, story.stage("closing"), &TraceRecord::stage);
    ASSERT_NE(end, steps.end());
    EXPECT_EQ(end->when, withdrawal->when + 3600);
    spent += heard - story.at("2019-01-14");
    ++visitors;
  }
  EXPECT_EQ(story.pool_cell(0).busy_seconds, spent) << "worked on until word came";
  EXPECT_EQ(story.stage_cell("task", 0).exits, visitors);
  EXPECT_EQ(story.stage_cell("task", 0).exit_seconds, spent);
  EXPECT_THAT(story.ends("task"), IsEmpty());
  EXPECT_EQ(story.stage_cell("answer").entries, 0);
}

TEST(Crossing, OfACaseThatHasWithdrawnOnTheWayBackIsIgnored) {
  // The review takes one second on Monday; the reply travels until Tuesday. Who withdraws on
  // Monday is closed at home, and the reply meets nobody.
  const Story story{withdrawing(review(one_second, "answer") + R"(
[stages.answer]
kind = "wait"
level = "force"
withdrawal = "support"
delay = { law = "fixed", value = 30, unit = "days" }
next = "ended"
)")};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.stage_cell("closing").entries, cases);
  const auto meets = story.stage_cell("answer").entries;
  EXPECT_GT(meets, 0);
  EXPECT_LT(meets, cases);
  std::int64_t before_tuesday = 0;
  for (const TraceRecord& withdrawal : story.trace()) {
    if (withdrawal.kind == EventKind::withdrawal && withdrawal.when < story.at("2019-01-15")) {
      ++before_tuesday;
    }
  }
  EXPECT_EQ(meets, cases - before_tuesday);
  EXPECT_EQ(story.mark_cell("ended", 0, "force:Kent").every, cases);
}

TEST(Crossing, OfACaseThatGoesOnAfterWithdrawalIsNotMistakenForItsFirstVisit) {
  // The police go on without the victim and send the case again: the first visit, which is on its
  // way back or still under way, must not end the second one.
  std::string text = withdrawing(review(one_second, "answer") + std::string(answer) + R"(
[stages.again]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 5, unit = "days" }
next = "verdict"
[stages.verdict]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)");
  const std::size_t closing = text.find("[stages.closing]");
  text.replace(text.find("next = \"ended\"", closing), 14, "next = \"again\"");
  const Story story{text};
  for (const TraceRecord& withdrawal : story.trace()) {
    if (withdrawal.kind != EventKind::withdrawal) continue;
    for (const TraceRecord& record : story.of_case(withdrawal.case_key)) {
      const bool goes_on_as_if_not = record.kind == EventKind::step_end &&
                                     record.stage == story.stage("answer") &&
                                     record.when > withdrawal.when;
      EXPECT_FALSE(goes_on_as_if_not) << story.date(record.when);
    }
  }
  EXPECT_EQ(story.stage_cell("again").entries,
            std::ssize(story.records(EventKind::step_end, "closing")));
  EXPECT_EQ(story.stage_cell("verdict").entries + story.stage_cell("verdict", 1).entries,
            story.stage_cell("again").entries + story.stage_cell("again", 1).entries);
}

}  // namespace
}  // namespace rassoflow
