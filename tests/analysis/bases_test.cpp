// Flow and cohort of counts, shares and durations, from a Monitor filled by hand. Month 0 is
// January 2020; the run ends with 2021, so that only cohorts up to June 2021 are seen for six
// months, up to December 2020 for twelve, and none for 24.
#include "tests/analysis/hand_filled.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "A desk and a court"
[run]
origin = 2020-01-01
to = 2022-01-01
[pools.staff]
[stages.report]
kind = "report"
arrivals = 1
next = "advice"
[stages.advice]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
marks = ["advised", "referred"]
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
marks = ["review"]
routes = [ { to = "closed", probability = 0.5 }, { to = "court" } ]
[stages.court]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
marks = ["charged"]
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[stages.closed]
kind = "outcome"
code = "closed"
[kpis.referrals]
kind = "count"
mark = "referred"
split = { by = "advised", with = "early advice", without = "charging decision" }
unit = "suspects"
[kpis.decisions]
kind = "count"
outcomes = { "charge" = "charged", "none" = "closed" }
unit = "cases"
[kpis.charge_rate]
kind = "share"
numerator = ["charged"]
denominator = ["charged", "closed"]
unit = "%"
[kpis.reviews_per_case]
kind = "share"
numerator = ["review"]
denominator = ["referred"]
which = "every"
per = "first"
unit = "ratio"
[kpis.reviews_per_referral]
kind = "share"
numerator = ["review"]
denominator = ["referred"]
which = "every"
unit = "ratio"
[kpis.days_to_charge]
kind = "duration"
from = "referred"
to = "charged"
parts = { "at the desk" = ["advice", "desk"], "at court" = ["court"] }
unit = "days"
[kpis.days_to_end]
kind = "duration"
from = "report"
to = "done"
unit = "days"
)";

class Bases : public ::testing::Test, protected HandFilled {
 protected:
  Bases() : HandFilled(world) {}
};

TEST_F(Bases, OfADurationAreByItsEndAndByTheReport) {
  // Reported in the first quarter, where 40 cases were; days from referral to charge.
  for (int month = 0; month < 4; ++month) site(month).reported = month == 3 ? 99 : 10;
  site(0).reported = 20;
  sample("referred", "charged", 10, 1, 0, 0);
  sample("referred", "charged", 20, 4, 1, 0);
  sample("referred", "charged", 60, 4, 2, 0);
  sample("referred", "charged", 200, 9, 2, 1);   // within 12 months of the report
  sample("referred", "charged", 500, 20, 2, 2);  // within 24
  sample("referred", "charged", 7, 4, 3, 0);     // reported in the second quarter
  const auto of = [&](const char* statistic, const char* unit) {
    return value(cohort("days_to_charge", "2020-Q1", statistic, unit));
  };
  EXPECT_DOUBLE_EQ(of("share within 6 months", "%"), 100 * 3 / 40.0);
  EXPECT_DOUBLE_EQ(of("share within 12 months", "%"), 100 * 4 / 40.0);
  EXPECT_DOUBLE_EQ(of("mean within 6 months", "days"), 30);
  EXPECT_DOUBLE_EQ(of("median within 6 months", "days"), 20);
  EXPECT_DOUBLE_EQ(of("mean within 12 months", "days"), 72.5);
  EXPECT_DOUBLE_EQ(of("median within 12 months", "days"), 40);
  EXPECT_DOUBLE_EQ(value(flow("days_to_charge", "2020-Q2", "mean", "days")), 29);
  EXPECT_DOUBLE_EQ(value(flow("days_to_charge", "2020-Q2", "total", "days")), 87);
  EXPECT_DOUBLE_EQ(value(flow("days_to_charge", "2021-Q1", "total", "days")), 0);
}

TEST_F(Bases, OfADurationFromTheReportCountWhoReachesItsEnd) {
  site(0).reported = 50;
  mark("done", 0).within = {10, 20, 30};
  EXPECT_EQ(value(cohort("days_to_end", "2020-Q1", "share within 6 months", "%")), 20);
  EXPECT_EQ(value(cohort("days_to_end", "2020-Q1", "share within 12 months", "%")), 40);
}

TEST_F(Bases, LeaveOutWhatTheRunDoesNotSee) {
  for (const char* statistic : {"share within 24 months", "mean within 24 months"}) {
    EXPECT_FALSE(has_row(
        cohort("days_to_charge", "2020-Q1", statistic, statistic[0] == 's' ? "%" : "days")));
  }
  // 365 days after 2020 is 31 December 2021; 183 after June 2021 is 30 December.
  EXPECT_TRUE(has_row(cohort("charge_rate", "2020", "share within 12 months", "%")));
  EXPECT_FALSE(has_row(cohort("charge_rate", "2021-Q1", "share within 12 months", "%")));
  EXPECT_TRUE(has_row(cohort("charge_rate", "2021-Q2", "share within 6 months", "%")));
  EXPECT_FALSE(has_row(cohort("charge_rate", "2021-Q3", "share within 6 months", "%")));
}

TEST_F(Bases, OfAShareAreRatiosOfSums) {
  mark("charged", 0).first = 3;
  mark("charged", 1).first = 5;
  mark("closed", 1).first = 8;
  mark("charged", 0).within = {1, 6, 9};
  mark("charged", 2).within = {2, 6, 9};
  mark("closed", 2).within = {9, 12, 12};
  EXPECT_DOUBLE_EQ(value(flow("charge_rate", "2020-Q1", "share", "%")), 50);
  EXPECT_DOUBLE_EQ(value(cohort("charge_rate", "2020-Q1", "share within 6 months", "%")), 25);
  EXPECT_DOUBLE_EQ(value(cohort("charge_rate", "2020-Q1", "share within 12 months", "%")), 50);
}

TEST_F(Bases, CountEveryEventForEachCaseOrForEachEvent) {
  mark("review", 1) = {
      .every = 30, .first = 12, .within = {10, 12, 12}, .again_within = {14, 36, 36}};
  mark("referred", 1) = {
      .every = 15, .first = 10, .within = {8, 12, 12}, .again_within = {4, 4, 4}};
  const auto flow_of = [&](const char* kpi) {
    return value(flow(kpi, "2020-Q1", "share", "ratio"));
  };
  EXPECT_DOUBLE_EQ(flow_of("reviews_per_case"), 3);
  EXPECT_DOUBLE_EQ(flow_of("reviews_per_referral"), 2);
  const auto within = [&](const char* kpi, const char* statistic) {
    return value(cohort(kpi, "2020-Q1", statistic, "ratio"));
  };
  EXPECT_DOUBLE_EQ(within("reviews_per_case", "share within 6 months"), 3);
  EXPECT_DOUBLE_EQ(within("reviews_per_case", "share within 12 months"), 4);
  EXPECT_DOUBLE_EQ(within("reviews_per_referral", "share within 6 months"), 2);
  EXPECT_DOUBLE_EQ(within("reviews_per_referral", "share within 12 months"), 3);
}

TEST_F(Bases, SplitEveryOutcomeOfACohortAndWhatIsOpen) {
  site(1).reported = 60;
  mark("done", 1).within = {6, 24, 30};
  mark("closed", 1).within = {3, 9, 15};
  mark("charged", 1).within = {12, 30, 30};
  const auto of = [&](const char* kpi, const char* outcome) {
    return value(with_outcome(cohort(kpi, "2020-Q1", "share within 12 months", "%"), outcome));
  };
  EXPECT_DOUBLE_EQ(of("outcomes", "done"), 40);
  EXPECT_DOUBLE_EQ(of("outcomes", "closed"), 15);
  EXPECT_DOUBLE_EQ(of("outcomes", "open"), 45);
  EXPECT_DOUBLE_EQ(of("decisions", "charge"), 50);
  EXPECT_DOUBLE_EQ(of("decisions", "none"), 15);
  EXPECT_DOUBLE_EQ(of("decisions", "open"), 35);
}

TEST_F(Bases, OfOutcomesAreSharesOfAllOfThem) {
  mark("charged", 1).first = 30;
  mark("closed", 2).first = 10;
  const RowKey share = flow("decisions", "2020-Q1", "share", "%");
  EXPECT_EQ(value(with_outcome(share, "charge")), 75);
  EXPECT_EQ(value(with_outcome(share, "none")), 25);
}

TEST_F(Bases, SplitACountByAMarkReachedBefore) {
  site(0).reported = 50;
  mark("referred", 0).first = 6;
  mark("referred", 2).first = 4;
  mark("referred", 0).within = {8, 10, 10};
  sample("advised", "referred", 0, 0, 0, 0);
  sample("advised", "referred", 3, 2, 0, 0);
  sample("advised", "referred", 200, 6, 0, 1);
  const RowKey total = flow("referrals", "2020-Q1", "total", "suspects");
  EXPECT_EQ(value(total), 10);
  EXPECT_EQ(value(with_outcome(total, "early advice")), 2);
  EXPECT_EQ(value(with_outcome(total, "charging decision")), 8);
  const RowKey share = flow("referrals", "2020-Q1", "share", "%");
  EXPECT_EQ(value(with_outcome(share, "early advice")), 20);
  EXPECT_EQ(value(with_outcome(share, "charging decision")), 80);
  const RowKey within = cohort("referrals", "2020-Q1", "share within 6 months", "%");
  EXPECT_EQ(value(within), 16);
  EXPECT_EQ(value(with_outcome(within, "early advice")), 4);
  EXPECT_EQ(value(with_outcome(within, "charging decision")), 12);
  EXPECT_EQ(value(with_outcome(cohort("referrals", "2020-Q1", "share within 12 months", "%"),
                               "early advice")),
            6);
}

TEST_F(Bases, OfAPartOfADurationAreItsOwnSamples) {
  sample_part("days_to_charge", "at court", 4, 1, 0, 0);
  sample_part("days_to_charge", "at court", 10, 2, 0, 1);
  sample_part("days_to_charge", "at the desk", 90, 2, 0, 0);
  const RowKey at_court =
      with_outcome(flow("days_to_charge", "2020-Q1", "mean", "days"), "at court");
  EXPECT_EQ(value(at_court), 7);
  const RowKey within = cohort("days_to_charge", "2020-Q1", "mean within 6 months", "days");
  EXPECT_EQ(value(with_outcome(within, "at court")), 4);
  EXPECT_EQ(value(with_outcome(within, "at the desk")), 90);
  EXPECT_TRUE(std::isnan(value(flow("days_to_charge", "2020-Q1", "mean", "days"))));
}

TEST_F(Bases, ShowCountsAndTotalsOfFewCasesButNoSharesAndTimes) {
  site(0).reported = 19;
  mark("referred", 0).within = {19, 19, 19};
  mark("referred", 0).first = 19;
  for (int i = 0; i < 19; ++i) sample("referred", "charged", 5, 0, 0, 0);
  const auto is_shown = [&](const char* statistic, const char* unit) {
    return shows(cohort("days_to_charge", "2020-Q1", statistic, unit));
  };
  EXPECT_FALSE(is_shown("share within 6 months", "%"));
  EXPECT_FALSE(is_shown("mean within 6 months", "days"));
  EXPECT_FALSE(shows(flow("days_to_charge", "2020-Q1", "mean", "days")));
  EXPECT_TRUE(shows(flow("days_to_charge", "2020-Q1", "total", "days")));
  EXPECT_TRUE(shows(flow("referrals", "2020-Q1", "total", "suspects")));
  sample("referred", "charged", 5, 0, 0, 0);
  site(0).reported = 20;
  EXPECT_TRUE(is_shown("share within 6 months", "%"));
  EXPECT_TRUE(is_shown("median within 6 months", "days"));
}

}  // namespace
}  // namespace rassoflow
