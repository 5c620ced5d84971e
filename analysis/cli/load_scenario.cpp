#include "analysis/cli/load_scenario.hpp"

#include <fmt/format.h>

#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace rassoflow {

void print_diagnostics(Diagnostics diagnostics) {
  sort_diagnostics(diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    spdlog::error("{}", format_diagnostic(diagnostic));
  }
  spdlog::error("{} error{}", diagnostics.size(), diagnostics.size() == 1 ? "" : "s");
}

int no_such_level(const Scenario& scenario, const std::string& level) {
  std::vector<std::string> known;
  for (const auto& [name, spec] : scenario.levels) known.push_back(name);
  spdlog::error("rassoflow: there is no level {}; there is {}", in_ticks(level),
                listed(known, "and"));
  return ExitCode::usage;
}

std::string find_national_baseline() {
  namespace fs = std::filesystem;
  constexpr const char* baseline = "scenarios/england-wales/baseline.toml";
  std::error_code error;
  const auto above = [&](fs::path folder) -> std::string {
    for (; !folder.empty(); folder = folder.parent_path()) {
      if (fs::is_regular_file(folder / baseline, error)) return (folder / baseline).string();
      if (folder == folder.root_path()) break;
    }
    return "";
  };
  if (fs::is_regular_file(baseline, error)) return baseline;
  const std::string near = above(fs::current_path(error));
  return near.empty() ? above(fs::read_symlink("/proc/self/exe", error).parent_path()) : near;
}

std::variant<Scenario, int> load_scenario(const std::string& file,
                                          const std::function<void(Scenario&)>& change) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    throw WorldError{fmt::format("there is no file {}", in_ticks(file))};
  }
  auto read = read_scenario(file);
  if (auto* faults = std::get_if<Diagnostics>(&read)) {
    print_diagnostics(std::move(*faults));
    return ExitCode::invalid_scenario;
  }
  Scenario scenario = std::move(std::get<Scenario>(read));
  if (change) change(scenario);
  Diagnostics faults = check_scenario(scenario);
  if (!faults.empty()) {
    print_diagnostics(std::move(faults));
    return ExitCode::invalid_scenario;
  }
  return scenario;
}

}  // namespace rassoflow
