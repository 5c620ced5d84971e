// Small courts: a stage `task` of kind listing that sits Monday to Friday from 10:00 to 16:00 but
// not on bank holidays, fed by the gate of story.hpp on a Friday at 16:00:01. Who loses a date is
// back an hour later.
#pragma once

#include <fmt/format.h>

#include "tests/model/story.hpp"

namespace rassoflow {

inline std::string fixed(double days) {
  return fmt::format("{{ law = \"fixed\", value = {}, unit = \"days\" }}\n", days);
}

/// `keys` as in TOML: rooms, length, notice_days and whatever else.
inline std::string trials(std::string_view keys) {
  return std::string(R"(
[calendars.court]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["10:00-13:00", "14:00-16:00"]
bank_holidays = "closed"
[stages.task]
kind = "listing"
calendar = "court"
vacated_to = "again"
ineffective_to = "again"
cracked_to = "cracked"
next = "ended"
)") + std::string(keys) +
         R"(
[stages.again]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "task"
[stages.cracked]
kind = "outcome"
code = "cracked"
)";
}

/// Over all months and diaries.
inline std::int64_t sum_of(const std::vector<DiaryCell>& cells, std::int64_t DiaryCell::*part) {
  std::int64_t sum = 0;
  for (const DiaryCell& cell : cells) sum += cell.*part;
  return sum;
}

}  // namespace rassoflow
