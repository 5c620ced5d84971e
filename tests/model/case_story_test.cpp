// The story of one case, told to the second; the dates follow by hand.
#include "sim/model/case_story.hpp"

#include "sim/random/variates.hpp"
#include "sim/run/trace_case.hpp"
#include "tests/model/small_worlds.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array<std::string_view, step_kind_count> kind_names{
    "entered", "left", "queued", "started", "posted", "delivered", "withdrew", "notified"};

CaseStory first_story(const Pathway& pathway, SiteId site = {}, Seconds from = 0,
                      std::uint64_t number = 1) {
  const TracedCase traced = trace_case(pathway, 1, 0, CaseStory{site, from, number});
  EXPECT_THAT(traced.violation, IsEmpty());
  return traced.story;
}

/// `2019-04-15 09:00:00 started task`, with the site after it where there are several.
std::vector<std::string> in_words(const Pathway& pathway, const CaseStory& story) {
  std::vector<std::string> lines;
  for (const StoryStep& step : story.steps()) {
    const std::string site =
        pathway.is_single_site() ? "" : " " + pathway.sites[step.site.value].qualified;
    lines.push_back(pathway.axis.format(step.when) + " " +
                    std::string(kind_names[static_cast<std::size_t>(step.kind)]) + " " +
                    pathway.stages[step.stage.value].name + site);
  }
  return lines;
}

TEST(CaseStory, TellsOfWaitsWorkAndWhatIsPutBack) {
  // All cases join at 16:00:01 on Friday. Nobody is there before Monday, nor on Tuesday; 10 hours
  // are 8 on Monday and 2 on Wednesday.
  const Pathway pathway = pathway_from(gated("2019-04-06", "2019-05-20") +
                                       dated("staff", "0",
                                             "{ from = 2019-04-15, value = 100 }, "
                                             "{ from = 2019-04-16, value = 0 }, "
                                             "{ from = 2019-04-17, value = 100 }") +
                                       R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"
[pools.officers]
calendar = "office"
positions = "staff"
[stages.task]
kind = "work"
pool = "officers"
effort = { law = "fixed", value = 10, unit = "hours" }
next = "ended"
)");
  const CaseStory story = first_story(pathway);
  const std::string report = pathway.axis.format(story.origin()->when);
  EXPECT_THAT(in_words(pathway, story),
              ElementsAre(report + " entered report", report + " left report",
                          report + " entered gate", "2019-04-12 16:00:01 left gate",
                          "2019-04-12 16:00:01 entered task", "2019-04-12 16:00:01 queued task",
                          "2019-04-15 09:00:00 started task", "2019-04-16 00:00:00 queued task",
                          "2019-04-17 09:00:00 started task", "2019-04-17 11:00:00 left task",
                          "2019-04-17 11:00:00 entered ended", "2019-04-17 11:00:00 left ended"));
}

/// The gate at a force, then `stages`; 1,000 withdrawals a day from half past day 12 on.
std::string abroad(std::string_view stages) {
  std::string text = gated("2019-04-06", "2019-06-01");
  text.insert(text.find("[run]"), "crossing_calendar = \"weekdays\"\n");
  for (const std::string_view stage : {"report", "gate", "ended"}) {
    const std::string head = "[stages." + std::string(stage) + "]\n";
    text.insert(text.find(head) + head.size(), "level = \"force\"\n");
  }
  return text + R"(
[levels.force]
[levels.area]
owns_clock = false
[sites.force."Kent"]
[sites.area."South East"]
[calendars.weekdays]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
bank_holidays = "closed"
)" + std::string(stages);
}

TEST(CaseStory, TellsWhereACaseIsPostedAndWhenItIsThere) {
  // Friday 12 April to Monday, a day and a half there, back on Wednesday.
  const Pathway pathway = pathway_from(abroad(R"(
[stages.task]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 36, unit = "hours" }
next = "answer"
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
)"));
  const CaseStory story = first_story(pathway);
  std::vector<std::string> lines = in_words(pathway, story);
  ASSERT_GT(lines.size(), 3U);
  lines.erase(lines.begin(), lines.begin() + 3);
  EXPECT_THAT(lines, ElementsAre("2019-04-12 16:00:01 left gate force:Kent",
                                 "2019-04-12 16:00:01 posted task area:South East",
                                 "2019-04-15 00:00:00 delivered task area:South East",
                                 "2019-04-15 00:00:00 entered task area:South East",
                                 "2019-04-16 12:00:00 left task area:South East",
                                 "2019-04-16 12:00:00 posted answer force:Kent",
                                 "2019-04-17 00:00:00 delivered answer force:Kent",
                                 "2019-04-17 00:00:00 entered answer force:Kent",
                                 "2019-04-17 01:00:00 left answer force:Kent",
                                 "2019-04-17 01:00:00 entered ended force:Kent",
                                 "2019-04-17 01:00:00 left ended force:Kent"));
}

TEST(CaseStory, TellsOfAWithdrawalAndWhoHearsOfIt) {
  const Pathway pathway = pathway_from(abroad(R"(
[pools.prosecutors]
level = "area"
[withdrawal.support]
to = "closing"
bands = [ { from_day = 0, per_day = 0 }, { from_day = 12.5, per_day = 1000 } ]
[stages.task]
kind = "work"
level = "area"
pool = "prosecutors"
withdrawal = "support"
effort = { law = "fixed", value = 20, unit = "days" }
next = "answer"
[stages.answer]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.closing]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 0, unit = "hours" }
next = "gone"
[stages.gone]
kind = "outcome"
level = "force"
code = "gone"
)"));
  const CaseStory story = first_story(pathway);
  KeyedStream threshold{Purpose{1, "withdrawal"}, 0, story.case_key(), 0};
  const Seconds after =
      round_to_seconds(12.5 * 86400 + standard_exponential(threshold) * 86400 / 1000);
  const Seconds withdrawn = story.origin()->when + after;
  const Seconds heard =
      pathway.patterns[pathway.crossing_pattern.value].next_working_day(withdrawn);
  const std::string at = pathway.axis.format(withdrawn);
  const std::string then = pathway.axis.format(heard);
  std::vector<std::string> lines = in_words(pathway, story);
  ASSERT_GT(lines.size(), 6U);
  lines.erase(lines.begin(), lines.begin() + 6);
  EXPECT_THAT(lines,
              ElementsAre("2019-04-15 00:00:00 entered task area:South East",
                          "2019-04-15 00:00:00 started task area:South East",
                          at + " withdrew task force:Kent", at + " entered closing force:Kent",
                          at + " left closing force:Kent", at + " entered gone force:Kent",
                          at + " left gone force:Kent", then + " notified task area:South East",
                          then + " left task area:South East"));
}

TEST(CaseStory, IsFoundByNumberByKeyAndBySite) {
  Dice dice{5};
  const Story whole{any_world(dice)};
  const Pathway& pathway = whole.pathway();
  const std::vector<TraceRecord> arrivals = whole.arrivals();
  ASSERT_GT(arrivals.size(), 10U);
  const Seconds from = arrivals[4].when;
  const CaseStory third = first_story(pathway, {}, from, 3);
  EXPECT_EQ(third.case_key(), arrivals[6].case_key);
  EXPECT_EQ(third.reported(), 3U);
  const ArrivalLayer& origin = third.origin().value();
  EXPECT_EQ(origin.when, arrivals[6].when);
  EXPECT_EQ(case_key_of(pathway.streams[origin.stream].key, origin.layer, origin.serial),
            arrivals[6].case_key);
  const TracedCase same = trace_case(pathway, 1, 0, CaseStory{third.case_key()});
  EXPECT_EQ(same.story.steps(), third.steps());

  const TracedCase nobody = trace_case(pathway, 1, 0, CaseStory{12345});
  EXPECT_FALSE(nobody.story.origin());
  EXPECT_THAT(nobody.story.steps(), IsEmpty());
  const TracedCase too_far = trace_case(pathway, 1, 0, CaseStory{SiteId{}, 0, 1'000'000});
  EXPECT_FALSE(too_far.story.origin());
  EXPECT_EQ(too_far.story.reported(), arrivals.size());
}

TEST(CaseStory, IsToldUpToTheFaultThatStopsATrial) {
  // A loop of a second that hardly any draw leaves: a case may come back 60,000 times.
  const Pathway pathway = pathway_from(run("2019-01-01", "2019-02-01") + R"(
[stages.report]
kind = "report"
arrivals = 0.5
next = "turn"
[stages.turn]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
routes = [ { to = "ended", probability = 1e-12 }, { to = "turn" } ]
[stages.ended]
kind = "outcome"
code = "ended"
)");
  const TracedCase traced = trace_case(pathway, 1, 0, CaseStory{SiteId{}, 0, 1});
  EXPECT_THAT(traced.violation, testing::HasSubstr("came back to stage turn too often"));
  const auto& steps = traced.story.steps();
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps.back().kind, StepKind::entered);
  EXPECT_EQ(steps.back().when, traced.story.origin()->when + 60'000);
}

TEST(CaseStory, EntersAndLeavesEveryStageAndChangesNothing) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Dice dice{seed};
    const Story whole{any_world(dice)};
    const Pathway& pathway = whole.pathway();
    for (std::uint64_t number = 1; number <= 5; ++number) {
      CaseStory story{SiteId{}, 0, number * 17};
      Trial trial{pathway, 1, 0};
      trial.follow(story);
      trial.run_until(pathway.to);
      const Monitor monitor = trial.finish();
      ASSERT_EQ(bytes_of(monitor), bytes_of(whole.monitor())) << seed;
      std::map<StageId, std::int64_t> inside;
      Seconds last = 0;
      for (const StoryStep& step : story.steps()) {
        ASSERT_GE(step.when, last);
        last = step.when;
        if (step.kind == StepKind::entered) ++inside[step.stage];
        if (step.kind == StepKind::left) --inside[step.stage];
      }
      const auto strands = trial.state().strands;
      for (const Strand& strand : strands) {
        const bool stays = strand.state == StrandState::waiting ||
                           strand.state == StrandState::working ||
                           strand.state == StrandState::delayed;
        if (stays && story.follows(strand.case_key)) --inside[strand.stage];
      }
      for (const auto& [stage, count] : inside) {
        EXPECT_EQ(count, 0) << seed << " " << pathway.stages[stage.value].name;
      }
    }
  }
}

}  // namespace
}  // namespace rassoflow
