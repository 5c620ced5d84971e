// Rates and capacity that change with the date, against exact curves and times worked out by hand.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <map>

#include "sim/model/trial.hpp"
#include "tests/testkit/testkit.hpp"
#include "tests/theory/theory_kit.hpp"

namespace rassoflow {
namespace {

double normal_limit(double false_alarm) {
  return boost::math::quantile(boost::math::complement(boost::math::normal{}, false_alarm / 2));
}

/// Arrivals 20 a day, from 1 June 2001 60, from 1 February 2002 none.
Pathway unlimited_world(std::string_view law) {
  return pathway_from(fmt::format(R"(
    format = 1
    title = "Delays that nobody staffs"
    [run]
    origin = 2001-01-01
    to = 2002-07-01
    layer_rate = 64
    [parameters.demand]
    value = 20
    unit = "cases a day"
    grade = "assumed"
    source = "test"
    changes = [ {{ from = 2001-06-01, value = 60 }}, {{ from = 2002-02-01, value = 0 }} ]
    [stages.report]
    kind = "report"
    arrivals = "demand"
    next = "answer"
    [stages.answer]
    kind = "wait"
    delay = {{ {}, unit = "days" }}
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )",
                                  law));
}

/// With Poisson arrivals and any delay the number inside is Poisson; its mean at time t is the
/// integral of the rate at s times the chance that a delay exceeds t - s.
void expect_poisson_inside(std::string_view law, const std::function<double(double)>& excess) {
  // excess(x): integral of the chance that a delay exceeds u, over u from 0 to x days.
  SCOPED_TRACE(law);
  const Pathway pathway = unlimited_world(law);
  constexpr std::uint32_t count = 200;
  const std::size_t months = pathway.months();
  const std::size_t cell = pathway.stages[stage_named(pathway, "answer")].first_cell;
  const auto runs = replications(pathway, count, [&](const TrialResult& trial) {
    Observations inside;
    for (std::size_t m = 0; m < months; ++m) {
      inside.push_back(
          static_cast<double>(trial.monitor.stages[m * pathway.stage_cells + cell].inside_at_end));
    }
    return inside;
  });
  // 1 January to 1 June has 151 days, to 1 February 2002 396.
  const std::array<std::array<double, 3>, 2> steps{{{20, 0, 151}, {60, 151, 396}}};
  // Half of the false alarms go to the means, half to the spread.
  const double limit = normal_limit(false_alarm_rate / 2 / static_cast<double>(months));
  const boost::math::chi_squared spread(count);
  for (std::size_t m = 0; m < months; ++m) {
    const double end = static_cast<double>(pathway.month_start[m + 1]) / 86400;
    double mean = 0;
    for (const auto& [rate, from, to] : steps) {
      if (end > from) mean += rate * (excess(end - from) - excess(std::max(0.0, end - to)));
    }
    if (mean < 1) continue;  // next to nobody left: the normal limit would not hold
    double total = 0;
    double chi_squared = 0;
    for (const Observations& run : runs) {
      total += run[m];
      chi_squared += (run[m] - mean) * (run[m] - mean) / mean;
    }
    EXPECT_LE(std::abs(total - count * mean), limit * std::sqrt(count * mean))
        << "month " << m << ": " << total / count << " inside, exactly " << mean;
    if (mean < 20) continue;
    const double share = false_alarm_rate / 4 / static_cast<double>(months);
    EXPECT_LE(chi_squared, boost::math::quantile(boost::math::complement(spread, share)));
    EXPECT_GE(chi_squared, boost::math::quantile(spread, share));
  }
}

TEST(ChangingRates, TheNumberInDelaysFollowsTheRateOfArrivals) {
  expect_poisson_inside("law = \"exponential\", mean = 30",
                        [](double x) { return 30 * (1 - std::exp(-x / 30)); });
  expect_poisson_inside("law = \"fixed\", value = 45", [](double x) { return std::min(x, 45.0); });
  expect_poisson_inside("law = \"uniform\", low = 20, high = 60", [](double x) {
    if (x <= 20) return x;
    const double inside = std::min(x, 60.0) - 20;
    return 20 + inside - inside * inside / 80;
  });
}

/// Month by month the stated number, whether the month has 28 days or 31.
TEST(ChangingRates, AMonthlyNumberArrivesInEveryMonth) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "So many a month"
    [run]
    origin = 2001-01-01
    to = 2002-01-01
    [parameters.demand]
    value = 90
    unit = "cases a month"
    grade = "assumed"
    source = "test"
    changes = [ { from = 2001-07-01, value = 150 } ]
    [stages.report]
    kind = "report"
    arrivals = "demand"
    per = "month"
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )");
  constexpr double count = 400;
  const auto runs =
      replications(pathway, static_cast<std::uint32_t>(count), [&](const TrialResult& trial) {
        Observations reported;
        for (const SiteCell& cell : trial.monitor.sites) {
          reported.push_back(static_cast<double>(cell.reported));
        }
        return reported;
      });
  const double limit = normal_limit(false_alarm_rate / 12);
  for (std::size_t m = 0; m < 12; ++m) {
    double total = 0;
    for (const Observations& run : runs) total += run[m];
    const double expected = count * (m < 6 ? 90 : 150);
    EXPECT_LE(std::abs(total - expected), limit * std::sqrt(expected)) << "month " << m;
  }
}

/// Five hours of work each, round the clock. Nobody works before 10 January; then two people, from
/// 12 January three, from 13 January one, while a long queue from before waits.
TEST(ChangingCapacity, EveryCaseEndsAtTheHourWorkedOutByHand) {
  const Pathway pathway = pathway_from(R"(
    format = 1
    title = "Capacity by date"
    [run]
    origin = 2021-01-01
    to = 2021-01-20
    layer_rate = 16
    [parameters.staff]
    value = 0
    unit = "FTE"
    grade = "assumed"
    source = "test"
    changes = [ { from = 2021-01-10, value = 2 }, { from = 2021-01-12, value = 3 },
                { from = 2021-01-13, value = 1 } ]
    [parameters.demand]
    value = 15
    unit = "cases a day"
    grade = "assumed"
    source = "test"
    changes = [ { from = 2021-01-10, value = 0 } ]
    [pools.staff]
    positions = "staff"
    [stages.report]
    kind = "report"
    arrivals = "demand"
    next = "review"
    [stages.review]
    kind = "work"
    pool = "staff"
    effort = { law = "fixed", value = 5, unit = "hours" }
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )");
  // Hours after 00:00 on 10 January, in order of arrival. Two people end two cases every five
  // hours; the third begins at 48. At 72 only the first stays: the third had one hour left of case
  // 32, the second three hours of case 34, and both cases go to the head of the queue.
  const std::vector<Seconds> by_hand{5,  5,  10, 10, 15, 15, 20, 20, 25, 25, 30, 30, 35,
                                     35, 40, 40, 45, 45, 50, 50, 53, 55, 55, 58, 60, 60,
                                     63, 65, 65, 68, 70, 70, 76, 75, 79, 84, 89, 94, 99};
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    std::vector<TraceRecord> trace;
    Trial trial{pathway, 1, replication, &trace};
    trial.run_until(pathway.to);
    std::vector<std::uint64_t> cases;
    std::map<std::uint64_t, Seconds> ends;
    for (const TraceRecord& record : trace) {
      if (record.kind == EventKind::arrival) cases.push_back(record.case_key);
      if (record.kind == EventKind::step_end) ends[record.case_key] = record.when;
    }
    ASSERT_GT(cases.size(), by_hand.size() + 20);
    const Seconds opening = pathway.axis.at(parse_date("2021-01-10").value());
    for (std::size_t i = 0; i < by_hand.size(); ++i) {
      EXPECT_EQ(ends.at(cases[i]), opening + by_hand[i] * seconds_per_hour) << "case " << i;
    }
  }
}

/// March to June 2021; 1 March is a Monday. Good Friday, Easter Monday, the bank holidays of May,
/// and 11 June, on which this office is closed; working hours 09:00-12:30 and 13:00-17:00.
class OfficeByHand {
 public:
  Seconds finish(Seconds start, Seconds work) const {
    for (Seconds day = start / seconds_per_day;; ++day) {
      if (day % 7 >= 5 || is_closed(day)) continue;
      for (const auto& [from, to] : {std::pair<Seconds, Seconds>{32400, 45000}, {46800, 61200}}) {
        const Seconds open = std::max(start, day * seconds_per_day + from);
        const Seconds close = day * seconds_per_day + to;
        if (open >= close) continue;
        if (work <= close - open) return open + work;
        work -= close - open;
      }
    }
  }

 private:
  static bool is_closed(Seconds day) {
    // Days after 1 March: 2 April 32, 5 April 35, 3 May 63, 31 May 91, 11 June 102.
    return day == 32 || day == 35 || day == 63 || day == 91 || day == 102;
  }
};

std::string office_text(std::string_view pool) {
  return fmt::format(R"(
    format = 1
    title = "Office hours"
    [run]
    origin = 2021-03-01
    to = 2021-07-01
    layer_rate = 8
    [calendars.office]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    hours = ["09:00-12:30", "13:00-17:00"]
    bank_holidays = "closed"
    closed = [2021-06-11]
    [pools.staff]
    calendar = "office"
    {}
    [stages.report]
    kind = "report"
    arrivals = 0.4
    next = "review"
    [stages.review]
    kind = "work"
    pool = "staff"
    effort = {{ law = "fixed", value = 11, unit = "hours" }}
    next = "answer"
    [stages.answer]
    kind = "wait"
    calendar = "office"
    delay = {{ law = "fixed", value = 3, unit = "days" }}
    next = "done"
    [stages.done]
    kind = "outcome"
    code = "done"
  )",
                     pool);
}

struct OfficeCase {
  Seconds reported = 0;
  Seconds reviewed = never;
  Seconds answered = never;
};

/// In order of report, over some replications.
std::vector<std::vector<OfficeCase>> office_cases(const Pathway& pathway) {
  std::vector<std::vector<OfficeCase>> all;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    std::vector<TraceRecord> trace;
    Trial trial{pathway, 1, replication, &trace};
    trial.run_until(pathway.to);
    std::vector<OfficeCase> cases;
    std::map<std::uint64_t, std::size_t> position;
    for (const TraceRecord& record : trace) {
      if (record.kind == EventKind::arrival) {
        position[record.case_key] = cases.size();
        cases.push_back({record.when});
        continue;
      }
      OfficeCase& of = cases[position.at(record.case_key)];
      const bool is_review = pathway.stages[record.stage.value].name == "review";
      (is_review ? of.reviewed : of.answered) = record.when;
    }
    all.push_back(std::move(cases));
  }
  return all;
}

TEST(CalendarByHand, WorkAndDelaysEndAtTheSecondWorkedOutDayByDay) {
  const Pathway pathway = pathway_from(office_text(""));
  const OfficeByHand office;
  std::size_t compared = 0;
  std::size_t over_easter = 0;
  const auto at = [&](std::string_view date) { return pathway.axis.at(parse_date(date).value()); };
  for (const auto& cases : office_cases(pathway)) {
    for (const OfficeCase& of : cases) {
      if (of.answered == never) continue;
      ++compared;
      ASSERT_EQ(of.reviewed, office.finish(of.reported, 11 * seconds_per_hour));
      ASSERT_EQ(of.answered, office.finish(of.reviewed, 3 * 27000));
      // After closing time on Maundy Thursday: all of Tuesday, half of Wednesday; then three days.
      const bool is_easter = of.reported >= at("2021-04-01") + 17 * seconds_per_hour &&
                             of.reported <= at("2021-04-06") + 9 * seconds_per_hour;
      if (!is_easter) continue;
      ++over_easter;
      EXPECT_EQ(of.reviewed, at("2021-04-07") + 45000);
      EXPECT_EQ(of.answered, at("2021-04-12") + 45000);
    }
  }
  EXPECT_GT(compared, 800U);
  EXPECT_GT(over_easter, 15U);
}

TEST(CalendarByHand, OnePersonTakesOneCaseAfterTheOther) {
  const Pathway pathway = pathway_from(office_text("positions = 1"));
  const OfficeByHand office;
  std::size_t compared = 0;
  for (const auto& cases : office_cases(pathway)) {
    Seconds free = 0;
    for (const OfficeCase& of : cases) {
      if (of.reviewed == never) break;
      ++compared;
      ASSERT_EQ(of.reviewed, office.finish(std::max(of.reported, free), 11 * seconds_per_hour));
      free = of.reviewed;
    }
  }
  EXPECT_GT(compared, 700U);
}

}  // namespace
}  // namespace rassoflow
