// What is compiled of batches and listings: ids and offsets, and the rooms of every sitting day
// with the dates on which they become known.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/core/calendar.hpp"
#include "sim/core/ids.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

inline constexpr std::uint16_t no_diary = UINT16_MAX;
/// No trial gets a date further ahead: three years.
inline constexpr int reach_days = 1096;
inline constexpr std::int64_t millionths = 1'000'000;

/// Whole rooms (or places) on the n-th day at so many millionths of one a day: over any stretch of
/// days their sum is exact to one.
inline std::int64_t whole_on_day(std::int64_t a_day, std::int64_t n) {
  return a_day * (n + 1) / millionths - a_day * n / millionths;
}

/// A batch at the sites of its level.
struct Batch {
  StageId stage;
  PatternId pattern;
  std::uint32_t every = 1;  ///< each n-th of the pattern's days
  bool by_urgency = false;  ///< of the class; else the oldest report first
  std::uint32_t first_instance = 0;
};

/// A listing at the sites of its level.
struct Listing {
  /// Sitting days, to the end of the run and as far ahead as dates are given.
  WorkingPattern days;
  StageId stage;
  std::int32_t day_count = 0;
  Seconds first_round = 0;  ///< the officer acts then and every seven days
  std::uint32_t first_diary = 0;
  std::vector<std::uint16_t> first;  ///< flags in order of precedence, a bit each
  std::uint16_t custody_flag = 0;    ///< none: no time limit
  MarkId custody_mark;
  MarkId bailed;

  explicit Listing(WorkingPattern sitting_days) : days(std::move(sitting_days)) {}
};

/// The time limit of a site for cases that reach the mark from a date on.
struct CustodyLimit {
  Seconds from = 0;
  Seconds limit = 0;
};

/// A listing at one site.
struct Diary {
  std::uint16_t listing = no_diary;
  SiteId site;
  std::uint32_t first_day = 0;  ///< offset of its sitting days
  std::vector<CustodyLimit> limits;
};

/// Rooms from one sitting day to before another.
struct RoomsStretch {
  std::uint32_t diary = 0;
  std::int32_t first_day = 0;
  std::int32_t end_day = 0;
  std::uint32_t a_day = 0;  ///< millionths
};

/// What becomes known at one time of the rooms of one listing; at 0 it is known from the start.
struct RoomsNews {
  Seconds announced = 0;
  std::uint16_t listing = no_diary;
  std::uint32_t first_stretch = 0;  ///< range of Pathway::rooms, by diary
  std::uint32_t end_stretch = 0;
};

/// The numbers of the day of one diary.
struct DiarySettings {
  /// Vacated, ineffective, cracked: of each listing.
  std::array<double, 3> chances{};
  std::int32_t notice_days = 0;
  std::int64_t overbook = 0;  ///< millionths of the rooms
  Seconds extension = 0;
  double bail = 0;
};

}  // namespace rassoflow
