// rassoflow graph: the pathway as DOT, or drawn as SVG by Graphviz.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/pathway_graph.hpp"

namespace rassoflow {
namespace {

/// Runs `dot` without a shell, so that no file name can be taken for a command.
void draw_svg(const std::string& dot, const std::filesystem::path& svg) {
  const std::string unfinished = fmt::format("{}.{}", svg.string(), getpid());
  const std::string input = unfinished + ".dot";
  const std::string output = unfinished + ".svg";
  write_file(input, dot);
  std::string words[] = {"dot", "-Tsvg", "-o", output, input};
  char* argument_list[] = {words[0].data(), words[1].data(), words[2].data(),
                           words[3].data(), words[4].data(), nullptr};
  pid_t child = 0;
  const int fault = posix_spawnp(&child, "dot", nullptr, nullptr, argument_list, environ);
  int status = 0;
  while (fault == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  std::error_code error;
  std::filesystem::remove(input, error);
  if (fault != 0) {
    throw WorldError{
        "drawing needs the program `dot` of Graphviz: install the package graphviz, or "
        "write the graph with --dot and draw it elsewhere"};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::filesystem::remove(output, error);
    throw WorldError{"`dot` of Graphviz failed: try --dot"};
  }
  std::filesystem::rename(output, svg, error);
  if (error) {
    throw WorldError{
        fmt::format("{} cannot be written: {}", in_ticks(svg.string()), error.message())};
  }
}

}  // namespace

int graph_command(const Arguments& arguments) {
  OptionParser options{"graph", "Draws the pathway; prints DOT if no file is named."};
  std::string scenario_file, level, svg, dot;
  options.positional("SCENARIO", scenario_file, "the scenario's TOML file");
  options.text("--level", level, "NAME",
               "only the stages of this level, with numbers: a picture for people");
  options.text("--svg", svg, "FILE", "draw with Graphviz");
  options.text("--dot", dot, "FILE", "write DOT, the language of Graphviz");
  if (const auto stop = options.parse(arguments)) return *stop;
  const auto loaded = load_scenario(scenario_file);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const auto& scenario = std::get<Scenario>(loaded);
  if (!level.empty() && !scenario.levels.contains(level)) return no_such_level(scenario, level);
  const std::string text = level.empty() ? to_dot(scenario) : to_dot(scenario, level);
  if (svg.empty() && dot.empty()) write_stdout(text);
  if (!dot.empty()) write_file(dot, text);
  if (!svg.empty()) draw_svg(text, svg);
  return ExitCode::ok;
}

}  // namespace rassoflow
