// What diaries remember: plain data, part of TrialState. Sitting days are counted by
// number from the origin, as in the calendar of the listing.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "sim/core/time.hpp"
#include "sim/model/lane.hpp"

namespace rassoflow {

/// A listing at one site.
struct DiaryState {
  Lane unlisted;
  Lane fixtures;  ///< trials with a date and a room
  Lane floaters;  ///< trials with a date, for a room that falls free on the day
  Lane sitting;
  std::uint32_t listings = 0;  ///< so far
  std::uint32_t begun = 0;     ///< trials, since the last sitting day was counted
  std::uint32_t owed = 0;      ///< room-days sat above capacity and not yet taken off later days
  std::int64_t overruns = 0;   ///< room-days sat above capacity, in all
};

/// One sitting day of a diary, in rooms.
struct DiaryDay {
  std::uint16_t booked = 0;    ///< by fixtures and by trials that have begun
  std::uint16_t held = 0;      ///< freed too late for anybody but floaters
  std::uint16_t taken = 0;     ///< off for an overrun
  std::uint16_t floaters = 0;  ///< listed again
};

/// No trial is spread over more sitting days.
inline constexpr int longest_run = 256;

/// A bit for each of the sitting days from the first on.
struct SittingDays {
  std::array<std::uint64_t, longest_run / 64> bits{};

  bool has(int day) const {
    return (bits[static_cast<std::size_t>(day) / 64] >> day % 64 & 1U) != 0;
  }
  int last() const {
    for (std::size_t word = bits.size(); word-- > 0;) {
      if (bits[word] != 0) return static_cast<int>(word * 64 + std::bit_width(bits[word])) - 1;
    }
    return -1;
  }
  void add(int day) { bits[static_cast<std::size_t>(day) / 64] |= std::uint64_t{1} << day % 64; }
};

/// The date of a case's trial, kept while it is listed, and its time limit, kept to its end.
struct TrialDate {
  SittingDays days;
  double settled = 0;          ///< share of the case's draw that was decided when it was listed
  Seconds custody_until = -1;  ///< -1: not asked for yet
  std::int32_t first_day = 0;
  std::uint32_t number = 0;      ///< of the listing, rising within the diary
  std::uint16_t length = 0;      ///< in sitting days
  std::uint16_t extensions = 0;  ///< of the time limit
  std::uint8_t is_floater = 0;
  std::uint8_t is_to_be_vacated = 0;
  std::uint16_t unused = 0;

  /// `visit(day)` for every sitting day of the trial from `from` on.
  template <class Visit>
  void for_each_day(std::int32_t from, Visit visit) const {
    for (std::size_t word = 0; word < days.bits.size(); ++word) {
      for (std::uint64_t bits = days.bits[word]; bits != 0; bits &= bits - 1) {
        const auto offset = static_cast<std::int32_t>(word * 64) + std::countr_zero(bits);
        if (first_day + offset >= from) visit(first_day + offset);
      }
    }
  }
};

}  // namespace rassoflow
