// Stationary queues with exact formulas, from scenarios/examples and from a text in the same form.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "tests/testkit/testkit.hpp"
#include "tests/theory/theory_kit.hpp"

namespace rassoflow {
namespace {

constexpr double hour = 1.0 / 24;

Pathway example(std::string_view name) {
  return pathway_in(source_path(fmt::format("scenarios/examples/{}.toml", name)));
}

/// Mean wait in a queue with one server (Pollaczek and Khinchine), in units of the mean effort.
double mean_wait_of_one_server(double utilisation, double cv) {
  return utilisation * (1 + cv * cv) / (2 * (1 - utilisation));
}

/// Mean wait and mean number inside; both follow from the same formula.
void expect_wait(const Pathway& pathway, double mean_wait_hours, double arrivals_a_day,
                 double half_width, std::uint32_t count = 100) {
  const auto runs = replications(pathway, count, [&](const TrialResult& trial) {
    const StageSums service = sums_of(pathway, trial.monitor, "service");
    return Observations{service.mean_wait_days(), service.mean_inside(),
                        mean_days_to(pathway, trial.monitor, "done"),
                        service.entries / service.days};
  });
  const double in_system = (mean_wait_hours + 1) * hour;
  expect_means({{"mean wait in days", mean_wait_hours * hour, half_width},
                {"mean number inside", arrivals_a_day * in_system, half_width},
                {"mean days in system", in_system, half_width},
                {"arrivals a day", arrivals_a_day, 0.003}},
               runs);
}

TEST(QueueTheory, OneServerWaitsAsLongAsTheFormulaSays) {
  expect_wait(example("mm1"), 4, 19.2, 0.03);
}

TEST(QueueTheory, SeveralServersWaitAsErlangSays) {
  const double mean_wait = erlang_c(5, 4) / (5 - 4);
  EXPECT_NEAR(mean_wait, 0.554113, 1e-6);
  expect_wait(example("mmc"), mean_wait, 96, 0.015, 60);
}

TEST(QueueTheory, ServiceOfAnyLawWaitsAsPollaczekAndKhinchineSay) {
  expect_wait(example("mg1_gamma"), mean_wait_of_one_server(0.8, 0.5), 19.2, 0.025);
  expect_wait(example("mg1_lognormal"), mean_wait_of_one_server(0.8, 1.5), 19.2, 0.06, 200);
}

TEST(QueueTheory, FixedServiceWaitsHalfAsLongAsExponential) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "M/D/1"
    [run]
    origin = 2001-01-01
    from = 2002-01-01
    to = 2012-01-01
    layer_rate = 128
    [pools.staff]
    positions = 1
    [stages.report]
    kind = "report"
    arrivals = 19.2
    next = "service"
    [stages.service]
    kind = "work"
    pool = "staff"
    effort = { law = "fixed", value = 1, unit = "hours" }
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )");
  expect_wait(pathway, mean_wait_of_one_server(0.8, 0), 19.2, 0.02);
}

/// At the ends of months, a month apart: the relaxation time is four days, so that the numbers are
/// independent to exp(-8).
TEST(QueueTheory, TheNumberInsideOneServerIsGeometric) {
  const Pathway pathway = example("mm1");
  const std::size_t stage = stage_named(pathway, "service");
  const auto runs = replications(pathway, 100, [&](const TrialResult& trial) {
    Observations inside;
    for (std::size_t month = 0; month < pathway.months(); ++month) {
      if (pathway.month_start[month] < pathway.from) continue;
      const std::size_t cell = month * pathway.stage_cells + pathway.stages[stage].first_cell;
      inside.push_back(static_cast<double>(trial.monitor.stages[cell].inside_at_end));
    }
    return inside;
  });
  constexpr std::size_t cells = 20;  // the last: 19 and more
  std::vector<double> counts(cells, 0);
  double total = 0;
  for (const Observations& run : runs) {
    for (const double inside : run) {
      ++counts[std::min(static_cast<std::size_t>(inside), cells - 1)];
      ++total;
    }
  }
  ASSERT_EQ(total, 100 * 120);
  double chi_squared = 0;
  for (std::size_t n = 0; n < cells; ++n) {
    const double probability = std::pow(0.8, static_cast<double>(n)) * (n + 1 < cells ? 0.2 : 1.0);
    const double expected = total * probability;
    chi_squared += (counts[n] - expected) * (counts[n] - expected) / expected;
  }
  const boost::math::chi_squared law(cells - 1);
  EXPECT_LE(chi_squared, boost::math::quantile(boost::math::complement(law, false_alarm_rate)));
}

TEST(QueueTheory, UrgentCasesGoFirstAsCobhamSays) {
  const Pathway pathway = example("priorities");
  const auto runs = replications(pathway, 100, [&](const TrialResult& trial) {
    const auto wait = [&](std::string_view name) {
      return sums_of(pathway, trial.monitor, "service", name).mean_wait_days();
    };
    return Observations{wait("urgent"), wait("standard"),
                        mean_days_to(pathway, trial.monitor, "done", "urgent"),
                        mean_days_to(pathway, trial.monitor, "done", "standard")};
  });
  expect_means({{"mean wait, urgent", 1 * hour, 0.02},
                {"mean wait, standard", 5 * hour, 0.04},
                {"mean days in system, urgent", 2 * hour, 0.02},
                {"mean days in system, standard", 6 * hour, 0.04}},
               runs);
}

TEST(QueueTheory, FeedbackMultipliesTheVisitsAsJacksonSays) {
  const Pathway pathway = example("jackson");
  const auto runs = replications(pathway, 100, [&](const TrialResult& trial) {
    const StageSums intake = sums_of(pathway, trial.monitor, "intake");
    const StageSums review = sums_of(pathway, trial.monitor, "review");
    return Observations{intake.mean_inside(), review.mean_inside(), intake.entries / intake.days,
                        review.entries / review.days, mean_days_to(pathway, trial.monitor, "done")};
  });
  const double load = 4.0 / 3;
  const double inside_review = load + erlang_c(2, load) * (load / 2) / (1 - load / 2);
  EXPECT_NEAR(inside_review, 2.4, 1e-12);
  expect_means({{"mean inside intake", 2, 0.03},
                {"mean inside review", inside_review, 0.03},
                {"visits a day to intake", 16, 0.005},
                {"visits a day to review", 16, 0.005},
                {"mean days in system", 4.4 / 12, 0.03}},
               runs);
}

TEST(QueueTheory, TwiceTheStaffFromADateOnIsAnotherQueueFromThatDateOn) {
  const Pathway pathway = example("staffing_step");
  const auto at = [&](std::string_view date) { return pathway.axis.at(parse_date(date).value()); };
  const auto runs = replications(pathway, 160, [&](const TrialResult& trial) {
    const auto wait = [&](Seconds from, Seconds to) {
      return sums_between(pathway, trial.monitor, "service", from, to).mean_wait_days();
    };
    // The queue of the first half is worked off within days: the month of the change is left out.
    return Observations{wait(pathway.from, at("2007-01-01")), wait(at("2007-02-01"), pathway.to)};
  });
  expect_means({{"mean wait before, two servers", erlang_c(2, 1.5) / (2 - 1.5) * hour, 0.02},
                {"mean wait after, four servers", erlang_c(4, 1.5) / (4 - 1.5) * hour, 0.02}},
               runs);
}

TEST(QueueTheory, SixHoursOfOfficeWorkTakeMoreThanADay) {
  const Pathway pathway = example("office_hours");
  const auto runs = replications(pathway, 40, [&](const TrialResult& trial) {
    return Observations{mean_days_to(pathway, trial.monitor, "done")};
  });
  expect_means({{"mean days in system", 542.0 / 21 * hour, 0.003}}, runs);
}

/// The mean number inside, the rate of joining and the mean time inside are counted apart. Their
/// difference has mean 0 in steady state: those inside at the end make up for those at the start.
TEST(QueueTheory, LittlesLawHoldsAtEveryStage) {
  struct Place {
    std::string_view scenario;
    std::string_view stage;
  };
  for (const auto& [scenario, stage] :
       {Place{"mm1", "service"}, Place{"priorities", "service"}, Place{"jackson", "intake"},
        Place{"jackson", "review"}, Place{"office_hours", "service"}}) {
    SCOPED_TRACE(fmt::format("{} of {}", stage, scenario));
    const Pathway pathway = example(scenario);
    const auto runs = replications(pathway, 40, [&](const TrialResult& trial) {
      const StageSums sums = sums_of(pathway, trial.monitor, stage);
      return Observations{sums.mean_inside() - sums.entries / sums.days * sums.mean_days_inside()};
    });
    expect_means({{"mean inside less rate times mean time", 0, 0.01}}, runs);
  }
}

}  // namespace
}  // namespace rassoflow
