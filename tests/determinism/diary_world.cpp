#include "tests/determinism/diary_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace rassoflow {

std::string DiaryWorld::text() const {
  std::vector<std::string> tables{
      fmt::format("[run]\norigin = 2021-01-01\nto = {}\nseed = 7\nlayer_rate = 0.5\n", to),
      "[classes.adult]\nshare = 0.7\npriority = 1\n",
      "[classes.child]\nshare = 0.3\n",
      "[levels.force]\n",
      "[levels.area]\nowns_clock = false\n",
      "[levels.region]\n",
      "[sites.force.\"Kent\"]\narea = \"South\"\nregion = \"East\"\n",
      "[sites.force.\"Avon\"]\narea = \"South\"\nregion = { \"East\" = 0.3, \"West\" = 0.7 }\n",
      "[sites.area.\"South\"]\n",
      "[sites.region.\"East\"]\n",
      "[sites.region.\"West\"]\n",
      R"([calendars.court]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["10:00-13:00", "14:00-16:00"]
bank_holidays = "closed"
)",
      R"([calendars.clinic]
days = ["Mon", "Thu"]
hours = ["09:00-12:00"]
bank_holidays = "closed"
)",
      fmt::format(R"([parameters.rooms]
value = 1.3
unit = "rooms"
grade = "assumed"
source = "test"
changes = [
  {{ site = "region:West", from = 2021-04-06, value = 0.4, announced = 2021-03-01 }},
  {{ site = "region:West", from = 2021-05-17, value = 1.3, announced = 2021-04-20 }},
  {{ from = 2021-08-02, value = 0 }},
  {{ site = "region:West", from = 2021-08-04, value = 0 }},
  {{ from = 2021-08-16, value = 2.2, announced = 2021-08-02 }},
  {{ site = "region:West", from = 2021-08-16, value = 1.9, announced = 2021-08-09 }},
  {} ]
)",
                  more_rooms),
      fmt::format(R"([parameters.clinics]
value = 7
unit = "places"
grade = "assumed"
source = "test"
changes = [ {{ from = 2021-06-01, value = 9 }}, {} ]
)",
                  more_clinics),
      R"([stages.report]
kind = "report"
level = "force"
arrivals = 1.2
withdrawal = "police"
next = "clinic"
)",
      R"([stages.clinic]
kind = "batch"
level = "area"
calendar = "clinic"
size = "clinics"
rule = "urgent"
withdrawal = "police"
next = "decision"
)",
      R"([stages.decision]
kind = "decide"
level = "force"
withdrawal = "police"
routes = [ { to = "no_further_action", probability = 0.4 }, { to = "charge" } ]
)",
      R"([stages.charge]
kind = "decide"
level = "region"
marks = ["charged"]
withdrawal = "court"
routes = [ { to = "remanded", probability = 0.3 }, { to = "recorded", probability = 0.3 },
           { to = "trial" } ]
)",
      R"([stages.remanded]
kind = "decide"
level = "region"
sets = ["custody"]
withdrawal = "court"
next = "trial"
)",
      R"([stages.recorded]
kind = "wait"
level = "region"
delay = { law = "exponential", mean = 3, unit = "days" }
sets = ["section_28"]
withdrawal = "court"
next = "trial"
)",
      R"([stages.trial]
kind = "listing"
level = "region"
calendar = "court"
rooms = "rooms"
length = [ { law = "gamma", mean = 2.5, cv = 0.8, unit = "days", visits = "1" },
           { law = "uniform", low = 0, high = 3, unit = "days", visits = "2+" } ]
notice_days = 9
lists_on = "Tue"
first = ["custody", "section_28"]
vacated = 0.15
ineffective = 0.15
cracked = 0.2
overbook = 0.4
custody = { flag = "custody", mark = "charged", days = 40, extension_days = 12, bail = 0.3 }
vacated_to = "new_date"
ineffective_to = "new_date"
cracked_to = "plea"
next = "verdict"
withdrawal = "court"
)",
      R"([stages.new_date]
kind = "wait"
level = "region"
delay = { law = "exponential", mean = 4, unit = "days" }
date_change = true
withdrawal = "court"
next = "trial"
)",
      R"([stages.verdict]
kind = "batch"
level = "region"
calendar = "clinic"
every = 3
size = 3
next = "sentence"
)",
      "[stages.sentence]\nkind = \"outcome\"\nlevel = \"region\"\ncode = \"sentence\"\n",
      "[stages.plea]\nkind = \"outcome\"\nlevel = \"region\"\ncode = \"plea\"\n",
      "[stages.stopped]\nkind = \"outcome\"\nlevel = \"region\"\ncode = \"stopped\"\n",
      "[stages.no_further_action]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"nfa\"\n",
      "[stages.withdrawn]\nkind = \"outcome\"\nlevel = \"force\"\ncode = \"withdrawn\"\n",
      R"([withdrawal.police]
bands = [ { from_day = 0, per_day = 0.01 } ]
to = "withdrawn"
)",
      R"([withdrawal.court]
bands = [ { from_day = 0, per_day = 0.004 } ]
clock = "phase"
date_change_ratio = 1.5
to = "stopped"
)",
  };
  if (is_reversed) std::reverse(tables.begin(), tables.end());
  std::string text = "format = 1\ntitle = \"Diaries\"\ncrossing_calendar = \"clinic\"\n";
  for (const std::string& table : tables) text += table;
  return text;
}

}  // namespace rassoflow
