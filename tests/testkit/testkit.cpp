#include "tests/testkit/testkit.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace rassoflow {

namespace {

constexpr std::size_t shown_lines = 60;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

std::filesystem::path source_path(std::string_view relative) {
  return std::filesystem::path{RASSOFLOW_SOURCE_DIR} / relative;
}

TempFolder::TempFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "rassoflow-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempFolder::write(std::string_view name, std::string_view text) const {
  std::filesystem::path file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
  return file;
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return text.str();
}

std::string in_words(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += format_diagnostic(diagnostic) + "\n";
  return text;
}

Diagnostics faults_of(std::string_view toml) {
  const TempFolder folder;
  const Result<Scenario> read = read_scenario(folder.write("scenario.toml", toml));
  if (const auto* faults = std::get_if<Diagnostics>(&read)) return *faults;
  return check_scenario(std::get<Scenario>(read));
}

Scenario scenario_in(const std::filesystem::path& file) {
  Result<Scenario> read = read_scenario(file);
  if (const auto* faults = std::get_if<Diagnostics>(&read)) {
    throw std::runtime_error("the scenario cannot be read:\n" + in_words(*faults));
  }
  Scenario& scenario = std::get<Scenario>(read);
  if (const Diagnostics faults = check_scenario(scenario); !faults.empty()) {
    throw std::runtime_error("the scenario is not valid:\n" + in_words(faults));
  }
  return std::move(scenario);
}

Scenario scenario_from(std::string_view toml) {
  const TempFolder folder;
  return scenario_in(folder.write("scenario.toml", toml));
}

Pathway pathway_in(const std::filesystem::path& file) {
  return compile_pathway(scenario_in(file));
}

Pathway pathway_from(std::string_view toml) { return compile_pathway(scenario_from(toml)); }

std::vector<TrialResult> run_trials(const Pathway& pathway, std::uint64_t seed,
                                    std::uint32_t count) {
  std::vector<TrialResult> results;
  for (std::uint32_t i = 0; i < count; ++i) results.push_back(run_trial(pathway, seed, i));
  return results;
}

std::string line_difference(std::string_view expected, std::string_view actual) {
  const std::vector<std::string> before = lines_of(expected);
  const std::vector<std::string> after = lines_of(actual);
  // A common head and tail are left out: enough to see what changed without a full diff.
  std::size_t head = 0;
  while (head < std::min(before.size(), after.size()) && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < std::min(before.size(), after.size()) - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  std::string text = "from line " + std::to_string(head + 1) + "\n";
  const auto print = [&](const std::vector<std::string>& lines, char sign) {
    const std::size_t end = lines.size() - tail;
    for (std::size_t i = head; i < std::min(end, head + shown_lines); ++i) {
      text += sign + lines[i] + "\n";
    }
    if (end > head + shown_lines) {
      text += "  ... " + std::to_string(end - head - shown_lines) + " more\n";
    }
  };
  print(before, '-');
  print(after, '+');
  return text;
}

void expect_golden(std::string_view name, std::string_view text) {
  const std::filesystem::path file = source_path("tests/golden") / name;
  const char* update = std::getenv("RASSOFLOW_UPDATE");
  if (update != nullptr && std::string_view{update} == "1") {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << text;
    return;
  }
  if (!std::filesystem::exists(file)) {
    ADD_FAILURE() << "there is no tests/golden/" << name << "; RASSOFLOW_UPDATE=1 writes it";
    return;
  }
  const std::string expected = read_text(file);
  if (expected == text) return;
  ADD_FAILURE() << "tests/golden/" << name << " differs " << line_difference(expected, text)
                << "If the change is meant, RASSOFLOW_UPDATE=1 writes the file anew.";
}

}  // namespace rassoflow
