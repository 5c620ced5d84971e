// The program: a table of commands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/report/figures.hpp"
#include "sim/core/diagnostic.hpp"

namespace rassoflow {
namespace {

constexpr std::array commands{
    Command{"run", "simulate a scenario and print estimates with intervals", run_command},
    Command{"compare", "say what options change against a base, case by case the same luck",
            compare_command},
    Command{"sweep", "run a design of experiments into a store, resumable and in shards",
            sweep_command},
    Command{"merge", "gather the shards of a store into one SQLite database", merge_command},
    Command{"export", "write a merged store as CSV or XLSX", export_command},
    Command{"check", "say everything that is wrong with a scenario, and what it holds",
            check_command},
    Command{"list", "list scenarios, or the parts of one: kpis, stages, tables and others",
            list_command},
    Command{"diff", "say what one scenario does otherwise than another", diff_command},
    Command{"explain", "say what a KPI is and how it differs from what is published",
            explain_command},
    Command{"graph", "draw a scenario's pathway as SVG or DOT", graph_command},
    Command{"describe", "print every stage with its numbers, their grades and sources",
            describe_command},
    Command{"new", "write a commented scenario for one force, Area or region", new_command},
    Command{"staff", "print posts, people in post and the hours they are worth by month",
            staff_command},
    Command{"influence", "move each uncertain number to both ends of its range, by itself",
            influence_command},
    Command{"trace", "tell the story of one simulated case", trace_command},
    Command{"version", "print version and commit", version_command},
};

/// The instruction set that everything is compiled for; another would give other bytes.
bool processor_is_new_enough() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("fma");
}

void print_help() {
  fmt::print(
      "rassoflow {}: how adult rape cases move from report to trial, simulated\n\n"
      "usage: rassoflow COMMAND ...\n\n",
      program_version());
  for (const Command& command : commands) {
    fmt::print("  {} {}\n", left_aligned(std::string(command.name), 9), command.description);
  }
  fmt::print(
      "\n'rassoflow COMMAND --help' lists the options of a command.\n"
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 invalid scenario, 130 interrupted.\n");
}

int unknown_command(const std::string& name) {
  std::vector<std::string> known;
  for (const Command& command : commands) known.emplace_back(command.name);
  const std::string near = nearest_name(name, known);
  spdlog::error("rassoflow: there is no command '{}'{}\nSee 'rassoflow --help'.", name,
                near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
  return ExitCode::usage;
}

int run_program(Arguments arguments) {
  if (arguments.empty()) {
    spdlog::error("rassoflow: say what to do.\nSee 'rassoflow --help'.");
    return ExitCode::usage;
  }
  std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--help" || name == "-h" || name == "help") {
    print_help();
    return ExitCode::ok;
  }
  if (name == "--version") name = "version";
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == commands.end() ? unknown_command(name) : found->run(arguments);
}

}  // namespace
}  // namespace rassoflow

int main(int argc, char** argv) {
  if (!rassoflow::processor_is_new_enough()) {
    std::fputs(
        "rassoflow: this processor lacks AVX2, BMI2 or FMA (x86-64-v3), without which "
        "results would not be the same bytes as elsewhere.\n",
        stderr);
    return rassoflow::ExitCode::failed;
  }
  rassoflow::start_log();
  try {
    return rassoflow::run_program({argv + 1, argv + argc});
  } catch (const rassoflow::WorldError& error) {
    spdlog::error("rassoflow: {}", error.message);
  } catch (const std::exception& error) {
    spdlog::error("rassoflow: {}", error.what());
  }
  return rassoflow::ExitCode::failed;
}
