// rassoflow new: a commented scenario for one place, to be filled in with local figures.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/local_template.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

namespace fs = std::filesystem;

void write_new(const fs::path& file, const std::string& text) {
  std::error_code error;
  if (fs::exists(file, error)) {
    throw WorldError{
        fmt::format("{} is there already; it is left as it is", in_ticks(file.generic_string()))};
  }
  write_file(file, text);
}

}  // namespace

int new_command(const Arguments& arguments) {
  OptionParser options{"new", "Writes a commented scenario for one force, Area or region."};
  std::string site, folder = "scenarios/local", base_file;
  options.positional("LEVEL:NAME", site, "the place, such as \"area:Wales\" or \"force:Kent\"");
  options.text("--base", base_file, "SCENARIO", "what it extends (default: the national baseline)");
  options.text("--folder", folder, "FOLDER", "where it is put (default: scenarios/local)");
  if (const auto stop = options.parse(arguments)) return *stop;
  if (base_file.empty()) base_file = find_national_baseline();
  if (base_file.empty()) {
    spdlog::error("rassoflow new: the national baseline is not here; name a scenario with --base");
    return ExitCode::usage;
  }
  const auto loaded = load_scenario(base_file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& base = std::get<Scenario>(loaded);
  const std::vector<std::string> sites = all_sites(base);
  if (std::ranges::find(sites, site) == sites.end()) {
    const std::string near = nearest_name(site, sites);
    spdlog::error("rassoflow new: there is no place {}{}", in_ticks(site),
                  near.empty() ? "; 'rassoflow list sites' shows them"
                               : "; did you mean " + in_ticks(near) + "?");
    return ExitCode::usage;
  }
  make_folder(folder);
  std::error_code error;
  const fs::path relative = fs::relative(base_file, folder, error);
  if (error)
    throw WorldError{
        fmt::format("{} is not in reach of {}", in_ticks(base_file), in_ticks(folder))};
  const LocalTemplate local = local_template(base, relative.generic_string(), site);
  const fs::path toml = fs::path(folder) / (local.name + ".toml");
  write_new(toml, local.toml);
  fmt::print("Wrote {}\n", toml.generic_string());
  if (!local.posts.empty()) {
    const fs::path csv = fs::path(folder) / (local.name + "_posts.csv");
    write_new(csv, local.posts);
    fmt::print("Wrote {}\n", csv.generic_string());
  }
  fmt::print("Next: fill in what you know, then 'rassoflow check {}'.\n", toml.generic_string());
  return ExitCode::ok;
}

}  // namespace rassoflow
