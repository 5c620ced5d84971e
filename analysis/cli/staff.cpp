// rassoflow staff: posts, people in post and the hours they are worth, month by month.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/report/figures.hpp"
#include "sim/run/staffing.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

void print_table(const std::string& pool, const std::vector<StaffingMonth>& months) {
  fmt::print("\n{}\n", display_name(pool));
  fmt::print("  month      posts  in post  in training  present  hours of work\n");
  for (const StaffingMonth& month : months) {
    fmt::print("  {:7} {:>8} {:>8} {:>12} {:>8} {:>14}\n", month_name(month.month),
               grouped(month.posts, 1), grouped(month.in_post, 1), grouped(month.in_training, 1),
               grouped(month.present, 1), grouped(month.hours, 0));
  }
}

void print_csv(const std::string& pool, const std::string& site,
               const std::vector<StaffingMonth>& months) {
  for (const StaffingMonth& month : months) {
    fmt::print("{},\"{}\",{},{},{},{},{},{}\n", pool, site, month_name(month.month), month.posts,
               month.in_post, month.in_training, month.present, month.hours);
  }
}

}  // namespace

int staff_command(const Arguments& arguments) {
  OptionParser options{"staff",
                       "Prints posts, people in post and the hours they are worth by month."};
  std::string file, pool, site, format = "text";
  options.positional("SCENARIO", file, "the scenario's TOML file");
  options.text("--pool", pool, "NAME", "only this pool");
  options.text("--site", site, "LEVEL:NAME", "only at this site; else all of them together");
  options.choice("--format", format, {"text", "csv"}, "text or csv");
  if (const auto stop = options.parse(arguments)) return *stop;
  const auto loaded = load_scenario(file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  std::vector<std::string> limited;
  for (const auto& [name, spec] : scenario.pools) {
    if (spec.positions) limited.push_back(name);
  }
  if (!pool.empty() && std::ranges::find(limited, pool) == limited.end()) {
    spdlog::error("rassoflow staff: no pool {} has positions; there is {}", in_ticks(pool),
                  limited.empty() ? "none" : listed(limited, "and"));
    return ExitCode::usage;
  }
  const std::vector<std::string> sites = all_sites(scenario);
  if (!site.empty() && std::ranges::find(sites, site) == sites.end()) {
    const std::string near = nearest_name(site, sites);
    spdlog::error("rassoflow staff: there is no site {}{}", in_ticks(site),
                  near.empty() ? "" : "; did you mean " + in_ticks(near) + "?");
    return ExitCode::usage;
  }
  if (format == "csv") {
    fmt::print("pool,site,month,posts,in_post,in_training,present,hours\n");
  } else {
    fmt::print("{}", wrapped(display_name(scenario.title, 200), 80));
    fmt::print(
        "{}",
        wrapped(site.empty() ? "All sites together, in FTE" : display_name(site) + ", in FTE", 80));
  }
  bool has_printed = false;
  for (const std::string& name : limited) {
    if (!pool.empty() && pool != name) continue;
    const std::string& level = scenario.pools.at(name).level;
    if (!site.empty() && level_of_site(site) != level) continue;
    const std::vector<StaffingMonth> months = staffing_by_month(scenario, name, site);
    has_printed = true;
    if (format == "csv") {
      print_csv(name, site, months);
    } else {
      print_table(name, months);
    }
  }
  if (!has_printed && format == "text") fmt::print("\nNo pool there has positions.\n");
  return ExitCode::ok;
}

}  // namespace rassoflow
