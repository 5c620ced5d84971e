#include <fmt/format.h>

#include "tests/determinism/world.hpp"

namespace rassoflow {

std::string OwnersText::text() const {
  const std::vector<std::string> tables{
      "[run]\norigin = 2021-01-01\nto = 2022-01-01\nseed = 7\n",
      "[classes.adult]\nshare = 0.7\npriority = 1\n",
      "[classes.child]\nshare = 0.3\n",
      "[levels.force]\n",
      "[levels.area]\nowns_clock = false\n",
      "[levels.region]\n",
      R"([sites.force]
"Kent" = { area = "South", region = "South East" }
"Avon" = { area = { "South" = 0.4, "West" = 0.6 }, region = "South East" }
)",
      "[sites.area]\n\"South\" = {}\n\"West\" = {}\n",
      "[sites.region]\n\"South East\" = {}\n",
      R"([calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:30", "13:00-17:00"]
bank_holidays = "closed"
)",
      R"([calendars.weekdays]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
bank_holidays = "closed"
)",
      R"([pools.officers]
level = "force"
calendar = "office"
positions = "officers"
absence = 0.1
caseload = "caseload"
hand_over_hours = 2
rank = 1
)",
      R"([pools.prosecutors]
level = "area"
calendar = "office"
positions = "prosecutors"
absence = 0.15
caseload = 12
slice_hours = 2
on_end = "finish"
rank = 2
)",
      R"([pools.advisers]
level = "force"
calendar = "weekdays"
positions = "advisers"
caseload = 15
on_end = "stop"
)",
      R"([pools.typists]
level = "force"
calendar = "office"
positions = "typists"
hand_over_hours = 0.5
)",
      R"([stages.report]
kind = "report"
level = "force"
arrivals = 1
withdrawal = "police"
next = "support"
)",
      R"([stages.support]
kind = "hold"
level = "force"
pool = "advisers"
background = true
withdrawal = "police"
next = "allocation"
)",
      R"([stages.allocation]
kind = "hold"
level = "force"
pool = "officers"
due_days = 3
withdrawal = "police"
next = "strands"
)",
      R"([stages.strands]
kind = "fork"
level = "force"
withdrawal = "police"
join = "gathered"
branches = [ { to = "interview" }, { to = "digital", probability = 0.6 }, { to = "notes" } ]
)",
      R"([stages.interview]
kind = "work"
level = "force"
pool = "officers"
mode = "owner"
effort = { law = "gamma", mean = 3, cv = 0.6, unit = "hours" }
next = "gathered"
)",
      R"([stages.digital]
kind = "work"
level = "force"
pool = "officers"
mode = "owner"
priority = -1
effort = { law = "exponential", mean = 4, unit = "hours" }
next = "gathered"
)",
      R"([stages.notes]
kind = "work"
level = "force"
pool = "typists"
effort = { law = "exponential", mean = 3, unit = "hours" }
next = "gathered"
)",
      R"([stages.gathered]
kind = "join"
level = "force"
needs = 2
withdrawal = "police"
next = "review"
)",
      R"([stages.review]
kind = "work"
level = "area"
pool = "prosecutors"
mode = "owner"
effort = { law = "weibull", mean = 3, shape = 1.5, unit = "hours" }
due_days = 21
withdrawal = "police"
next = "decision"
)",
      R"([stages.decision]
kind = "decide"
level = "area"
withdrawal = "police"
routes = [ { to = "no_further_action", probability = 0.3 },
           { to = "action_plan", probability = 0.4, visits = "1-3" },
           { to = "charged" } ]
)",
      R"([stages.action_plan]
kind = "work"
level = "force"
pool = "officers"
mode = "owner"
effort = { law = "exponential", mean = 4, unit = "hours" }
withdrawal = "police"
next = "review"
)",
      R"([stages.charged]
kind = "release"
level = "force"
pool = "officers"
withdrawal = "police"
next = "trial"
)",
      R"([stages.trial]
kind = "wait"
level = "region"
delay = { law = "exponential", mean = 30, unit = "days" }
next = "verdict"
)",
      "[stages.verdict]\nkind = \"outcome\"\nlevel = \"region\"\ncode = \"verdict\"\n",
      "[stages.no_further_action]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"nfa\"\n",
      "[stages.withdrawn]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"withdrawn\"\n",
      R"([withdrawal.police]
bands = [ { from_day = 0, per_day = 0.01 }, { from_day = 7, per_day = 0.004 } ]
held = { pool = "advisers", ratio = "support" }
to = "withdrawn"
)",
      fmt::format(
          "[parameters.officers]\nvalue = 3.6\nunit = \"FTE\"\ngrade = \"assumed\"\nsource = "
          "\"test\"\n{}\n",
          officers_changes.empty()
              ? "changes = [ { site = \"force:Kent\", from = 2021-05-05, value = 2 }, "
                "{ site = \"force:Kent\", from = 2021-08-02, value = 4.5 } ]"
              : officers_changes),
      R"([parameters.prosecutors]
value = 3
unit = "FTE"
grade = "assumed"
source = "test"
changes = [ { from = 2021-04-01, value = 1.5 }, { from = 2021-06-01, value = 4 } ]
)",
      R"([parameters.advisers]
value = 2
unit = "FTE"
grade = "assumed"
source = "test"
changes = [ { from = 2021-03-01, value = 1 }, { from = 2021-09-15, value = 3 } ]
)",
      R"([parameters.typists]
value = 1.4
unit = "FTE"
grade = "assumed"
source = "test"
changes = [ { from = 2021-07-07, value = 0.6 } ]
)",
      R"([parameters.caseload]
value = 8
unit = "cases"
grade = "assumed"
source = "test"
changes = [ { from = 2021-10-01, value = 14 } ]
)",
      R"([parameters.support]
value = 0.5
unit = "ratio"
grade = "assumed"
source = "test"
changes = [ { from = 2021-10-11, value = 0.2 } ]
)",
  };
  std::string text = "format = 1\ntitle = \"Owners\"\ncrossing_calendar = \"weekdays\"\n";
  for (const std::string& table : is_reversed ? reversed(tables) : tables) text += table;
  return text;
}

}  // namespace rassoflow
