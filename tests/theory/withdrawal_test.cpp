// Withdrawal as a race against time: integrated up to the second of withdrawal, the hazard of a
// case is exponential with mean 1, whatever the bands, dates, phases and places were.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "sim/model/trial.hpp"
#include "tests/testkit/testkit.hpp"
#include "tests/theory/theory_kit.hpp"

namespace rassoflow {
namespace {

/// Cases come in 2001 only; whoever does not withdraw ends after 900 days.
std::string world(std::string_view stages_and_phases) {
  return fmt::format(R"(
    format = 1
    title = "Withdrawal"
    [run]
    origin = 2001-01-01
    to = 2005-01-01
    layer_rate = 64
    [parameters.demand]
    value = 50
    unit = "cases a day"
    grade = "assumed"
    source = "test"
    changes = [ {{ from = 2002-01-01, value = 0 }} ]
    {}
  )",
                     stages_and_phases);
}

struct Withdrawals {
  std::size_t reported = 0;
  std::vector<std::pair<Seconds, Seconds>> times;  ///< report, withdrawal
};

Withdrawals withdrawals_of(const Pathway& pathway) {
  Withdrawals all;
  std::vector<TraceRecord> trace;
  Trial trial{pathway, 1, 0, &trace};
  trial.run_until(pathway.to);
  std::map<std::uint64_t, Seconds> reported;
  for (const TraceRecord& record : trace) {
    if (record.kind == EventKind::arrival) reported[record.case_key] = record.when;
    if (record.kind == EventKind::withdrawal) {
      all.times.emplace_back(reported.at(record.case_key), record.when);
    }
  }
  all.reported = reported.size();
  return all;
}

/// Hazard a day, constant between the given ages and dates.
using Rate = std::function<double(double age, double date)>;

double integrated(const Rate& rate, Seconds reported, Seconds withdrawn,
                  const std::set<double>& ages, const std::set<double>& dates) {
  const double start = static_cast<double>(reported) / 86400;
  const double end = static_cast<double>(withdrawn) / 86400;
  std::set<double> cuts{start, end};
  for (const double age : ages) cuts.insert(std::clamp(start + age, start, end));
  for (const double date : dates) cuts.insert(std::clamp(date, start, end));
  double sum = 0;
  for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
    const double middle = (*cut + *std::next(cut)) / 2;
    sum += rate(middle - start, middle) * (*std::next(cut) - *cut);
  }
  return sum;
}

/// Kolmogorov-Smirnov over some 18,000 cases, all of which withdraw but one in a thousand million.
void expect_exponential(const Withdrawals& all, const Rate& rate, const std::set<double>& ages,
                        const std::set<double>& dates) {
  ASSERT_GT(all.reported, 17000U);
  ASSERT_EQ(all.times.size(), all.reported);
  std::vector<double> probabilities;
  for (const auto& [reported, withdrawn] : all.times) {
    probabilities.push_back(-std::expm1(-integrated(rate, reported, withdrawn, ages, dates)));
  }
  EXPECT_LE(distance_from_uniform(probabilities), largest_distance(probabilities.size()));
}

constexpr std::string_view long_wait = R"(
  [stages.report]
  kind = "report"
  arrivals = "demand"
  next = "answer"
  [stages.answer]
  kind = "wait"
  delay = { law = "fixed", value = 900, unit = "days" }
  withdrawal = "support"
  next = "done"
  [stages.done]
  kind = "outcome"
  code = "done"
  [stages.withdrawn]
  kind = "outcome"
  code = "withdrawn"
  [withdrawal.support]
  bands = [ { from_day = 0, per_day = 0.1 }, { from_day = 3, per_day = 0.02 },
            { from_day = 30, per_day = 0.004 }, { from_day = 100, per_day = 0.05 } ]
  to = "withdrawn"
)";

double banded(double age) {
  if (age < 3) return 0.1;
  if (age < 30) return 0.02;
  return age < 100 ? 0.004 : 0.05;
}

TEST(Withdrawal, TheBandsGiveTheirSurvivalFunction) {
  const Pathway pathway = pathway_from(world(long_wait));
  const Withdrawals all = withdrawals_of(pathway);
  expect_exponential(all, [](double age, double) { return banded(age); }, {3, 30, 100}, {});
  // The same in shares: survival to 3, 30 and 100 days is exp(-0.3), exp(-0.84), exp(-1.12).
  const auto count = static_cast<double>(all.times.size());
  for (const auto& [days, hazard] : {std::pair{3, 0.3}, {30, 0.84}, {100, 1.12}}) {
    const auto left = std::count_if(all.times.begin(), all.times.end(), [&](const auto& times) {
      return times.second - times.first > days * seconds_per_day;
    });
    const double share = std::exp(-hazard);
    EXPECT_LE(std::abs(static_cast<double>(left) / count - share),
              4.4 * std::sqrt(share * (1 - share) / count))  // false alarms: 1 in 90,000 each
        << days;
  }
}

TEST(Withdrawal, ADatedMultiplierActsFromItsDateOn) {
  const Pathway pathway = pathway_from(world(std::string(long_wait) + R"(
    multiplier = "support"
    [parameters.support]
    value = 1
    unit = "ratio"
    grade = "assumed"
    source = "test"
    changes = [ { from = 2001-06-01, value = 3 }, { from = 2001-09-01, value = 0 },
                { from = 2001-12-01, value = 0.5 } ]
  )"));
  const Withdrawals all = withdrawals_of(pathway);
  // Days after 1 January: 1 June 151, 1 September 243, 1 December 334.
  const auto multiplier = [](double date) {
    if (date < 151) return 1.0;
    if (date < 243) return 3.0;
    return date < 334 ? 0.0 : 0.5;
  };
  expect_exponential(all, [&](double age, double date) { return banded(age) * multiplier(date); },
                     {3, 30, 100}, {151, 243, 334});
  for (const auto& [reported, withdrawn] : all.times) {
    EXPECT_FALSE(withdrawn > 243 * seconds_per_day && withdrawn < 334 * seconds_per_day);
  }
}

TEST(Withdrawal, APhaseOfItsOwnClockGoesOnSpendingTheSameThreshold) {
  const Pathway pathway = pathway_from(world(R"(
    [stages.report]
    kind = "report"
    arrivals = "demand"
    next = "first"
    [stages.first]
    kind = "wait"
    delay = { law = "fixed", value = 5, unit = "days" }
    withdrawal = "early"
    next = "pause"
    [stages.pause]
    kind = "wait"
    delay = { law = "fixed", value = 4, unit = "days" }
    next = "second"
    [stages.second]
    kind = "wait"
    delay = { law = "fixed", value = 900, unit = "days" }
    withdrawal = "late"
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
    [stages.withdrawn]
    kind = "outcome"
    code = "withdrawn"
    [withdrawal.early]
    bands = [ { from_day = 0, per_day = 0.05 } ]
    to = "withdrawn"
    [withdrawal.late]
    bands = [ { from_day = 0, per_day = 0.01 }, { from_day = 10, per_day = 0.1 } ]
    clock = "phase"
    to = "withdrawn"
  )"));
  expect_exponential(withdrawals_of(pathway),
                     [](double age, double) {
                       if (age < 5) return 0.05;
                       if (age < 9) return 0.0;
                       return age < 19 ? 0.01 : 0.1;
                     },
                     {5, 9, 19}, {});
}

TEST(Withdrawal, TheClockRunsAtHomeWhileTheCaseVisitsAnotherSite) {
  const Pathway pathway = pathway_from(world(R"(
    [levels.force]
    [levels.area]
    owns_clock = false
    [sites.force]
    "Kent" = { area = "South East" }
    [sites.area]
    "South East" = {}
    [stages.report]
    kind = "report"
    level = "force"
    arrivals = "demand"
    withdrawal = "support"
    next = "answer"
    [stages.answer]
    kind = "wait"
    level = "area"
    delay = { law = "fixed", value = 40, unit = "days" }
    withdrawal = "support"
    next = "back"
    [stages.back]
    kind = "wait"
    level = "force"
    delay = { law = "fixed", value = 900, unit = "days" }
    withdrawal = "support"
    next = "done"
    [stages.done]
    kind = "outcome"
    level = "force"
    code = "done"
    [stages.withdrawn]
    kind = "outcome"
    level = "force"
    code = "withdrawn"
    [withdrawal.support]
    bands = [ { from_day = 0, per_day = 0.01 }, { from_day = 20, per_day = 0.03 } ]
    to = "withdrawn"
  )"));
  expect_exponential(withdrawals_of(pathway),
                     [](double age, double) { return age < 20 ? 0.01 : 0.03; }, {20}, {});
}

/// Whoever withdraws on the day on which the review came to its end is sent to the same area again;
/// the papers of the review, still on their way home, do not count as the answer.
TEST(Withdrawal, PapersOfAnEndedVisitAreNotTakenForThoseOfTheNext) {
  const Pathway pathway = pathway_from(world(R"(
    [levels.force]
    [levels.area]
    owns_clock = false
    [sites.force]
    "Kent" = { area = "South East" }
    [sites.area]
    "South East" = {}
    [stages.report]
    kind = "report"
    level = "force"
    arrivals = "demand"
    withdrawal = "support"
    next = "review"
    [stages.review]
    kind = "wait"
    level = "area"
    delay = { law = "exponential", mean = 20, unit = "hours" }
    withdrawal = "support"
    next = "reviewed"
    [stages.reviewed]
    kind = "outcome"
    level = "force"
    code = "reviewed"
    [stages.support_ends]
    kind = "decide"
    level = "force"
    next = "advice"
    [stages.advice]
    kind = "wait"
    level = "area"
    delay = { law = "exponential", mean = 20, unit = "hours" }
    next = "advised"
    [stages.advised]
    kind = "outcome"
    level = "force"
    code = "advised"
    [withdrawal.support]
    bands = [ { from_day = 0, per_day = 0.5 } ]
    to = "support_ends"
  )"));
  const Withdrawals all = withdrawals_of(pathway);
  ASSERT_GT(all.times.size(), 5000U);
  const TrialResult trial = run_trial(pathway, 1, 0);
  EXPECT_EQ(sums_of(pathway, trial.monitor, "advised").entries,
            static_cast<double>(all.times.size()));
  EXPECT_EQ(sums_of(pathway, trial.monitor, "reviewed").entries,
            static_cast<double>(all.reported - all.times.size()));
}

/// The end of a wait that a withdrawal would have come before is due again once nobody withdraws.
TEST(Withdrawal, NobodyIsForgottenWhenTheHazardEnds) {
  const Pathway pathway = pathway_from(world(R"(
    [stages.report]
    kind = "report"
    arrivals = "demand"
    next = "answer"
    [stages.answer]
    kind = "wait"
    delay = { law = "exponential", mean = 60, unit = "days" }
    withdrawal = "support"
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
    [stages.withdrawn]
    kind = "outcome"
    code = "withdrawn"
    [parameters.hazard]
    value = 0.03
    unit = "per day"
    grade = "assumed"
    source = "test"
    changes = [ { from = 2001-07-01, value = 0 } ]
    [withdrawal.support]
    bands = [ { from_day = 0, per_day = "hazard" } ]
    to = "withdrawn"
  )"));
  const Withdrawals all = withdrawals_of(pathway);
  const TrialResult trial = run_trial(pathway, 1, 0);
  const double done = sums_of(pathway, trial.monitor, "done").entries;
  EXPECT_EQ(done + static_cast<double>(all.times.size()), static_cast<double>(all.reported));
  for (const auto& [reported, withdrawn] : all.times) {
    EXPECT_LE(withdrawn, pathway.axis.at(parse_date("2001-07-01").value()));
  }
}

/// Two exponential clocks: the first to ring decides, and when it rings does not depend on which.
TEST(Withdrawal, WorkAndWithdrawalCompeteAsTwoExponentialClocks) {
  const Pathway pathway = pathway_from(world(R"(
    [pools.staff]
    [stages.report]
    kind = "report"
    arrivals = "demand"
    next = "review"
    [stages.review]
    kind = "work"
    pool = "staff"
    effort = { law = "exponential", mean = 20, unit = "days" }
    withdrawal = "support"
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
    [stages.withdrawn]
    kind = "outcome"
    code = "withdrawn"
    [withdrawal.support]
    bands = [ { from_day = 0, per_day = 0.03 } ]
    to = "withdrawn"
  )"));
  const auto runs = replications(pathway, 40, [&](const TrialResult& trial) {
    const double withdrawn = sums_of(pathway, trial.monitor, "withdrawn").entries;
    return Observations{withdrawn / sums_of(pathway, trial.monitor, "report").entries,
                        mean_days_to(pathway, trial.monitor, "withdrawn"),
                        mean_days_to(pathway, trial.monitor, "done")};
  });
  expect_means({{"share that withdraws", 0.375, 0.01},
                {"days to withdrawal", 12.5, 0.01},
                {"days to the end of work", 12.5, 0.01}},
               runs);
}

}  // namespace
}  // namespace rassoflow
