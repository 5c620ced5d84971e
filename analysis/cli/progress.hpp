// How far a run is, on stderr: one line rewritten on a terminal, else a line every few seconds.
#pragma once

#include <chrono>
#include <cstdint>

namespace rassoflow {

class Progress {
 public:
  explicit Progress(std::uint32_t replications);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void finished(std::uint32_t count);

 private:
  using Clock = std::chrono::steady_clock;
  std::uint32_t replications_;
  bool on_terminal_;
  bool has_line_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point printed_ = start_;
};

}  // namespace rassoflow
