// rassoflow compare: what options change against a base, with the same cases and the same luck.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/interrupt.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/cli/replicate.hpp"
#include "analysis/cli/trial_options.hpp"
#include "analysis/experiments/better.hpp"
#include "analysis/report/compare_report.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_options = 25;

struct CompareOptions {
  std::string base;
  std::vector<std::string> options;
  TrialOptions trials;
  std::string sharing;  ///< of every pool with other work; empty: as the scenarios say
  std::string out;
  std::string format = "text";
};

std::optional<int> parse_options(const Arguments& arguments, CompareOptions& options) {
  OptionParser parser{"compare",
                      "Simulates a base and options with the same luck, and says what changes."};
  parser.positional("BASE", options.base, "the scenario's TOML file that is compared with");
  parser.positionals("OPTION", options.options, "scenarios that are compared with it");
  options.trials.add_to(parser);
  parser.choice("--sharing", options.sharing,
                {sharing_rule_names.begin(), sharing_rule_names.end()},
                "how staff share their time between cases and other work, in base and options");
  parser.text("--out", options.out, "FOLDER",
              "also write compare.txt, compare.json and differences.csv there");
  std::vector<std::string> formats;
  for (const CompareFormat& format : compare_formats()) formats.emplace_back(format.name);
  parser.choice("--format", options.format, formats, "of what is printed (default: text)");
  if (const auto stop = parser.parse(arguments)) return stop;
  if (options.options.size() > most_options) {
    spdlog::error("rassoflow compare: at most {} options can be compared at once", most_options);
    return ExitCode::usage;
  }
  return options.trials.check("compare");
}

/// A scenario from its file to the rows that are compared.
struct System {
  std::string file, label;
  Scenario scenario;
  Pathway pathway;
  std::unique_ptr<ComparedRows> rows;
};

void share_by(const std::string& rule, Scenario& scenario) {
  if (rule.empty()) return;
  const auto* name = std::ranges::find(sharing_rule_names, rule);
  for (auto& [pool, spec] : scenario.pools) {
    if (spec.other_work) spec.sharing = static_cast<SharingRule>(name - sharing_rule_names.begin());
  }
}

/// All scenarios with the seed and the replications of the base, or an exit code.
std::variant<std::vector<System>, int> load_systems(const CompareOptions& options) {
  std::vector<System> systems;
  std::vector<std::string> files{options.base};
  files.insert(files.end(), options.options.begin(), options.options.end());
  for (const std::string& file : files) {
    auto loaded = load_scenario(file, [&](Scenario& scenario) {
      options.trials.apply_to(scenario.run);
      share_by(options.sharing, scenario);
    });
    if (const int* code = std::get_if<int>(&loaded)) return *code;
    System system;
    system.file = file;
    system.label = std::string(1, static_cast<char>('A' + systems.size()));
    system.scenario = std::move(std::get<Scenario>(loaded));
    systems.push_back(std::move(system));
  }
  bool is_comparable = true;
  for (std::size_t s = 1; s < systems.size(); ++s) {
    for (const std::string& reason : reasons_against(systems[0].scenario, systems[s].scenario)) {
      spdlog::error("rassoflow compare: {} cannot be compared with {}: {}", systems[s].file,
                    systems[0].file, reason);
      is_comparable = false;
    }
  }
  if (!is_comparable) return ExitCode::usage;
  return systems;
}

std::vector<std::string> notes_of(const std::vector<System>& systems, const std::string& sharing) {
  std::vector<std::string> notes;
  if (!sharing.empty()) {
    notes.push_back(fmt::format("Staff share their time by the rule {} (--sharing).", sharing));
  }
  for (std::size_t s = 1; s < systems.size(); ++s) {
    if (systems[s].pathway.digest == systems[0].pathway.digest) {
      notes.push_back(
          fmt::format("{} is the same as A: no number of the model differs.", systems[s].label));
    }
    for (std::string& sentence : structural_differences(systems[0].scenario, systems[0].label,
                                                        systems[s].scenario, systems[s].label)) {
      notes.push_back(std::move(sentence));
    }
  }
  return notes;
}

ReportedSystem reported(const System& system, const Replicated& made) {
  ReportedSystem out;
  out.label = system.label;
  out.title = system.scenario.title;
  out.file = system.file;
  out.digest = system.pathway.digest;
  out.replications = static_cast<std::uint32_t>(made.observations.values.size());
  for (const TrialFailure& failure : made.failures) {
    out.failures.emplace_back(failure.replication, failure.message);
    spdlog::error(
        "replication {} of {} failed: {}\nTo meet it again: rassoflow run {} --seed {} "
        "--replications {}",
        failure.replication, system.file, failure.message, system.file, system.scenario.run.seed,
        failure.replication + 1);
  }
  for (std::size_t check = 0; check < system.rows->nation().check_names().size(); ++check) {
    for (const auto& values : made.observations.values) {
      out.faults += static_cast<std::int64_t>(values[system.rows->check_position(check)]);
    }
  }
  out.compared = {&system.scenario, system.rows.get(), &made.observations};
  return out;
}

/// Of every count by outcome, and of all outcomes, after two years or what the run sees.
std::vector<CohortChange> cohorts_of(const System& base) {
  std::vector<std::string> kpis;
  for (const auto& [name, kpi] : base.scenario.kpis) {
    if (!kpi.outcomes.empty()) kpis.push_back(name);
  }
  kpis.emplace_back("outcomes");
  std::vector<CohortChange> cohorts;
  for (const std::string& kpi : kpis) {
    for (const char* within : {"within 24 months", "within 12 months", "within 6 months"}) {
      const auto rows = latest_cohort(*base.rows, kpi, std::string("share ") + within);
      if (rows.empty()) continue;
      cohorts.push_back({kpi, within, rows.front().period, rows});
      break;
    }
  }
  return cohorts;
}

void compare_systems(const std::vector<System>& systems, const std::vector<RowKey>& headline,
                     CompareReport& report) {
  std::vector<ComparedSystem> compared;
  for (const ReportedSystem& system : report.systems) compared.push_back(system.compared);
  for (std::size_t s = 1; s < compared.size(); ++s) {
    report.options.push_back(compare_option(compared[0], compared[s]));
  }
  for (const RowKey& key : headline) {
    const bool is_ranked =
        compared.size() > 2 && better_of(key, systems[0].scenario) == Better::lower;
    report.headline.push_back(
        {key, is_ranked ? compare_all(compared, key) : std::vector<AgainstBest>{}});
  }
  report.cohorts = cohorts_of(systems[0]);
}

void write_outputs(const std::filesystem::path& folder, const CompareReport& report) {
  make_folder(folder);
  write_file(folder / "compare.txt", write_compare_text(report));
  write_file(folder / "compare.json", write_compare_json(report));
  write_file(folder / "differences.csv", write_compare_csv(report));
}

int exit_code_of(const CompareReport& report) {
  if (report.interrupted) return ExitCode::interrupted;
  for (const ReportedSystem& system : report.systems) {
    if (!system.failures.empty() || system.faults != 0) return ExitCode::failed;
  }
  return ExitCode::ok;
}

}  // namespace

int compare_command(const Arguments& arguments) {
  CompareOptions options;
  if (const auto stop = parse_options(arguments, options)) return *stop;
  auto loaded = load_systems(options);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  auto& systems = std::get<std::vector<System>>(loaded);
  const std::atomic<bool>& interrupt = watch_for_interrupt();
  for (System& system : systems) system.pathway = compile_pathway(system.scenario);
  const auto headline = headline_rows(systems[0].scenario, systems[0].pathway);
  if (const auto* faults = std::get_if<Diagnostics>(&headline)) {
    print_diagnostics(*faults);
    return ExitCode::invalid_scenario;
  }
  const auto& headline_keys = std::get<std::vector<RowKey>>(headline);
  std::vector<ReplicatedSystem> replicated;
  for (System& system : systems) {
    system.rows = std::make_unique<ComparedRows>(system.scenario, system.pathway, headline_keys);
    replicated.push_back({&system.pathway, [rows = system.rows.get()](const Monitor& monitor) {
                            return rows->reduce(monitor);
                          }});
  }
  const RunSpec& run = systems[0].scenario.run;
  const ExperimentSpec spec{run.seed, 0, run.replications, options.trials.thread_count()};
  const auto made = replicate_side_by_side(replicated, spec, interrupt);

  CompareReport report;
  report.version = program_version();
  report.commit = program_commit();
  report.seed = run.seed;
  report.replications_asked = run.replications;
  report.from = run.from;
  report.to = run.to;
  report.window = systems[0].rows->window();
  report.notes = notes_of(systems, options.sharing);
  for (std::size_t s = 0; s < systems.size(); ++s) {
    report.interrupted |= made[s].stopping.reason == StopReason::interrupted;
    report.systems.push_back(reported(systems[s], made[s]));
  }
  compare_systems(systems, headline_keys, report);
  if (!options.out.empty()) write_outputs(options.out, report);
  for (const CompareFormat& format : compare_formats()) {
    if (format.name == options.format) write_stdout(format.write(report));
  }
  if (report.interrupted) {
    spdlog::info("Interrupted: what is finished is kept, {} pairs at least.",
                 report.options.back().pairs);
  }
  return exit_code_of(report);
}

}  // namespace rassoflow
