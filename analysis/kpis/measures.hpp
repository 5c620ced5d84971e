// The only door from analysis to what a trial counted: quantities of the Monitor by month, and the
// samples of durations, for one scope. Everything above works with these names and never with
// cells.
//
//   Measure entries{Measure::Source::stage_entries, stage_index, Scope{}};
//   monthly_values(pathway, monitor, entries)   // one number a month, exact
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/monitor.hpp"
#include "sim/model/pathway.hpp"

namespace rassoflow {

/// Everything, one class everywhere, or every class at one site (of any level).
struct Scope {
  SiteId site;
  ClassId case_class;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

struct Measure {
  enum class Source : std::uint8_t {
    stage_entries,
    stage_exits,
    stage_exit_seconds,
    stage_started,
    stage_waited_seconds,
    stage_inside_at_end,
    pool_busy_seconds,
    pool_duty_seconds,
    pool_other_work_in,  ///< thousandths of a second of effort
    pool_other_work_done,
    pool_other_work_at_end,
    pool_other_work_second_days,
    pool_other_work_seconds,
    pool_upkeep_done,
    pool_upkeep_at_end,
    pool_upkeep_seconds,
    pool_unallocated_at_end,
    pool_held_at_end,
    pool_positions_at_end,
    mark_first,
    mark_every,
    mark_first_within,  ///< by month of report, up to the measure's horizon, as the next
    mark_every_within,
    ended,         ///< durations
    ended_within,  ///< by month of report, up to the measure's horizon
    reported,
    open_at_end,  ///< where the case is, as the next
    posted_at_end,
    stock_age_at_end,
    cause_seconds,         ///< of cases that ended, from report to outcome
    cause_seconds_within,  ///< by month of report, of those that ended up to the measure's horizon
    batch_meetings,
    batch_places,
    batch_places_used,
    diary_listed,  ///< and the rest of DiaryCell
    diary_effective,
    diary_cracked,
    diary_ineffective,
    diary_vacated,
    diary_moved,
    diary_withdrawn,
    diary_floaters,
    diary_floaters_begun,
    diary_not_reached,
    diary_extended,
    diary_bailed,
    diary_room_days,
    diary_room_days_used,
    diary_room_days_over,
    diary_unlisted_at_end,
    diary_listed_at_end,
  };
  Source source = Source::reported;
  std::uint16_t item = 0;  ///< stage, pool, mark, duration, stock age, cause, batch or listing
  Scope scope;
  std::uint8_t horizon = 0;  ///< index into cohort_days
  friend auto operator<=>(const Measure&, const Measure&) = default;
};

/// The level at whose sites cases are reported: summed over its sites, a count is national.
LevelId level_of_reports(const Pathway& pathway);

using MonthlyValues = std::vector<std::int64_t>;
MonthlyValues monthly_values(const Pathway& pathway, const Monitor& monitor,
                             const Measure& measure);
/// The same for many measures, with one look at the samples.
std::vector<MonthlyValues> monthly_values(const Pathway& pathway, const Monitor& monitor,
                                          const std::vector<Measure>& measures);

std::optional<std::uint16_t> find_mark(const Pathway& pathway, const std::string& mark);
std::optional<std::uint16_t> find_stage(const Pathway& pathway, const std::string& stage);
std::optional<std::uint16_t> find_pool(const Pathway& pathway, const std::string& pool);
/// The measured duration between two marks; `report` is the arrival.
std::optional<std::uint16_t> find_duration(const Pathway& pathway, const std::string& from,
                                           const std::string& to);
/// The same, of which only the time in the stages of one of its parts counts.
std::optional<std::uint16_t> find_duration_part(const Pathway& pathway, const std::string& kpi,
                                                const std::string& part);
/// `days` is any_age or one of the stock's.
std::optional<std::uint16_t> find_stock_age(const Pathway& pathway, const std::string& kpi,
                                            int days);

/// Faults of bookkeeping in one trial, each a number that must be 0.
struct BookkeepingCheck {
  std::string name;
  std::int64_t faults = 0;
};
/// As check_bookkeeping returns them.
std::vector<std::string> bookkeeping_names();
std::vector<BookkeepingCheck> check_bookkeeping(const Pathway& pathway, const Monitor& monitor);

}  // namespace rassoflow
