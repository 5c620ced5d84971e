#include "analysis/cli/progress.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

namespace rassoflow {

Progress::Progress(std::uint32_t first, std::uint32_t end)
    : first_(first), end_(end), on_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (has_line_ && on_terminal_) fmt::print(stderr, "\r\033[K");
}

void Progress::finished(std::uint32_t count) {
  using namespace std::chrono;
  const auto now = Clock::now();
  if (now - printed_ < (on_terminal_ ? milliseconds(200) : milliseconds(5000))) return;
  printed_ = now;
  has_line_ = true;
  const double seconds_spent = duration<double>(now - start_).count();
  const double seconds_left = seconds_spent / (count - first_) * (end_ - count);
  const auto end = system_clock::now() + seconds(static_cast<std::int64_t>(seconds_left + 0.5));
  const std::string line =
      fmt::format("{} of {} replications, {:.0f} s left, done about {:%H:%M:%S}", count, end_,
                  seconds_left, fmt::localtime(system_clock::to_time_t(end)));
  if (on_terminal_)
    fmt::print(stderr, "\r\033[K{}", line);
  else
    fmt::print(stderr, "{}\n", line);
}

}  // namespace rassoflow
