// Times whole trials of a scenario, without reading it and without estimates:
//   trial_bench FILE SEED REPLICATIONS
// prints one JSON object a line for each trial, each run once, the first without warming up.

#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <span>

#include <fmt/core.h>

#include "sim/model/compile_pathway.hpp"
#include "sim/run/experiment.hpp"
#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int print(const rassoflow::Diagnostics& faults) {
  for (const rassoflow::Diagnostic& fault : faults) {
    std::cerr << rassoflow::format_diagnostic(fault) << "\n";
  }
  return 3;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments{argv, static_cast<std::size_t>(argc)};
  if (arguments.size() != 4) {
    std::cerr << "usage: trial_bench FILE SEED REPLICATIONS\n";
    return 2;
  }
  const auto reading = Clock::now();
  const auto read = rassoflow::read_scenario(arguments[1]);
  if (const auto* faults = std::get_if<rassoflow::Diagnostics>(&read)) return print(*faults);
  const auto& scenario = std::get<rassoflow::Scenario>(read);
  if (const auto faults = rassoflow::check_scenario(scenario); !faults.empty()) {
    return print(faults);
  }
  const rassoflow::Pathway pathway = rassoflow::compile_pathway(scenario);
  const double prepared = seconds_since(reading);

  const std::uint64_t seed = std::strtoull(arguments[2], nullptr, 10);
  const auto replications = static_cast<std::uint32_t>(std::strtoul(arguments[3], nullptr, 10));
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const auto start = Clock::now();
    const rassoflow::TrialResult result = rassoflow::run_trial(pathway, seed, replication);
    const double seconds = seconds_since(start);
    fmt::print(
        R"({{"events":{},"seconds":{:.6f},"ns_per_event":{:.3f},"peak_mb":{:.1f},"prepare_seconds":{:.4f}}})"
        "\n",
        result.events, seconds, seconds * 1e9 / static_cast<double>(result.events),
        peak_megabytes(), prepared);
  }
}
