// Strands of a case side by side, told to the second. 10 January 2019 is a Thursday; the gate lets
// every case of the first week in on Friday, 11 January 2019 at 16:00:01.
#include <algorithm>

#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::IsEmpty;

/// Three strands of 2, 5 and 9 days; the second is needed for a class or by chance.
std::string investigation(std::string_view branches, std::string_view join_keys) {
  return gated("2019-01-05", "2019-04-01") + R"(
[stages.task]
kind = "fork"
join = "gathered"
branches = [ )" +
         std::string(branches) + R"( ]
[stages.digital]
kind = "wait"
delay = { law = "fixed", value = 2, unit = "days" }
next = "gathered"
marks = ["digital"]
[stages.forensics]
kind = "wait"
delay = { law = "fixed", value = 5, unit = "days" }
next = "gathered"
[stages.third_party]
kind = "wait"
delay = { law = "fixed", value = 4, unit = "days" }
next = "third_party_read"
[stages.third_party_read]
kind = "wait"
delay = { law = "fixed", value = 5, unit = "days" }
next = "gathered"
[stages.gathered]
kind = "join"
marks = ["gathered"]
next = "after"
)" + std::string(join_keys) +
         R"(
[stages.after]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
next = "ended"
)";
}

constexpr std::string_view all_three =
    R"({ to = "digital" }, { to = "forensics" }, { to = "third_party" })";

TEST(Fork, JoinOfAllWaitsForTheLastStrand) {
  const Story story{investigation(all_three, "")};
  ASSERT_GT(story.arrivals().size(), 10U);
  EXPECT_THAT(story.ends("digital"), Each("2019-01-13 16:00:01"));
  EXPECT_THAT(story.ends("forensics"), Each("2019-01-16 16:00:01"));
  EXPECT_THAT(story.ends("third_party_read"), Each("2019-01-20 16:00:01"));
  EXPECT_THAT(story.ends("after"), Each("2019-01-21 16:00:01"));
  EXPECT_EQ(story.ends("after").size(), story.arrivals().size());
  // The case is in the fork for as long as its longest strand takes, each strand in its own stage.
  const std::int64_t cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.stage_cell("task").exit_seconds, cases * 9 * 86400);
  EXPECT_EQ(story.stage_cell("digital").exit_seconds, cases * 2 * 86400);
  EXPECT_EQ(story.mark_cell("digital").every, cases);
}

TEST(Fork, JoinOfTheFirstTwoGivesUpTheThird) {
  const Story story{investigation(all_three, "needs = 2")};
  EXPECT_THAT(story.ends("after"), Each("2019-01-17 16:00:01"));
  EXPECT_THAT(story.ends("third_party"), Each("2019-01-15 16:00:01"));
  EXPECT_THAT(story.ends("third_party_read"), IsEmpty());
  // Given up after one of its five days.
  const StageCell cell = story.stage_cell("third_party_read");
  EXPECT_EQ(cell.exits, std::ssize(story.arrivals()));
  EXPECT_EQ(cell.exit_seconds, cell.exits * 86400);
  EXPECT_EQ(cell.inside_at_end, 0);
}

TEST(Fork, JoinOfTheFirstGoesOnWithTheShortest) {
  const Story story{investigation(all_three, "needs = 1")};
  EXPECT_THAT(story.ends("after"), Each("2019-01-14 16:00:01"));
  EXPECT_THAT(story.ends("forensics"), IsEmpty());
}

TEST(Fork, StartsOnlyTheStrandsThatACaseNeeds) {
  const Story story{investigation(
      R"({ to = "digital" }, { to = "forensics", probability = 0.5 }, { to = "third_party", probability = 0 })",
      "")};
  EXPECT_THAT(story.ends("third_party"), IsEmpty());
  const std::size_t with = story.ends("forensics").size();
  EXPECT_GT(with, 2U);
  EXPECT_LT(with, story.arrivals().size() - 2);
  const std::vector<std::string> ends = story.ends("after");
  EXPECT_EQ(std::ranges::count(ends, "2019-01-17 16:00:01"), std::ssize(story.ends("forensics")));
  EXPECT_EQ(std::ranges::count(ends, "2019-01-14 16:00:01"),
            std::ssize(story.arrivals()) - std::ssize(story.ends("forensics")));
}

TEST(Fork, WithoutAStrandGoesStraightToTheJoin) {
  const Story story{investigation(
      R"({ to = "digital", probability = 0 }, { to = "forensics", probability = 0 }, { to = "third_party", probability = 0 })",
      "")};
  EXPECT_THAT(story.ends("after"), Each("2019-01-12 16:00:01"));
  EXPECT_EQ(story.stage_cell("task").exit_seconds, 0);
}

TEST(Fork, AnotherStrandLeavesTheDrawsOfTheOthersAlone) {
  const Story base{investigation(R"({ to = "digital" }, { to = "forensics", probability = 0.5 }, )"
                                 R"({ to = "third_party", probability = 0 })",
                                 "")};
  const Story more{
      investigation(R"({ to = "third_party", probability = 0.5 }, { to = "digital" }, )"
                    R"({ to = "forensics", probability = 0.5 })",
                    "")};
  const auto cases = [](const Story& story) {
    std::vector<std::uint64_t> keys;
    for (const TraceRecord& record : story.records(EventKind::step_end, "forensics")) {
      keys.push_back(record.case_key);
    }
    std::ranges::sort(keys);
    return keys;
  };
  EXPECT_EQ(cases(base), cases(more));
}

TEST(Fork, DaysGoToTheCausesOfTheStrandThatCameLast) {
  // The strand that comes last works: half an hour a day from Friday 16:00:01, the others wait.
  const Story story{gated("2019-01-05", "2019-04-01") + R"(
[pools.unit]
[stages.task]
kind = "fork"
join = "gathered"
branches = [ { to = "short" }, { to = "long" } ]
[stages.short]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "days" }
next = "gathered"
[stages.long]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "longer"
[stages.longer]
kind = "work"
pool = "unit"
effort = { law = "fixed", value = 47, unit = "hours" }
next = "gathered"
[stages.gathered]
kind = "join"
next = "ended"
)"};
  const std::int64_t cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.cause_seconds(Cause::worked_on), cases * 47 * 3600);
  Seconds gate = 0;
  for (const TraceRecord& record : story.arrivals()) {
    gate += story.at("2019-01-11", 16 * 3600 + 1) - record.when;
  }
  EXPECT_EQ(story.cause_seconds(Cause::outside), gate + cases * 3600);
}

TEST(Fork, WithdrawalEndsEveryStrand) {
  std::string world = investigation(all_three, "") + R"(
[stages.gone]
kind = "outcome"
code = "gone"
[withdrawal.support]
bands = [ { from_day = 0, per_day = 0 }, { from_day = 4, per_day = 1000 } ]
clock = "phase"
to = "gone"
)";
  const std::string fork = "[stages.task]\n";
  world.insert(world.find(fork) + fork.size(), "withdrawal = \"support\"\n");
  const Story story{world};
  const std::int64_t cases = std::ssize(story.arrivals());
  EXPECT_EQ(story.stage_cell("gone").entries, cases);
  EXPECT_THAT(story.ends("forensics"), IsEmpty());
  for (const char* stage : {"task", "forensics", "third_party", "third_party_read"}) {
    EXPECT_EQ(story.stage_cell(stage).inside_at_end, 0) << stage;
  }
  // Four days and the minutes that so high a hazard leaves: a mean of 86 seconds.
  EXPECT_NEAR(static_cast<double>(story.stage_cell("forensics").exit_seconds),
              static_cast<double>(cases * 4 * 86400), 300.0 * static_cast<double>(cases));
}

/// One case in a fork that visits another site on one strand, and withdraws at a known second.
std::string forked_with_a_visit(std::string_view withdrawal, std::string_view needs) {
  return R"(
format = 1
title = "Strands at two sites"
crossing_calendar = "always"
[run]
origin = 2019-01-05
to = 2019-03-01
[levels.force]
[levels.area]
owns_clock = false
[sites.force]
"Kent" = { area = "South" }
[sites.area]
"South" = {}
[stages.report]
kind = "report"
level = "force"
arrivals = 1
next = "strands"
[stages.strands]
kind = "fork"
level = "force"
join = "joined"
branches = [ { to = "lab" }, { to = "request" } ]
withdrawal = "support"
[stages.lab]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 10, unit = "days" }
next = "joined"
[stages.request]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "advice"
[stages.advice]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 3, unit = "days" }
next = "advised"
marks = ["advice"]
withdrawal = "support"
[stages.advised]
kind = "decide"
level = "force"
next = "joined"
marks = ["advised"]
[stages.joined]
kind = "join"
level = "force"
next = "ended"
)" + std::string(needs) +
         R"(
[stages.ended]
kind = "outcome"
level = "force"
code = "ended"
[stages.gone]
kind = "outcome"
level = "force"
code = "gone"
[withdrawal.support]
to = "gone"
clock = "phase"
)" + std::string(withdrawal);
}

constexpr Seconds day = 86400;

TEST(Fork, AStrandVisitsAnotherSiteWhileTheOthersGoOn) {
  const Story story{forked_with_a_visit("bands = [ { from_day = 0, per_day = 0 } ]", "")};
  int looked_at = 0;
  for (const TraceRecord& arrival : story.arrivals()) {
    if (arrival.when > story.pathway().to - 12 * day) continue;
    ++looked_at;
    // Sent after an hour, there at midnight, three days, back at the midnight after.
    const Seconds there = ((arrival.when + 3600) / day + 1) * day;
    for (const TraceRecord& record : story.of_case(arrival.case_key)) {
      const std::string& stage = story.pathway().stages[record.stage.value].name;
      if (record.kind == EventKind::delivery && stage == "advice") {
        EXPECT_EQ(record.when, there);
      }
      if (record.kind == EventKind::delivery && stage == "advised") {
        EXPECT_EQ(record.when, there + 4 * day);
      }
      if (record.kind == EventKind::step_end && stage == "lab") {
        EXPECT_EQ(record.when, arrival.when + 10 * day);
      }
    }
  }
  EXPECT_GT(looked_at, 20);
  EXPECT_GT(story.mark_cell("advised").first, 10U);
}

TEST(Fork, WithdrawalSendsWordToTheSiteThatAStrandVisits) {
  // Everybody withdraws on the second day of the fork, while the strand is at the Area.
  const Story story{forked_with_a_visit(
      "bands = [ { from_day = 0, per_day = 0 }, { from_day = 2, per_day = 1000 } ]", "")};
  const std::int64_t ended = story.stage_cell("gone").entries;
  EXPECT_GT(ended, 15);
  EXPECT_EQ(story.stage_cell("ended").entries, 0);
  EXPECT_EQ(story.mark_cell("advised").every, 0U);
  const std::vector<TraceRecord> notices = story.records(EventKind::notice, "advice");
  EXPECT_GE(std::ssize(notices) + 2, ended);
  for (const TraceRecord& notice : notices) EXPECT_EQ(notice.when % day, 0);
}

TEST(Fork, AStrandThatIsGivenUpAtAnotherSiteIsNotExpectedBack) {
  // The laboratory's ten days are over only after the visit; with one of two needed, advice after
  // four days or so takes the case on and the laboratory is given up.
  const Story first{forked_with_a_visit("bands = [ { from_day = 0, per_day = 0 } ]", "needs = 1")};
  EXPECT_THAT(first.ends("lab"), IsEmpty());
  EXPECT_GT(first.stage_cell("ended").entries, 10);
}

TEST(Fork, IsRestoredInTheMiddleAsIfItHadNeverStopped) {
  for (const std::string& world :
       {investigation(all_three, "needs = 2"),
        forked_with_a_visit("bands = [ { from_day = 0, per_day = 0.1 } ]", ""),
        forked_with_a_visit("bands = [ { from_day = 0, per_day = 0.1 } ]", "needs = 1")}) {
    const Pathway pathway = pathway_from(world);
    std::vector<TraceRecord> whole;
    Trial uninterrupted{pathway, 3, 0, &whole};
    uninterrupted.run_until(pathway.to);
    for (const Seconds stop : {7 * day, 9 * day + 1, 12 * day, 15 * day + 57'601}) {
      std::vector<TraceRecord> parts;
      Trial before{pathway, 3, 0, &parts};
      before.run_until(stop);
      Trial after{pathway, before.save(), &parts};
      after.run_until(pathway.to);
      EXPECT_EQ(parts, whole);
    }
  }
}

}  // namespace
}  // namespace rassoflow
