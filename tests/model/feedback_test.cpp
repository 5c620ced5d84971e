// What closes a court reaches the prosecutors: more cases wait for trial, each costs its Area hours
// of upkeep every week, and charging slows down. Without those hours nothing reaches them.
#include <fmt/format.h>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

/// Three years; courts close for half a year in the second. Hours are for each live case and week.
std::string justice(bool is_closed, std::string_view hours, std::string_view area_more = "") {
  const std::string_view closure =
      "{ from = 2020-03-23, value = 0 }, { from = 2020-10-01, value = 3 }";
  return "crossing_calendar = \"office\"\n" + run("2019-01-01", "2022-01-01") +
         std::string(office_hours) +
         "[levels.force]\n[levels.area]\nowns_clock = false\n[levels.region]\n"
         "[sites.force.\"Kent\"]\n[sites.area.\"South East\"]\n[sites.region.\"London\"]\n"
         "[pools.prosecutors]\nlevel = \"area\"\ncalendar = \"office\"\npositions = 3\n" +
         std::string(area_more) +
         "[pools.courtrooms]\nlevel = \"region\"\ncalendar = \"office\"\npositions = \"rooms\"\n" +
         dated("rooms", "3", is_closed ? closure : "") + R"(
[upkeep.live]
pool = "prosecutors"
from = "charged"
hours_per_week = )" +
         std::string(hours) + R"(
[stages.report]
kind = "report"
level = "force"
arrivals = 0.7
next = "review"
[stages.review]
kind = "work"
level = "area"
pool = "prosecutors"
effort = { law = "exponential", mean = 20, unit = "hours" }
next = "charge"
[stages.charge]
kind = "decide"
level = "force"
marks = ["charged"]
next = "trial"
[stages.trial]
kind = "work"
level = "region"
pool = "courtrooms"
effort = { law = "exponential", mean = 22, unit = "hours" }
next = "verdict"
[stages.verdict]
kind = "outcome"
level = "region"
code = "verdict"
)";
}

struct Year {
  std::int64_t waiting_for_trial = 0;  ///< at its end
  Seconds waited_for_review = 0;
  std::int64_t charged = 0;
  std::int64_t upkeep = 0;
};

/// From April 2020 to March 2021, over five replications.
Year of_closure(const std::string& text) {
  Year sum;
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    const Story story{text, 1, replication};
    for (std::size_t month = 15; month < 27; ++month) {
      sum.waited_for_review += story.stage_cell("review", month).waited_seconds;
      sum.charged += story.mark_cell("charged", month, "region:London").first;
      sum.upkeep += story.pool_cell(month, 1).upkeep_done;
    }
    sum.waiting_for_trial += story.stage_cell("trial", 26).inside_at_end;
  }
  return sum;
}

TEST(Feedback, OfAClosedCourtSlowsChargingThroughUpkeep) {
  const Year open = of_closure(justice(false, "1"));
  const Year closed = of_closure(justice(true, "1"));
  EXPECT_GT(closed.waiting_for_trial, 2 * open.waiting_for_trial);
  EXPECT_GT(closed.upkeep, open.upkeep + open.upkeep / 2);
  EXPECT_GT(closed.waited_for_review, open.waited_for_review + open.waited_for_review / 2);
  EXPECT_LT(closed.charged, open.charged);
}

TEST(Feedback, WithoutHoursOfUpkeepIsExactlyNone) {
  const Story open{justice(false, "0")};
  const Story closed{justice(true, "0")};
  const auto at_area_and_force = [](const Story& story) {
    std::vector<TraceRecord> records;
    for (const TraceRecord& record : story.trace()) {
      if (record.stage != story.stage("trial") && record.stage != story.stage("verdict")) {
        records.push_back(record);
      }
    }
    return records;
  };
  EXPECT_EQ(at_area_and_force(open), at_area_and_force(closed));
  EXPECT_NE(open.trace(), closed.trace());
}

TEST(Feedback, IsWeakerWhereOtherWorkYields) {
  // Eight hours a day of other work: where cases come first it is displaced instead of charging.
  const auto more_waiting = [](std::string_view rule) {
    const std::string pool = fmt::format("other_work = 8\nsharing = \"{}\"\n", rule);
    return of_closure(justice(true, "0.5", pool)).waited_for_review;
  };
  EXPECT_LT(more_waiting("adult_rape_first"), more_waiting("proportional"));
}

}  // namespace
}  // namespace rassoflow
