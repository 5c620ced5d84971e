// The options of one command, over CLI11, which is seen by option_parser.cpp only.
//
//   OptionParser options{"run", "simulate a scenario"};
//   options.positional("SCENARIO", file, "the scenario's TOML file");
//   if (const auto stop = options.parse(arguments)) return *stop;   // --help or a mistake
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/cli/commands.hpp"

namespace CLI {
class App;
}

namespace rassoflow {

class OptionParser {
 public:
  OptionParser(const std::string& command, const std::string& description);
  ~OptionParser();
  OptionParser(const OptionParser&) = delete;
  OptionParser& operator=(const OptionParser&) = delete;

  void positional(const std::string& name, std::string& target, const std::string& description);
  /// At least one.
  void positionals(const std::string& name, std::vector<std::string>& targets,
                   const std::string& description);
  void optional_positional(const std::string& name, std::string& target,
                           const std::string& description);
  void text(const std::string& option, std::string& target, const std::string& metavariable,
            const std::string& description);
  /// One of a few words; another one is a mistake that names the nearest.
  void choice(const std::string& option, std::string& target, const std::vector<std::string>& words,
              const std::string& description);
  void flag(const std::string& option, bool& target, const std::string& description);
  void number(const std::string& option, std::optional<std::uint64_t>& target, std::uint64_t least,
              std::uint64_t most, const std::string& description);

  /// The exit code if there is nothing more to do: --help was printed, or a mistake was.
  std::optional<int> parse(const Arguments& arguments);

 private:
  std::unique_ptr<CLI::App> app_;
  std::string command_;
};

}  // namespace rassoflow
