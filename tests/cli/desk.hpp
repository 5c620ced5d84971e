// The world of the tests that are about the program and not about the pathway: two people at a
// desk, some 730 reports in 2020, 12 hours of work each.
#pragma once

namespace rassoflow {

inline constexpr const char* desk = R"(
format = 1
title = "A desk"
[run]
origin = 2020-01-01
to = 2021-01-01
seed = 7
replications = 6
[parameters.hours]
value = 12
unit = "hours"
low = 4
high = 30
grade = "assumed"
source = "this test"
[parameters.reports]
value = 2
unit = "cases a day"
grade = "assumed"
source = "this test"
[pools.staff]
positions = 2
[stages.report]
kind = "report"
arrivals = "reports"
next = "desk"
[stages.desk]
kind = "work"
pool = "staff"
effort = { law = "exponential", mean = "hours", unit = "hours" }
next = "done"
[stages.done]
kind = "outcome"
code = "done"
)";

}  // namespace rassoflow
