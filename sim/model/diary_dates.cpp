// A case and its trial's date: waiting for one, having one, sitting, giving it up.
#include <algorithm>
#include <cmath>

#include "sim/model/diaries.hpp"
#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {
namespace {

/// A drawn length beyond this is cut to it: a trial of a year.
constexpr double longest_trial = 250;
/// What a product of rounded numbers may exceed the whole number that is meant by.
constexpr double rounding = 1e-9;

}  // namespace

const Listing& Diaries::listing_of(std::uint32_t diary) const {
  return trial_.pathway_.listings[trial_.pathway_.diaries[diary].listing];
}

std::uint32_t Diaries::diary_of(const Strand& strand) const {
  const Stage& stage = trial_.pathway_.stages[strand.stage.value];
  return trial_.pathway_.listings[stage.listing].first_diary +
         trial_.local_sites_[strand.site.value];
}

const DiarySettings& Diaries::settings_of(std::uint32_t diary) const {
  return trial_.settings_->diaries[diary];
}

DiaryCell& Diaries::cell_of(std::uint32_t diary) {
  return trial_.monitor_.diaries[trial_.state_.month * trial_.pathway_.diaries.size() + diary];
}

DiaryDay& Diaries::day_of(std::uint32_t diary, std::int32_t day) const {
  return trial_.state_
      .diary_days[trial_.pathway_.diaries[diary].first_day + static_cast<std::uint32_t>(day)];
}

/// The first sitting day that is not over before `when`.
std::int32_t Diaries::first_day_from(std::uint32_t diary, Seconds when) const {
  return static_cast<std::int32_t>(
      listing_of(diary).days.working_days_before(when / seconds_per_day));
}

Seconds Diaries::opening_of(std::uint32_t diary, std::int32_t day) const {
  const Listing& listing = listing_of(diary);
  if (day >= listing.day_count) return never;
  return listing.days.next_opening(listing.days.start_of_working_day(day));
}

TrialDate& Diaries::date_of(std::uint32_t slot) const {
  TrialState& state = trial_.state_;
  std::uint32_t& index = state.files[trial_.case_slot(slot)].trial_date;
  if (index == no_slot) {
    if (state.free_dates.empty()) {
      index = static_cast<std::uint32_t>(state.dates.size());
      state.dates.emplace_back();
    } else {
      index = state.free_dates.back();
      state.free_dates.pop_back();
      state.dates[index] = TrialDate{};
    }
  }
  return state.dates[index];
}

/// The slot gets another case.
void Diaries::forget(std::uint32_t slot) {
  std::uint32_t& index = trial_.state_.files[slot].trial_date;
  if (index == no_slot) return;
  trial_.state_.free_dates.push_back(index);
  index = no_slot;
}

void Diaries::enter(std::uint32_t slot) {
  Strand& strand = trial_.state_.strands[slot];
  const Stage& stage = trial_.pathway_.stages[strand.stage.value];
  KeyedStream draws = trial_.stream(trial_.effort_purposes_[strand.stage.value], strand.case_key,
                                    trial_.visit_of(slot, stage));
  const double length = std::ceil(draw(trial_.law_of(slot, stage), draws) - rounding);
  date_of(slot).length = static_cast<std::uint16_t>(std::clamp(length, 1.0, longest_trial));
  strand.state = StrandState::unlisted;
  append_to(trial_.state_.diaries[diary_of(strand)].unlisted, trial_.state_.strands, slot);
}

/// The case's number for this listing, compared with the chances from the worst fate on.
double Diaries::draw_of(std::uint32_t slot) const {
  const Strand& strand = trial_.state_.strands[slot];
  const Stage& stage = trial_.pathway_.stages[strand.stage.value];
  KeyedStream draws = trial_.stream(trial_.route_purposes_[strand.stage.value], strand.case_key,
                                    trial_.visit_of(slot, stage));
  return standard_uniform(draws);
}

/// On the day, of a trial that was not vacated.
Diaries::Fate Diaries::fate_of(std::uint32_t slot) const {
  const auto& chances = settings_of(diary_of(trial_.state_.strands[slot])).chances;
  const double drawn = draw_of(slot);
  double sum = date_of(slot).settled + chances[1];
  if (drawn < sum) return Fate::ineffective;
  sum += chances[2];
  return drawn < sum ? Fate::cracked : Fate::effective;
}

StageId Diaries::leave_by(std::uint32_t slot, Fate fate) {
  const Strand& strand = trial_.state_.strands[slot];
  if (strand.state != StrandState::sitting) {
    trial_.state_.files[slot].waited = trial_.state_.now - strand.entered_at;
  }
  const Stage& stage = trial_.pathway_.stages[strand.stage.value];
  const RouteTable& table = trial_.pathway_.route_tables[stage.route_table];
  return trial_.leave_by(
      slot, trial_.pathway_.routes[table.first_route + static_cast<std::uint32_t>(fate)]);
}

StageId Diaries::end_trial(std::uint32_t slot) {
  const std::uint32_t diary = diary_of(trial_.state_.strands[slot]);
  unlink_from(trial_.state_.diaries[diary].sitting, trial_.state_.strands, slot);
  return leave_by(slot, Fate::effective);
}

StageId Diaries::end_date(std::uint32_t slot) {
  const Strand& strand = trial_.state_.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  const TrialDate& date = date_of(slot);
  const Fate fate = date.is_to_be_vacated != 0 ? Fate::vacated : fate_of(slot);
  if (fate == Fate::effective) {
    unlink_from(trial_.state_.diaries[diary].fixtures, trial_.state_.strands, slot);
    begin(slot);
    return {};
  }
  trial_.note(EventKind::step_end, strand.case_key, strand.stage);
  give_up_date(slot, date.first_day);
  if (fate != Fate::vacated) hold_days(diary, date, date.first_day);
  count_loss(diary, fate);
  return leave_by(slot, fate);
}

void Diaries::count_loss(std::uint32_t diary, Fate fate) {
  DiaryCell& cell = cell_of(diary);
  ++(fate == Fate::vacated       ? cell.vacated
     : fate == Fate::ineffective ? cell.ineffective
                                 : cell.cracked);
}

void Diaries::begin(std::uint32_t slot) {
  TrialState& state = trial_.state_;
  Strand& strand = state.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  const TrialDate& date = date_of(slot);
  append_to(state.diaries[diary].sitting, state.strands, slot);
  ++state.diaries[diary].begun;
  ++cell_of(diary).effective;
  CaseFile& file = state.files[slot];
  file.waited = state.now - strand.entered_at;
  trial_.count_started(strand, file.waited);
  strand.state = StrandState::sitting;
  trial_.note(EventKind::sitting_day, strand.case_key, strand.stage);
  const WorkingPattern& days = listing_of(diary).days;
  const std::int32_t last = date.first_day + date.days.last();
  strand.anchor = days.finish(days.start_of_working_day(last), days.seconds_per_working_day());
  trial_.schedule_step(slot, strand.anchor);
}

/// A trial that has not begun, or a floater that is called, leaves the list of its kind and the
/// days from `from` on.
void Diaries::give_up_date(std::uint32_t slot, std::int32_t from) {
  const TrialDate& date = date_of(slot);
  const std::uint32_t diary = diary_of(trial_.state_.strands[slot]);
  DiaryState& of = trial_.state_.diaries[diary];
  unlink_from(date.is_floater != 0 ? of.floaters : of.fixtures, trial_.state_.strands, slot);
  date.for_each_day(from, [&](std::int32_t day) {
    DiaryDay& at = day_of(diary, day);
    --(date.is_floater != 0 ? at.floaters : at.booked);
  });
}

/// Too late for anybody to be listed, these days are for floaters only.
void Diaries::hold_days(std::uint32_t diary, const TrialDate& date, std::int32_t from) {
  date.for_each_day(from, [&](std::int32_t day) {
    ++day_of(diary, day).held;
    limit_held(diary, day);
  });
}

void Diaries::take_out(std::uint32_t slot) {
  TrialState& state = trial_.state_;
  Strand& strand = state.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  DiaryState& of = state.diaries[diary];
  const TrialDate& date = date_of(slot);
  ++strand.generation;
  switch (strand.state) {
    case StrandState::unlisted:
      unlink_from(of.unlisted, state.strands, slot);
      break;
    case StrandState::listed:
      give_up_date(slot, date.first_day);
      ++cell_of(diary).withdrawn;
      break;
    default: {
      unlink_from(of.sitting, state.strands, slot);
      std::int32_t from = first_day_from(diary, state.now);
      if (opening_of(diary, from) < state.now) ++from;
      date.for_each_day(from, [&](std::int32_t day) { --day_of(diary, day).booked; });
      hold_days(diary, date, from);
      return;
    }
  }
  state.files[slot].waited = state.now - strand.entered_at;
}

}  // namespace rassoflow
