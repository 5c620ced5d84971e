// What a trial counts: months, marks, cohorts, durations, ages, visits to stages of a loop.
#include <map>

#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::SizeIs;

constexpr Seconds day = seconds_per_day;

std::string delayed(std::string_view value, std::string_view more = "") {
  return run("2018-01-01", "2021-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 0.5
next = "task"
[stages.task]
kind = "wait"
marks = ["begun"]
delay = { law = "fixed", value = )" +
         std::string(value) + R"(, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)" + std::string(more);
}

TEST(Month, HoldsEntriesExitsAndOccupiedTimeByHand) {
  const Story story{delayed("40")};
  const auto arrivals = story.arrivals();
  const Pathway& pathway = story.pathway();
  ASSERT_EQ(pathway.months(), 36U);
  for (std::size_t m = 0; m < pathway.months(); ++m) {
    const Seconds from = pathway.month_start[m];
    const Seconds to = pathway.month_start[m + 1];
    std::int64_t entries = 0, exits = 0, inside = 0;
    Seconds occupied = 0;
    for (const TraceRecord& arrival : arrivals) {
      const Seconds end = arrival.when + 40 * day;
      entries += arrival.when >= from && arrival.when < to;
      exits += end >= from && end < to;
      inside += arrival.when < to && end >= to;
      occupied += std::max<Seconds>(0, std::min(end, to) - std::max(arrival.when, from));
    }
    const StageCell cell = story.stage_cell("task", m);
    EXPECT_EQ(cell.entries, entries);
    EXPECT_EQ(cell.exits, exits);
    EXPECT_EQ(cell.exit_seconds, exits * 40 * day);
    EXPECT_EQ(cell.inside_at_end, inside);
    EXPECT_EQ(cell.occupied_seconds, occupied) << "month " << m;
    EXPECT_EQ(story.site_cell(m).reported, entries);
    EXPECT_EQ(story.site_cell(m).open_at_end, inside);
    EXPECT_EQ(story.mark_cell("begun", m).every, entries);
    EXPECT_EQ(story.mark_cell("ended", m).first, exits);
  }
}

void expect_cohorts(std::string_view value, std::array<bool, 3> within) {
  const Story story{delayed(value)};
  for (std::size_t m = 0; m < 6; ++m) {
    const auto reported = static_cast<std::uint32_t>(story.site_cell(m).reported);
    ASSERT_GT(reported, 0U);
    const MarkCell cell = story.mark_cell("ended", m);
    EXPECT_EQ(cell.ever, reported);
    for (std::size_t i = 0; i < within.size(); ++i) {
      EXPECT_EQ(cell.within[i], within[i] ? reported : 0) << value << ", " << cohort_days[i];
    }
  }
}

TEST(Cohort, CountsTheLastDayAsWithin) {
  expect_cohorts("183", {true, true, true});
  expect_cohorts("365", {false, true, true});
  expect_cohorts("730", {false, false, true});
}

TEST(Cohort, DoesNotCountTheDayAfter) {
  expect_cohorts("184", {false, true, true});
  expect_cohorts("366", {false, false, true});
  expect_cohorts("731", {false, false, false});
}

TEST(Duration, HasASampleForEachCaseInTheMonthOfItsEnd) {
  const Story story{delayed("40", R"(
[kpis.time]
kind = "duration"
from = "begun"
to = "ended"
unit = "days"
)")};
  ASSERT_THAT(story.pathway().durations, SizeIs(2));
  const auto ends = story.records(EventKind::step_end, "task");
  std::size_t next = 0;
  for (const DurationSample& sample : story.monitor().samples) {
    const TraceRecord& end = ends.at(next++ / 2);
    EXPECT_EQ(sample.seconds, 40 * day);
    const Date date = story.pathway().axis.date_of(end.when);
    const Date reported = story.pathway().axis.date_of(end.when - 40 * day);
    EXPECT_EQ(sample.month, month_of(date).index - 2018 * 12);
    EXPECT_EQ(sample.report_month, month_of(reported).index - 2018 * 12);
  }
  EXPECT_EQ(next, 2 * ends.size()) << "one from the mark, one from the report";
}

TEST(StockAge, CountsCasesOlderThanTheDays) {
  const Story story{delayed("100", R"(
[kpis.old]
kind = "stock"
stages = ["task"]
over_days = [30, 90]
)")};
  for (std::size_t m = 0; m < story.pathway().months(); ++m) {
    const Seconds end = story.pathway().month_start[m + 1];
    std::int64_t over_30 = 0, over_90 = 0;
    for (const TraceRecord& arrival : story.arrivals()) {
      const Seconds age = end - arrival.when;
      over_30 += age > 30 * day && age <= 100 * day;
      over_90 += age > 90 * day && age <= 100 * day;
    }
    EXPECT_EQ(story.monitor().stock_ages[3 * m + 1], over_30);
    EXPECT_EQ(story.monitor().stock_ages[3 * m + 2], over_90);
  }
}

TEST(StockAge, OfExactlyTheDaysIsNotOver) {
  // More than one case a second: some are a day old to the second at the end of the run.
  const Story story{run("2019-01-01", "2019-01-03") + R"(layer_rate = 10000
[stages.report]
kind = "report"
arrivals = 300000
next = "task"
[stages.task]
kind = "wait"
delay = { law = "fixed", value = 9, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
[kpis.old]
kind = "stock"
stages = ["task"]
over_days = [1]
)"};
  std::int64_t older = 0, exactly = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    older += arrival.when < day;
    exactly += arrival.when == day;
  }
  ASSERT_GT(exactly, 0);
  EXPECT_EQ(story.monitor().stock_ages[1], older);
}

TEST(Arrivals, AreThePartOfALayerThatLiesUnderTheRate) {
  const Story story{run("2019-01-01", "2021-01-01") + R"(layer_rate = 50
[stages.report]
kind = "report"
arrivals = 5
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  // Poisson with mean 5 × 731: standard deviation 60; four of them (1 in 16,000), fixed seed.
  EXPECT_NEAR(static_cast<double>(story.arrivals().size()), 3655, 242);
}

// Who goes round again: half after the first visit, nobody after the third.
constexpr std::string_view loop = R"(
[stages.report]
kind = "report"
arrivals = 2
next = "review"
[stages.review]
kind = "wait"
marks = ["reviewed"]
delay = [ { law = "fixed", value = 5, unit = "days", visits = "1" },
          { law = "fixed", value = 3, unit = "days", visits = "2" },
          { law = "fixed", value = 1, unit = "days", visits = "3+" } ]
routes = [ { to = "plan", probability = 0.5, visits = "1" },
           { to = "plan", probability = 1, visits = "2" },
           { to = "ended" } ]
[stages.plan]
kind = "wait"
delay = { law = "fixed", value = 10, unit = "days" }
next = "review"
[stages.ended]
kind = "outcome"
code = "ended"
)";

TEST(Visits, HaveLawsAndRoutesOfTheirOwn) {
  const Story story{run("2019-01-01", "2020-01-01") + std::string(loop)};
  std::map<std::size_t, int> visits;
  for (const TraceRecord& arrival : story.arrivals()) {
    const auto steps = story.of_case(arrival.case_key);
    if (arrival.when + 60 * day > story.pathway().to) continue;
    std::vector<Seconds> reviewed;
    for (const TraceRecord& step : steps) {
      if (step.kind == EventKind::step_end && step.stage == story.stage("review")) {
        reviewed.push_back((step.when - arrival.when) / day);
      }
    }
    ++visits[reviewed.size()];
    if (reviewed.size() == 1) {
      EXPECT_THAT(reviewed, testing::ElementsAre(5));
    } else {
      EXPECT_THAT(reviewed, testing::ElementsAre(5, 18, 29));
    }
  }
  ASSERT_THAT(visits, SizeIs(2));
  // Fixed seed: of about 600 half, standard deviation 12; 49 is four of them (1 in 16,000).
  EXPECT_NEAR(visits[1], visits[3], 2 * 49);
}

TEST(Visits, EachDrawTheirRouteFromTheWorstOn) {
  const Story story{run("2019-01-01", "2020-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "review"
[stages.review]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
routes = [ { to = "review", probability = 0.6 }, { to = "ended" } ]
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  std::size_t longest = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    std::uint32_t visits = 0;
    for (double u = 0; u < 0.6; ++visits) {
      KeyedStream draws{Purpose{1, "route/review"}, 0, arrival.case_key, visits};
      u = standard_uniform(draws);
    }
    if (arrival.when + visits * day >= story.pathway().to) continue;
    EXPECT_EQ(story.of_case(arrival.case_key).size(), 1 + visits);
    longest = std::max<std::size_t>(longest, visits);
  }
  EXPECT_GT(longest, 4U);
}

TEST(Visits, SetAMarkFirstOnceAndEveryTime) {
  const Story story{run("2019-01-01", "2020-01-01") + std::string(loop)};
  std::uint32_t first = 0, every = 0, ever = 0;
  for (std::size_t m = 0; m < 12; ++m) {
    const MarkCell cell = story.mark_cell("reviewed", m);
    first += cell.first;
    every += cell.every;
    ever += cell.ever;
  }
  const auto cases = static_cast<std::uint32_t>(story.arrivals().size());
  EXPECT_EQ(first, cases);
  EXPECT_EQ(ever, cases);
  const std::size_t again = story.records(EventKind::step_end, "plan").size();
  EXPECT_EQ(every, cases + again);
}

TEST(Visits, ThatNeverEndStopTheTrialAndNameTheCase) {
  const Pathway pathway = pathway_from(run("2019-01-01", "2020-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "wait"
[stages.wait]
kind = "wait"
delay = { law = "fixed", value = "delay", unit = "seconds" }
routes = [ { to = "wait", probability = "again" }, { to = "ended" } ]
[stages.ended]
kind = "outcome"
code = "ended"
)" + dated("delay", "0", "{ from = 2019-12-31, value = 1 }") +
                                       dated("again", "1", "{ from = 2019-12-31, value = 0 }"));
  try {
    run_trial(pathway, 5, 3);
    FAIL() << "60,000 visits in one second";
  } catch (const InvariantViolation& violation) {
    EXPECT_THAT(violation.message,
                testing::MatchesRegex("a case came back to stage wait too often \\(case "
                                      "[0-9a-f]{16}, 2019-[-0-9 :]+, replication 3, seed 5\\)"));
  }
}

TEST(Classes, ArriveInTheirShares) {
  const Story story{run("2019-01-01", "2021-01-01") + R"(
[classes.adult]
share = 0.8
[classes.other]
share = 0.2
[stages.report]
kind = "report"
arrivals = 5
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  double adult = 0, other = 0;
  for (std::size_t m = 0; m < story.pathway().months(); ++m) {
    const auto at = [&](std::uint8_t c) {
      return static_cast<double>(
          story.monitor()
              .sites[story.monitor().site_cell(story.pathway(), m, SiteId{0}, ClassId{c})]
              .reported);
    };
    adult += at(0);
    other += at(1);
  }
  // Poisson with means 4 and 1 a day over 731 days: 54 and 27; four of them (1 in 16,000 each).
  EXPECT_NEAR(adult, 2924, 216);
  EXPECT_NEAR(other, 731, 108);
}

}  // namespace
}  // namespace rassoflow
