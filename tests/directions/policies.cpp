#include "tests/directions/policies.hpp"

#include <algorithm>

#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/levers.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

namespace fs = std::filesystem;

Scenario extending(const std::vector<fs::path>& policies) {
  std::string text = "extends = [\"../england-wales/baseline.toml\"";
  for (const fs::path& policy : policies) {
    text += ", \"../policies/" + policy.filename().string() + "\"";
  }
  return planned(text + "]\n[run]\norigin = 2017-10-01\nfrom = 2018-01-01\nto = 2020-01-01\n");
}

}  // namespace

Scenario planned(const std::string& text) {
  static const TempFolder folder;
  static const bool is_copied = [] {
    fs::copy(source_path("scenarios"), folder.path() / "scenarios", fs::copy_options::recursive);
    return true;
  }();
  if (!is_copied) return {};
  return scenario_in(
      folder.write("scenarios/examples/planned.toml", "format = 1\ntitle = \"T\"\n" + text));
}

std::vector<fs::path> policy_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(source_path("scenarios/policies"))) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

const Scenario& catalogue() {
  static const Scenario scenario = extending(policy_files());
  return scenario;
}

Scenario with_policy(const fs::path& policy) {
  return policy.empty() ? extending({}) : extending({policy});
}

double edge_of(const Scenario& scenario, const std::string& parameter, Edge edge) {
  const ParameterSpec& spec = scenario.parameters.at(parameter);
  return edge == Edge::low ? spec.low.value() : spec.high.value();
}

void move(Scenario& scenario, const std::string& parameter, Edge edge) {
  scenario.parameters.at(parameter).steps.at(0).value = edge_of(scenario, parameter, edge);
}

void put_to_use(Scenario& scenario, const std::string& lever, Date from) {
  scenario.levers.at(lever).use.from = from;
}

std::string digest_with_levers(Scenario scenario) {
  resolve_levers(scenario);
  return compile_pathway(scenario).digest;
}

}  // namespace rassoflow
