// One threshold a case, spent on the hazard of whatever phase the case is in. The tests draw the
// same threshold and integrate by hand.
#include <cmath>
#include <limits>

#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::IsEmpty;

constexpr double day = 86400;

double threshold_of(std::uint64_t case_key) {
  KeyedStream draws{Purpose{1, "withdrawal"}, 0, case_key, 0};
  return standard_exponential(draws);
}

std::string supported(std::string_view rest) {
  return run("2019-01-01", "2021-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "police"
[stages.withdrawn]
kind = "outcome"
code = "withdrawn"
[stages.ended]
kind = "outcome"
code = "ended"
)" + std::string(rest);
}

std::string waiting_in_phases(std::string_view police, std::string_view court) {
  return supported(R"(
[stages.police]
kind = "wait"
withdrawal = "police"
delay = { law = "fixed", value = 20, unit = "days" }
next = "court"
[stages.court]
kind = "wait"
withdrawal = "court"
delay = { law = "fixed", value = 50, unit = "days" }
next = "ended"
[withdrawal.police]
to = "withdrawn"
)" + std::string(police) +
                   "\n[withdrawal.court]\nto = \"withdrawn\"\n" + std::string(court) + "\n");
}

/// The second of withdrawal after report of each case, -1 without, compared with `expected`
/// (seconds after report for a threshold, infinite without; the date of report in days).
template <class Expected>
void expect_withdrawals(const Story& story, Expected expected) {
  int withdrawn = 0, stayed = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    Seconds seen = -1;
    for (const TraceRecord& record : story.of_case(arrival.case_key)) {
      if (record.kind == EventKind::withdrawal) seen = record.when - arrival.when;
    }
    const double due = expected(threshold_of(arrival.case_key), arrival.when);
    const double looked_at = static_cast<double>(arrival.when) + std::min(due, 80 * day);
    if (looked_at >= static_cast<double>(story.pathway().to)) continue;
    if (std::isinf(due)) {
      EXPECT_EQ(seen, -1);
      ++stayed;
    } else {
      // One second for each change of phase or number at which the threshold is split.
      EXPECT_NEAR(static_cast<double>(seen), due, 1.0);
      ++withdrawn;
    }
  }
  EXPECT_GT(withdrawn, 50);
  EXPECT_GT(stayed, 50);
}

constexpr double never_due = std::numeric_limits<double>::infinity();

TEST(Withdrawal, SpendsOneThresholdOverBothPhasesSinceReport) {
  const Story story{waiting_in_phases(
      "bands = [ { from_day = 0, per_day = 0.05 }, { from_day = 7, per_day = 0.01 } ]",
      "bands = [ { from_day = 0, per_day = 0.9 }, { from_day = 19.5, per_day = 0.05 }, "
      "{ from_day = 30, per_day = 0.004 } ]")};
  expect_withdrawals(story, [](double e, Seconds) {
    // Days 0-7 at 0.05, 7-20 at 0.01; in court age counts since report: 20-30 at 0.05, 30-70 at
    // 0.004.
    if (e < 0.35) return e / 0.05 * day;
    if (e < 0.48) return (7 + (e - 0.35) / 0.01) * day;
    if (e < 0.98) return (20 + (e - 0.48) / 0.05) * day;
    if (e < 1.14) return (30 + (e - 0.98) / 0.004) * day;
    return never_due;
  });
}

TEST(Withdrawal, CountsAgeAnewWhereThePhaseHasTheClock) {
  const Story story{waiting_in_phases(
      "bands = [ { from_day = 0, per_day = 0.01 } ]",
      "clock = \"phase\"\nbands = [ { from_day = 0, per_day = 0.03 }, { from_day = 10, per_day = 0 "
      "} ]")};
  expect_withdrawals(story, [](double e, Seconds) {
    if (e < 0.2) return e / 0.01 * day;
    if (e < 0.5) return (20 + (e - 0.2) / 0.03) * day;
    return never_due;
  });
}

TEST(Withdrawal, DoesNotComeWhereTheHazardIsZero) {
  const Story story{waiting_in_phases("bands = [ { from_day = 0, per_day = 0 } ]",
                                      "bands = [ { from_day = 0, per_day = 0 } ]")};
  EXPECT_THAT(story.records(EventKind::withdrawal, "police"), IsEmpty());
  EXPECT_THAT(story.records(EventKind::withdrawal, "court"), IsEmpty());
}

TEST(Withdrawal, FollowsTheHazardOfTheDateAndItsMultiplier) {
  // 0.01 a day until 1 July 2019, none for a year, then 0.02 × 1.5.
  const Story story{
      waiting_in_phases("multiplier = \"factor\"\nbands = [ { from_day = 0, per_day = "
                        "\"rate\" } ]",
                        "bands = [ { from_day = 0, per_day = 0 } ]") +
      dated("rate", "0.01",
            "{ from = 2019-07-01, value = 0 }, { from = 2020-07-01, value = 0.02 }") +
      dated("factor", "1", "{ from = 2020-01-01, value = 1.5 }")};
  const auto july = static_cast<double>(story.at("2019-07-01"));
  const auto next_july = static_cast<double>(story.at("2020-07-01"));
  expect_withdrawals(story, [&](double e, Seconds reported) {
    const auto from = static_cast<double>(reported);
    const double to = from + 20 * day;
    const double early = std::max(0.0, std::min(to, july) - from) / day * 0.01;
    if (e < early) return e / 0.01 * day;
    const double start = std::max(from, next_july);
    if (to > start && e - early < (to - start) / day * 0.03) {
      return start - from + (e - early) / 0.03 * day;
    }
    return never_due;
  });
}

TEST(Withdrawal, IsForestalledByAStepThatEndsFirstAndComesAfterAllWhenTheHazardFalls) {
  // From 1 March on nobody withdraws: who would have, but had not yet, ends the wait of 20 days.
  const Story story{waiting_in_phases("bands = [ { from_day = 0, per_day = \"rate\" } ]",
                                      "bands = [ { from_day = 0, per_day = 0 } ]") +
                    dated("rate", "0.1", "{ from = 2019-03-01, value = 0 }")};
  const Seconds march = story.at("2019-03-01");
  int spared = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    if (arrival.when + 20 * seconds_per_day < march || arrival.when > march) continue;
    const Seconds due = arrival.when + round_to_seconds(threshold_of(arrival.case_key) * 10 * day);
    const auto steps = story.of_case(arrival.case_key);
    if (due < march) {
      EXPECT_EQ(steps.at(1).kind, EventKind::withdrawal);
      continue;
    }
    EXPECT_EQ(steps.at(1).kind, EventKind::step_end);
    EXPECT_EQ(steps.at(1).when, arrival.when + 20 * seconds_per_day);
    if (due < arrival.when + 20 * seconds_per_day) ++spared;
  }
  EXPECT_GT(spared, 2);
}

TEST(Withdrawal, CountsOnlyTheTimeInTheQueueWhereThePhaseSaysSo) {
  // One person, two days a case, one case a day: the queue grows. The hazard runs while a case
  // waits; who is called keeps what is left.
  const Story story{supported(R"(
[pools.staff]
positions = 1
[stages.police]
kind = "work"
pool = "staff"
withdrawal = "queue"
effort = { law = "fixed", value = 2, unit = "days" }
next = "after"
[stages.after]
kind = "wait"
withdrawal = "queue"
delay = { law = "fixed", value = 100, unit = "days" }
next = "ended"
[withdrawal.queue]
to = "withdrawn"
while = "waiting"
bands = [ { from_day = 0, per_day = 0.02 } ]
)")};
  int withdrawn = 0, served = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    const auto steps = story.of_case(arrival.case_key);
    if (steps.size() < 2) continue;
    const double due = threshold_of(arrival.case_key) / 0.02 * day;
    const Seconds after = steps[1].when - arrival.when;
    if (steps[1].kind == EventKind::withdrawal) {
      EXPECT_EQ(after, round_to_seconds(due));
      ++withdrawn;
    } else {
      EXPECT_LE(static_cast<double>(after - 2 * seconds_per_day), due) << "waited longer than due";
      ++served;
    }
  }
  EXPECT_GT(withdrawn, 100);
  EXPECT_GT(served, 100);
  EXPECT_THAT(story.records(EventKind::withdrawal, "after"), IsEmpty());
}

TEST(Withdrawal, StopsTheWorkInHandAndFreesThePersonInTheSameSecond) {
  const Story story{supported(R"(
[pools.staff]
positions = 1
[stages.police]
kind = "work"
pool = "staff"
withdrawal = "always"
effort = { law = "fixed", value = 3, unit = "days" }
next = "ended"
[withdrawal.always]
to = "withdrawn"
bands = [ { from_day = 0, per_day = 0.2 } ]
)")};
  // The person is never idle while somebody waits (checked by every run), and is busy exactly from
  // each start to the end or the withdrawal of that case.
  Seconds busy = 0, free_at = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    const auto steps = story.of_case(arrival.case_key);
    const Seconds end = steps.size() > 1 ? steps[1].when : story.pathway().to;
    const Seconds start = std::max(arrival.when, free_at);
    if (end <= start) continue;
    if (steps.size() > 1 && steps[1].kind == EventKind::step_end) {
      EXPECT_EQ(end - start, 3 * seconds_per_day);
    }
    busy += end - start;
    free_at = end;
  }
  Seconds counted = 0;
  for (std::size_t m = 0; m < story.pathway().months(); ++m) {
    counted += story.pool_cell(m).busy_seconds;
  }
  EXPECT_EQ(counted, busy);
}

TEST(Withdrawal, WaitsForTheNextPhaseWhileACaseIsWorkedOn) {
  // Nobody waits for a thousand people: the 20 days of work spend nothing of the threshold.
  const Story story{supported(R"(
[pools.staff]
positions = 1000
[stages.police]
kind = "work"
pool = "staff"
withdrawal = "queue"
effort = { law = "fixed", value = 20, unit = "days" }
next = "court"
[stages.court]
kind = "wait"
withdrawal = "court"
delay = { law = "fixed", value = 20, unit = "days" }
next = "ended"
[withdrawal.queue]
to = "withdrawn"
while = "waiting"
bands = [ { from_day = 0, per_day = 0.02 } ]
[withdrawal.court]
to = "withdrawn"
bands = [ { from_day = 0, per_day = 0.03 } ]
)")};
  expect_withdrawals(story,
                     [](double e, Seconds) { return e < 0.6 ? (20 + e / 0.03) * day : never_due; });
}

TEST(Withdrawal, InTheSecondInWhichAStepEndsComesAfterIt) {
  // Withdrawals gather in minutes around 8.5 days and 60 seconds, when the wait ends.
  std::string text = supported(R"(
[stages.police]
kind = "wait"
withdrawal = "late"
delay = { law = "fixed", value = 734460, unit = "seconds" }
next = "ended"
[withdrawal.late]
to = "withdrawn"
bands = [ { from_day = 0, per_day = 0 }, { from_day = 8.5, per_day = 1000 } ]
)");
  text.replace(text.find("arrivals = 1"), 12, "arrivals = 5");
  const Story story{text};
  int together = 0;
  for (const TraceRecord& end : story.records(EventKind::step_end, "police")) {
    const Seconds due = round_to_seconds(8.5 * day + threshold_of(end.case_key) * day / 1000);
    EXPECT_GE(due, 734460);
    together += due == 734460;
  }
  for (const TraceRecord& withdrawal : story.records(EventKind::withdrawal, "police")) {
    const Seconds due =
        round_to_seconds(8.5 * day + threshold_of(withdrawal.case_key) * day / 1000);
    EXPECT_LT(due, 734460);
  }
  EXPECT_GT(together, 5);
}

TEST(Withdrawal, HappensOnceToACase) {
  // Who has withdrawn goes on to a stage with a hazard of its own, and stays.
  const Story story{run("2019-01-01", "2020-06-01") + R"(
[stages.report]
kind = "report"
arrivals = 1
next = "police"
[stages.police]
kind = "wait"
withdrawal = "often"
delay = { law = "fixed", value = 200, unit = "days" }
next = "ended"
[stages.without]
kind = "wait"
withdrawal = "often"
delay = { law = "fixed", value = 30, unit = "days" }
next = "ended"
[withdrawal.often]
to = "without"
bands = [ { from_day = 0, per_day = 1 } ]
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  EXPECT_GT(story.records(EventKind::withdrawal, "police").size(), 400U);
  EXPECT_THAT(story.records(EventKind::withdrawal, "without"), IsEmpty());
  for (const TraceRecord& end : story.records(EventKind::step_end, "without")) {
    EXPECT_EQ(end.when - story.of_case(end.case_key).at(1).when, 30 * seconds_per_day);
  }
}

}  // namespace
}  // namespace rassoflow
