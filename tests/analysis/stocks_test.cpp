// Stocks, the ages of open cases and the staff for them, from a Monitor filled by hand. Month 0 is
// January 2020.
#include "tests/analysis/hand_filled.hpp"

namespace rassoflow {
namespace {

constexpr const char* world = R"(
format = 1
title = "A desk"
[run]
origin = 2020-01-01
to = 2020-12-16
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
[parameters.staff_in_post]
value = 4
unit = "FTE"
grade = "assumed"
source = "this test"
changes = [ { from = 2020-03-31, value = 5 } ]
[pools.staff]
calendar = "office"
positions = "staff_in_post"
absence = 0.2
[pools.couriers]
[stages.report]
kind = "report"
arrivals = 1
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
marks = ["at_desk"]
next = "courier"
[stages.courier]
kind = "work"
pool = "couriers"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
[kpis.files]
kind = "stock"
stages = ["desk"]
over_days = [30]
since = "at_desk"
unit = "cases"
[kpis.files_per_person]
kind = "staff"
pools = ["staff"]
stock = "files"
unit = "cases per FTE"
[kpis.staff_needed]
kind = "staff"
pools = ["staff", "couriers"]
unit = "FTE"
[kpis.couriers_needed]
kind = "staff"
pools = ["couriers"]
hours_a_week = 35
unit = "FTE"
)";

class Stocks : public ::testing::Test, protected HandFilled {
 protected:
  Stocks() : HandFilled(world) {}
  double age(const char* period, const char* statistic) {
    return value(snapshot("files_age", period, statistic, "days"));
  }
};

TEST_F(Stocks, HaveAgesAtTheEndOfThePeriod) {
  for (const double days : {10.0, 20.0, 90.0, 100.0}) open_age("files", days, 2);
  open_age("files", 999, 5);
  EXPECT_DOUBLE_EQ(age("2020-Q1", "mean"), 55);
  EXPECT_DOUBLE_EQ(age("2020-Q1", "median"), 55);
  EXPECT_DOUBLE_EQ(age("2020-Q1", "p90"), 97);
  EXPECT_DOUBLE_EQ(age("2020-Q2", "mean"), 999);
  EXPECT_TRUE(std::isnan(age("2020-Q3", "median"))) << "no case, no age";
  EXPECT_FALSE(has_row(snapshot("files_age", "2020-02", "mean", "days"))) << "not in a month";
}

TEST_F(Stocks, HaveAgesAtTheEndOfARunThatCutsItsLastQuarter) {
  open_age("files", 7, 11);
  EXPECT_DOUBLE_EQ(age("2020-01/2020-12", "mean"), 7);
}

TEST_F(Stocks, ShowNoAgesOfFewCases) {
  const RowKey mean = snapshot("files_age", "2020-Q1", "mean", "days");
  const RowKey count = snapshot("files", "2020-Q1", "snapshot", "cases");
  const RowKey per_person =
      with_stage(snapshot("files_per_person", "2020-Q1", "snapshot", "cases per FTE"), "staff");
  stock("files", any_age, 2) = 19;
  for (int i = 0; i < 19; ++i) open_age("files", 5, 2);
  EXPECT_FALSE(shows(mean));
  EXPECT_FALSE(shows(per_person));
  EXPECT_TRUE(shows(count));
  stock("files", any_age, 2) = 20;
  open_age("files", 5, 2);
  EXPECT_TRUE(shows(mean));
  EXPECT_TRUE(shows(per_person));
}

TEST_F(Stocks, AreDividedByTheStaffInPostThatDay) {
  stock("files", any_age, 1) = 100;
  stock("files", any_age, 2) = 40;
  const auto per_person = [&](const char* period) {
    return value(
        with_stage(snapshot("files_per_person", period, "snapshot", "cases per FTE"), "staff"));
  };
  EXPECT_DOUBLE_EQ(per_person("2020-Q1"), 8) << "five from the last day of March";
  EXPECT_FALSE(has_row(
      with_stage(snapshot("files_per_person", "2020-02", "snapshot", "cases per FTE"), "staff")));
}

TEST_F(Stocks, NeedStaffForTheHoursWorked) {
  // Of 8 hours on the 65 working days of the quarter a position is on duty for 0.8.
  monitor.pools[1 * 2 + 1].busy_seconds = 52 * 8 * seconds_per_hour;   // staff, February
  monitor.pools[2 * 2 + 1].busy_seconds = 104 * 8 * seconds_per_hour;  // staff, March
  const auto needed = [&](const char* kpi, const char* pool) {
    return value(with_stage(flow(kpi, "2020-Q1", "mean", "FTE"), pool));
  };
  ASSERT_EQ(pathway.pools[1].name, "staff");
  EXPECT_DOUBLE_EQ(needed("staff_needed", "staff"), 3);
  // 13 weeks of 35 hours a week; round the clock without a pattern or hours.
  monitor.pools[0].busy_seconds = 91 * 24 * seconds_per_hour;
  EXPECT_DOUBLE_EQ(needed("couriers_needed", "couriers"), 24 * 7 / 35.0);
  EXPECT_DOUBLE_EQ(needed("staff_needed", "couriers"), 1);
}

TEST_F(Stocks, GiveTheirAgesANameOfTheirOwn) {
  const std::string clash = std::string(world) +
                            "[kpis.files_age]\nkind = \"count\"\nmark = \"at_desk\"\n"
                            "unit = \"cases\"\n";
  EXPECT_NE(in_words(faults_of(clash)).find("the ages of a stock have this name already"),
            std::string::npos);
}

}  // namespace
}  // namespace rassoflow
