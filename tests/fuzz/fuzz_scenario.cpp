// libFuzzer target: any bytes, read, checked, advised on and drawn. Sections after a line
// `%% name` are the files that the first may name, so that `extends` and CSV are reached too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "sim/scenario/advice.hpp"
#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/pathway_graph.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace {

constexpr std::string_view section_mark = "\n%% ";

std::map<std::string, std::string> other_files(std::string_view text) {
  std::map<std::string, std::string> files;
  while (true) {
    const auto start = text.find(section_mark);
    if (start == std::string_view::npos) return files;
    text.remove_prefix(start + section_mark.size());
    const auto line_end = text.find('\n');
    if (line_end == std::string_view::npos) return files;
    const auto next = text.find(section_mark, line_end);
    files[std::string(text.substr(0, line_end))] =
        std::string(text.substr(line_end + 1, next - line_end - 1));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rassoflow;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const MemoryFiles files{other_files(text)};
  const auto read = read_scenario_text("fuzz/main.toml", text.substr(0, text.find(section_mark)),
                                       files);
  if (const auto* faults = std::get_if<Diagnostics>(&read)) {
    if (faults->empty()) std::abort();  // a refusal gives its reasons
    for (const Diagnostic& fault : *faults) {
      if (format_diagnostic(fault).find('\0') != std::string::npos) std::abort();
    }
    return 0;
  }
  const Scenario& scenario = std::get<Scenario>(read);
  (void)to_dot(scenario);
  if (check_scenario(scenario).empty()) (void)advice(scenario);
  return 0;
}
