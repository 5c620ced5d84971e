// A court with one room, trials of one day and no hazards is a queue with fixed service, fed once a
// week by all who came since: its waits are known.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/testkit/testkit.hpp"
#include "tests/theory/theory_kit.hpp"

namespace rassoflow {
namespace {

constexpr double arrivals_a_week = 0.8 * 7;

std::vector<double> poisson(double mean, std::size_t size) {
  std::vector<double> chances(size);
  chances[0] = std::exp(-mean);
  for (std::size_t i = 1; i < size; ++i) {
    chances[i] = chances[i - 1] * mean / static_cast<double>(i);
  }
  return chances;
}

/// Mean of the days booked ahead at a round, in the long run: W' = max(W + N - 7, 0), N Poisson.
double mean_days_booked_ahead() {
  constexpr std::size_t size = 200;
  const std::vector<double> arrivals = poisson(arrivals_a_week, 60);
  std::vector<double> booked(size, 0);
  booked[0] = 1;
  for (int week = 0; week < 2000; ++week) {
    std::vector<double> next(size, 0);
    for (std::size_t w = 0; w < size; ++w) {
      for (std::size_t n = 0; n < arrivals.size(); ++n) {
        const std::size_t days = w + n < 7 ? 0 : w + n - 7;
        if (days < size) next[days] += booked[w] * arrivals[n];
      }
    }
    booked.swap(next);
  }
  double mean = 0;
  for (std::size_t w = 0; w < size; ++w) mean += static_cast<double>(w) * booked[w];
  return mean;
}

TEST(DiaryTheory, OneRoomAndTrialsOfADayWaitAsLongAsTheRecursionSays) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "One room"
    [run]
    origin = 2001-01-01
    from = 2003-01-01
    to = 2013-01-01
    [stages.report]
    kind = "report"
    arrivals = 0.8
    next = "trial"
    [stages.trial]
    kind = "listing"
    calendar = "always"
    rooms = 1
    length = { law = "fixed", value = 1, unit = "days" }
    vacated_to = "trial"
    ineffective_to = "trial"
    cracked_to = "done"
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )");
  // Half a week to the round, the days booked ahead, and on average half of the others of the week.
  const double wait = 3.5 + mean_days_booked_ahead() + arrivals_a_week / 2;
  EXPECT_NEAR(mean_days_booked_ahead(), 1.0268, 0.0001);
  const auto runs = replications(pathway, 500, [&](const TrialResult& trial) {
    const StageSums sums = sums_of(pathway, trial.monitor, "trial");
    double used = 0;
    double available = 0;
    for (const DiaryCell& cell : trial.monitor.diaries) {
      used += static_cast<double>(cell.room_days_used);
      available += static_cast<double>(cell.room_days);
    }
    return Observations{sums.mean_wait_days(), sums.mean_days_inside(), used / available};
  });
  expect_means({{"mean wait in days", wait, 0.01},
                {"mean days to the end of the trial", wait + 1, 0.01},
                {"share of room-days used", 0.8, 0.01}},
               runs);
}

}  // namespace
}  // namespace rassoflow
