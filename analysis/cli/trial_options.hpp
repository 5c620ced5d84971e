// The options of every command that makes replications: how many, from which seed, on how many
// threads, over which days.
//
//   TrialOptions trials;
//   trials.add_to(parser);
//   if (const auto stop = trials.check("run")) return *stop;
//   trials.apply_to(scenario.run);
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/cli/option_parser.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

struct TrialOptions {
  std::optional<std::uint64_t> replications, seed, threads;
  std::string from, to;

  void add_to(OptionParser& parser);
  /// The exit code after saying which date is none.
  std::optional<int> check(const std::string& command) const;
  void apply_to(RunSpec& run) const;
  /// 0: as many as the machine has. Tasks of a cluster are told how many processors they may use;
  /// the machine would say all.
  unsigned thread_count() const;
};

}  // namespace rassoflow
