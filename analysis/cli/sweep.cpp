// rassoflow sweep: the units of a design of experiments, into a store.
#include <fmt/format.h>

#include <charconv>

#include "analysis/cli/choose_shard.hpp"
#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/interrupt.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/cli/progress.hpp"
#include "analysis/cli/slurm.hpp"
#include "analysis/cli/trial_options.hpp"
#include "analysis/experiments/run_sweep.hpp"
#include "analysis/kpis/csv_fields.hpp"
#include "analysis/report/figures.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

struct SweepCommandOptions {
  std::string sweep, store, shard, replay, verify;
  std::optional<std::uint64_t> replications, threads, shards;
  bool retries = false;
  bool is_for_slurm = false;
};

std::optional<int> parse_options(const Arguments& arguments, SweepCommandOptions& options) {
  OptionParser parser{"sweep",
                      "Runs a design of experiments into a store; what is there is not run "
                      "again."};
  parser.positional("SWEEP", options.sweep, "the sweep's TOML file");
  parser.text("--store", options.store, "FOLDER", "default: results/ and the name of the sweep");
  parser.number("--replications", options.replications, 1, 1'000'000,
                "of each point, instead of the sweep's");
  parser.number("--threads", options.threads, 1, 4096,
                "default: SLURM_CPUS_PER_TASK, else all processors; changes no result");
  parser.text("--shard", options.shard, "I/N",
              "run the I-th of N parts; default: as the array of the cluster says, else all");
  parser.number("--shards", options.shards, 1, 1'000'000,
                "how many parts, where the cluster tells only which");
  parser.text("--verify", options.verify, "SHARE",
              "run a share of what is there again, such as 1%, and hold it against the store");
  parser.flag("--retry", options.retries, "run units again that have failed");
  parser.text("--replay", options.replay, "POINT:REPLICATION",
              "run one unit, print its values and store nothing");
  parser.flag("--slurm", options.is_for_slurm,
              "submit an array of jobs (at most --shards, each of --threads) instead of running");
  return parser.parse(arguments);
}

template <class T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `1%` as 0.01.
std::optional<double> share_in(const std::string& text) {
  if (text.empty()) return 0.0;
  if (!text.ends_with('%')) return std::nullopt;
  const auto percent = number_in<double>(std::string_view(text).substr(0, text.size() - 1));
  if (!percent || !(*percent > 0) || *percent > 100) return std::nullopt;
  return *percent / 100;
}

int replay(const PreparedSweep& sweep, const std::string& which) {
  const auto colon = which.find(':');
  const auto point = number_in<std::uint64_t>(std::string_view(which).substr(0, colon));
  const auto replication =
      colon == std::string::npos
          ? std::nullopt
          : number_in<std::uint32_t>(std::string_view(which).substr(colon + 1));
  if (!point || !replication || *point < 1 || *point > sweep.study.points) {
    spdlog::error(
        "rassoflow sweep: --replay {} is not like 17:3, point 17 (of {}) and replication 3",
        in_ticks(which), sweep.study.points);
    return ExitCode::usage;
  }
  const Unit unit = run_unit(sweep, make_point(sweep, *point - 1), *point - 1, *replication);
  if (unit.failure) {
    spdlog::error("point {}, replication {} failed: {}", *point, *replication, *unit.failure);
    return ExitCode::failed;
  }
  std::string text = csv_key_columns() + ",unit,value\n";
  for (std::size_t row = 0; row < unit.values.size(); ++row) {
    const RowKey& key = sweep.study.rows[row];
    text += fmt::format("{},{},{}\n", csv_key_fields(key), csv_field(key.unit),
                        csv_number(unit.values[row]));
  }
  write_stdout(text);
  return ExitCode::ok;
}

std::string counted(std::uint64_t count) {
  return grouped(static_cast<double>(count), 0);
}

int say_outcome(const SweepOutcome& outcome, const SweepCommandOptions& options,
                const std::string& store) {
  if (outcome.cut > 0) {
    spdlog::info("A frame that was left torn is cut off ({} bytes); its unit is run again.",
                 outcome.cut);
  }
  if (outcome.damaged > 0) {
    spdlog::warn("{} bytes of the store are damaged and passed over; what was there is run again.",
                 outcome.damaged);
  }
  for (const FailedUnit& failure : outcome.failures) {
    spdlog::error(
        "point {}, replication {} failed: {}\nTo meet it again: rassoflow sweep {} --replay {}:{}",
        failure.point + 1, failure.replication, failure.message, options.sweep, failure.point + 1,
        failure.replication);
  }
  for (const std::string& mismatch : outcome.mismatches) {
    spdlog::error("{} gives other values than the store has", mismatch);
  }
  std::string text = fmt::format("{} of {} units were there, {} run now", counted(outcome.present),
                                 counted(outcome.units), counted(outcome.made));
  if (outcome.failed > 0) text += fmt::format(", {} of them failed", counted(outcome.failed));
  if (outcome.verified > 0) {
    text += fmt::format("; {} run again and compared, {} differ", counted(outcome.verified),
                        outcome.mismatches.size());
  }
  write_stdout(fmt::format("{}: {}.\n", store, text));
  if (outcome.interrupted) {
    spdlog::info("Interrupted: what is finished is kept; the same command goes on.");
    return ExitCode::interrupted;
  }
  return outcome.failed > 0 || !outcome.mismatches.empty() ? ExitCode::failed : ExitCode::ok;
}

/// Times one unit here, cuts what there is into tasks of at least 30 s and submits them.
int submit(const PreparedSweep& sweep, const SweepCommandOptions& options, const std::string& store,
           std::uint32_t replications) {
  constexpr std::uint64_t most_tasks = 1000;
  const Unit unit = run_unit(sweep, make_point(sweep, 0), 0, 0);
  SlurmArray array;
  array.store = std::filesystem::absolute(store).lexically_normal();
  array.processors = static_cast<unsigned>(options.threads.value_or(1));
  const std::uint64_t units = sweep.study.points * replications;
  array.tasks =
      task_count(units, unit.seconds, array.processors, options.shards.value_or(most_tasks));
  array.command = {std::filesystem::read_symlink("/proc/self/exe").string(),
                   "sweep",
                   std::filesystem::absolute(options.sweep).lexically_normal().string(),
                   "--store",
                   array.store.string(),
                   "--replications",
                   std::to_string(replications),
                   "--threads",
                   std::to_string(array.processors),
                   "--shards",
                   std::to_string(array.tasks)};
  write_array(array);
  spdlog::info(
      "{} units of about {:.2g} s in {} task{} of {} processor{}; when they have ended: rassoflow "
      "merge {}",
      counted(units), unit.seconds, array.tasks, array.tasks == 1 ? "" : "s", array.processors,
      array.processors == 1 ? "" : "s", store);
  return submit_array(array) == 0 ? ExitCode::ok : ExitCode::failed;
}

}  // namespace

int sweep_command(const Arguments& arguments) {
  SweepCommandOptions options;
  if (const auto stop = parse_options(arguments, options)) return *stop;
  const auto share = share_in(options.verify);
  if (!share) {
    spdlog::error("rassoflow sweep: --verify {} is not a share like 1%", in_ticks(options.verify));
    return ExitCode::usage;
  }
  // The tasks that are submitted will know their shards.
  const auto shard =
      options.is_for_slurm
          ? std::variant<Shard, std::string>{Shard{}}
          : choose_shard(options.shard, static_cast<std::uint32_t>(options.shards.value_or(0)));
  if (const auto* why = std::get_if<std::string>(&shard)) {
    spdlog::error("rassoflow sweep: {}", *why);
    return ExitCode::usage;
  }
  std::error_code ignored;
  if (!std::filesystem::exists(options.sweep, ignored)) {
    throw WorldError{fmt::format("there is no file {}", in_ticks(options.sweep))};
  }
  auto spec = read_sweep(options.sweep);
  if (auto* faults = std::get_if<Diagnostics>(&spec)) {
    print_diagnostics(std::move(*faults));
    return ExitCode::invalid_scenario;
  }
  auto prepared = prepare_sweep(std::get<SweepSpec>(spec), options.sweep);
  if (auto* faults = std::get_if<Diagnostics>(&prepared)) {
    print_diagnostics(std::move(*faults));
    return ExitCode::invalid_scenario;
  }
  const PreparedSweep& sweep = std::get<PreparedSweep>(prepared);
  if (!options.replay.empty()) return replay(sweep, options.replay);

  const std::string store =
      options.store.empty()
          ? (std::filesystem::path("results") / std::filesystem::path(options.sweep).stem())
                .string()
          : options.store;
  make_folder(store);
  const auto replications =
      static_cast<std::uint32_t>(options.replications.value_or(sweep.study.replications));
  if (options.is_for_slurm) return submit(sweep, options, store, replications);
  TrialOptions trials;
  trials.threads = options.threads;
  SweepOptions run;
  run.shard = std::get<Shard>(shard);
  run.threads = trials.thread_count();
  run.replications = replications;
  run.retries_failed = options.retries;
  run.verified_share = *share;
  const std::atomic<bool>& interrupt = watch_for_interrupt();
  std::optional<Progress> progress;
  const auto note = [&](std::uint64_t done, std::uint64_t units) {
    // Its first call comes after the first unit.
    if (!progress)
      progress.emplace(static_cast<std::uint32_t>(done - 1), static_cast<std::uint32_t>(units));
    progress->finished(static_cast<std::uint32_t>(done));
  };
  const SweepOutcome outcome = run_sweep(sweep, store, run, interrupt, note);
  progress.reset();
  return say_outcome(outcome, options, store);
}

}  // namespace rassoflow
