// Court dates. A listing officer acts once a week: waiting trials, by the flags that go first and
// then by age, take the earliest run of sitting days with a room, so many days ahead. On the
// day a trial cracks, is ineffective or sits out its days. A room is only counted by day: intervals
// of days that nowhere exceed the rooms can always be given rooms.
//
// A diary is a listing at one site. Dates (enter, end, withdraw) are in diary_dates.cpp, the
// officer's week in diary_round.cpp, rooms and sitting days in diary_rooms.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/model/diary_state.hpp"
#include "sim/model/pathway.hpp"
#include "sim/random/keyed_stream.hpp"

namespace rassoflow {

class Trial;
struct DiaryCell;
struct Strand;
struct TrialState;

class Diaries {
 public:
  explicit Diaries(Trial& trial) : trial_(trial) {}

  /// What follows from the pathway, the seed and the date; before anything else.
  void derive();
  void schedule_all();

  /// The case waits for a date.
  void enter(std::uint32_t slot);
  /// The trial is vacated, or its day has come.
  StageId end_date(std::uint32_t slot);
  /// Its last day is over.
  StageId end_trial(std::uint32_t slot);
  /// The case has withdrawn: its days are free again, those of a trial under way for floaters only.
  void take_out(std::uint32_t slot);
  void forget(std::uint32_t slot);

  void hold_round(std::uint32_t listing);
  void hold_sitting_day(std::uint32_t listing);
  void hear_news(std::uint32_t news);

  void close_month();
  void check() const;

 private:
  struct Run {
    std::int32_t first_day = 0;
    SittingDays days;
  };
  enum class Part : std::uint8_t {
    fixture,
    floater,  ///< listed, for no room yet
    called,   ///< a floater on its day
  };
  enum class Fate : std::uint8_t { vacated, ineffective, cracked, effective };

  // dates
  TrialDate& date_of(std::uint32_t slot) const;
  const Listing& listing_of(std::uint32_t diary) const;
  std::uint32_t diary_of(const Strand& strand) const;
  DiaryCell& cell_of(std::uint32_t diary);
  DiaryDay& day_of(std::uint32_t diary, std::int32_t day) const;
  std::int32_t first_day_from(std::uint32_t diary, Seconds when) const;
  Seconds opening_of(std::uint32_t diary, std::int32_t day) const;
  const DiarySettings& settings_of(std::uint32_t diary) const;
  double draw_of(std::uint32_t slot) const;
  Fate fate_of(std::uint32_t slot) const;
  void count_loss(std::uint32_t diary, Fate fate);
  void begin(std::uint32_t slot);
  void give_up_date(std::uint32_t slot, std::int32_t from);
  void hold_days(std::uint32_t diary, const TrialDate& date, std::int32_t from);
  StageId leave_by(std::uint32_t slot, Fate fate);

  // the officer's week
  std::int32_t last_day_given(std::uint32_t diary) const;
  void list_waiting(std::uint32_t diary);
  std::optional<Run> find_run(std::uint32_t diary, Part part, std::int32_t from,
                              std::int32_t last_start, std::int32_t end, int length) const;
  void give_date(std::uint32_t slot, const Run& run, Part part);
  void judge_custody(std::uint32_t slot);
  Seconds custody_until(std::uint32_t slot);
  void take_off_overruns(std::uint32_t diary, std::int32_t from);
  void schedule_round(std::uint32_t listing, Seconds from);

  // rooms and sitting days
  struct DayRooms {
    std::uint32_t a_day = 0;  ///< millionths
    std::uint16_t rooms = 0;
  };
  const DayRooms& rooms_of(std::uint32_t diary, std::int32_t day) const;
  int free_rooms(std::uint32_t diary, std::int32_t day) const;
  int rooms_for_floaters(std::uint32_t diary, std::int32_t day) const;
  std::int64_t floating_a_day(std::uint32_t diary, std::int32_t day) const;
  bool is_free(std::uint32_t diary, Part part, std::int32_t day) const;
  bool is_skipped(std::uint32_t diary, Part part, std::int32_t day) const;
  void limit_held(std::uint32_t diary, std::int32_t day);
  void read_news(const RoomsNews& news);
  void fit_rooms(std::uint32_t diary, std::int32_t from);
  void move_away(std::uint32_t slot);
  void call_floaters(std::uint32_t diary, std::int32_t today);
  void count_day(std::uint32_t diary, std::int32_t today);
  void schedule_sitting_day(std::uint32_t listing, Seconds from);

  Trial& trial_;
  std::vector<DayRooms> rooms_;  ///< as known, [Diary::first_day + sitting day]
  std::vector<Purpose> vacated_purposes_;
  std::vector<Purpose> custody_purposes_;
};

}  // namespace rassoflow
