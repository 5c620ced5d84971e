#include "tests/model/story.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace rassoflow {
namespace {

Monitor whole_run(const Pathway& pathway, std::uint64_t seed, std::uint32_t replication,
                  std::vector<TraceRecord>& trace) {
  Trial trial{pathway, seed, replication, &trace};
  trial.run_until(pathway.to);
  return trial.finish();
}

template <class Things, class Name>
std::size_t position_of(const Things& things, std::string_view name, Name name_of) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (name_of(things[i]) == name) return i;
  }
  throw std::runtime_error("there is no " + std::string(name));
}

}  // namespace

std::string run(std::string_view origin, std::string_view to) {
  return fmt::format("format = 1\ntitle = \"A small world\"\n[run]\norigin = {}\nto = {}\n", origin,
                     to);
}

std::string dated(std::string_view name, std::string_view value, std::string_view changes) {
  return fmt::format(
      "[parameters.{}]\nvalue = {}\nunit = \"number\"\nlow = 0\nhigh = 1000000\n"
      "grade = \"assumed\"\nsource = \"a test\"\nchanges = [{}]\n",
      name, value, changes);
}

std::string gated(std::string_view origin, std::string_view to, double rate) {
  const std::string last = format_date(parse_date(origin).value() + std::chrono::days{6});
  return run(origin, to) +
         dated("demand", fmt::format("{}", rate), fmt::format("{{ from = {}, value = 0 }}", last)) +
         R"(
[calendars.gate]
days = ["Fri"]
hours = ["16:00-16:01"]
[stages.report]
kind = "report"
arrivals = "demand"
next = "gate"
[stages.gate]
kind = "wait"
delay = { law = "fixed", value = 1, unit = "seconds" }
calendar = "gate"
next = "task"
[stages.ended]
kind = "outcome"
code = "ended"
)";
}

const std::string_view office_hours = R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-17:00"]
bank_holidays = "closed"
)";

Story story_of_cases(std::size_t cases, const std::string& toml) {
  for (std::uint64_t seed = 1; seed < 200; ++seed) {
    Story story{toml, seed};
    if (story.arrivals().size() == cases) return story;
  }
  throw std::runtime_error("no seed gives that number of cases");
}

Story::Story(const std::string& toml, std::uint64_t seed, std::uint32_t replication)
    : pathway_(pathway_from(toml)), monitor_(whole_run(pathway_, seed, replication, trace_)) {}

StageId Story::stage(std::string_view name) const {
  const auto name_of = [](const Stage& stage) -> const std::string& { return stage.name; };
  return {static_cast<std::uint16_t>(position_of(pathway_.stages, name, name_of))};
}

MarkId Story::mark(std::string_view name) const {
  const auto name_of = [](const std::string& mark) { return mark; };
  return {static_cast<std::uint16_t>(position_of(pathway_.marks, name, name_of))};
}

SiteId Story::site(std::string_view qualified) const {
  if (qualified.empty()) return SiteId{0};
  const auto name_of = [](const Site& site) -> const std::string& { return site.qualified; };
  return {static_cast<std::uint16_t>(position_of(pathway_.sites, qualified, name_of))};
}

Seconds Story::at(std::string_view date, Seconds seconds_of_day) const {
  return pathway_.axis.at(parse_date(date).value()) + seconds_of_day;
}

std::vector<TraceRecord> Story::records(EventKind kind, std::string_view name) const {
  const StageId wanted = stage(name);
  std::vector<TraceRecord> found;
  for (const TraceRecord& record : trace_) {
    if (record.kind == kind && record.stage == wanted) found.push_back(record);
  }
  return found;
}

std::vector<TraceRecord> Story::arrivals() const {
  std::vector<TraceRecord> found;
  for (const TraceRecord& record : trace_) {
    if (record.kind == EventKind::arrival) found.push_back(record);
  }
  return found;
}

std::vector<std::string> Story::dates(EventKind kind, std::string_view name) const {
  std::vector<std::string> found;
  for (const TraceRecord& record : records(kind, name)) found.push_back(date(record.when));
  return found;
}

std::vector<TraceRecord> Story::of_case(std::uint64_t case_key) const {
  std::vector<TraceRecord> found;
  for (const TraceRecord& record : trace_) {
    if (record.case_key == case_key) found.push_back(record);
  }
  return found;
}

Seconds Story::cause_seconds(Cause cause) const {
  Seconds sum = 0;
  for (std::size_t month = 0; month < pathway_.months(); ++month) {
    sum += monitor_.causes[monitor_.cause_cell(pathway_, month, cause, SiteId{0})].ended;
  }
  return sum;
}

StageCell Story::stage_cell(std::string_view name, std::size_t month) const {
  const Stage& of = pathway_.stages[stage(name).value];
  StageCell sum;
  for (std::uint16_t i = 0; i < pathway_.levels[of.level.value].site_count; ++i) {
    sum += monitor_.stages[monitor_.stage_cell(pathway_, month, stage(name), i)];
  }
  return sum;
}

MarkCell Story::mark_cell(std::string_view name, std::size_t month, std::string_view at) const {
  return monitor_.marks[monitor_.mark_cell(pathway_, month, mark(name), site(at))];
}

SiteCell Story::site_cell(std::size_t month, std::string_view at) const {
  SiteCell sum;
  for (std::size_t c = 0; c < pathway_.classes.size(); ++c) {
    const SiteCell& cell = monitor_.sites[monitor_.site_cell(
        pathway_, month, site(at), ClassId{static_cast<std::uint8_t>(c)})];
    sum.reported += cell.reported;
    sum.open_at_end += cell.open_at_end;
    sum.posted_at_end += cell.posted_at_end;
  }
  return sum;
}

}  // namespace rassoflow
