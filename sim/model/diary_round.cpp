// The listing officer's week: custody time limits that run out, room-days owed for overruns, dates
// for the trials that wait.
#include <algorithm>
#include <tuple>

#include "sim/model/diaries.hpp"
#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {
namespace {

constexpr Seconds week = 7 * seconds_per_day;

/// The place of a waiting trial in the officer's order.
struct Claim {
  std::size_t rank = 0;  ///< of the first flag that it has; their number if it has none
  Seconds reported_at = 0;
  std::uint64_t tie = 0;
  std::uint64_t case_key = 0;
  std::uint32_t slot = no_slot;

  bool operator<(const Claim& other) const {
    return std::tie(rank, reported_at, tie, case_key) <
           std::tie(other.rank, other.reported_at, other.tie, other.case_key);
  }
};

std::size_t rank_of(const Listing& listing, std::uint16_t flags) {
  const auto found =
      std::ranges::find_if(listing.first, [&](std::uint16_t flag) { return (flags & flag) != 0; });
  return static_cast<std::size_t>(found - listing.first.begin());
}

}  // namespace

void Diaries::schedule_round(std::uint32_t index, Seconds from) {
  const Seconds first = trial_.pathway_.listings[index].first_round;
  const Seconds when = from <= first ? first : first + (from - first + week - 1) / week * week;
  trial_.queue_.push(make_event(when, EventClass::meeting, 0, index, 0,
                                static_cast<std::uint8_t>(EventKind::listing_round)));
}

void Diaries::hold_round(std::uint32_t index) {
  const Listing& listing = trial_.pathway_.listings[index];
  const std::uint32_t sites =
      trial_.pathway_.levels[trial_.pathway_.stages[listing.stage.value].level.value].site_count;
  const TrialState& state = trial_.state_;
  for (std::uint32_t diary = listing.first_diary; diary < listing.first_diary + sites; ++diary) {
    if (listing.custody_flag != 0) {
      const DiaryState& of = state.diaries[diary];
      for (const Lane& lane : {of.unlisted, of.fixtures, of.floaters}) {
        for_each_in(state.strands, lane, [&](std::uint32_t slot) { judge_custody(slot); });
      }
    }
    take_off_overruns(diary, first_day_from(diary, state.now));
    list_waiting(diary);
  }
  schedule_round(index, state.now + 1);
}

/// By the law of the day on which the case reached the mark; -1 where it has not.
Seconds Diaries::custody_until(std::uint32_t slot) {
  TrialDate& date = date_of(slot);
  if (date.custody_until >= 0) return date.custody_until;
  const std::uint32_t diary = diary_of(trial_.state_.strands[slot]);
  const Seconds since = trial_.reached_at(slot, listing_of(diary).custody_mark);
  if (since < 0) return -1;
  const auto& limits = trial_.pathway_.diaries[diary].limits;
  const auto after = std::ranges::upper_bound(limits, since, {}, &CustodyLimit::from);
  date.custody_until = since + std::prev(after)->limit;
  return date.custody_until;
}

/// A time limit that would run out before the next round and before the trial: it is extended, or
/// the defendant gets bail.
void Diaries::judge_custody(std::uint32_t slot) {
  TrialState& state = trial_.state_;
  const Strand& strand = state.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  const Listing& listing = listing_of(diary);
  std::uint16_t& flags = state.files[trial_.case_slot(slot)].flags;
  if ((flags & listing.custody_flag) == 0) return;
  const Seconds until = custody_until(slot);
  if (until < 0 || until > state.now + week) return;
  TrialDate& date = date_of(slot);
  if (strand.state == StrandState::listed && opening_of(diary, date.first_day) <= until) return;
  ++state.events;
  KeyedStream draws =
      trial_.stream(custody_purposes_[strand.stage.value], strand.case_key, date.extensions);
  if (standard_uniform(draws) < settings_of(diary).bail) {
    flags = static_cast<std::uint16_t>(flags & ~listing.custody_flag);
    ++cell_of(diary).bailed;
    trial_.reach(slot, listing.bailed);
    return;
  }
  ++cell_of(diary).extended;
  ++date.extensions;
  date.custody_until = std::max(until, state.now) + settings_of(diary).extension;
}

/// Off the earliest days with a room to spare; what finds none is still owed.
void Diaries::take_off_overruns(std::uint32_t diary, std::int32_t from) {
  DiaryState& of = trial_.state_.diaries[diary];
  if (of.owed == 0) return;
  const std::int32_t end = last_day_given(diary);
  for (std::int32_t day = from; day < end && of.owed > 0; ++day) {
    const int spare = std::min(free_rooms(diary, day), static_cast<int>(of.owed));
    if (spare <= 0) continue;
    day_of(diary, day).taken = static_cast<std::uint16_t>(day_of(diary, day).taken + spare);
    of.owed -= static_cast<std::uint32_t>(spare);
  }
}

/// One past the last sitting day for which dates are given today.
std::int32_t Diaries::last_day_given(std::uint32_t diary) const {
  return std::min(listing_of(diary).day_count,
                  first_day_from(diary, trial_.state_.now + (reach_days + 1) * seconds_per_day));
}

void Diaries::list_waiting(std::uint32_t diary) {
  TrialState& state = trial_.state_;
  const Listing& listing = listing_of(diary);
  std::vector<Claim> claims;
  for_each_in(state.strands, state.diaries[diary].unlisted, [&](std::uint32_t slot) {
    const Strand& strand = state.strands[slot];
    const std::uint16_t flags = state.files[trial_.case_slot(slot)].flags;
    const auto reported = static_cast<std::uint64_t>(strand.reported_at);
    claims.push_back({rank_of(listing, flags), strand.reported_at,
                      mix64(strand.case_key ^ reported), strand.case_key, slot});
  });
  std::ranges::sort(claims, std::less{});
  const DiarySettings& settings = settings_of(diary);
  const std::int32_t end = last_day_given(diary);
  const std::int32_t first =
      first_day_from(diary, state.now + settings.notice_days * seconds_per_day);
  // Rooms only fill up during a round: no run of a length starts before the one found last.
  std::array<std::vector<std::int32_t>, 2> starts;
  const auto find = [&](Part part, int length) {
    auto& known = starts[static_cast<std::size_t>(part)];
    const auto index = static_cast<std::size_t>(length);
    if (known.size() <= index) known.resize(index + 1, first);
    const auto run = find_run(diary, part, known[index], end, end, length);
    known[index] = run ? run->first_day : end;
    return run;
  };
  for (const Claim& claim : claims) {
    const int length = date_of(claim.slot).length;
    const auto run = find(Part::fixture, length);
    // Whoever goes first gets a room for certain.
    if (claim.rank == listing.first.size() && settings.overbook > 0) {
      const auto floating = find(Part::floater, length);
      if (floating && (!run || floating->first_day < run->first_day)) {
        give_date(claim.slot, *floating, Part::floater);
        continue;
      }
    }
    if (run) give_date(claim.slot, *run, Part::fixture);
  }
}

/// The earliest run of so many sitting days that starts in [from, last_start) and ends before
/// `end`. Days on which a room that sits only now and then does not sit are skipped like weekends.
std::optional<Diaries::Run> Diaries::find_run(std::uint32_t diary, Part part, std::int32_t from,
                                              std::int32_t last_start, std::int32_t end,
                                              int length) const {
  std::int32_t start = from;
  while (start < last_start) {
    if (!is_free(diary, part, start)) {
      ++start;
      continue;
    }
    Run run{start, {}};
    int found = 0;
    std::int32_t day = start;
    for (; day < end && day < start + longest_run; ++day) {
      if (is_free(diary, part, day)) {
        run.days.add(day - start);
        if (++found == length) return run;
      } else if (!is_skipped(diary, part, day)) {
        break;
      }
    }
    // No run can hold a day that is full; one that was too long may start later.
    start = day < end && day < start + longest_run ? day + 1 : start + 1;
  }
  return std::nullopt;
}

void Diaries::give_date(std::uint32_t slot, const Run& run, Part part) {
  TrialState& state = trial_.state_;
  Strand& strand = state.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  DiaryState& of = state.diaries[diary];
  const bool is_floater = part == Part::floater;
  unlink_from(of.unlisted, state.strands, slot);
  append_to(is_floater ? of.floaters : of.fixtures, state.strands, slot);
  TrialDate& date = date_of(slot);
  date.days = run.days;
  date.first_day = run.first_day;
  date.number = of.listings++;
  date.is_floater = is_floater ? 1 : 0;
  date.for_each_day(run.first_day, [&](std::int32_t day) {
    DiaryDay& at = day_of(diary, day);
    ++(is_floater ? at.floaters : at.booked);
  });
  ++cell_of(diary).listed;
  if (is_floater) ++cell_of(diary).floaters;
  ++state.events;
  trial_.note(EventKind::listing_round, strand.case_key, strand.stage);

  strand.state = StrandState::listed;
  date.settled = settings_of(diary).chances[0];
  date.is_to_be_vacated = draw_of(slot) < date.settled ? 1 : 0;
  if (date.is_to_be_vacated != 0) {
    const Stage& stage = trial_.pathway_.stages[strand.stage.value];
    KeyedStream draws = trial_.stream(vacated_purposes_[strand.stage.value], strand.case_key,
                                      trial_.visit_of(slot, stage));
    const Seconds ahead = listing_of(diary).days.start_of_working_day(run.first_day) - state.now;
    strand.anchor =
        state.now + round_to_seconds(standard_uniform(draws) * static_cast<double>(ahead));
  } else {
    // Floaters are called once all fixtures of the day are known.
    strand.anchor = is_floater ? never : opening_of(diary, run.first_day);
  }
  trial_.schedule_step(slot, strand.anchor);
}

}  // namespace rassoflow
