// Places that are kept while the case is elsewhere, and what holding one does to the hazard of
// withdrawal. January 2019: the 11th is a Friday, on which the gate lets all cases in at 16:00:01.
#include <algorithm>
#include <map>

#include "sim/random/variates.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> first(const std::vector<std::string>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

/// One prosecutor with one place, who owns the case over two visits with three days at home
/// between.
std::string two_visits(std::string_view more = "", std::string_view effort = "value = 2") {
  return run("2019-01-05", "2019-12-01") +
         dated("demand", "3", "{ from = 2019-01-11, value = 0 }") +
         R"(
[levels.force]
[levels.area]
owns_clock = false
[sites.force."Kent"]
[sites.area."South"]
[calendars.gate]
days = ["Fri"]
hours = ["16:00-16:01"]
[pools.prosecutors]
level = "area"
positions = 1
caseload = 1
[stages.report]
kind = "report"
level = "force"
arrivals = "demand"
next = "gate"
[stages.gate]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "seconds" }
calendar = "gate"
next = "review"
[stages.review]
kind = "work"
level = "area"
pool = "prosecutors"
mode = "owner"
effort = { law = "fixed", )" +
         std::string(effort) + R"(, unit = "hours" }
next = "reply"
[stages.reply]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 3, unit = "days" }
next = "decision"
[stages.decision]
kind = "work"
level = "area"
pool = "prosecutors"
mode = "owner"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.ended]
kind = "outcome"
level = "force"
code = "ended"
[calendars.weekdays]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
)" + std::string(more);
}

std::string on_weekdays(std::string text) {
  text.insert(text.find("[run]"), "crossing_calendar = \"weekdays\"\n");
  return text;
}

TEST(HeldPlace, IsKeptBetweenVisitsAndGivenBackByAMessageOfTheNextWorkingDay) {
  // Monday 14th 00:00 to the Area, 2 hours; home on the 15th, 3 days; back on Monday 21st, 1 hour;
  // home and ended on the 22nd; the Area hears of it on the 23rd and takes the next case.
  const Story story{on_weekdays(two_visits())};
  ASSERT_GT(story.arrivals().size(), 5U);
  EXPECT_THAT(first(story.ends("review"), 4),
              ElementsAre("2019-01-14 02:00:00", "2019-01-23 02:00:00", "2019-01-30 02:00:00",
                          "2019-02-06 02:00:00"));
  EXPECT_THAT(first(story.ends("decision"), 3),
              ElementsAre("2019-01-21 01:00:00", "2019-01-28 01:00:00", "2019-02-04 01:00:00"));
  EXPECT_EQ(story.ends("decision").size(), story.arrivals().size());
}

constexpr std::string_view gone = R"(
[withdrawal.support]
bands = [ { from_day = 0, per_day = "hazard" } ]
to = "gone"
[stages.gone]
kind = "outcome"
level = "force"
code = "gone"
)";

TEST(HeldPlace, OfACaseThatWithdrawsAtHomeIsGivenBackOnTheNextWorkingDay) {
  // In the reply, and only there, everyone withdraws within minutes from the 16th on.
  std::string text = on_weekdays(
      two_visits(std::string(gone) + dated("hazard", "0", "{ from = 2019-01-16, value = 1000 }")));
  text.replace(text.find("value = 3, unit = \"days\" }"), 26,
               "value = 3, unit = \"days\" }\nwithdrawal = \"support\"");
  const Story story{text};
  EXPECT_THAT(first(story.ends("review"), 4),
              ElementsAre("2019-01-14 02:00:00", "2019-01-17 02:00:00", "2019-01-21 02:00:00",
                          "2019-01-23 02:00:00"));
  EXPECT_THAT(story.ends("decision"), IsEmpty());
}

TEST(HeldPlace, OfACaseThatWithdrawsDuringTheVisitIsGivenBackWithTheNotice) {
  // The first is in its owner's hands, the others wait for one, when all withdraw on the 16th.
  std::string text = on_weekdays(
      two_visits(std::string(gone) + dated("hazard", "0", "{ from = 2019-01-16, value = 1000 }"),
                 "value = 2000"));
  text.replace(text.find("unit = \"hours\" }\nnext = \"reply\""), 16,
               "unit = \"hours\" }\nwithdrawal = \"support\"");
  const Story story{text};
  const auto cases = std::ssize(story.arrivals());
  EXPECT_EQ(std::ssize(story.records(EventKind::withdrawal, "review")), cases);
  EXPECT_THAT(story.dates(EventKind::notice, "review"), Each("2019-01-17 00:00:00"));
  const StageCell cell = story.stage_cell("review");
  EXPECT_EQ(cell.started, 1);
  EXPECT_EQ(cell.exit_seconds, cases * 3 * 86400);
  EXPECT_EQ(cell.exit_waiting_seconds, (cases - 1) * 3 * 86400);
  EXPECT_EQ(story.pool_cell(0).held_at_end, 0);
  EXPECT_EQ(story.pool_cell(0).unallocated_at_end, 0);
}

TEST(HeldPlace, OfAVisitThatNobodyExpectsBackIsGivenBackFromHome) {
  // The review of an hour ends on Saturday the 12th at 01:00. Where the case withdraws on its way
  // home that day, it is home on the 13th and the Area has its place back on the 14th.
  std::string text =
      two_visits(std::string(gone) +
                     dated("hazard", "0",
                           "{ from = 2019-01-12, value = 1 }, { from = 2019-01-13, value = 0 }"),
                 "value = 1");
  text.replace(text.find("unit = \"hours\" }\nnext = \"reply\""), 16,
               "unit = \"hours\" }\nwithdrawal = \"support\"");
  int seen = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Story story{text, seed};
    const auto reviews = story.records(EventKind::step_end, "review");
    if (reviews.size() < 2 || story.date(reviews[0].when) != "2019-01-12 01:00:00") continue;
    const auto steps = story.of_case(reviews[0].case_key);
    const bool withdrew_on_its_way = std::ranges::any_of(steps, [&](const TraceRecord& record) {
      return record.kind == EventKind::withdrawal && record.when > reviews[0].when;
    });
    if (!withdrew_on_its_way) continue;
    ++seen;
    EXPECT_EQ(story.date(reviews[1].when), "2019-01-14 01:00:00");
  }
  EXPECT_GT(seen, 5);
}

/// All cases are away for 100 days; four have a place on the list of an adviser.
std::string supported(std::string_view hazard, std::string_view ratio, std::string_view hold_keys,
                      double rate = 3) {
  return gated("2019-01-05", "2019-12-01", rate) + R"(
[pools.isva]
positions = 1
caseload = 4
[stages.task]
kind = "hold"
pool = "isva"
next = "errand"
)" + std::string(hold_keys) +
         R"(
[stages.errand]
kind = "wait"
delay = { law = "fixed", value = 100, unit = "days" }
withdrawal = "support"
next = "ended"
[withdrawal.support]
bands = [ { from_day = 0, per_day = )" +
         std::string(hazard) + R"( } ]
held = { pool = "isva", ratio = )" +
         std::string(ratio) + R"( }
to = "gone"
[stages.gone]
kind = "outcome"
code = "gone"
)";
}

/// A case takes and gives back a place of an Area. Then one strand takes a place there again, while
/// the other is on a visit with what the case knew before.
TEST(HeldPlace, OfOneStrandIsNotLostToWhatAnotherWasSentWith) {
  const Story story{run("2019-01-05", "2019-12-01") +
                    dated("demand", "3", "{ from = 2019-01-11, value = 0 }") + R"(
[levels.force]
[levels.area]
owns_clock = false
[sites.force."Kent"]
[sites.area."South"]
[pools.prosecutors]
level = "area"
positions = 100
caseload = 1
[stages.report]
kind = "report"
level = "force"
arrivals = "demand"
next = "first"
[stages.first]
kind = "hold"
level = "area"
pool = "prosecutors"
next = "first_reply"
[stages.first_reply]
kind = "decide"
level = "force"
next = "first_end"
[stages.first_end]
kind = "release"
level = "area"
pool = "prosecutors"
next = "strands"
[stages.strands]
kind = "fork"
level = "force"
join = "joined"
branches = [ { to = "one" }, { to = "other" } ]
[stages.one]
kind = "decide"
level = "force"
next = "second"
[stages.other]
kind = "decide"
level = "force"
next = "advice"
[stages.second]
kind = "hold"
level = "area"
pool = "prosecutors"
next = "reply"
[stages.reply]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 10, unit = "days" }
next = "second_end"
[stages.second_end]
kind = "release"
level = "area"
pool = "prosecutors"
next = "replied"
[stages.replied]
kind = "decide"
level = "force"
next = "joined"
[stages.advice]
kind = "wait"
level = "area"
delay = { law = "fixed", value = 5, unit = "days" }
next = "advised"
[stages.advised]
kind = "decide"
level = "force"
next = "joined"
[stages.joined]
kind = "join"
level = "force"
next = "last"
[stages.last]
kind = "wait"
level = "force"
delay = { law = "fixed", value = 1, unit = "days" }
next = "ended"
[stages.ended]
kind = "outcome"
level = "force"
code = "ended"
)"};
  ASSERT_GT(story.arrivals().size(), 10U);
  EXPECT_EQ(story.ends("last").size(), story.arrivals().size());
  EXPECT_EQ(story.pool_cell().held_at_end, 0);
}

TEST(HeldPlace, WithARatioOfNoughtKeepsTheVictimAndNobodyElse) {
  const Story story{supported("\"hazard\"", "0", "background = true") +
                    dated("hazard", "0", "{ from = 2019-01-20, value = 1000 }")};
  // All four places are held to the end; who has none withdraws.
  EXPECT_EQ(std::ssize(story.records(EventKind::withdrawal, "errand")),
            std::ssize(story.arrivals()) - 4);
  EXPECT_THAT(story.ends("errand"), Each("2019-04-21 16:00:01"));
  EXPECT_EQ(story.ends("errand").size(), 4U);
}

TEST(HeldPlace, WithARatioOfOneChangesNothing) {
  const Story with{supported("0.01", "1", "background = true")};
  std::string text = supported("0.01", "1", "background = true");
  const std::size_t held = text.find("held = {");
  text.erase(held, text.find('\n', held) - held);
  const Story without{text};
  EXPECT_EQ(with.trace(), without.trace());
}

/// One place: whoever has it withdraws at another hazard, then it goes to the next who is left.
int cases_with_place(std::string_view in_words, double ratio) {
  constexpr double hazard = 0.02 / 86400;
  std::string text = supported("0.02", in_words, "background = true");
  text.replace(text.find("caseload = 4"), 12, "caseload = 1");
  text.replace(text.find("value = 100, unit"), 17, "value = 9000, unit");
  const Story story{text};
  const Seconds joined = story.at("2019-01-11", 16 * 3600 + 1);
  std::map<std::uint64_t, Seconds> withdrawn;
  for (const TraceRecord& record : story.records(EventKind::withdrawal, "errand")) {
    withdrawn[record.case_key] = record.when;
  }
  std::vector<std::uint64_t> queue;
  for (const TraceRecord& arrival : story.arrivals()) queue.push_back(arrival.case_key);
  std::ranges::sort(queue, {}, [&](std::uint64_t key) {
    return mix64(key ^ static_cast<std::uint64_t>(joined));
  });
  Seconds place_free = joined;
  int with_place = 0;
  for (const std::uint64_t key : queue) {
    KeyedStream draws{Purpose{1, "withdrawal"}, 0, key, 0};
    const double alone = standard_exponential(draws) / hazard;
    const auto waited = static_cast<double>(place_free - joined);
    const bool had_place = alone > waited;
    const double expected =
        static_cast<double>(joined) + (had_place ? waited + (alone - waited) / ratio : alone);
    if (expected >= static_cast<double>(story.pathway().to)) break;
    EXPECT_NEAR(static_cast<double>(withdrawn[key]), expected, 1.001);
    if (!had_place) continue;
    ++with_place;
    place_free = withdrawn[key];
  }
  return with_place;
}

TEST(HeldPlace, SpendsTheHazardUpToItsDayAndGoesOnAtTheRatio) {
  EXPECT_GE(cases_with_place("0.5", 0.5), 1);
  EXPECT_GE(cases_with_place("4", 4), 5);
}

}  // namespace
}  // namespace rassoflow
