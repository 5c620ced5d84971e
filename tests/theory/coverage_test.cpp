// How often a 95% interval covers the truth, over 4,000 small studies whose truth is known exactly:
// of means, of skewed quantities, of 90% quantiles and of paired differences. If an interval covers
// 95%, the share of 4,000 lies outside 94% to 96% by chance in 4 of 1,000; the seeds are fixed. The
// rates found stand in docs/compare-and-sweep.md.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/kpis/row_plan.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr int studies = 4000;
constexpr int replications = 20;

/// Draws that no implementation of a standard library decides.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return (static_cast<double>(engine_() >> 11) + 0.5) * 0x1p-53; }
  double exponential() { return -std::log(uniform()); }
  double normal() {
    return std::sqrt(2 * exponential()) * std::cos(2 * 3.141592653589793 * uniform());
  }

 private:
  std::mt19937_64 engine_;
};

bool covers(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

/// In percent of the studies; `value()` is one replication's.
template <class Value>
double covered(double truth, Value value) {
  Summariser summariser;
  int count = 0;
  for (int study = 0; study < studies; ++study) {
    std::vector<double> values;
    for (int i = 0; i < replications; ++i) values.push_back(value());
    count += covers(summariser.summarise(values).mean95, truth) ? 1 : 0;
  }
  return 100.0 * count / studies;
}

/// `pair()` is base and option of one replication.
template <class Pair>
double covered_difference(double truth, Pair pair) {
  int count = 0;
  for (int study = 0; study < studies; ++study) {
    std::vector<double> base, option;
    for (int i = 0; i < replications; ++i) {
      const auto [a, b] = pair();
      base.push_back(a);
      option.push_back(b);
    }
    count += covers(paired_difference(base, option).difference.mean95, truth) ? 1 : 0;
  }
  return 100.0 * count / studies;
}

void expect_covered(const char* what, double rate, double low, double high) {
  std::printf("  covered %.1f%%: %s\n", rate, what);
  EXPECT_GE(rate, low) << what;
  EXPECT_LE(rate, high) << what;
}

/// One server, Poisson arrivals at rate 1 and exponential service at mean 1 / `service_rate`, begun
/// in equilibrium: the wait of every customer has the mean load / (service_rate - 1).
class Queue {
 public:
  explicit Queue(double service_rate) : rate_(service_rate) {}
  double mean_wait() const { return 1 / rate_ / (rate_ - 1); }
  void begin(double any_wait, double exponential) {
    wait_ = any_wait < 1 - 1 / rate_ ? 0 : exponential / (rate_ - 1);
  }
  double next(double service, double gap) {
    const double mine = wait_;
    wait_ = std::max(0.0, wait_ + service / rate_ - gap);
    return mine;
  }

 private:
  double rate_;
  double wait_ = 0;
};

TEST(Coverage, OfNormalMeansIs95Percent) {
  Draws draws{1};
  expect_covered("mean of normal values", covered(3, [&] { return 3 + 2 * draws.normal(); }), 94,
                 96);
}

TEST(Coverage, OfSkewedMeansIs95Percent) {
  Draws draws{2};
  const double s = std::sqrt(std::log(1.09));
  expect_covered("mean of lognormal values, standard deviation 0.3 of the mean",
                 covered(1, [&] { return std::exp(s * draws.normal() - s * s / 2); }), 94, 96);
}

double covered_wait(int customers, std::uint64_t seed) {
  Draws draws{seed};
  const double rate = 1 / 0.7;
  return covered(Queue{rate}.mean_wait(), [&] {
    Queue queue{rate};
    queue.begin(draws.uniform(), draws.exponential());
    double sum = 0;
    for (int i = 0; i < customers; ++i) sum += queue.next(draws.exponential(), draws.exponential());
    return sum / customers;
  });
}

/// Loads 0.7 and 0.6, the same customers.
double covered_difference_of_waits(int customers, std::uint64_t seed) {
  Draws draws{seed};
  const double slow = 1 / 0.7, quick = 1 / 0.6;
  return covered_difference(Queue{quick}.mean_wait() - Queue{slow}.mean_wait(), [&] {
    Queue a{slow}, b{quick};
    const double any = draws.uniform(), e = draws.exponential();
    a.begin(any, e);
    b.begin(any, e);
    double of_a = 0, of_b = 0;
    for (int i = 0; i < customers; ++i) {
      const double service = draws.exponential(), gap = draws.exponential();
      of_a += a.next(service, gap);
      of_b += b.next(service, gap);
    }
    return std::pair{of_a / customers, of_b / customers};
  });
}

TEST(Coverage, OfWaitsInALongQueueIs95Percent) {
  expect_covered("mean wait of 6,000 customers of M/M/1", covered_wait(6000, 3), 94, 96);
  expect_covered("difference of two, the same 6,000 customers",
                 covered_difference_of_waits(6000, 4), 94, 96);
}

// The mean of a short run is so skewed that no interval by Student's t is right with 20
// replications: said in the documents, and here so that nobody takes it for better than it is.
TEST(Coverage, OfWaitsInAShortQueueFallsShort) {
  const double mean = covered_wait(400, 3), difference = covered_difference_of_waits(400, 4);
  expect_covered("mean wait of 400 customers", mean, 91, 94);
  expect_covered("difference of two, the same 400 customers", difference, 90.5, 94);
}

TEST(Coverage, OfNormalDifferencesIs95Percent) {
  Draws draws{5};
  expect_covered(
      "difference of normal values that share most of their luck",
      covered_difference(0.5,
                         [&] {
                           const double shared = 5 * draws.normal();
                           return std::pair{shared + draws.normal(), shared + 0.5 + draws.normal()};
                         }),
      94, 96);
}

TEST(Coverage, OfSkewedQuantilesIsNearly95Percent) {
  Draws draws{6};
  // The expected value of type 7 at 0.9 of 31 exponentials: order statistic 28 (from 1), of which
  // the mean is the sum of 1 / (31 - i) over i = 0 ... 27.
  double truth = 0;
  for (int i = 0; i < 28; ++i) truth += 1.0 / (31 - i);
  expect_covered("p90 of 31 exponential durations",
                 covered(truth,
                         [&] {
                           std::vector<double> days(31);
                           for (double& one : days) one = draws.exponential();
                           return quantile_of(days, 0.9);
                         }),
                 93.5, 96);
}

constexpr const char* office = R"(
format = 1
title = "An office"
[run]
origin = 2020-01-01
to = 2020-03-01
[parameters.reports]
value = 2
unit = "cases a day"
grade = "assumed"
source = "this test"
[pools.staff]
[stages.report]
kind = "report"
arrivals = "reports"
next = "work"
[stages.work]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 3, unit = "days" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
)";

/// What is in the system on the first of March, of every day's reports what a mean of 3 days
/// leaves: 2 x 3 x (1 - exp(-60 / 3)).
TEST(Coverage, OfASimulatedScenarioAndItsOptionIs95Percent) {
  const Scenario scenario = scenario_from(office);
  Scenario busier = scenario;
  busier.parameters["reports"].steps[0].value = 2.5;
  const RowKey reports{"arrivals", "", "", "", "", "2020-01/2020-02", "flow", "total", "cases"};
  const RowKey open{"in_progress",     "",         "",         "",     "",
                    "2020-01/2020-02", "snapshot", "snapshot", "cases"};
  struct System {
    Pathway pathway;
    RowPlan plan;
    explicit System(const Scenario& of)
        : pathway(compile_pathway(of)),
          plan(of, pathway, {}, Detail::national, PeriodsOf::window) {}
  };
  const System a{scenario}, b{busier};
  const auto at = [](const System& system, const RowKey& key) {
    return system.plan.find(key).value();
  };
  Summariser summariser;
  int of_reports = 0, of_open = 0, of_difference = 0;
  for (int study = 0; study < studies; ++study) {
    std::vector<double> reported, left, left_by_b;
    for (std::uint32_t i = 0; i < replications; ++i) {
      const auto seed = static_cast<std::uint64_t>(study);
      const auto of_a = a.plan.reduce(run_trial(a.pathway, seed, i).monitor);
      const auto of_b = b.plan.reduce(run_trial(b.pathway, seed, i).monitor);
      reported.push_back(of_a[at(a, reports)]);
      left.push_back(of_a[at(a, open)]);
      left_by_b.push_back(of_b[at(b, open)]);
    }
    of_reports += covers(summariser.summarise(reported).mean95, 120) ? 1 : 0;
    const double stays = 3 * (1 - std::exp(-20.0));
    of_open += covers(summariser.summarise(left).mean95, 2 * stays) ? 1 : 0;
    of_difference +=
        covers(paired_difference(left, left_by_b).difference.mean95, 0.5 * stays) ? 1 : 0;
  }
  expect_covered("reports of a simulated office", 100.0 * of_reports / studies, 94, 96);
  expect_covered("cases open at its end", 100.0 * of_open / studies, 94, 96);
  expect_covered("difference of these when there are more reports", 100.0 * of_difference / studies,
                 93.5, 96.5);
}

}  // namespace
}  // namespace rassoflow
