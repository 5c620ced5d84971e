// How far a run is, on stderr: one line rewritten on a terminal, else a line every few seconds.
#pragma once

#include <chrono>
#include <cstdint>

namespace rassoflow {

class Progress {
 public:
  /// Of replications first ... end - 1.
  Progress(std::uint32_t first, std::uint32_t end);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// `count` are, those before the first included.
  void finished(std::uint32_t count);

 private:
  using Clock = std::chrono::steady_clock;
  std::uint32_t first_;
  std::uint32_t end_;
  bool on_terminal_;
  bool has_line_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point printed_ = start_;
};

}  // namespace rassoflow
