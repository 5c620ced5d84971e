// rassoflow influence: which uncertain number of a scenario moves its headline figures most.
#include "analysis/experiments/influence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/grade_name.hpp"
#include "analysis/cli/interrupt.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/cli/trial_options.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/experiments/compare.hpp"
#include "analysis/report/figures.hpp"
#include "analysis/report/row_text.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/run/experiment.hpp"

namespace rassoflow {
namespace {

constexpr std::uint64_t default_replications = 4;
constexpr std::size_t most_lines = 20;

/// Of every headline row the values by replication.
using Values = std::vector<std::vector<double>>;

class Influences {
 public:
  Influences(const Scenario& scenario, std::vector<RowKey> rows, const ExperimentSpec& spec,
             const std::atomic<bool>& interrupt)
      : scenario_(scenario), rows_(std::move(rows)), spec_(spec), interrupt_(interrupt) {
    base_ = simulate(scenario);
  }

  Influence of(const VariedParameter& varied) const {
    Influence out;
    out.varied = varied;
    Values at_end[2];
    const double ends[2] = {varied.low, varied.high};
    for (std::size_t end = 0; end < 2; ++end) {
      if (ends[end] == varied.value) {
        at_end[end] = base_;
        continue;
      }
      const auto changed = with_value(scenario_, varied.name, ends[end]);
      if (!changed) {
        out.is_valid = false;
        return out;
      }
      at_end[end] = simulate(*changed);
    }
    for (std::size_t r = 0; r < rows_.size(); ++r) keep_larger(out, r, at_end);
    return out;
  }

 private:
  void keep_larger(Influence& out, std::size_t row, const Values (&at_end)[2]) const {
    const PairedDifference low = paired_difference(base_[row], at_end[0][row]);
    const PairedDifference high = paired_difference(base_[row], at_end[1][row]);
    if (!(std::max(std::abs(low.relative), std::abs(high.relative)) > out.size())) return;
    const PairedDifference& larger = std::abs(low.relative) > std::abs(high.relative) ? low : high;
    out.at_low = low.relative;
    out.at_high = high.relative;
    out.half_width = (larger.difference.mean95.high - larger.difference.mean95.low) / 2 /
                     std::abs(larger.base_mean);
    out.row = row_label(rows_[row]);
  }

  Values simulate(const Scenario& scenario) const {
    const Pathway pathway = compile_pathway(scenario);
    const ComparedRows compared{scenario, pathway, rows_};
    Values values(rows_.size());
    run_experiment(
        pathway, spec_,
        {[&](TrialResult&& trial) { return compared.reduce(trial.monitor); },
         [&](std::uint32_t, AnyReduced&& reduced) {
           for (std::size_t r = 0; r < rows_.size(); ++r) {
             const auto at = compared.find(rows_[r]);
             values[r].push_back(at ? reduced[*at] : std::numeric_limits<double>::quiet_NaN());
           }
         }},
        interrupt_);
    return values;
  }

  const Scenario& scenario_;
  std::vector<RowKey> rows_;
  ExperimentSpec spec_;
  const std::atomic<bool>& interrupt_;
  Values base_;
};

std::string percent(double share) {
  return fmt::format("{}{}%", share < 0 ? "-" : "+", readable(std::abs(100 * share)));
}

void print_table(std::vector<Influence> influences) {
  std::ranges::stable_sort(influences, std::greater{}, &Influence::size);
  fmt::print("\n");
  std::size_t invalid = 0;
  for (std::size_t i = 0; i < influences.size(); ++i) {
    const Influence& influence = influences[i];
    invalid += influence.is_valid ? 0 : 1;
    if (i >= most_lines || influence.row.empty()) continue;
    const VariedParameter& varied = influence.varied;
    fmt::print(
        "{}{}", wrapped(fmt::format("{} ({})", varied.name, grade_name(varied.grade)), 80),
        wrapped(fmt::format("{} to {} instead of {}: {} and {} of {}", readable(varied.low),
                            readable(varied.high), readable(varied.value),
                            percent(influence.at_low), percent(influence.at_high), influence.row),
                80, "  "));
  }
  if (invalid > 0) {
    fmt::print("\n{} parameters cannot take an end of their range by themselves.\n", invalid);
  }
}

}  // namespace

int influence_command(const Arguments& arguments) {
  OptionParser options{"influence",
                       "Moves each uncertain number by itself to both ends of its range."};
  std::string file, out;
  TrialOptions trials;
  options.positional("SCENARIO", file, "the scenario's TOML file");
  trials.add_to(options);
  options.text("--out", out, "FILE", "also write a CSV, which 'check --local --influence' reads");
  if (const auto stop = options.parse(arguments)) return *stop;
  if (const auto stop = trials.check("influence")) return *stop;
  const auto loaded =
      load_scenario(file, [&](Scenario& scenario) { trials.apply_to(scenario.run); });
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  const auto headline = headline_rows(scenario, compile_pathway(scenario));
  if (const auto* faults = std::get_if<Diagnostics>(&headline)) {
    print_diagnostics(*faults);
    return ExitCode::invalid_scenario;
  }
  const std::atomic<bool>& interrupt = watch_for_interrupt();
  const auto replications =
      static_cast<std::uint32_t>(trials.replications.value_or(default_replications));
  const ExperimentSpec spec{scenario.run.seed, 0, replications, trials.thread_count()};
  const std::vector<VariedParameter> varied = varied_parameters(scenario);
  spdlog::info("{} parameters, each at two ends, {} replications of each", varied.size(),
               replications);
  const Influences influences{scenario, std::get<std::vector<RowKey>>(headline), spec, interrupt};
  std::vector<Influence> found;
  for (const VariedParameter& parameter : varied) {
    Influence influence = influences.of(parameter);
    if (interrupt) break;
    found.push_back(std::move(influence));
    spdlog::info("{} of {}: {}", found.size(), varied.size(), parameter.name);
  }
  fmt::print("{}", wrapped(scenario.title, 80));
  fmt::print("{}", wrapped(fmt::format("Change of a headline figure when one number alone goes to "
                                       "the low or high end of its range; {} replications, paired",
                                       replications),
                           80));
  if (varied.empty()) fmt::print("\nNo number of it has a range.\n");
  print_table(found);
  if (!out.empty()) write_file(out, influences_in_csv(found));
  return interrupt ? ExitCode::interrupted : ExitCode::ok;
}

}  // namespace rassoflow
