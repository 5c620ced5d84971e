#include "analysis/cli/option_parser.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>

#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "sim/core/diagnostic.hpp"

namespace rassoflow {

OptionParser::OptionParser(const std::string& command, const std::string& description)
    : app_(std::make_unique<CLI::App>(description, "rassoflow " + command)), command_(command) {}

OptionParser::~OptionParser() = default;

void OptionParser::positional(const std::string& name, std::string& target,
                              const std::string& description) {
  app_->add_option(name, target, description)->required();
}

void OptionParser::positionals(const std::string& name, std::vector<std::string>& targets,
                               const std::string& description) {
  app_->add_option(name, targets, description)->required();
}

void OptionParser::optional_positional(const std::string& name, std::string& target,
                                       const std::string& description) {
  app_->add_option(name, target, description);
}

void OptionParser::text(const std::string& option, std::string& target,
                        const std::string& metavariable, const std::string& description) {
  app_->add_option(option, target, description)->option_text(metavariable);
}

void OptionParser::choice(const std::string& option, std::string& target,
                          const std::vector<std::string>& words, const std::string& description) {
  std::string listed;
  for (const std::string& word : words) listed += (listed.empty() ? "" : "|") + word;
  app_->add_option(option, target, description)
      ->option_text(listed)
      ->check([words, listed](const std::string& word) -> std::string {
        if (std::find(words.begin(), words.end(), word) != words.end()) return "";
        const std::string near = nearest_name(word, words);
        return fmt::format("'{}' is none of {}{}", word, listed,
                           near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
      });
}

void OptionParser::flag(const std::string& option, bool& target, const std::string& description) {
  app_->add_flag(option, target, description);
}

void OptionParser::number(const std::string& option, std::optional<std::uint64_t>& target,
                          std::uint64_t least, std::uint64_t most, const std::string& description) {
  const auto read = [=](const std::string& text) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value < least || value > most) {
      return std::nullopt;
    }
    return value;
  };
  app_->add_option_function<std::string>(
          option, [&target, read](const std::string& text) { target = read(text); }, description)
      ->option_text("N")
      ->check([=](const std::string& text) -> std::string {
        if (read(text)) return "";
        return fmt::format("'{}' is not a whole number from {} to {}", text, least, most);
      });
}

std::optional<int> OptionParser::parse(const Arguments& arguments) {
  try {
    app_->parse(Arguments(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app_->help());
    return ExitCode::ok;
  } catch (const CLI::ParseError& error) {
    spdlog::error("rassoflow {}: {}\nSee 'rassoflow {} --help'.", command_, error.what(), command_);
    return ExitCode::usage;
  }
  return std::nullopt;
}

}  // namespace rassoflow
