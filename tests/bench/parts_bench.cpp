// Times the parts of which a trial is made, each alone:
//   parts_bench
// prints a line each: what it is, nanoseconds for one, median of nine rounds.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "sim/core/calendar.hpp"
#include "sim/engine/event_queue.hpp"
#include "sim/random/law.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using rassoflow::Event;
using rassoflow::KeyedStream;
using rassoflow::Purpose;
using rassoflow::Seconds;
using rassoflow::seconds_per_day;

/// What is computed is added up here, so that no compiler leaves it out.
volatile double sink = 0;

/// `work(count)` does it that many times and returns something that depends on all of it.
template <class Work>
void time_it(const std::string& what, std::int64_t count, Work work) {
  std::array<double, 9> rounds{};
  for (double& round : rounds) {
    const auto start = Clock::now();
    sink = sink + work(count);
    round = std::chrono::duration<double, std::nano>(Clock::now() - start).count() /
            static_cast<double>(count);
  }
  std::sort(rounds.begin(), rounds.end());
  fmt::print("{:<44} {:8.1f}  ({:.1f}-{:.1f})\n", what, rounds[4], rounds.front(), rounds.back());
}

struct AnyOrder {
  bool before(const Event& a, const Event& b) const { return a.slot() < b.slot(); }
  bool is_current(const Event&) const { return true; }
};

/// The hold model: take the next event, put one in its place an exponential time later, so that
/// `pending` stay. The mean wait is 100 days, or less where few events would run past the horizon.
void time_queue(std::uint32_t pending) {
  constexpr std::int64_t events = 300'000;  // in each of nine rounds
  const double mean_days = std::min(100.0, 1e4 * pending / (9.0 * events));
  const Purpose purpose{1, "hold"};
  const AnyOrder order;
  constexpr Seconds horizon = 36'500 * seconds_per_day;
  rassoflow::EventQueue<AnyOrder> queue{order, horizon};
  const auto wait = [&](std::uint64_t n) {
    KeyedStream stream{purpose, 0, n, 0};
    return 1 + rassoflow::round_to_seconds(mean_days * static_cast<double>(seconds_per_day) *
                                           rassoflow::standard_exponential(stream));
  };
  std::uint64_t n = 0;
  const auto push = [&](Seconds when, std::uint32_t slot) {
    queue.push(rassoflow::make_event(when, rassoflow::EventClass::completion,
                                     rassoflow::tie_of(slot, when), slot, 0, 0));
  };
  for (std::uint32_t slot = 0; slot < pending; ++slot) push(wait(n++), slot);
  time_it(fmt::format("queue: hold model, {} pending, with draw", pending), events,
          [&](std::int64_t count) {
            double sum = 0;
            for (std::int64_t i = 0; i < count; ++i) {
              const Event event = *queue.peek();
              queue.pop();
              sum += static_cast<double>(event.slot());
              push(event.seconds() + wait(n++), event.slot());
            }
            return sum;
          });
}

template <class Draw>
void time_draw(const std::string& what, Draw draw) {
  const Purpose purpose{1, what};
  std::uint64_t n = 0;
  time_it("draw: " + what, 1'000'000, [&](std::int64_t count) {
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      KeyedStream stream{purpose, 0, n++, 0};
      sum += draw(stream);
    }
    return sum;
  });
}

void time_calendar() {
  using std::chrono::year;
  rassoflow::WorkingPatternSpec office;
  office.days = {true, true, true, true, true, false, false};
  office.hours = {{9 * 3600, 17 * 3600}};
  office.bank_holidays = rassoflow::BankHolidays::closed;
  const rassoflow::TimeAxis axis{year{2015} / 4 / 1};
  constexpr Seconds horizon = 2'646 * seconds_per_day;
  const rassoflow::WorkingPattern pattern{office, axis, horizon};
  Seconds when = 0;
  const auto next = [&] { return when = (when + 7'919'377) % (horizon - 100 * seconds_per_day); };
  time_it("calendar: working seconds before a second", 1'000'000, [&](std::int64_t count) {
    Seconds sum = 0;
    for (std::int64_t i = 0; i < count; ++i) sum += pattern.worked(next());
    return static_cast<double>(sum);
  });
  time_it("calendar: end of twenty hours of work", 1'000'000, [&](std::int64_t count) {
    Seconds sum = 0;
    for (std::int64_t i = 0; i < count; ++i) sum += pattern.finish(next(), 72'000);
    return static_cast<double>(sum);
  });
}

}  // namespace

int main() {
  fmt::print("{:<44} {:>8}  {}\n", "part", "ns", "(range)");
  for (std::uint32_t pending = 100; pending <= 10'000'000; pending *= 10) time_queue(pending);
  using rassoflow::LawFamily;
  time_draw("uniform", [](KeyedStream& s) { return rassoflow::standard_uniform(s); });
  time_draw("exponential", [](KeyedStream& s) { return rassoflow::standard_exponential(s); });
  time_draw("normal", [](KeyedStream& s) { return rassoflow::standard_normal(s); });
  time_draw("gamma of shape 2", [](KeyedStream& s) { return rassoflow::standard_gamma(s, 2); });
  const auto lognormal = rassoflow::coefficients(LawFamily::lognormal, 14, 1);
  time_draw("lognormal law", [&](KeyedStream& s) { return rassoflow::draw(lognormal, s); });
  const auto weibull = rassoflow::coefficients(LawFamily::weibull, 14, 0.7);
  time_draw("Weibull law", [&](KeyedStream& s) { return rassoflow::draw(weibull, s); });
  time_calendar();
}
