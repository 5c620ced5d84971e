// Properties of every working pattern, against a reading of the specification second by second.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

#include "sim/core/calendar.hpp"

namespace rassoflow {
namespace {

const TimeAxis axis{parse_date("2015-12-01").value()};
constexpr std::int64_t days_covered = 200;  // Christmas, Easter and both May holidays
constexpr Seconds horizon = days_covered * seconds_per_day;

WorkingPatternSpec any_spec() {
  WorkingPatternSpec spec;
  for (bool& day : spec.days) day = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
  const int ranges = *rc::gen::inRange(1, 4);
  std::set<Seconds> edges;
  while (edges.size() < 2 * static_cast<std::size_t>(ranges)) {
    edges.insert(*rc::gen::weightedOneOf<Seconds>(
        {{1, rc::gen::elementOf(std::vector<Seconds>{0, 1, seconds_per_day - 1, seconds_per_day})},
         {4, rc::gen::inRange<Seconds>(0, seconds_per_day + 1)}}));
  }
  spec.hours.clear();
  for (auto edge = edges.begin(); edge != edges.end();) {
    const Seconds from = *edge++;
    spec.hours.push_back({from, *edge++});
  }
  spec.bank_holidays = *rc::gen::element(BankHolidays::open, BankHolidays::closed);
  const auto closed = *rc::gen::container<std::vector<std::int64_t>>(
      *rc::gen::inRange<std::size_t>(0, 6), rc::gen::inRange<std::int64_t>(0, days_covered));
  for (const std::int64_t day : closed) spec.closed.insert(axis.origin() + std::chrono::days{day});
  return spec;
}

bool is_open_by_the_words(const WorkingPatternSpec& spec, Seconds when) {
  const Date date = axis.date_of(when);
  if (!spec.days[std::chrono::weekday{date}.iso_encoding() - 1]) return false;
  if (spec.bank_holidays == BankHolidays::closed && is_bank_holiday(date)) return false;
  if (spec.closed.contains(date)) return false;
  for (const HourRange& range : spec.hours) {
    if (range.from <= when % seconds_per_day && when % seconds_per_day < range.to) return true;
  }
  return false;
}

Seconds any_second() {
  return *rc::gen::inRange<Seconds>(0, horizon);
}

/// A second at, just before or just after an edge of the hours, or anywhere.
Seconds telling_second(const WorkingPatternSpec& spec) {
  const HourRange range = *rc::gen::elementOf(std::vector<HourRange>{spec.hours});
  const Seconds edge = *rc::gen::element(range.from, range.to) + *rc::gen::inRange<Seconds>(-1, 2);
  const Seconds day = *rc::gen::inRange<Seconds>(0, days_covered) * seconds_per_day;
  const Seconds when = *rc::gen::element(day + edge, any_second());
  return std::min(std::max<Seconds>(when, 0), horizon - 1);
}

RC_GTEST_PROP(AnyWorkingPattern, IsOpenWhenItsWordsSaySo, ()) {
  const WorkingPatternSpec spec = any_spec();
  const WorkingPattern pattern{spec, axis, horizon};
  for (int i = 0; i < 20; ++i) {
    const Seconds when = telling_second(spec);
    const bool is_open = is_open_by_the_words(spec, when);
    RC_ASSERT(pattern.is_open(when) == is_open);
    RC_ASSERT(pattern.worked(when + 1) - pattern.worked(when) == (is_open ? 1 : 0));
  }
}

RC_GTEST_PROP(AnyWorkingPattern, FinishIsTheFirstSecondByWhichTheWorkIsDone, ()) {
  const WorkingPatternSpec spec = any_spec();
  const WorkingPattern pattern{spec, axis, horizon};
  for (int i = 0; i < 20; ++i) {
    const Seconds start = telling_second(spec);
    const Seconds left = pattern.worked(horizon) - pattern.worked(start);
    const Seconds working = *rc::gen::inRange<Seconds>(0, left + 1);
    const Seconds end = pattern.finish(start, working);
    RC_ASSERT(end != never);
    RC_ASSERT(pattern.worked(end) - pattern.worked(start) == working);
    RC_ASSERT((working > 0 ? pattern.worked(end - 1) < pattern.worked(end) : end == start));
    RC_ASSERT(pattern.finish(start, left + 1) == never);
  }
}

RC_GTEST_PROP(AnyWorkingPattern, WorkInTwoPartsEndsWhenItWouldInOne, ()) {
  const WorkingPatternSpec spec = any_spec();
  const WorkingPattern pattern{spec, axis, horizon};
  const Seconds start = telling_second(spec);
  const Seconds first = *rc::gen::inRange<Seconds>(0, 3 * seconds_per_day);
  const Seconds second = *rc::gen::inRange<Seconds>(1, 3 * seconds_per_day);
  const Seconds pause = pattern.finish(start, first);
  const Seconds end = pause == never ? never : pattern.finish(pause, second);
  RC_ASSERT(end == pattern.finish(start, first + second));
}

RC_GTEST_PROP(AnyWorkingPattern, NextOpeningIsTheFirstOpenSecond, ()) {
  const WorkingPatternSpec spec = any_spec();
  const WorkingPattern pattern{spec, axis, horizon};
  const Seconds when = telling_second(spec);
  const Seconds next = pattern.next_opening(when);
  if (next == never) {
    RC_ASSERT(pattern.worked(when) == pattern.worked(horizon));
  } else {
    RC_ASSERT(next >= when);
    RC_ASSERT(is_open_by_the_words(spec, next));
    RC_ASSERT(pattern.worked(next) == pattern.worked(when));
  }
}

RC_GTEST_PROP(AnyWorkingPattern, NextWorkingDayIsFoundByLookingAtEveryDay, ()) {
  const WorkingPattern pattern{any_spec(), axis, horizon};
  const Seconds when = any_second();
  std::int64_t day = when / seconds_per_day + 1;
  while (day < days_covered && !pattern.is_working_day(day)) ++day;
  const Seconds expected = day < days_covered ? day * seconds_per_day : never;
  RC_ASSERT(pattern.next_working_day(when) == expected);
}

RC_GTEST_PROP(AnyWorkingPattern, RoundTheClockAgreesWithTheGeneralCase, ()) {
  const WorkingPattern always{WorkingPatternSpec{}, axis, horizon};
  // One closed day at the far end takes the general path everywhere before it.
  WorkingPatternSpec spec;
  spec.closed = {axis.origin() + std::chrono::days{days_covered - 1}};
  const WorkingPattern nearly{spec, axis, horizon};
  RC_ASSERT(always.is_round_the_clock() && !nearly.is_round_the_clock());
  const Seconds start = *rc::gen::inRange<Seconds>(0, horizon / 2);
  const Seconds working = *rc::gen::inRange<Seconds>(0, horizon / 3);
  RC_ASSERT(always.finish(start, working) == nearly.finish(start, working));
  RC_ASSERT(always.worked(start) == nearly.worked(start));
  RC_ASSERT(always.next_opening(start) == nearly.next_opening(start));
  RC_ASSERT(always.next_working_day(start) == nearly.next_working_day(start));
}

}  // namespace
}  // namespace rassoflow
