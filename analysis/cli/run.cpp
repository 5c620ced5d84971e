// rassoflow run: replications of one scenario, and what they say.
#include <fmt/format.h>

#include "analysis/cli/choose_table.hpp"
#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/interrupt.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/cli/replicate.hpp"
#include "analysis/cli/trial_options.hpp"
#include "analysis/report/run_report.hpp"
#include "sim/model/compile_pathway.hpp"

namespace rassoflow {
namespace {

struct RunOptions {
  std::string scenario;
  TrialOptions trials;
  std::optional<std::uint64_t> most_replications;
  bool is_precise = false;
  std::string out;
  std::string table, periods;
  std::string format = "text";
  std::string detail = "national";
};

std::optional<int> parse_options(const Arguments& arguments, RunOptions& options) {
  OptionParser parser{"run", "Simulates a scenario and prints estimates with intervals."};
  parser.positional("SCENARIO", options.scenario, "the scenario's TOML file");
  options.trials.add_to(parser);
  parser.flag("--precision", options.is_precise,
              "as many as the scenario's [precision] targets need, looking after 20, 30, 45, ...");
  parser.number("--max-replications", options.most_replications, 1, 1'000'000,
                "with --precision: no more than so many (default: 1000)");
  parser.text("--out", options.out, "FOLDER",
              "also write run.json, estimates.csv, observations.csv and national.txt there");
  parser.text("--table", options.table, "NAME",
              "print a table of the scenario instead; 'rassoflow list tables' names them");
  parser.text("--periods", options.periods, "LIST",
              "of the table, such as 2019,2021-Q2,2022-Q2 (default: the last quarters that fit)");
  std::vector<std::string> formats;
  for (const ReportFormat& format : report_formats()) formats.emplace_back(format.name);
  parser.choice("--format", options.format, formats, "of what is printed (default: text)");
  parser.choice("--detail", options.detail, {"national", "sites"},
                "sites adds rows for every site (default: national)");
  if (const auto stop = parser.parse(arguments)) return stop;
  if (options.is_precise && options.trials.replications) {
    spdlog::error(
        "rassoflow run: --precision finds out how many replications are needed; give "
        "--max-replications instead of --replications");
    return ExitCode::usage;
  }
  if (options.most_replications && !options.is_precise) {
    spdlog::error("rassoflow run: --max-replications belongs to --precision");
    return ExitCode::usage;
  }
  if (const auto stop = options.trials.check("run")) return stop;
  if (options.table.empty() && !options.periods.empty()) {
    spdlog::error("rassoflow run: --periods are those of a --table");
    return ExitCode::usage;
  }
  if (!options.table.empty() && options.format != "text") {
    spdlog::error(
        "rassoflow run: a --table is a page of text; leave out --table: the {} of a run has all "
        "its "
        "rows, named by kpi, basis, statistic, stage, outcome and period",
        options.format);
    return ExitCode::usage;
  }
  return std::nullopt;
}

void write_outputs(const std::filesystem::path& folder, const RunReport& report) {
  make_folder(folder);
  write_file(folder / "run.json", write_json(report));
  write_file(folder / "estimates.csv", write_csv(report));
  write_file(folder / "observations.csv", write_observations_csv(report));
  write_file(folder / "national.txt", write_text(report));
}

void print_failures(const std::vector<TrialFailure>& failures, const RunOptions& options,
                    std::uint64_t seed) {
  for (const TrialFailure& failure : failures) {
    spdlog::error("replication {} failed: {}", failure.replication, failure.message);
  }
  if (failures.empty()) return;
  spdlog::error(
      "The run is incomplete. To meet it again: rassoflow run {} --seed {} "
      "--replications {}",
      options.scenario, seed, failures.front().replication + 1);
}

}  // namespace

int run_command(const Arguments& arguments) {
  RunOptions options;
  if (const auto stop = parse_options(arguments, options)) return *stop;
  const auto loaded = load_scenario(
      options.scenario, [&](Scenario& scenario) { options.trials.apply_to(scenario.run); });
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  const auto published = read_published(scenario);
  if (const auto* faults = std::get_if<Diagnostics>(&published)) {
    print_diagnostics(*faults);
    return ExitCode::invalid_scenario;
  }
  const auto& figures = std::get<std::vector<PublishedFigure>>(published);

  const std::atomic<bool>& interrupt = watch_for_interrupt();
  const Pathway pathway = compile_pathway(scenario);
  const RowPlan plan{scenario, pathway, figures,
                     options.detail == "sites" ? Detail::sites : Detail::national};
  std::optional<ChosenTable> table;
  if (!options.table.empty()) {
    auto chosen = choose_table(scenario, plan, options.table, options.periods);
    if (const int* code = std::get_if<int>(&chosen)) return *code;
    table = std::get<ChosenTable>(chosen);
  }
  ExperimentSpec spec{scenario.run.seed, 0, scenario.run.replications,
                      options.trials.thread_count()};
  Replicated made;
  if (options.is_precise) {
    const auto targets = precision_targets(scenario, plan);
    if (const auto* faults = std::get_if<Diagnostics>(&targets)) {
      print_diagnostics(*faults);
      return ExitCode::invalid_scenario;
    }
    const auto& wanted = std::get<std::vector<PrecisionTarget>>(targets);
    if (wanted.empty()) {
      spdlog::error(
          "rassoflow run: the scenario has no precision targets; write for example\n"
          "  [precision]\n  {} = {{ relative = 0.02 }}",
          scenario.kpis.empty() ? "arrivals" : scenario.kpis.begin()->first);
      return ExitCode::usage;
    }
    spec.replications = static_cast<std::uint32_t>(options.most_replications.value_or(1000));
    made = replicate_until_precise(pathway, plan, spec, wanted, interrupt);
  } else {
    made = replicate(pathway, plan, spec, interrupt);
  }
  print_failures(made.failures, options, spec.seed);

  RunReport report;
  report.version = program_version();
  report.commit = program_commit();
  report.title = scenario.title;
  report.digest = pathway.digest;
  report.seed = spec.seed;
  report.replications_asked = made.asked;
  report.origin = scenario.run.origin;
  report.from = scenario.run.from;
  report.to = scenario.run.to;
  for (const auto& [name, pool] : scenario.pools) {
    if (!pool.is_constrained()) report.unlimited_pools.push_back(name);
  }
  for (const TrialFailure& failure : made.failures) {
    report.failures.emplace_back(failure.replication, failure.message);
  }
  report.interrupted = made.stopping.reason == StopReason::interrupted;
  report.stopping = made.stopping;
  report.scenario = &scenario;
  report.plan = &plan;
  report.observations = &made.observations;
  report.estimates = estimate(plan, made.observations);
  report.checks = sum_checks(plan, made.observations);
  report.comparisons = compare_with_published(scenario, plan, report.estimates, figures);

  if (!options.out.empty()) write_outputs(options.out, report);
  write_stdout(table ? write_table(report, *table->table, table->periods)
                     : find_format(options.format)->write(report));
  if (report.interrupted) {
    spdlog::info("Interrupted: {} of {} replications are kept.", report.replications(), made.asked);
    return ExitCode::interrupted;
  }
  std::int64_t faults = 0;
  for (const BookkeepingCheck& check : report.checks) faults += check.faults;
  return made.failures.empty() && faults == 0 ? ExitCode::ok : ExitCode::failed;
}

}  // namespace rassoflow
