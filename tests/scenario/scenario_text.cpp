#include "tests/scenario/scenario_text.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace rassoflow::scenario_test {

std::string small_world() {
  return R"(format = 1
title = "A small world"

[run]
origin = 2020-01-01
to = 2021-01-01
seed = 7

[parameters.reports]
value = 30
unit = "cases per month"
grade = "assumed"
source = "made up"
changes = [ { from = 2020-04-01, value = 40, announced = 2020-03-23 } ]

[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"

[pools.officers]
calendar = "office"
positions = 3

[stages.report]
kind = "report"
arrivals = "reports"
per = "month"
next = "review"

[stages.review]
kind = "work"
pool = "officers"
effort = { law = "gamma", mean = 14, cv = 0.5, unit = "hours" }
withdrawal = "police"
marks = ["reviewed"]
routes = [
  { to = "closed", probability = 0.6 },
  { to = "lab", probability = { product = [0.5, 0.2] }, visits = "1-2" },
  { to = "charged" },
]

[stages.lab]
kind = "wait"
delay = { law = "exponential", mean = 3, unit = "days" }
next = "review"

[stages.closed]
kind = "outcome"
code = "15"

[stages.charged]
kind = "outcome"
code = "1"

[stages.withdrawn]
kind = "outcome"
code = "16"

[withdrawal.police]
bands = [ { from_day = 0, per_day = 0.01 }, { from_day = 7, per_day = 0.001 } ]
to = "withdrawn"
)";
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(from));
  return text.replace(at, from.size(), to);
}

std::vector<std::string> faults_in(std::string_view text, const Files& files) {
  const MemoryFiles provider{files};
  const auto read = read_scenario_text("world/main.toml", text, provider);
  const auto* faults = std::get_if<Diagnostics>(&read);
  const Diagnostics found = faults != nullptr ? *faults : check_scenario(std::get<Scenario>(read));
  std::vector<std::string> out;
  for (const Diagnostic& fault : found) out.push_back(fault.key + ": " + fault.message);
  return out;
}

std::string full_faults(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) out += format_diagnostic(diagnostic) + "\n";
  return out;
}

Scenario scenario_of(std::string_view text, const Files& files) {
  const MemoryFiles provider{files};
  auto read = read_scenario_text("world/main.toml", text, provider);
  if (const auto* faults = std::get_if<Diagnostics>(&read)) {
    throw std::runtime_error(full_faults(*faults));
  }
  return std::get<Scenario>(std::move(read));
}

Date day(const char* text) {
  return parse_date(text).value();
}

Quantity named(const std::string& parameter) {
  Quantity out;
  out.kind = Quantity::Kind::parameter;
  out.parameter = parameter;
  return out;
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace rassoflow::scenario_test
