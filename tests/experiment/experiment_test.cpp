// Replications in parallel are delivered in order, whole or not at all, and a trial that fails does
// not take the others with it.
#include "sim/run/experiment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view world = R"(
format = 1
title = "A queue"
[run]
origin = 2019-01-01
to = 2019-07-01
[pools.staff]
positions = 2
[stages.report]
kind = "report"
arrivals = 3
next = "task"
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 14, unit = "hours" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)";

struct Delivered {
  std::vector<std::uint32_t> replications;
  std::vector<AnyReduced> values;
  ExperimentOutcome outcome;
};

Delivered run_all(const Pathway& pathway, const ExperimentSpec& spec,
                  std::uint32_t failing = UINT32_MAX, std::uint32_t stop_after = UINT32_MAX) {
  Delivered delivered;
  std::atomic<bool> interrupt = false;
  ExperimentCallbacks<AnyReduced> callbacks;
  callbacks.reduce = [&](TrialResult&& result) {
    if (result.replication == failing) throw std::runtime_error("no more room");
    AnyReduced row{static_cast<double>(result.events)};
    for (const PoolCell& cell : result.monitor.pools) {
      row.push_back(static_cast<double>(cell.busy_seconds));
    }
    return row;
  };
  callbacks.deliver = [&](std::uint32_t replication, AnyReduced&& row) {
    delivered.replications.push_back(replication);
    delivered.values.push_back(std::move(row));
    if (delivered.replications.size() == stop_after) interrupt = true;
  };
  delivered.outcome = run_experiment(pathway, spec, callbacks, interrupt);
  return delivered;
}

TEST(Experiment, DeliversTheSameRowsInOrderForAnyNumberOfThreads) {
  const Pathway pathway = pathway_from(world);
  const Delivered one = run_all(pathway, {.seed = 3, .replications = 24, .threads = 1});
  const Delivered four = run_all(pathway, {.seed = 3, .replications = 24, .threads = 4});
  ASSERT_THAT(one.replications, SizeIs(24));
  for (std::uint32_t i = 0; i < 24; ++i) EXPECT_EQ(one.replications[i], i);
  EXPECT_EQ(four.replications, one.replications);
  EXPECT_EQ(four.values, one.values);
  EXPECT_EQ(one.outcome.delivered, 24U);
  EXPECT_FALSE(one.outcome.interrupted);
}

TEST(Experiment, OfAPartGivesThatPartOfTheWhole) {
  const Pathway pathway = pathway_from(world);
  const Delivered whole = run_all(pathway, {.seed = 3, .replications = 6});
  const Delivered part = run_all(pathway, {.seed = 3, .first_replication = 4, .replications = 2});
  EXPECT_THAT(part.replications, ElementsAre(4, 5));
  EXPECT_EQ(part.values[0], whole.values[4]);
  EXPECT_EQ(part.values[1], whole.values[5]);
}

TEST(Experiment, DiffersBetweenSeedsAndReplications) {
  const Pathway pathway = pathway_from(world);
  const Delivered three = run_all(pathway, {.seed = 3, .replications = 2});
  const Delivered four = run_all(pathway, {.seed = 4, .replications = 2});
  EXPECT_NE(three.values[0], three.values[1]);
  EXPECT_NE(three.values[0], four.values[0]);
}

TEST(Experiment, RecordsAFailedTrialAndGoesOnWithTheOthers) {
  const Pathway pathway = pathway_from(world);
  const Delivered delivered = run_all(pathway, {.seed = 3, .replications = 4}, 2);
  EXPECT_THAT(delivered.replications, ElementsAre(0, 1, 3));
  ASSERT_THAT(delivered.outcome.failures, SizeIs(1));
  EXPECT_EQ(delivered.outcome.failures[0].replication, 2U);
  EXPECT_THAT(delivered.outcome.failures[0].message, HasSubstr("no more room"));
  EXPECT_EQ(delivered.outcome.delivered, 3U);
}

TEST(Experiment, RecordsAnInvariantThatIsViolatedWithItsReplicationAndSeed) {
  std::string endless{world};
  endless.replace(endless.find("next = \"ended\""), 14,
                  "routes = [ { to = \"task\", probability = \"again\" }, { to = \"ended\" } ]");
  endless.replace(endless.find("mean = 14"), 9, "mean = 0");
  endless += R"(
[parameters.again]
value = 1
unit = "number"
low = 0
high = 1
grade = "assumed"
source = "a test"
changes = [ { from = 2019-06-30, value = 0 } ]
)";
  const Delivered delivered = run_all(pathway_from(endless), {.seed = 3, .replications = 2});
  ASSERT_THAT(delivered.outcome.failures, SizeIs(2));
  EXPECT_THAT(delivered.outcome.failures[1].message,
              AllOf(HasSubstr("stage task"), HasSubstr("replication 1"), HasSubstr("seed 3")));
}

TEST(Experiment, ThatIsInterruptedKeepsThePrefixThatIsFinished) {
  const Pathway pathway = pathway_from(world);
  const Delivered delivered =
      run_all(pathway, {.seed = 3, .replications = 1000, .threads = 2}, UINT32_MAX, 5);
  EXPECT_TRUE(delivered.outcome.interrupted);
  EXPECT_LT(delivered.replications.size(), 1000U);
  EXPECT_EQ(delivered.outcome.delivered, delivered.replications.size());
  for (std::uint32_t i = 0; i < delivered.replications.size(); ++i) {
    EXPECT_EQ(delivered.replications[i], i);
  }
}

}  // namespace
}  // namespace rassoflow
