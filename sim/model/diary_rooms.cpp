// Rooms: how many sit on which day as far as is known, what a change does to the dates already
// given, and what each sitting day comes to.
#include <fmt/format.h>

#include <algorithm>

#include "sim/model/diaries.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {

void Diaries::derive() {
  const Pathway& pathway = trial_.pathway_;
  for (const Stage& stage : pathway.stages) {
    vacated_purposes_.emplace_back(trial_.state_.seed, "vacated/" + stage.name);
    custody_purposes_.emplace_back(trial_.state_.seed, "custody/" + stage.name);
  }
  rooms_.assign(pathway.diary_days, {});
  for (const RoomsNews& news : pathway.news) {
    if (news.announced == 0 || news.announced < trial_.state_.now) read_news(news);
  }
}

void Diaries::schedule_all() {
  const Seconds now = trial_.state_.now;
  for (std::uint32_t l = 0; l < trial_.pathway_.listings.size(); ++l) {
    schedule_round(l, now);
    schedule_sitting_day(l, now);
  }
  for (std::uint32_t n = 0; n < trial_.pathway_.news.size(); ++n) {
    const Seconds when = trial_.pathway_.news[n].announced;
    if (when == 0 || when < now) continue;
    trial_.queue_.push(make_event(when, EventClass::policy, 0, n, 0,
                                  static_cast<std::uint8_t>(EventKind::rooms_news)));
  }
}

const Diaries::DayRooms& Diaries::rooms_of(std::uint32_t diary, std::int32_t day) const {
  return rooms_[trial_.pathway_.diaries[diary].first_day + static_cast<std::uint32_t>(day)];
}

/// Below 0 where trials go on above capacity.
int Diaries::rooms_for_floaters(std::uint32_t diary, std::int32_t day) const {
  const DiaryDay& at = day_of(diary, day);
  return rooms_of(diary, day).rooms - at.taken - at.booked;
}

int Diaries::free_rooms(std::uint32_t diary, std::int32_t day) const {
  return rooms_for_floaters(diary, day) - day_of(diary, day).held;
}

bool Diaries::is_free(std::uint32_t diary, Part part, std::int32_t day) const {
  switch (part) {
    case Part::fixture:
      return free_rooms(diary, day) > 0;
    case Part::called:
      return rooms_for_floaters(diary, day) > 0;
    case Part::floater:
      return whole_on_day(floating_a_day(diary, day), day) > day_of(diary, day).floaters;
  }
  return false;
}

/// Millionths of rooms that are listed again.
std::int64_t Diaries::floating_a_day(std::uint32_t diary, std::int32_t day) const {
  return rooms_of(diary, day).a_day * settings_of(diary).overbook / millionths;
}

/// A day on which one room less sits than on the busiest days at this rate.
bool Diaries::is_skipped(std::uint32_t diary, Part part, std::int32_t day) const {
  const std::int64_t a_day =
      part == Part::floater ? floating_a_day(diary, day) : rooms_of(diary, day).a_day;
  return a_day % millionths != 0 && whole_on_day(a_day, day) == a_day / millionths;
}

void Diaries::limit_held(std::uint32_t diary, std::int32_t day) {
  DiaryDay& at = day_of(diary, day);
  at.held = static_cast<std::uint16_t>(
      std::min<int>(at.held, std::max(0, rooms_for_floaters(diary, day))));
}

void Diaries::read_news(const RoomsNews& news) {
  const Pathway& pathway = trial_.pathway_;
  for (std::uint32_t s = news.first_stretch; s < news.end_stretch; ++s) {
    const RoomsStretch& stretch = pathway.rooms[s];
    for (std::int32_t day = stretch.first_day; day < stretch.end_day; ++day) {
      rooms_[pathway.diaries[stretch.diary].first_day + static_cast<std::uint32_t>(day)] = {
          stretch.a_day, static_cast<std::uint16_t>(whole_on_day(stretch.a_day, day))};
    }
  }
}

void Diaries::hear_news(std::uint32_t index) {
  const Pathway& pathway = trial_.pathway_;
  const RoomsNews& news = pathway.news[index];
  read_news(news);
  std::uint32_t done = no_slot;
  for (std::uint32_t s = news.first_stretch; s < news.end_stretch; ++s) {
    const std::uint32_t diary = pathway.rooms[s].diary;
    if (diary != done) fit_rooms(diary, first_day_from(diary, trial_.state_.now));
    done = diary;
  }
}

/// Days with more trials than rooms lose the latest-booked that have not begun.
void Diaries::fit_rooms(std::uint32_t diary, std::int32_t from) {
  TrialState& state = trial_.state_;
  DiaryState& of = state.diaries[diary];
  bool is_over = false;
  for (std::int32_t day = from; day < listing_of(diary).day_count; ++day) {
    DiaryDay& at = day_of(diary, day);
    const int missing = std::min<int>(at.taken, -rooms_for_floaters(diary, day));
    if (missing > 0) {
      at.taken = static_cast<std::uint16_t>(at.taken - missing);
      of.owed += static_cast<std::uint32_t>(missing);
    }
    limit_held(diary, day);
    if (rooms_for_floaters(diary, day) < 0) is_over = true;
  }
  if (is_over) {
    std::vector<std::uint32_t> slots;
    for_each_in(state.strands, of.fixtures, [&](std::uint32_t slot) { slots.push_back(slot); });
    std::ranges::sort(slots, std::greater{},
                      [&](std::uint32_t slot) { return date_of(slot).number; });
    for (const std::uint32_t slot : slots) {
      bool must_move = false;
      date_of(slot).for_each_day(from, [&](std::int32_t day) {
        must_move = must_move || rooms_for_floaters(diary, day) < 0;
      });
      if (must_move) move_away(slot);
    }
  }
  take_off_overruns(diary, from);
}

/// As vacated by the court.
void Diaries::move_away(std::uint32_t slot) {
  Strand& strand = trial_.state_.strands[slot];
  const std::uint32_t diary = diary_of(strand);
  ++trial_.state_.events;
  trial_.note(EventKind::rooms_news, strand.case_key, strand.stage);
  ++strand.generation;
  give_up_date(slot, date_of(slot).first_day);
  ++cell_of(diary).moved;
  trial_.travel(slot, leave_by(slot, Fate::vacated));
}

void Diaries::schedule_sitting_day(std::uint32_t index, Seconds from) {
  const std::uint32_t diary = trial_.pathway_.listings[index].first_diary;
  std::int32_t day = first_day_from(diary, from);
  if (opening_of(diary, day) < from) ++day;
  const Seconds when = opening_of(diary, day);
  if (when == never) return;
  trial_.queue_.push(make_event(when, EventClass::meeting, 0, index, 0,
                                static_cast<std::uint8_t>(EventKind::sitting_day)));
}

/// After everything else of the second of opening: the fixtures of the day are known.
void Diaries::hold_sitting_day(std::uint32_t index) {
  const Listing& listing = trial_.pathway_.listings[index];
  const std::uint32_t sites =
      trial_.pathway_.levels[trial_.pathway_.stages[listing.stage.value].level.value].site_count;
  const std::int32_t today = first_day_from(listing.first_diary, trial_.state_.now);
  for (std::uint32_t diary = listing.first_diary; diary < listing.first_diary + sites; ++diary) {
    call_floaters(diary, today);
    count_day(diary, today);
  }
  schedule_sitting_day(index, trial_.state_.now + 1);
}

/// In order of listing; whoever finds no room for all days is ineffective.
void Diaries::call_floaters(std::uint32_t diary, std::int32_t today) {
  TrialState& state = trial_.state_;
  std::vector<std::uint32_t> called;
  for_each_in(state.strands, state.diaries[diary].floaters, [&](std::uint32_t slot) {
    if (date_of(slot).first_day == today) called.push_back(slot);
  });
  std::ranges::sort(called, {}, [&](std::uint32_t slot) { return date_of(slot).number; });
  for (const std::uint32_t slot : called) {
    Fate fate = fate_of(slot);
    give_up_date(slot, today);
    DiaryCell& cell = cell_of(diary);
    ++state.events;
    if (fate == Fate::effective) {
      TrialDate& date = date_of(slot);
      const auto run =
          find_run(diary, Part::called, today, today + 1, last_day_given(diary), date.length);
      if (run) {
        date.days = run->days;
        date.for_each_day(today, [&](std::int32_t day) {
          ++day_of(diary, day).booked;
          limit_held(diary, day);
        });
        begin(slot);
        ++cell.floaters_begun;
        continue;
      }
      fate = Fate::ineffective;
      ++cell.not_reached;
    }
    count_loss(diary, fate);
    trial_.note(EventKind::step_end, state.strands[slot].case_key, state.strands[slot].stage);
    trial_.travel(slot, leave_by(slot, fate));
  }
}

/// What trials under way sit above capacity is taken off later days.
void Diaries::count_day(std::uint32_t diary, std::int32_t today) {
  const TrialState& state = trial_.state_;
  DiaryState& of = trial_.state_.diaries[diary];
  const DiaryDay& at = day_of(diary, today);
  const int rooms = rooms_of(diary, today).rooms;
  int used = 0;
  for_each_in(state.strands, of.sitting, [&](std::uint32_t slot) {
    const TrialDate& date = date_of(slot);
    if (date.days.has(today - date.first_day)) ++used;
  });
  if (used != at.booked) {
    trial_.violated(fmt::format("{} trials sit, {} are booked", used, +at.booked), 0);
  }
  const int over = used + at.taken - rooms;
  if (over > 0) {
    if (of.begun > 0) trial_.violated("a trial began on a day without a room", 0);
    of.owed += static_cast<std::uint32_t>(over);
    of.overruns += over;
    take_off_overruns(diary, today + 1);
  }
  of.begun = 0;
  DiaryCell& cell = cell_of(diary);
  cell.room_days += rooms;
  cell.room_days_used += used;
  cell.room_days_over += std::max(0, over);
}

void Diaries::close_month() {
  const TrialState& state = trial_.state_;
  const auto count = [&](const Lane& lane) {
    std::int64_t number = 0;
    for_each_in(state.strands, lane, [&](std::uint32_t) { ++number; });
    return number;
  };
  for (std::uint32_t diary = 0; diary < state.diaries.size(); ++diary) {
    const DiaryState& of = state.diaries[diary];
    DiaryCell& cell = cell_of(diary);
    cell.unlisted_at_end = count(of.unlisted);
    cell.listed_at_end = count(of.fixtures) + count(of.floaters);
  }
}

/// Dates given = dates kept or lost + dates to come, rooms booked = days of the trials that
/// have them, days sat above capacity = days taken off + days owed.
void Diaries::check() const {
  const TrialState& state = trial_.state_;
  const Pathway& pathway = trial_.pathway_;
  for (std::uint32_t diary = 0; diary < state.diaries.size(); ++diary) {
    const DiaryState& of = state.diaries[diary];
    std::int64_t open = 0;
    for (std::size_t month = 0; month < pathway.months(); ++month) {
      const DiaryCell& cell = trial_.monitor_.diaries[month * state.diaries.size() + diary];
      open += cell.listed - cell.effective - cell.cracked - cell.ineffective - cell.vacated -
              cell.moved - cell.withdrawn;
    }
    std::vector<DiaryDay> days(static_cast<std::size_t>(listing_of(diary).day_count));
    const std::int32_t today = first_day_from(diary, state.now);
    const auto add = [&](std::uint32_t slot) {
      const TrialDate& date = date_of(slot);
      date.for_each_day(today, [&](std::int32_t day) {
        DiaryDay& at = days[static_cast<std::size_t>(day)];
        ++(date.is_floater != 0 && state.strands[slot].state == StrandState::listed ? at.floaters
                                                                                    : at.booked);
      });
    };
    for (const Lane& lane : {of.fixtures, of.floaters}) {
      for_each_in(state.strands, lane, [&](std::uint32_t slot) {
        --open;
        add(slot);
      });
    }
    for_each_in(state.strands, of.sitting, add);
    const std::string name = trial_.name_of(pathway.diaries[diary].site);
    if (open != 0) trial_.violated("dates given and dates kept or lost differ: " + name, 0);
    std::int64_t taken = of.owed;
    for (std::int32_t day = 0; day < listing_of(diary).day_count; ++day) {
      const DiaryDay& at = day_of(diary, day);
      const DiaryDay& counted = days[static_cast<std::size_t>(day)];
      taken += at.taken;
      if (day >= today && (at.booked != counted.booked || at.floaters != counted.floaters)) {
        trial_.violated("rooms booked and days of trials differ: " + name, 0);
      }
    }
    if (taken != of.overruns) trial_.violated("overruns are not taken off: " + name, 0);
  }
}

}  // namespace rassoflow
