#include "analysis/experiments/run_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "analysis/store/shard_writer.hpp"
#include "sim/core/hash.hpp"
#include "sim/run/experiment.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_told_failures = 20;

/// Compiles a point when its first unit begins and forgets it when later points begin: units begin
/// in the order of points.
class PointCache {
 public:
  explicit PointCache(const PreparedSweep& sweep) : sweep_(sweep) {}

  std::shared_ptr<const PointSystem> at(std::uint64_t point) {
    std::promise<std::shared_ptr<const PointSystem>> promise;
    std::shared_future<std::shared_ptr<const PointSystem>> future;
    bool is_mine = false;
    {
      const std::lock_guard lock{mutex_};
      points_.erase(points_.begin(), points_.lower_bound(point));
      const auto [found, is_new] = points_.try_emplace(point);
      if (is_new) found->second = promise.get_future().share();
      is_mine = is_new;
      future = found->second;
    }
    if (is_mine) {
      auto system = std::make_shared<PointSystem>();
      try {
        *system = make_point(sweep_, point);
      } catch (const std::exception& error) {
        system->failure = error.what();
      }
      promise.set_value(std::move(system));
    }
    return future.get();
  }

 private:
  const PreparedSweep& sweep_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::shared_future<std::shared_ptr<const PointSystem>>> points_;
};

/// A share of the units, chosen by their keys.
bool is_sampled(const UnitKey& key, double share) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, key.data(), sizeof bits);
  return static_cast<double>(mix64(bits) >> 11) * 0x1p-53 < share;
}

bool are_same(const Unit& a, const Unit& b) {
  return a.failure == b.failure && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(double)) == 0;
}

enum class State : std::uint8_t { missing, made, failed };

/// What a store holds, by point and replication.
struct Present {
  std::vector<State> units;
  std::vector<Unit> sample;
};

Present read_present(const PreparedSweep& sweep, const std::filesystem::path& folder,
                     const SweepOptions& options, SweepOutcome& outcome) {
  Present present;
  present.units.assign(sweep.study.points * options.replications, State::missing);
  std::optional<Study> study = sweep.study;
  const auto reads = read_shards(shard_files(folder), study, [&](Unit&& unit) {
    if (unit.replication >= options.replications) return;
    if (unit.key != unit_key(sweep, unit.point, unit.replication)) return;
    State& state = present.units[unit.point * options.replications + unit.replication];
    const bool is_new = state == State::missing;
    state = unit.failure ? State::failed : State::made;
    if (is_new && is_sampled(unit.key, options.verified_share)) {
      present.sample.push_back(std::move(unit));
    }
  });
  for (const ShardRead& read : reads) outcome.damaged += read.frames.damaged;
  std::sort(present.sample.begin(), present.sample.end(),
            [](const Unit& a, const Unit& b) { return a.point < b.point; });
  return present;
}

}  // namespace

void run_in_parallel(std::uint64_t count, unsigned threads,
                     const std::function<void(std::uint64_t)>& work,
                     const std::atomic<bool>& interrupt) {
  const unsigned workers =
      threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> has_stopped{false};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto take_turns = [&] {
    while (!has_stopped.load() && !interrupt.load()) {
      const std::uint64_t mine = next.fetch_add(1);
      if (mine >= count) return;
      try {
        work(mine);
      } catch (...) {
        const std::lock_guard lock{mutex};
        if (!failure) failure = std::current_exception();
        has_stopped.store(true);
      }
    }
  };
  {
    std::vector<std::jthread> team;
    for (std::uint64_t i = 1; i < std::min<std::uint64_t>(workers, count); ++i) {
      team.emplace_back(take_turns);
    }
    take_turns();
  }
  if (failure) std::rethrow_exception(failure);
}

Unit run_unit(const PreparedSweep& sweep, const PointSystem& system, std::uint64_t point,
              std::uint32_t replication) {
  const auto start = std::chrono::steady_clock::now();
  Unit unit{unit_key(sweep, point, replication), point, replication, 0, {}, std::nullopt};
  try {
    if (!system.failure.empty()) throw std::runtime_error{system.failure};
    auto trial = attempt_trial(*system.pathway, sweep.study.seed, replication);
    if (auto* failure = std::get_if<TrialFailure>(&trial))
      throw std::runtime_error{failure->message};
    unit.values = system.values_of(std::get<TrialResult>(trial).monitor);
  } catch (const std::exception& error) {
    unit.failure = error.what();
  }
  unit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return unit;
}

SweepOutcome run_sweep(const PreparedSweep& sweep, const std::filesystem::path& folder,
                       const SweepOptions& options, const std::atomic<bool>& interrupt,
                       const std::function<void(std::uint64_t, std::uint64_t)>& note) {
  SweepOutcome outcome;
  Study study = sweep.study;
  study.replications = options.replications;
  ShardWriter writer{folder / shard_name(options.shard), study};
  outcome.cut = writer.cut();
  const Present present = read_present(sweep, folder, options, outcome);

  // Point by point, and every shard a range of its own, so that a point is compiled once.
  const std::uint64_t all = study.points * options.replications;
  const std::uint64_t begin = all * options.shard.index / options.shard.count;
  const std::uint64_t end = all * (options.shard.index + 1) / options.shard.count;
  outcome.units = end - begin;
  std::vector<std::uint64_t> missing;
  for (std::uint64_t unit = begin; unit < end; ++unit) {
    const State state = present.units[unit];
    if (state == State::missing || (state == State::failed && options.retries_failed)) {
      missing.push_back(unit);
    }
  }
  outcome.present = outcome.units - missing.size();

  PointCache points{sweep};
  std::mutex mutex;
  run_in_parallel(
      missing.size(), options.threads,
      [&](std::uint64_t i) {
        const std::uint64_t point = missing[i] / options.replications;
        const auto replication = static_cast<std::uint32_t>(missing[i] % options.replications);
        const Unit unit = run_unit(sweep, *points.at(point), point, replication);
        writer.put(unit);
        const std::lock_guard lock{mutex};
        ++outcome.made;
        if (unit.failure) {
          ++outcome.failed;
          if (outcome.failures.size() < most_told_failures) {
            outcome.failures.push_back({point, replication, *unit.failure});
          }
        }
        note(outcome.present + outcome.made, outcome.units);
      },
      interrupt);
  writer.close();

  PointCache again{sweep};
  run_in_parallel(
      present.sample.size(), options.threads,
      [&](std::uint64_t i) {
        const Unit& stored = present.sample[i];
        const Unit unit =
            run_unit(sweep, *again.at(stored.point), stored.point, stored.replication);
        const std::lock_guard lock{mutex};
        ++outcome.verified;
        if (!are_same(stored, unit)) {
          outcome.mismatches.push_back(
              fmt::format("point {}, replication {}", stored.point + 1, stored.replication));
        }
      },
      interrupt);
  outcome.interrupted = interrupt.load() &&
                        (outcome.made < missing.size() || outcome.verified < present.sample.size());
  return outcome;
}

}  // namespace rassoflow
