// A small world told to the second: one trial with its trace, looked at by stage name and in
// dates that a reader can check against a calendar.
//
//   const Story story{run("2019-04-06", "2019-05-01") + cases_in_first_week + R"(
//     [stages.task] ... )"};
//   EXPECT_THAT(story.ends("task"), Each("2019-04-15 16:00:01"));
//
// `cases_in_first_week` lets about 20 cases arrive in the first seven days and sends them through
// a gate that opens on Friday at 16:00 for a second of delay: all of them join stage `task` at
// 16:00:01, so that everything after it follows by hand.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/trial.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {

/// Format, title and dates of a world.
std::string run(std::string_view origin, std::string_view to);
/// A parameter whose value changes: `changes` as in TOML, without the brackets.
std::string dated(std::string_view name, std::string_view value, std::string_view changes);
/// As the head of this file says; the first day is a Saturday. `rate` cases a day.
std::string gated(std::string_view origin, std::string_view to, double rate = 3);
/// Five days of eight hours: [calendars.office].
extern const std::string_view office_hours;

class Story {
 public:
  explicit Story(const std::string& toml, std::uint64_t seed = 1, std::uint32_t replication = 0);

  const Pathway& pathway() const { return pathway_; }
  const Monitor& monitor() const { return monitor_; }
  const std::vector<TraceRecord>& trace() const { return trace_; }

  StageId stage(std::string_view name) const;
  MarkId mark(std::string_view name) const;
  /// An empty name is the only site.
  SiteId site(std::string_view qualified) const;

  std::string date(Seconds when) const { return pathway_.axis.format(when); }
  Seconds at(std::string_view date, Seconds seconds_of_day = 0) const;

  /// In the order in which they happened.
  std::vector<TraceRecord> records(EventKind kind, std::string_view stage) const;
  std::vector<TraceRecord> arrivals() const;
  std::vector<std::string> dates(EventKind kind, std::string_view stage) const;
  std::vector<std::string> ends(std::string_view stage) const {
    return dates(EventKind::step_end, stage);
  }
  std::vector<TraceRecord> of_case(std::uint64_t case_key) const;

  /// Sums over sites and classes.
  StageCell stage_cell(std::string_view stage, std::size_t month = 0) const;
  MarkCell mark_cell(std::string_view mark, std::size_t month = 0,
                     std::string_view site = "") const;
  SiteCell site_cell(std::size_t month = 0, std::string_view site = "") const;
  /// Of all cases that ended, of the only site and class.
  Seconds cause_seconds(Cause cause) const;
  const PoolCell& pool_cell(std::size_t month = 0, std::size_t instance = 0) const {
    return monitor_.pools[month * pathway_.instances.size() + instance];
  }

 private:
  Pathway pathway_;
  std::vector<TraceRecord> trace_;
  Monitor monitor_;
};

/// The story with the first seed that lets exactly so many cases arrive.
Story story_of_cases(std::size_t cases, const std::string& toml);

}  // namespace rassoflow
