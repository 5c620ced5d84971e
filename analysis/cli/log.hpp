// What the program says about its own work, on stderr through spdlog: errors and
// notes as plain sentences; with SPDLOG_LEVEL=debug also what took how long.
#pragma once

#include <spdlog/spdlog.h>

#include <chrono>
#include <string_view>

namespace rassoflow {

/// Makes the logger the default one; called once, by main.
void start_log();

/// Logs at debug level how long its scope took.
class Timing {
 public:
  explicit Timing(std::string_view what) : what_(what) {}
  ~Timing() {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    spdlog::debug("{}: {:.3f} s", what_, spent.count());
  }
  Timing(const Timing&) = delete;
  Timing& operator=(const Timing&) = delete;

 private:
  std::string_view what_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace rassoflow
