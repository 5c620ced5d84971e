// Two scenarios meet the same cases with the same luck: what a lever moves, it moves by value and
// never draws again.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <queue>

#include "tests/determinism/world.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::map<std::uint64_t, Seconds> reports_of(const Story& story) {
  std::map<std::uint64_t, Seconds> reports;
  for (const TraceRecord& record : story.trace) {
    if (record.kind != EventKind::arrival) continue;
    EXPECT_TRUE(reports.emplace(record.case_key, record.when).second) << "a case arrived twice";
  }
  return reports;
}

/// Every case of `fewer` is in `more`, reported in the same second.
void expect_contains(const std::map<std::uint64_t, Seconds>& more,
                     const std::map<std::uint64_t, Seconds>& fewer) {
  for (const auto& [key, when] : fewer) {
    const auto found = more.find(key);
    ASSERT_TRUE(found != more.end()) << "a case is lost";
    ASSERT_EQ(found->second, when) << "a case is reported at another time";
  }
}

TEST(Pairing, MoreDemandAddsCasesAndKeepsTheOldOnes) {
  const auto base = reports_of(story_of(pathway_from(WorldText{}.text())));
  // 2 a day at 3 forces for 365 days: 2,190 on average; four standard deviations are 187.
  EXPECT_NEAR(static_cast<double>(base.size()), 2190, 187);
  for (const auto& [arrivals, ratio] : {std::pair{"2.2", 1.1}, {"6", 3.0}}) {
    WorldText text;
    text.arrivals = arrivals;
    const auto more = reports_of(story_of(pathway_from(text.text())));
    EXPECT_NEAR(static_cast<double>(more.size()), 2190 * ratio, 4 * std::sqrt(2190 * ratio));
    expect_contains(more, base);
  }
}

TEST(Pairing, ADatedStepOfDemandKeepsEveryCommonCase) {
  const auto base = reports_of(story_of(pathway_from(WorldText{}.text())));
  WorldText text;
  text.arrivals_changes =
      "changes = [ { from = 2021-04-01, value = 3 }, { from = 2021-09-01, value = 1.5 } ]";
  const Pathway pathway = pathway_from(text.text());
  const auto stepped = reports_of(story_of(pathway));
  const Seconds up = pathway.axis.at(parse_date("2021-04-01").value());
  const Seconds down = pathway.axis.at(parse_date("2021-09-01").value());
  const auto between = [](const auto& reports, Seconds from, Seconds to) {
    std::map<std::uint64_t, Seconds> kept;
    for (const auto& [key, when] : reports) {
      if (when >= from && when < to) kept.emplace(key, when);
    }
    return kept;
  };
  EXPECT_EQ(between(stepped, 0, up), between(base, 0, up));
  expect_contains(between(stepped, up, down), between(base, up, down));
  expect_contains(between(base, down, pathway.to), between(stepped, down, pathway.to));
  EXPECT_GT(between(stepped, up, down).size(), between(base, up, down).size());
  EXPECT_LT(between(stepped, down, pathway.to).size(), between(base, down, pathway.to).size());
}

/// Arrivals, a wait, one queue: first in, first out, round the clock.
std::string queue_text(int positions, std::string_view mean_effort = "3") {
  return fmt::format(R"(
    format = 1
    title = "A wait and a queue"
    [run]
    origin = 2021-01-01
    to = 2021-12-31
    layer_rate = 4
    [pools.staff]
    positions = {}
    [stages.report]
    kind = "report"
    arrivals = 6
    next = "answer"
    [stages.answer]
    kind = "wait"
    delay = {{ law = "lognormal", mean = 5, cv = 1, unit = "days" }}
    next = "review"
    [stages.review]
    kind = "work"
    pool = "staff"
    effort = {{ law = "gamma", mean = {}, cv = 0.7, unit = "hours" }}
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )",
                     positions, mean_effort);
}

struct Durations {
  std::map<std::uint64_t, Seconds> waits;
  std::map<std::uint64_t, Seconds> efforts;
};

/// The effort follows from the trace: in order of joining, work starts when the case has joined and
/// the first of the servers is free.
Durations durations_of(const Pathway& pathway, int servers) {
  Durations durations;
  std::map<std::uint64_t, Seconds> reported;
  std::map<std::uint64_t, Seconds> finished;
  std::vector<std::pair<Seconds, std::uint64_t>> joined;
  for (const TraceRecord& record : story_of(pathway).trace) {
    if (record.kind == EventKind::arrival) {
      reported[record.case_key] = record.when;
    } else if (pathway.stages[record.stage.value].name == "answer") {
      durations.waits[record.case_key] = record.when - reported.at(record.case_key);
      joined.emplace_back(record.when, record.case_key);
    } else {
      finished[record.case_key] = record.when;
    }
  }
  std::priority_queue<Seconds, std::vector<Seconds>, std::greater<>> free_at;
  for (int i = 0; i < servers; ++i) free_at.push(0);
  for (const auto& [when, key] : joined) {
    if (!finished.contains(key)) break;  // later ones may have finished before it, or not at all
    const Seconds start = std::max(when, free_at.top());
    free_at.pop();
    free_at.push(finished.at(key));
    durations.efforts[key] = finished.at(key) - start;
  }
  return durations;
}

TEST(Pairing, MoreStaffLeaveEveryDrawInPlace) {
  const Durations one = durations_of(pathway_from(queue_text(1)), 1);
  ASSERT_GT(one.efforts.size(), 1800U);
  for (const int servers : {2, 200}) {
    const Durations many = durations_of(pathway_from(queue_text(servers)), servers);
    EXPECT_EQ(one.waits, many.waits);
    ASSERT_GT(many.efforts.size(), 1800U);
    for (const auto& [key, effort] : one.efforts) {
      if (many.efforts.contains(key)) {
        ASSERT_EQ(many.efforts.at(key), effort);
      }
    }
  }
}

TEST(Pairing, ALongerMeanOfEffortStretchesTheSameVariate) {
  const Durations base = durations_of(pathway_from(queue_text(200)), 200);
  const Durations longer = durations_of(pathway_from(queue_text(200, "4.5")), 200);
  EXPECT_EQ(base.waits, longer.waits);
  std::size_t compared = 0;
  for (const auto& [key, effort] : base.efforts) {
    const auto found = longer.efforts.find(key);
    if (found == longer.efforts.end()) continue;
    ++compared;
    // Each of the two is rounded to a second.
    ASSERT_NEAR(static_cast<double>(found->second), 1.5 * static_cast<double>(effort), 1.25);
  }
  EXPECT_GT(compared, 1800U);
}

std::map<std::uint64_t, Seconds> delays_under(std::string_view law) {
  const Pathway pathway = pathway_from(fmt::format(R"(
    format = 1
    title = "A delay"
    [run]
    origin = 2021-01-01
    to = 2021-12-31
    [stages.report]
    kind = "report"
    arrivals = 3
    next = "answer"
    [stages.answer]
    kind = "wait"
    delay = {{ {}, unit = "hours" }}
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )",
                                                   law));
  std::map<std::uint64_t, Seconds> reported;
  std::map<std::uint64_t, Seconds> delays;
  for (const TraceRecord& record : story_of(pathway).trace) {
    if (record.kind == EventKind::arrival) {
      reported[record.case_key] = record.when;
    } else {
      delays[record.case_key] = record.when - reported.at(record.case_key);
    }
  }
  return delays;
}

TEST(Pairing, ALongerMeanOfAnyLawStretchesTheSameVariate) {
  for (const auto& [base_law, longer_law] :
       {std::pair{"law = \"fixed\", value = 40", "law = \"fixed\", value = 100"},
        {"law = \"exponential\", mean = 40", "law = \"exponential\", mean = 100"},
        {"law = \"lognormal\", mean = 40, cv = 1.2", "law = \"lognormal\", mean = 100, cv = 1.2"},
        {"law = \"gamma\", mean = 40, cv = 1.4", "law = \"gamma\", mean = 100, cv = 1.4"},
        {"law = \"weibull\", mean = 40, shape = 0.8", "law = \"weibull\", mean = 100, shape = 0.8"},
        {"law = \"uniform\", low = 10, high = 50", "law = \"uniform\", low = 25, high = 125"}}) {
    SCOPED_TRACE(longer_law);
    const auto base = delays_under(base_law);
    const auto longer = delays_under(longer_law);
    std::size_t compared = 0;
    for (const auto& [key, delay] : longer) {
      ++compared;
      ASSERT_TRUE(base.contains(key));
      ASSERT_NEAR(static_cast<double>(delay), 2.5 * static_cast<double>(base.at(key)), 1.75);
    }
    EXPECT_GT(compared, 900U);
  }
}

/// Uniform delays of the first and the second visit: with no correlation, that of 2,000 pairs is
/// normal with standard deviation 1 / sqrt(2,000); beyond 4.5 of it lie 1 in 147,000.
TEST(Pairing, EveryVisitDrawsAnew) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "A loop"
    [run]
    origin = 2021-01-01
    to = 2021-12-31
    [stages.report]
    kind = "report"
    arrivals = 6
    next = "answer"
    [stages.answer]
    kind = "wait"
    delay = { law = "uniform", low = 0, high = 240, unit = "hours" }
    routes = [ { to = "answer", probability = 1, visits = "1" }, { to = "done", visits = "2+" } ]
    [stages.done]
    kind = "outcome"
    code = "done"
  )");
  std::map<std::uint64_t, Seconds> entered;
  std::map<std::uint64_t, std::vector<double>> delays;
  for (const TraceRecord& record : story_of(pathway).trace) {
    if (record.kind != EventKind::arrival) {
      const auto delay = static_cast<double>(record.when - entered.at(record.case_key));
      delays[record.case_key].push_back(delay / (240 * 3600) - 0.5);
    }
    entered[record.case_key] = record.when;
  }
  double sum = 0;
  double count = 0;
  for (const auto& [key, visits] : delays) {
    if (visits.size() != 2) continue;
    sum += visits[0] * visits[1] * 12;  // the variance of a uniform is 1 / 12
    ++count;
  }
  EXPECT_GT(count, 1900);
  EXPECT_LE(std::abs(sum / count), 4.5 / std::sqrt(count));
}

}  // namespace
}  // namespace rassoflow
