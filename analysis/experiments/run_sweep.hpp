// Runs the units of a sweep that its store lacks, in parallel; memory does not grow with them.
//
//   SweepOutcome outcome = run_sweep(sweep, "results/sweep", options, interrupt, note);
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/experiments/prepared_sweep.hpp"
#include "analysis/store/store_folder.hpp"

namespace rassoflow {

struct SweepOptions {
  Shard shard;
  unsigned threads = 0;            ///< 0: as many as the machine has
  std::uint32_t replications = 1;  ///< of each point
  bool retries_failed = false;
  double verified_share = 0;  ///< of the units that are there, run again and held against the store
};

struct FailedUnit {
  std::uint64_t point = 0;
  std::uint32_t replication = 0;
  std::string message;
};

struct SweepOutcome {
  std::uint64_t units = 0;    ///< of this shard
  std::uint64_t present = 0;  ///< of them, before anything ran
  std::uint64_t made = 0;
  std::uint64_t failed = 0;          ///< of those made
  std::vector<FailedUnit> failures;  ///< the first of them
  std::uint64_t cut = 0;             ///< bytes of torn frames cut off
  std::uint64_t damaged = 0;         ///< bytes of damaged frames passed over
  std::uint64_t verified = 0;
  std::vector<std::string> mismatches;  ///< units that came out otherwise
  bool interrupted = false;
};

/// `note(done, units)` hears how far it is, from one thread at a time. Throws WorldError if the
/// store cannot be written; what is in it stays.
SweepOutcome run_sweep(const PreparedSweep& sweep, const std::filesystem::path& folder,
                       const SweepOptions& options, const std::atomic<bool>& interrupt,
                       const std::function<void(std::uint64_t, std::uint64_t)>& note);

/// One unit, without a store.
Unit run_unit(const PreparedSweep& sweep, const PointSystem& system, std::uint64_t point,
              std::uint32_t replication);

/// `work(i)` for each i below `count` on so many threads, beginning in order; after an exception or
/// an interrupt no more begin, and the exception is thrown on.
void run_in_parallel(std::uint64_t count, unsigned threads,
                     const std::function<void(std::uint64_t)>& work,
                     const std::atomic<bool>& interrupt);

}  // namespace rassoflow
