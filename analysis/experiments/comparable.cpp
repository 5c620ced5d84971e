// Whether two scenarios can be compared, and what one has that the other lacks.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/experiments/compare.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

template <class Entry>
std::vector<std::string> missing_in(const std::map<std::string, Entry>& has,
                                    const std::map<std::string, Entry>& lacks) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : has) {
    if (!lacks.contains(name)) names.push_back(name);
  }
  return names;
}

std::map<std::string, bool> names_of_sites(const Scenario& scenario) {
  std::map<std::string, bool> names;
  for (const auto& [level, sites] : scenario.sites) {
    for (const auto& [name, site] : sites) names[qualified_site(level, name)] = true;
  }
  return names;
}

constexpr std::size_t most_named = 8;

void add_sentence(std::vector<std::string>& sentences, const std::string& label, const char* what,
                  std::vector<std::string> names) {
  if (names.empty()) return;
  std::string more;
  if (names.size() > most_named) {
    more = fmt::format(" and {} more", names.size() - most_named);
    names.resize(most_named);
  }
  const std::string plural = names.size() == 1 ? "" : std::string(what) == "class" ? "es" : "s";
  sentences.push_back(
      fmt::format("Only {} has the {}{} {}{}.", label, what, plural, listed(names, "and"), more));
}

}  // namespace

std::vector<std::string> reasons_against(const Scenario& base, const Scenario& option) {
  std::vector<std::string> reasons;
  const auto date = [&](const char* name, Date a, Date b, const char* help) {
    if (a == b) return;
    reasons.push_back(fmt::format("`run.{}` is {} in the one and {} in the other{}", name,
                                  format_date(a), format_date(b), help));
  };
  date("origin", base.run.origin, option.run.origin,
       "; the same cases would arrive on other days: give both the same");
  date("from", base.run.from, option.run.from, "; --from sets it for all");
  date("to", base.run.to, option.run.to, "; --to sets it for all");
  if (base.run.layer_rate != option.run.layer_rate) {
    reasons.push_back(fmt::format(
        "`run.layer_rate` is {} in the one and {} in the other; it decides which cases there are, "
        "so none would be the same",
        base.run.layer_rate, option.run.layer_rate));
  }
  return reasons;
}

std::vector<std::string> structural_differences(const Scenario& base, const std::string& base_label,
                                                const Scenario& option,
                                                const std::string& option_label) {
  std::vector<std::string> sentences;
  const auto both = [&](const char* what, const auto& a, const auto& b) {
    add_sentence(sentences, base_label, what, missing_in(a, b));
    add_sentence(sentences, option_label, what, missing_in(b, a));
  };
  both("stage", base.stages, option.stages);
  both("pool", base.pools, option.pools);
  both("class", base.classes, option.classes);
  both("site", names_of_sites(base), names_of_sites(option));
  both("KPI", base.kpis, option.kpis);
  return sentences;
}

}  // namespace rassoflow
