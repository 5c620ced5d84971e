// Benchmarks B1, B2 and B3 against their exact values and reference values.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/testkit/testkit.hpp"
#include "tests/theory/theory_kit.hpp"

namespace rassoflow {
namespace {

Pathway example(std::string_view name) {
  return pathway_in(source_path("scenarios/examples") / (std::string(name) + ".toml"));
}

TEST(Benchmark, AMillionCustomersOfOneServerSpendTenUnitsInTheSystem) {
  const Pathway pathway = example("b1");
  const auto runs = replications(pathway, 40, [&](const TrialResult& trial) {
    return Observations{mean_days_to(pathway, trial.monitor, "done") * 144};
  });
  expect_means({{"mean time in system in ten minutes", 10, 0.02}}, runs);
}

/// A birth and death chain: `servers` at rate 1, those who wait leave at rate `impatience`.
struct Impatient {
  double abandoning = 0;  ///< share of all
  double mean_wait = 0;   ///< of all
  double mean_inside = 0;
};

Impatient impatient_queue(double arrivals, int servers, double impatience) {
  double weight = 1;
  double total = 0;
  double waiting = 0;
  double inside = 0;
  for (int n = 0; n < 2000; ++n) {
    total += weight;
    waiting += weight * std::max(0, n - servers);
    inside += weight * n;
    weight *= arrivals / (std::min(n + 1, servers) + impatience * std::max(0, n + 1 - servers));
  }
  return {impatience * waiting / total / arrivals, waiting / total / arrivals, inside / total};
}

TEST(Benchmark, AMillionImpatientCustomersLeaveAsErlangASays) {
  const Impatient exact = impatient_queue(55, 50, 0.5);
  EXPECT_NEAR(exact.abandoning, 0.1020802, 5e-8);
  EXPECT_NEAR(exact.mean_wait, 0.204160, 5e-7);
  EXPECT_NEAR(exact.mean_inside, 60.6144, 5e-5);
  const Pathway pathway = example("b2");
  const MarkId reneged = mark_named(pathway, "reneged");
  const auto runs = replications(pathway, 40, [&](const TrialResult& trial) {
    const StageSums service = sums_of(pathway, trial.monitor, "service");
    double left = 0;
    for (std::size_t month = 0; month < pathway.months(); ++month) {
      left +=
          trial.monitor.marks[trial.monitor.mark_cell(pathway, month, reneged, SiteId{0})].every;
    }
    return Observations{left / service.exits, service.exit_waiting_seconds / service.exits / 14400,
                        service.mean_inside()};
  });
  expect_means({{"share that leave", exact.abandoning, 0.01},
                {"mean wait of all in four hours", exact.mean_wait, 0.01},
                {"mean number inside", exact.mean_inside, 0.002}},
               runs);
}

/// A row of the reference: mean and standard error over 480 replications of an independent C++
/// program (benchmark B3, "case flow"; programs in Java, R and C agree with it).
struct ReferenceRow {
  std::string what;
  double mean = 0;
  double standard_error = 0;
};

/// 200 replications, each row within 4 combined standard errors: a false alarm in 1,000 seeds.
TEST(Benchmark, CaseFlowAgreesWithTheReferenceInEveryRow) {
  const std::vector<ReferenceRow> rows{
      {"arrivals", 350017, 27},
      {"events", 2.86356e6, 1.6e2},
      {"share completed", 0.777511, 8.9e-5},
      {"share reneged", 0.204917, 8.4e-5},
      {"share inside at the end", 0.0175721, 2.3e-5},
      {"days in system, completed", 33.3003, 0.015},
      {"days in system, reneged", 21.7274, 0.0097},
      {"share completed, urgent", 0.842857, 6.2e-5},
      {"share completed, standard", 0.761176, 0.00011},
      {"days in system, completed, urgent", 22.7005, 0.0029},
      {"days in system, completed, standard", 36.2346, 0.02},
      {"mean wait s1", 0.05587, 0.00018},
      {"mean wait s2", 0.07649, 0.00038},
      {"mean wait s3", 0.73754, 0.0073},
      {"mean wait s4", 3.82232, 0.011},
      {"mean wait s5", 10.63140, 0.022},
      {"mean wait s6", 0.10454, 0.00068},
  };
  const Pathway pathway = example("b3");
  const auto runs = replications(pathway, 200, [&](const TrialResult& trial) {
    const auto share = [&](std::string_view outcome, std::string_view of) {
      return sums_of(pathway, trial.monitor, outcome, of).entries /
             sums_of(pathway, trial.monitor, "report", of).entries;
    };
    const auto days = [&](std::string_view outcome, std::string_view of) {
      return mean_days_to(pathway, trial.monitor, outcome, of);
    };
    const double completed = share("completed", "");
    const double reneged = share("reneged", "");
    Observations seen{sums_of(pathway, trial.monitor, "report").entries,
                      static_cast<double>(trial.events),
                      completed,
                      reneged,
                      1 - completed - reneged,
                      days("completed", ""),
                      days("reneged", ""),
                      share("completed", "urgent"),
                      share("completed", "standard"),
                      days("completed", "urgent"),
                      days("completed", "standard")};
    for (const std::string_view station : {"s1", "s2", "s3", "s4", "s5", "s6"}) {
      seen.push_back(sums_of(pathway, trial.monitor, station).mean_wait_days());
    }
    return seen;
  });
  const auto count = static_cast<double>(runs.size());
  ASSERT_EQ(count, 200);
  double largest_z = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double mean = 0;
    for (const Observations& run : runs) mean += run[i] / count;
    double variance = 0;
    for (const Observations& run : runs)
      variance += (run[i] - mean) * (run[i] - mean) / (count - 1);
    const double error =
        std::sqrt(variance / count + rows[i].standard_error * rows[i].standard_error);
    largest_z = std::max(largest_z, std::abs(mean - rows[i].mean) / error);
    EXPECT_LE(std::abs(mean - rows[i].mean), 4 * error)
        << rows[i].what << ": " << mean << ", reference " << rows[i].mean << ", combined error "
        << error << ", z " << (mean - rows[i].mean) / error;
    // The spread of one replication is the reference's too: 0.5 to 2 times, twenty times its error.
    const double spread = std::sqrt(variance) / (rows[i].standard_error * std::sqrt(480.0));
    EXPECT_GT(spread, 0.5) << rows[i].what;
    EXPECT_LT(spread, 2) << rows[i].what;
  }
  RecordProperty("largest_z", std::to_string(largest_z));
}

}  // namespace
}  // namespace rassoflow
