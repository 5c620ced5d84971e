#include "sim/scenario/geography.hpp"

#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

/// Shares written in decimals need not add up to the last bit.
constexpr double whole = 1 - 1e-9;

}  // namespace

std::string level_of_site(const std::string& qualified_site) {
  return qualified_site.substr(0, qualified_site.find(':'));
}

Geography::Geography(const Scenario& scenario) {
  std::set<std::string> levels;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::report) levels.insert(stage.level);
  }
  std::size_t reporting = 0;
  for (const std::string& level : levels) {
    const auto sites = scenario.sites.find(level);
    if (sites == scenario.sites.end()) continue;
    for (const auto& [name, spec] : sites->second) {
      shares_[qualified_site(level, name)][reporting] = 1;
      for (const auto& [to, links] : spec.links) {
        for (const SiteLink& link : links) {
          if (link.share > 0) shares_[qualified_site(to, link.site)][reporting] += link.share;
        }
      }
      ++reporting;
    }
  }
}

Within Geography::within(const std::string& inner, const std::string& outer) const {
  const auto cases = shares_.find(inner);
  const auto others = shares_.find(outer);
  if (cases == shares_.end() || others == shares_.end()) return Within::not_at_all;
  bool has_some = false, has_rest = false;
  for (const auto& [site, share] : cases->second) {
    const auto there = others->second.find(site);
    const bool comes = there != others->second.end();
    has_some = has_some || comes;
    has_rest = has_rest || !comes || there->second < whole;
  }
  if (!has_some) return Within::not_at_all;
  return has_rest ? Within::partly : Within::wholly;
}

}  // namespace rassoflow
