// The rows of batches and listings from cells filled by hand.
#include <gmock/gmock.h>

#include <cmath>

#include "analysis/kpis/row_plan.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "A clinic and a court at two places"
[run]
origin = 2020-01-01
to = 2020-07-01
[levels.force]
[sites.force."East"]
[sites.force."West"]
[calendars.days]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
[stages.report]
kind = "report"
arrivals = 1
next = "clinic"
[stages.clinic]
kind = "batch"
calendar = "days"
size = 3
next = "trial"
[stages.trial]
kind = "listing"
calendar = "days"
rooms = 1
length = { law = "fixed", value = 3, unit = "days" }
custody = { flag = "custody", mark = "seen", days = 182, extension_days = 56, bail = 0.1 }
vacated_to = "again"
ineffective_to = "again"
cracked_to = "done"
next = "done"
[stages.again]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
sets = ["custody"]
marks = ["seen"]
next = "trial"
[stages.done]
kind = "outcome"
code = "done"
)";

class DiaryRows : public ::testing::Test {
 protected:
  DiaryRows()
      : scenario(scenario_from(world)),
        pathway(compile_pathway(scenario)),
        monitor(pathway),
        plan(scenario, pathway, {}, Detail::sites) {}

  // Cells by month, then East and West.
  BatchCell& batch(std::size_t month, std::size_t site) {
    return monitor.batches[month * 2 + site];
  }
  DiaryCell& diary(std::size_t month, std::size_t site) {
    return monitor.diaries[month * 2 + site];
  }

  double value(const char* kpi, const char* site, const char* stage, const char* outcome,
               const char* basis, const char* statistic, const char* unit,
               const char* period = "2020-Q1") {
    const auto row = plan.find({kpi, site, "", stage, outcome, period, basis, statistic, unit});
    EXPECT_TRUE(row) << kpi << " " << outcome << " " << statistic;
    return row ? plan.reduce(monitor)[*row] : std::nan("");
  }

  Scenario scenario;
  Pathway pathway;
  Monitor monitor;
  RowPlan plan;
};

TEST_F(DiaryRows, CountMeetingsAndTheirPlaces) {
  batch(0, 0) = {4, 12, 9, 0};
  batch(2, 0) = {4, 12, 12, 5};
  batch(1, 1) = {2, 6, 0, 0};
  batch(3, 0) = {100, 100, 100, 100};
  const auto places = [&](const char* site, const char* statistic, const char* unit) {
    return value("places", site, "clinic", "", "flow", statistic, unit);
  };
  EXPECT_EQ(value("meetings", "", "clinic", "", "flow", "total", "meetings"), 10);
  EXPECT_EQ(places("", "offered", "places"), 30);
  EXPECT_EQ(places("", "taken", "places"), 21);
  EXPECT_EQ(places("", "share taken", "%"), 70);
  EXPECT_EQ(places("force:West", "offered", "places"), 6);
  EXPECT_EQ(places("force:West", "share taken", "%"), 0);
}

TEST_F(DiaryRows, CountEveryPartOfADiary) {
  DiaryCell cell;
  std::int64_t number = 1;
  for (std::int64_t DiaryCell::*part :
       {&DiaryCell::listed, &DiaryCell::effective, &DiaryCell::cracked, &DiaryCell::ineffective,
        &DiaryCell::vacated, &DiaryCell::moved, &DiaryCell::withdrawn, &DiaryCell::floaters,
        &DiaryCell::floaters_begun, &DiaryCell::not_reached, &DiaryCell::extended,
        &DiaryCell::bailed, &DiaryCell::room_days, &DiaryCell::room_days_used,
        &DiaryCell::room_days_over, &DiaryCell::unlisted_at_end, &DiaryCell::listed_at_end}) {
    cell.*part = number++;
  }
  diary(1, 1) = cell;
  diary(2, 1) = cell;
  const auto total = [&](const char* kpi, const char* outcome, const char* statistic,
                         const char* unit) {
    EXPECT_EQ(value(kpi, "force:East", "trial", outcome, "flow", statistic, unit), 0);
    EXPECT_EQ(value(kpi, "", "trial", outcome, "flow", statistic, unit, "2020-02"),
              value(kpi, "force:West", "trial", outcome, "flow", statistic, unit) / 2);
    return value(kpi, "", "trial", outcome, "flow", statistic, unit) / 2;
  };
  EXPECT_EQ(total("listings", "", "total", "listings"), 1);
  EXPECT_EQ(total("listings", "effective", "total", "listings"), 2);
  EXPECT_EQ(total("listings", "cracked", "total", "listings"), 3);
  EXPECT_EQ(total("listings", "ineffective", "total", "listings"), 4);
  EXPECT_EQ(total("listings", "vacated", "total", "listings"), 5);
  EXPECT_EQ(total("listings", "moved", "total", "listings"), 6);
  EXPECT_EQ(total("listings", "withdrawn", "total", "listings"), 7);
  EXPECT_EQ(total("floaters", "", "total", "listings"), 8);
  EXPECT_EQ(total("floaters", "begun", "total", "listings"), 9);
  EXPECT_EQ(total("floaters", "not reached", "total", "listings"), 10);
  EXPECT_EQ(total("time_limits", "extended", "total", "decisions"), 11);
  EXPECT_EQ(total("time_limits", "bail", "total", "decisions"), 12);
  EXPECT_EQ(total("room_days", "", "available", "room-days"), 13);
  EXPECT_EQ(total("room_days", "", "used", "room-days"), 14);
  EXPECT_EQ(total("room_days", "", "above capacity", "room-days"), 15);
  EXPECT_DOUBLE_EQ(value("utilisation", "", "trial", "", "flow", "share", "%"), 1400.0 / 13);
  const auto waiting = [&](const char* outcome) {
    return value("trials_waiting", "", "trial", outcome, "snapshot", "snapshot", "cases");
  };
  EXPECT_EQ(waiting("without a date"), 16);
  EXPECT_EQ(waiting("with a date"), 17);
}

}  // namespace
}  // namespace rassoflow
