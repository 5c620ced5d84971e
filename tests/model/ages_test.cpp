// The ages of open cases, and what a mark adds to the cohort of its case.
#include <map>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Seconds day = seconds_per_day;

// Forty days in `first`, then sixty in `second`.
std::string two_waits(std::string_view more, std::string_view head) {
  return std::string(head) + R"(
[stages.report]
kind = "report"
arrivals = 0.5
next = "first"
[stages.first]
kind = "wait"
delay = { law = "fixed", value = 40, unit = "days" }
next = "second"
[stages.second]
kind = "wait"
marks = ["begun", "also_begun"]
delay = { law = "fixed", value = 60, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)" + std::string(more);
}

std::vector<Seconds> ages_of(const Story& story, int stock, std::size_t month) {
  std::vector<Seconds> ages;
  for (const OpenAge& age : story.monitor().open_ages) {
    if (age.stock == stock && age.month == month) ages.push_back(age.seconds);
  }
  std::ranges::sort(ages);
  return ages;
}

TEST(OpenAges, RunFromTheReportOrFromAMarkByHand) {
  const Story story{two_waits(R"(
[kpis.all]
kind = "stock"
stages = ["first", "second"]
[kpis.some]
kind = "stock"
stages = ["second", "first"]
over_days = [30]
since = "begun"
)",
                              run("2018-01-01", "2018-12-11"))};
  const Pathway& pathway = story.pathway();
  ASSERT_EQ(pathway.stock_ages.size(), 3U);
  for (std::size_t m = 0; m < pathway.months(); ++m) {
    const Seconds end = pathway.month_start[m + 1];
    std::vector<Seconds> since_report, since_mark;
    std::int64_t old = 0;
    for (const TraceRecord& arrival : story.arrivals()) {
      const Seconds age = end - arrival.when;
      // What happens in the first second of a month belongs to it.
      if (age <= 0 || age > 100 * day) continue;
      since_report.push_back(age);
      if (age > 40 * day) since_mark.push_back(age - 40 * day);
      old += age > 70 * day;
    }
    std::ranges::sort(since_report);
    std::ranges::sort(since_mark);
    const bool is_end_of_quarter = m % 3 == 2;  // December is cut, and the last
    EXPECT_EQ(ages_of(story, 0, m), is_end_of_quarter ? since_report : std::vector<Seconds>{});
    EXPECT_EQ(ages_of(story, 1, m), is_end_of_quarter ? since_mark : std::vector<Seconds>{});
    const std::int64_t* counts = &story.monitor().stock_ages[3 * m];
    EXPECT_EQ(counts[0], std::ssize(since_report));
    EXPECT_EQ(counts[1], std::ssize(since_report)) << "cases without the mark are of no age";
    EXPECT_EQ(counts[2], old);
  }
  EXPECT_FALSE(ages_of(story, 1, 11).empty());
}

TEST(OpenAges, AreTakenFromTheFirstQuarterThatCounts) {
  const Story story{two_waits("[kpis.all]\nkind = \"stock\"\nstages = [\"first\"]\n",
                              run("2018-01-01", "2018-12-11") + "from = 2018-07-01\n")};
  EXPECT_THAT(ages_of(story, 0, 5), IsEmpty());
  EXPECT_FALSE(ages_of(story, 0, 8).empty());
}

TEST(Horizon, IsTheFirstThatADurationEndsIn) {
  const auto horizon_after = [](std::string_view days) {
    std::string text = two_waits("", run("2018-01-01", "2021-01-01"));
    text.replace(text.find("60"), 2, days);
    return int{Story{text}.monitor().samples.front().horizon};
  };
  EXPECT_EQ(horizon_after("143"), 0) << "183 days after the report";
  EXPECT_EQ(horizon_after("144"), 1);
  EXPECT_EQ(horizon_after("690"), 2);
  EXPECT_EQ(horizon_after("691"), 3);
}

TEST(Parts, OfADurationAreTheTimeInTheirStages) {
  // Three answers of seven days, three reviews of two; the first answer comes before the mark.
  const Story story{run("2018-01-01", "2019-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 0.5
next = "answer"
[stages.answer]
kind = "wait"
delay = { law = "fixed", value = 7, unit = "days" }
next = "review"
[stages.review]
kind = "wait"
marks = ["asked"]
delay = { law = "fixed", value = 2, unit = "days" }
routes = [ { to = "answer", visits = "1-2" }, { to = "ended", visits = "3+" } ]
[stages.ended]
kind = "outcome"
code = "ended"
[kpis.whole]
kind = "duration"
from = "report"
to = "ended"
parts = { "all answers" = ["answer"], "all" = ["answer", "review"] }
unit = "days"
[kpis.asked_to_end]
kind = "duration"
from = "asked"
to = "ended"
parts = { "answers" = ["answer"] }
unit = "days"
)"};
  const Pathway& pathway = story.pathway();
  std::map<std::string, std::vector<Seconds>> seconds;
  for (const DurationSample& sample : story.monitor().samples) {
    const std::uint16_t part = pathway.durations[sample.duration].part;
    if (part != no_part) seconds[pathway.parts[part].name].push_back(sample.seconds);
  }
  using testing::Each;
  EXPECT_THAT(seconds.at("all answers"), Each(21 * day));
  EXPECT_THAT(seconds.at("all"), Each(27 * day));
  EXPECT_THAT(seconds.at("answers"), Each(14 * day));
}

TEST(Marks, OfOneStageAreReachedInTheOrderThatADurationNeeds) {
  for (const auto& [from, to] : {std::pair{"begun", "also_begun"}, {"also_begun", "begun"}}) {
    const Story story{two_waits(std::string("[kpis.none]\nkind = \"duration\"\nfrom = \"") + from +
                                    "\"\nto = \"" + to + "\"\nunit = \"days\"\n",
                                run("2018-01-01", "2018-12-11"))};
    std::size_t samples = 0;
    for (const DurationSample& sample : story.monitor().samples) {
      if (sample.duration != 0) continue;
      EXPECT_EQ(sample.seconds, 0U);
      ++samples;
    }
    EXPECT_EQ(samples, story.records(EventKind::step_end, "first").size());
  }
}

TEST(Marks, ReachedAgainCountForTheCohortEveryTime) {
  // Three visits, 100 days apart: at once, within 6, within 12 months.
  const Story story{run("2018-01-01", "2020-01-01") + R"(
[stages.report]
kind = "report"
arrivals = 0.5
next = "review"
[stages.review]
kind = "wait"
marks = ["reviewed"]
delay = { law = "fixed", value = 100, unit = "days" }
routes = [ { to = "review", visits = "1-2" }, { to = "ended", visits = "3+" } ]
[stages.ended]
kind = "outcome"
code = "ended"
)"};
  for (std::size_t m = 0; m < 12; ++m) {
    const auto reported = static_cast<std::uint32_t>(story.site_cell(m).reported);
    const MarkCell cell = story.monitor().marks[story.monitor().mark_cell(
        story.pathway(), m, story.mark("reviewed"), SiteId{0})];
    EXPECT_THAT(cell.within, ElementsAre(reported, reported, reported));
    EXPECT_THAT(cell.again_within, ElementsAre(reported, 2 * reported, 2 * reported));
  }
}

}  // namespace
}  // namespace rassoflow
