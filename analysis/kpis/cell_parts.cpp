#include "analysis/kpis/cell_parts.hpp"

#include <array>

#include "sim/core/contracts.hpp"

namespace rassoflow {

using Source = Measure::Source;

std::int64_t part_of(const StageCell& cell, Source source) {
  switch (source) {
    case Source::stage_entries:
      return cell.entries;
    case Source::stage_exits:
      return cell.exits;
    case Source::stage_exit_seconds:
      return cell.exit_seconds;
    case Source::stage_started:
      return cell.started;
    case Source::stage_waited_seconds:
      return cell.waited_seconds;
    case Source::stage_inside_at_end:
      return cell.inside_at_end;
    default:
      RF_ASSERT(false);
      return 0;
  }
}

std::int64_t part_of(const PoolCell& cell, Source source) {
  switch (source) {
    case Source::pool_busy_seconds:
      return cell.busy_seconds;
    case Source::pool_duty_seconds:
      return cell.duty_seconds;
    case Source::pool_other_work_in:
      return cell.other_work_in;
    case Source::pool_other_work_done:
      return cell.other_work_done;
    case Source::pool_other_work_at_end:
      return cell.other_work_at_end;
    case Source::pool_other_work_second_days:
      return cell.other_work_second_days;
    case Source::pool_other_work_seconds:
      return cell.other_work_seconds;
    case Source::pool_upkeep_done:
      return cell.upkeep_done;
    case Source::pool_upkeep_at_end:
      return cell.upkeep_at_end;
    case Source::pool_upkeep_seconds:
      return cell.upkeep_seconds;
    case Source::pool_unallocated_at_end:
      return cell.unallocated_at_end;
    case Source::pool_held_at_end:
      return cell.held_at_end;
    case Source::pool_positions_at_end:
      return cell.positions_at_end;
    default:
      RF_ASSERT(false);
      return 0;
  }
}

std::int64_t part_of(const MarkCell& cell, const Measure& measure) {
  switch (measure.source) {
    case Source::mark_first:
      return cell.first;
    case Source::mark_every:
      return cell.every;
    case Source::mark_first_within:
      return cell.within[measure.horizon];
    case Source::mark_every_within:
      return std::int64_t{cell.within[measure.horizon]} + cell.again_within[measure.horizon];
    default:
      RF_ASSERT(false);
      return 0;
  }
}

std::int64_t part_of(const SiteCell& cell, Source source) {
  switch (source) {
    case Source::reported:
      return cell.reported;
    case Source::open_at_end:
      return cell.open_at_end;
    case Source::posted_at_end:
      return cell.posted_at_end;
    default:
      RF_ASSERT(false);
      return 0;
  }
}

std::int64_t part_of(const BatchCell& cell, Source source) {
  switch (source) {
    case Source::batch_meetings:
      return cell.meetings;
    case Source::batch_places:
      return cell.places;
    default:
      return cell.places_used;
  }
}

std::int64_t part_of(const DiaryCell& cell, Source source) {
  // In the order of the sources from diary_listed on.
  static constexpr std::array parts{
      &DiaryCell::listed,          &DiaryCell::effective,      &DiaryCell::cracked,
      &DiaryCell::ineffective,     &DiaryCell::vacated,        &DiaryCell::moved,
      &DiaryCell::withdrawn,       &DiaryCell::floaters,       &DiaryCell::floaters_begun,
      &DiaryCell::not_reached,     &DiaryCell::extended,       &DiaryCell::bailed,
      &DiaryCell::room_days,       &DiaryCell::room_days_used, &DiaryCell::room_days_over,
      &DiaryCell::unlisted_at_end, &DiaryCell::listed_at_end,
  };
  return cell.*
         parts[static_cast<std::size_t>(source) - static_cast<std::size_t>(Source::diary_listed)];
}

}  // namespace rassoflow
