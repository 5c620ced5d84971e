#include "tests/determinism/world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

std::string parameter(std::string_view name, std::string_view value, std::string_view unit,
                      std::string_view more) {
  return fmt::format(
      "[parameters.{}]\nvalue = {}\nunit = \"{}\"\ngrade = \"assumed\"\nsource = \"test\"\n{}\n",
      name, value, unit, more);
}

}  // namespace

std::vector<std::string> reversed(std::vector<std::string> tables) {
  std::reverse(tables.begin(), tables.end());
  for (std::string& table : tables) {
    if (!table.starts_with("[sites.")) continue;
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < table.size();) {
      const std::size_t end = table.find('\n', begin) + 1;
      lines.push_back(table.substr(begin, end - begin));
      begin = end;
    }
    std::reverse(lines.begin() + 1, lines.end());
    table.clear();
    for (const std::string& line : lines) table += line;
  }
  return tables;
}

std::string WorldText::text() const {
  std::vector<std::string> tables{
      R"([run]
origin = 2021-01-01
from = 2021-02-01
to = 2022-01-01
seed = 7
layer_rate = 0.5
)",
      R"([classes.adult]
share = 0.7
priority = 1
)",
      R"([classes.child]
share = 0.3
)",
      "[levels.force]\n",
      "[levels.area]\nowns_clock = false\n",
      "[levels.region]\n",
      R"([sites.force]
"Kent" = { area = "South", region = "South East" }
"Avon" = { area = { "South" = 0.4, "West" = 0.6 }, region = "Western" }
"Devon" = { area = "West", region = "Western" }
)",
      "[sites.area]\n\"South\" = {}\n\"West\" = {}\n",
      "[sites.region]\n\"South East\" = {}\n\"Western\" = {}\n",
      R"([calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:30", "13:00-17:00"]
bank_holidays = "closed"
)",
      R"([calendars.weekdays]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["00:00-24:00"]
bank_holidays = "closed"
closed = [2021-07-14]
)",
      R"([pools.officers]
level = "force"
calendar = "weekdays"
positions = "officers"
absence = 0.1
productivity = "pace"
)",
      R"([pools.prosecutors]
level = "area"
calendar = "office"
positions = "prosecutors"
absence = 0.2
)",
      R"([pools.courtrooms]
level = "region"
calendar = "office"
positions = 2
)",
      R"([stages.report]
kind = "report"
level = "force"
arrivals = "arrivals"
withdrawal = "police"
next = "investigation"
)",
      R"([stages.investigation]
kind = "work"
level = "force"
pool = "officers"
effort = [ { law = "gamma", mean = 20, cv = 0.8, unit = "hours", visits = "1" },
           { law = "exponential", mean = 6, unit = "hours", visits = "2+" } ]
due_days = 30
withdrawal = "police"
routes = [ { to = "no_further_action", probability = 0.3, visits = "1" },
           { to = "evidence" } ]
)",
      R"([stages.evidence]
kind = "wait"
level = "force"
calendar = "weekdays"
delay = { law = "lognormal", mean = "turnaround", cv = 0.9, unit = "days" }
withdrawal = "police"
marks = ["sent"]
next = "review"
)",
      R"([stages.review]
kind = "work"
level = "area"
pool = "prosecutors"
effort = { law = "weibull", mean = 8, shape = 1.5, unit = "hours" }
withdrawal = "police"
next = "decision"
)",
      R"([stages.decision]
kind = "decide"
level = "area"
withdrawal = "police"
routes = [ { to = "no_further_action", probability = 0.2 },
           { to = "investigation", probability = 0.3, visits = "1-2" },
           { to = "charged", probability = "charged", visits = "1-2" },
           { to = "charged", visits = "3+" },
           { to = "lapsed", visits = "1-2" } ]
)",
      R"([stages.charged]
kind = "decide"
level = "force"
withdrawal = "police"
marks = ["charged"]
next = "trial"
)",
      R"([stages.trial]
kind = "work"
level = "region"
pool = "courtrooms"
effort = { law = "uniform", low = 5, high = 30, unit = "hours" }
withdrawal = "court"
routes = [ { to = "trial", probability = 0.2, visits = "1" }, { to = "verdict" } ]
)",
      "[stages.verdict]\nkind = \"outcome\"\nlevel = \"region\"\ncode = \"verdict\"\n",
      R"([stages.no_further_action]
kind = "outcome"
level = "force"
code = "nfa"
)",
      "[stages.lapsed]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"lapsed\"\n",
      R"([stages.support_ends]
kind = "decide"
level = "force"
routes = [ { to = "withdrawn", probability = 0.8 }, { to = "evidence" } ]
)",
      "[stages.withdrawn]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"withdrawn\"\n",
      R"([withdrawal.police]
bands = [ { from_day = 0, per_day = 0.01 }, { from_day = 7, per_day = "hazard" } ]
multiplier = "support"
to = "support_ends"
)",
      R"([withdrawal.court]
bands = [ { from_day = 0, per_day = 0.002 } ]
clock = "phase"
while = "waiting"
to = "support_ends"
)",
      R"([kpis.days_to_charge]
kind = "duration"
from = "sent"
to = "charged"
unit = "days"
)",
      R"([kpis.old]
kind = "stock"
stages = ["evidence", "review"]
over_days = [30, 60]
unit = "cases"
)",
      parameter("arrivals", arrivals, "cases a day", arrivals_changes),
      parameter("officers", "5.4", "FTE",
                "changes = [ { site = \"force:Kent\", from = 2021-05-05, value = 4.2 } ]"),
      parameter("prosecutors", prosecutors, "FTE", prosecutors_changes),
      parameter("charged", charged, "share", charged_changes),
      parameter("hazard", hazard, "per day", hazard_changes),
      parameter("turnaround", turnaround, "days", ""),
      parameter("pace", "1", "rate", "changes = [ { from = 2021-09-01, value = 1.1 } ]"),
      parameter(
          "support", "1", "ratio",
          "changes = [ { from = 2021-04-06, value = 1.5 }, { from = 2021-10-04, value = 0.1 } ]"),
  };
  tables.insert(tables.end(), events.begin(), events.end());
  if (has_cleveland) {
    for (std::string& table : tables) {
      if (table.starts_with("[sites.force]")) {
        table += "\"Cleveland\" = { area = \"North East\", region = \"North\" }\n";
      } else if (table.starts_with("[sites.area]")) {
        table += "\"North East\" = {}\n";
      } else if (table.starts_with("[sites.region]")) {
        table += "\"North\" = {}\n";
      }
    }
  }
  if (is_reversed) tables = reversed(std::move(tables));
  std::string text = "format = 1\ntitle = \"Small world\"\ncrossing_calendar = \"weekdays\"\n";
  for (const std::string& table : tables) text += table;
  return text;
}

std::string event_text(std::string_view name, std::string_view dates, std::string_view effect) {
  return fmt::format(
      "[events.{}]\ntitle = \"Test\"\ngrade = \"assumed\"\nsource = \"test\"\n{}\n"
      "effects = [ {{ {} }} ]\n",
      name, dates, effect);
}

std::string single_site_text() {
  return R"(
format = 1
title = "One site"
[run]
origin = 2021-01-01
to = 2022-01-01
[classes.urgent]
share = 0.25
[classes.standard]
share = 0.75
priority = 1
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"
[parameters.staff]
value = 3.5
unit = "FTE"
grade = "assumed"
source = "test"
changes = [ { from = 2021-06-01, value = 4.5 }, { from = 2021-10-04, value = 2 } ]
[pools.staff]
calendar = "office"
positions = "staff"
[stages.report]
kind = "report"
arrivals = 4
next = "first_review"
[stages.first_review]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = 4, unit = "hours" }
withdrawal = "support"
next = "answer"
[stages.answer]
kind = "wait"
delay = { law = "lognormal", mean = 10, cv = 1, unit = "days" }
withdrawal = "support"
next = "second_review"
[stages.second_review]
kind = "work"
pool = "staff"
priority = -1
effort = { law = "gamma", mean = 2, cv = 0.5, unit = "hours" }
withdrawal = "support"
routes = [ { to = "answer", probability = 0.3, visits = "1-2" }, { to = "done" } ]
[stages.done]
kind = "outcome"
code = "done"
[stages.withdrawn]
kind = "outcome"
code = "withdrawn"
[withdrawal.support]
bands = [ { from_day = 0, per_day = 0.02 }, { from_day = 10, per_day = 0.005 } ]
to = "withdrawn"
)";
}

std::string lines_of(const Monitor& monitor) {
  std::string text;
  const auto line = [&](std::string_view what, std::size_t index, const auto&... values) {
    text += fmt::format("{} {}", what, index);
    ((text += fmt::format(" {}", values)), ...);
    text += '\n';
  };
  for (std::size_t i = 0; i < monitor.stages.size(); ++i) {
    const StageCell& c = monitor.stages[i];
    line("stage", i, c.entries, c.exits, c.exit_seconds, c.exit_waiting_seconds, c.started,
         c.waited_seconds, c.occupied_seconds, c.inside_at_end);
  }
  for (std::size_t i = 0; i < monitor.pools.size(); ++i) {
    const PoolCell& c = monitor.pools[i];
    line("pool", i, c.busy_seconds, c.duty_seconds, c.waiting_at_end, c.unallocated_at_end,
         c.held_at_end, c.positions_at_end);
  }
  for (std::size_t i = 0; i < monitor.marks.size(); ++i) {
    const MarkCell& c = monitor.marks[i];
    line("mark", i, c.every, c.first, c.within[0], c.within[1], c.within[2], c.ever,
         c.again_within[0], c.again_within[1], c.again_within[2]);
  }
  for (std::size_t i = 0; i < monitor.sites.size(); ++i) {
    const SiteCell& c = monitor.sites[i];
    line("site", i, c.reported, c.open_at_end, c.posted_at_end);
  }
  for (std::size_t i = 0; i < monitor.stock_ages.size(); ++i) {
    line("stock", i, monitor.stock_ages[i]);
  }
  for (std::size_t i = 0; i < monitor.causes.size(); ++i) {
    const CauseCell& c = monitor.causes[i];
    line("cause", i, c.ended, c.within[0], c.within[1], c.within[2]);
  }
  for (std::size_t i = 0; i < monitor.batches.size(); ++i) {
    const BatchCell& c = monitor.batches[i];
    line("batch", i, c.meetings, c.places, c.places_used, c.waiting_at_end);
  }
  for (std::size_t i = 0; i < monitor.diaries.size(); ++i) {
    const DiaryCell& c = monitor.diaries[i];
    line("diary", i, c.listed, c.effective, c.cracked, c.ineffective, c.vacated, c.moved,
         c.withdrawn, c.floaters, c.floaters_begun, c.not_reached, c.extended, c.bailed,
         c.room_days, c.room_days_used, c.room_days_over, c.unlisted_at_end, c.listed_at_end);
  }
  for (std::size_t i = 0; i < monitor.samples.size(); ++i) {
    const DurationSample& s = monitor.samples[i];
    line("sample", i, s.seconds, s.duration, s.month, s.report_month, s.sites[0].value,
         s.sites[1].value, s.sites[2].value, static_cast<int>(s.case_class.value),
         static_cast<int>(s.horizon));
  }
  for (std::size_t i = 0; i < monitor.open_ages.size(); ++i) {
    const OpenAge& a = monitor.open_ages[i];
    line("age", i, a.seconds, a.stock, a.month, a.sites[0].value, a.sites[1].value,
         a.sites[2].value, static_cast<int>(a.case_class.value));
  }
  return text;
}

std::string lines_of(const std::vector<TraceRecord>& trace) {
  std::string text;
  for (const TraceRecord& record : trace) {
    text += fmt::format("{} {:016x} {} {}\n", record.when, record.case_key,
                        static_cast<int>(record.kind), record.stage.value);
  }
  return text;
}

Story story_of(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication) {
  Story story;
  Trial trial{pathway, seed, replication, &story.trace};
  trial.run_until(pathway.to);
  story.monitor = trial.finish();
  return story;
}

void expect_same(const std::string& expected, const std::string& actual) {
  if (expected != actual) ADD_FAILURE() << line_difference(expected, actual).substr(0, 4000);
}

}  // namespace rassoflow
