// The numbers of the day: one complete set for each stretch between two changes.
#include <cmath>
#include <set>

#include "sim/model/compile_detail.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow::compile_detail {
namespace {

/// Laws by bucket of visits; expects that the checks found every visit covered once.
const LawSpec& law_for(const std::vector<LawSpec>& laws, std::uint32_t visit) {
  for (const LawSpec& law : laws) {
    if (visit >= law.visits.first && visit <= law.visits.last) return law;
  }
  RF_ASSERT(!laws.empty());
  return laws.front();
}

/// Collects the values of one date.
class SettingsBuilder {
 public:
  SettingsBuilder(const Scenario& scenario, const Names& names, Pathway& pathway, Date date)
      : scenario_(scenario), names_(names), pathway_(pathway), date_(date) {}

  Settings build() {
    settings_.start = std::max<Seconds>(0, pathway_.axis.at(date_));
    std::size_t id = 0;
    for (const auto& [name, spec] : scenario_.stages) add_stage(spec, pathway_.stages[id++]);
    id = 0;
    for (const auto& [name, phase] : scenario_.withdrawal) add_phase(phase, pathway_.phases[id++]);
    id = 0;
    for (const auto& [name, pool] : scenario_.pools) add_pool(pool, pathway_.pools[id++]);
    return std::move(settings_);
  }

 private:
  double value(const Quantity& quantity, const Site& site) const {
    return value_of(scenario_, quantity, site.qualified, date_).value_or(0);
  }

  template <class Visit>
  void for_each_site(LevelId level, Visit visit) const {
    const Level& of = pathway_.levels[level.value];
    for (std::uint16_t i = 0; i < of.site_count; ++i) {
      visit(pathway_.sites[of.first_site.value + i]);
    }
  }

  void add_stage(const StageSpec& spec, Stage& stage) {
    const std::vector<LawSpec>& laws = spec.kind == StageKind::work ? spec.effort : spec.delay;
    stage.law = static_cast<std::uint32_t>(settings_.laws.size());
    if (!laws.empty()) {
      for (std::uint32_t visit = 1; visit <= stage.visit_buckets; ++visit) {
        add_law(law_for(laws, visit), spec, stage);
      }
    }
    stage.due = static_cast<std::uint32_t>(settings_.due_seconds.size());
    if (spec.kind == StageKind::work) {
      for_each_site(stage.level, [&](const Site& site) {
        const double days = spec.due_days ? value(*spec.due_days, site) : 0;
        settings_.due_seconds.push_back(
            round_to_seconds(days * static_cast<double>(seconds_per_day)));
      });
    }
    add_routes(spec, stage);
  }

  void add_law(const LawSpec& law, const StageSpec& spec, const Stage& stage) {
    // A day of a delay in working time is a working day.
    const bool in_working_days = spec.kind == StageKind::wait && law.unit == TimeUnit::days;
    const Seconds unit = in_working_days
                             ? pathway_.patterns[stage.pattern.value].seconds_per_working_day()
                             : seconds_in(law.unit);
    const auto scale = static_cast<double>(unit);
    for_each_site(stage.level, [&](const Site& site) {
      double first = value(law.arguments[0], site) * scale;
      double second = law_argument_names(law.family)[1].empty() ? 0 : value(law.arguments[1], site);
      if (law.family == LawFamily::uniform) second *= scale;
      settings_.laws.push_back(coefficients(law.family, first, second));
    });
  }

  void add_routes(const StageSpec& spec, const Stage& stage) {
    std::size_t table = stage.route_table;
    for (const CaseClass& case_class : pathway_.classes) {
      for (std::uint32_t visit = 1; visit <= stage.visit_buckets; ++visit) {
        pathway_.route_tables[table++].cumulative =
            static_cast<std::uint32_t>(settings_.cumulative.size());
        for_each_site(stage.level, [&](const Site& site) {
          add_cumulative(spec, case_class.name, visit, site);
        });
      }
    }
  }

  void add_cumulative(const StageSpec& spec, const std::string& case_class, std::uint32_t visit,
                      const Site& site) {
    double stated = 0;
    std::vector<double> probabilities;
    for (const RouteSpec& route : spec.routes) {
      if (!applies(route, case_class, visit)) continue;
      probabilities.push_back(route.probability ? value(*route.probability, site) : -1);
      if (route.probability) stated += probabilities.back();
    }
    double cumulative = 0;
    for (const double probability : probabilities) {
      cumulative += probability < 0 ? std::max(0.0, 1 - stated) : probability;
      settings_.cumulative.push_back(cumulative);
    }
    if (!probabilities.empty()) settings_.cumulative.back() = 1;
  }

  void add_phase(const WithdrawalPhase& spec, Phase& phase) {
    phase.rate = static_cast<std::uint32_t>(settings_.hazard.size());
    for (const Site& site : pathway_.sites) {
      const bool owns = pathway_.levels[site.level.value].owns_clock;
      const double multiplier = owns ? value(spec.multiplier, site) : 0;
      for (const HazardBand& band : spec.bands) {
        settings_.hazard.push_back(owns ? value(band.per_day, site) * multiplier /
                                              static_cast<double>(seconds_per_day)
                                        : 0);
      }
    }
  }

  void add_pool(const PoolSpec& spec, const Pool& pool) {
    for_each_site(pool.level, [&](const Site& site) {
      PoolSettings settings;
      if (spec.positions) settings.positions = value(*spec.positions, site);
      settings.absence = value(spec.absence, site);
      settings.productivity = std::llround(1000 * value(spec.productivity, site));
      settings_.pools.push_back(settings);
    });
  }

  const Scenario& scenario_;
  const Names& names_;
  Pathway& pathway_;
  Date date_;
  Settings settings_;
};

std::set<Date> dates_of_change(const Scenario& scenario) {
  std::set<Date> dates{scenario.run.origin};
  const auto note = [&](const Quantity& quantity) {
    for (const Date date : change_dates(scenario, quantity)) {
      if (date > scenario.run.origin && date < scenario.run.to) dates.insert(date);
    }
  };
  for (const auto& [name, stage] : scenario.stages) {
    for (const auto* laws : {&stage.effort, &stage.delay}) {
      for (const LawSpec& law : *laws) {
        for (const Quantity& argument : law.arguments) note(argument);
      }
    }
    if (stage.due_days) note(*stage.due_days);
    for (const RouteSpec& route : stage.routes) {
      if (route.probability) note(*route.probability);
    }
  }
  for (const auto& [name, phase] : scenario.withdrawal) {
    for (const HazardBand& band : phase.bands) note(band.per_day);
    note(phase.multiplier);
  }
  for (const auto& [name, pool] : scenario.pools) {
    if (pool.positions) note(*pool.positions);
    note(pool.absence);
    note(pool.productivity);
  }
  return dates;
}

bool same(const PoolSettings& a, const PoolSettings& b) {
  return a.positions == b.positions && a.absence == b.absence && a.productivity == b.productivity;
}

void note_changes(const Pathway& pathway, const Settings& before, Settings& now) {
  for (std::size_t p = 0; p < pathway.phases.size(); ++p) {
    const Phase& phase = pathway.phases[p];
    const std::size_t end = phase.rate + phase.band_start.size() * pathway.sites.size();
    for (std::size_t i = phase.rate; i < end; ++i) {
      if (before.hazard[i] != now.hazard[i]) {
        now.changed_hazards.push_back(PhaseId{static_cast<std::uint8_t>(p)});
        break;
      }
    }
  }
  for (std::uint32_t i = 0; i < now.pools.size(); ++i) {
    if (!same(before.pools[i], now.pools[i])) now.changed_pools.push_back(i);
  }
}

}  // namespace

void compile_phases(const Scenario& scenario, const Names& names, Pathway& pathway) {
  for (const auto& [name, spec] : scenario.withdrawal) {
    Phase phase;
    phase.name = name;
    phase.clock = spec.clock;
    phase.counts_while = spec.counts_while;
    phase.to = StageId{static_cast<std::uint16_t>(position_of(names.stages, spec.to))};
    for (const HazardBand& band : spec.bands) {
      phase.band_start.push_back(
          round_to_seconds(band.from_day * static_cast<double>(seconds_per_day)));
    }
    pathway.phases.push_back(std::move(phase));
  }
}

void compile_settings(const Scenario& scenario, const Names& names, Pathway& pathway) {
  for (const Date date : dates_of_change(scenario)) {
    Settings settings = SettingsBuilder{scenario, names, pathway, date}.build();
    if (!pathway.settings.empty()) note_changes(pathway, pathway.settings.back(), settings);
    pathway.settings.push_back(std::move(settings));
  }
  for (std::uint32_t i = 0; i < pathway.instances.size(); ++i) {
    double most = 0;
    for (const Settings& settings : pathway.settings) {
      most = std::max(most, settings.pools[i].positions);
    }
    pathway.instances[i].first_position = pathway.positions;
    pathway.instances[i].position_limit = static_cast<std::uint32_t>(std::ceil(most));
    pathway.positions += pathway.instances[i].position_limit;
  }
}

}  // namespace rassoflow::compile_detail
