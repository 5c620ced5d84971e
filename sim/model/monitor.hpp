// What one trial counts, all of it in integers: no figure depends on the order
// in which events of different sites were processed, and sums over sites and
// months are exact.
//
// Layout of the cells: month first, then what the Pathway's offsets say, so
// that the hot loop writes to one small stretch of memory. The first month of a
// run is month 0, whether or not it counts as warm-up.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "sim/model/pathway.hpp"

namespace rassoflow {

/// One stage, one month: of the visits at one site, or of one class at every site of the stage.
struct StageCell {
  std::int32_t entries = 0;
  std::int32_t exits = 0;
  std::int32_t started = 0;  ///< visits whose work began
  std::int32_t inside_at_end = 0;
  Seconds exit_seconds = 0;          ///< spent inside by the visits that ended in the month
  Seconds exit_waiting_seconds = 0;  ///< of which in a pool's queue
  Seconds waited_seconds = 0;        ///< before the work of those that started began
  Seconds occupied_seconds = 0;      ///< the number inside, integrated over the month

  StageCell& operator+=(const StageCell& other) {
    entries += other.entries;
    exits += other.exits;
    started += other.started;
    inside_at_end += other.inside_at_end;
    exit_seconds += other.exit_seconds;
    exit_waiting_seconds += other.exit_waiting_seconds;
    waited_seconds += other.waited_seconds;
    occupied_seconds += other.occupied_seconds;
    return *this;
  }
};

/// One pool at one site, one month; working seconds of the pool's calendar.
struct PoolCell {
  Seconds busy_seconds = 0;
  Seconds duty_seconds = 0;
  std::int64_t waiting_at_end = 0;
  // Other work and upkeep, in thousandths of a second of effort.
  std::int64_t other_work_in = 0;
  std::int64_t other_work_done = 0;
  std::int64_t other_work_at_end = 0;
  std::int64_t upkeep_in = 0;
  std::int64_t upkeep_done = 0;
  std::int64_t upkeep_at_end = 0;
  std::int64_t other_work_second_days = 0;  ///< seconds waiting at the end of each day, summed
  Seconds other_work_seconds = 0;           ///< working seconds that it took
  Seconds upkeep_seconds = 0;
  std::int64_t unallocated_at_end = 0;  ///< cases that wait for an owner
  std::int64_t held_at_end = 0;         ///< cases that have one
  std::int64_t positions_at_end = 0;    ///< that exist, or work off what they have
};

/// One batch at one site, one month.
struct BatchCell {
  std::int64_t meetings = 0;
  std::int64_t places = 0;
  std::int64_t places_used = 0;
  std::int64_t waiting_at_end = 0;
};

/// One diary, one month. Every listing ends in one of the five that follow it or is withdrawn.
struct DiaryCell {
  std::int64_t listed = 0;
  std::int64_t effective = 0;  ///< trials that began
  std::int64_t cracked = 0;
  std::int64_t ineffective = 0;
  std::int64_t vacated = 0;
  std::int64_t moved = 0;  ///< vacated by the court, for want of rooms
  std::int64_t withdrawn = 0;
  std::int64_t floaters = 0;  ///< of the listed
  std::int64_t floaters_begun = 0;
  std::int64_t not_reached = 0;  ///< floaters for whom no room fell free; also ineffective
  std::int64_t extended = 0;     ///< time limits
  std::int64_t bailed = 0;
  std::int64_t room_days = 0;
  std::int64_t room_days_used = 0;
  std::int64_t room_days_over = 0;  ///< of the used, above capacity: taken off later days
  std::int64_t unlisted_at_end = 0;
  std::int64_t listed_at_end = 0;
};

/// One mark, one month: of the cases of one site (of any level), or of one class everywhere.
struct MarkCell {
  std::uint32_t every = 0;
  std::uint32_t first = 0;
  /// By month of report: cases that reached the mark within cohort_days, and ever.
  std::array<std::uint32_t, cohort_days.size()> within{};
  std::uint32_t ever = 0;
  /// The same for the times that a case reached it again.
  std::array<std::uint32_t, cohort_days.size()> again_within{};
};

/// Seconds from report to outcome that went to one cause, one month: of the cases of one site (of
/// any level), or of one class everywhere.
struct CauseCell {
  Seconds ended = 0;  ///< of the cases that ended in the month
  /// Of the cases reported in the month that ended within cohort_days.
  std::array<Seconds, cohort_days.size()> within{};
};

/// One site (of any level), one class, one month.
struct SiteCell {
  std::int64_t reported = 0;       ///< cases of the site reported in the month
  std::int64_t open_at_end = 0;    ///< cases of the site without an outcome at the end of it
  std::int64_t posted_at_end = 0;  ///< of which between two sites
};

/// The first of cohort_days that a case of this age has not passed; their number if it has all.
inline std::uint8_t horizon_of(Seconds age) {
  int horizon = 0;
  for (const int days : cohort_days) horizon += age > days * seconds_per_day ? 1 : 0;
  return static_cast<std::uint8_t>(horizon);
}

/// A case reached the end of a measured duration.
struct DurationSample {
  std::uint32_t seconds = 0;
  std::uint16_t duration = 0;  ///< index into Pathway::durations
  std::uint16_t month = 0;     ///< of its end
  std::uint16_t report_month = 0;
  std::array<SiteId, max_levels> sites{};  ///< of the case, by level
  ClassId case_class;
  /// At its end the case was at most cohort_days[horizon] old; their number if older than all.
  std::uint8_t horizon = 0;
};

/// A case that was in a stock at the end of a month in which ages are taken.
struct OpenAge {
  std::uint32_t seconds = 0;
  std::uint16_t stock = 0;  ///< index into Pathway::stock_ages, the entry of any age
  std::uint16_t month = 0;
  std::array<SiteId, max_levels> sites{};
  ClassId case_class;
};

struct Monitor {
  std::vector<StageCell> stages;  ///< [month][Stage::first_cell + local site, then classes]
  std::vector<PoolCell> pools;    ///< [month][instance]
  std::vector<MarkCell> marks;    ///< [month][mark][sites, then classes]
  std::vector<SiteCell> sites;    ///< [month][site][class]
  std::vector<std::int64_t>
      stock_ages;  ///< [month][stock age][site][class] at the end of each month that counts
  std::vector<CauseCell> causes;  ///< [month][cause][sites, then classes]
  // Without a limit and never copied to grow.
  std::deque<DurationSample> samples;
  std::deque<OpenAge> open_ages;
  std::vector<BatchCell> batches;  ///< [month][batch instance]
  std::vector<DiaryCell> diaries;  ///< [month][diary]

  explicit Monitor(const Pathway& pathway);
  Monitor() = default;

  /// While a trial runs, what cohorts reached is counted once, under the first horizon that it
  /// meets; every later horizon is added at the end, and taken off again where a trial goes on.
  void add_later_horizons();
  void take_off_later_horizons();

  /// Cells of what is counted by site and by class, but not by both.
  static std::size_t places(const Pathway& pathway) {
    return pathway.sites.size() + pathway.classes.size();
  }
  static std::size_t place_of(const Pathway& pathway, ClassId case_class) {
    return pathway.sites.size() + case_class.value;
  }
  std::size_t mark_cell(const Pathway& pathway, std::size_t month, MarkId mark, SiteId site) const {
    return (month * pathway.marks.size() + mark.value) * places(pathway) + site.value;
  }
  std::size_t mark_cell(const Pathway& pathway, std::size_t month, MarkId mark,
                        ClassId case_class) const {
    return mark_cell(pathway, month, mark, SiteId{0}) + place_of(pathway, case_class);
  }
  std::size_t stage_cell(const Pathway& pathway, std::size_t month, StageId stage,
                         std::uint16_t local_site) const {
    return month * pathway.stage_cells + pathway.stages[stage.value].first_cell + local_site;
  }
  std::size_t stage_cell(const Pathway& pathway, std::size_t month, StageId stage,
                         ClassId case_class) const {
    const Level& level = pathway.levels[pathway.stages[stage.value].level.value];
    return stage_cell(pathway, month, stage, std::uint16_t{0}) + level.site_count +
           case_class.value;
  }
  std::size_t cause_cell(const Pathway& pathway, std::size_t month, Cause cause,
                         SiteId site) const {
    return (month * cause_names.size() + static_cast<std::size_t>(cause)) * places(pathway) +
           site.value;
  }
  std::size_t cause_cell(const Pathway& pathway, std::size_t month, Cause cause,
                         ClassId case_class) const {
    return cause_cell(pathway, month, cause, SiteId{0}) + place_of(pathway, case_class);
  }
  std::size_t site_cell(const Pathway& pathway, std::size_t month, SiteId site,
                        ClassId case_class) const {
    return (month * pathway.sites.size() + site.value) * pathway.classes.size() + case_class.value;
  }
};

}  // namespace rassoflow
