// A small world with something of everything: three forces, two areas (one force shares its cases
// between both), two court regions, withdrawal phases, a loop with routes by visit, office hours
// with bank holidays, part-time staff, absence and dated changes.
//
//   WorldText world;                       // as it is
//   world.arrivals = "2.2";                // or changed
//   const Pathway pathway = pathway_from(world.text());
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/monitor.hpp"
#include "sim/model/pathway.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {

struct WorldText {
  std::string arrivals = "2.0";  ///< a day and force
  std::string prosecutors = "2.5";
  std::string charged = "0.5";
  std::string hazard = "0.004";
  std::string turnaround = "20";  ///< days, mean of the wait for evidence
  /// Each: further text of a parameter, such as `changes = [ { from = 2021-06-01, value = 3 } ]`.
  std::string arrivals_changes, prosecutors_changes, charged_changes, hazard_changes;
  std::vector<std::string> events;  ///< each a table, such as that of event_text
  bool has_cleveland = false;       ///< a force with an area and a region of its own
  bool is_reversed = false;         ///< every table in the opposite order
  std::string text() const;
};

/// `[events.NAME]` with one effect; `dates` such as "from = 2021-06-01".
std::string event_text(std::string_view name, std::string_view dates, std::string_view effect);

/// Who owns cases: an officer from an explicit hold on, over a fork and visits; a prosecutor from
/// the first visit to the last; an adviser in the background, who lowers the hazard; staff that
/// falls, rises and is absent.
struct OwnersText {
  std::string officers_changes;
  bool is_reversed = false;
  std::string text() const;
};

/// One site, two classes, priorities, one queue with fractional staff, a loop, withdrawal.
std::string single_site_text();

/// Tables in the opposite order, and sites within theirs.
std::vector<std::string> reversed(std::vector<std::string> tables);

/// Every field of every cell, a line each, so that a difference says what differs.
std::string lines_of(const Monitor& monitor);
std::string lines_of(const std::vector<TraceRecord>& trace);

struct Story {
  Monitor monitor;
  std::vector<TraceRecord> trace;
};
Story story_of(const Pathway& pathway, std::uint64_t seed = 1, std::uint32_t replication = 0);

/// Like EXPECT_EQ, but prints only the lines that differ.
void expect_same(const std::string& expected, const std::string& actual);

}  // namespace rassoflow
