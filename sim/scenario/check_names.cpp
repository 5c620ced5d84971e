// Names that do not exist.
#include <algorithm>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/row_names.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

template <class T>
std::vector<std::string> names_of(const std::map<std::string, T>& map) {
  std::vector<std::string> out;
  for (const auto& [name, value] : map) out.push_back(name);
  return out;
}

class NameCheck {
 public:
  explicit NameCheck(Checking& checking)
      : checking_(checking),
        scenario_(checking.scenario),
        stages_(names_of(scenario_.stages)),
        levels_(names_of(scenario_.levels)),
        pools_(names_of(scenario_.pools)),
        phases_(names_of(scenario_.withdrawal)),
        classes_(names_of(scenario_.classes)),
        parameters_(names_of(scenario_.parameters)),
        calendars_(names_of(scenario_.calendars)),
        sites_(all_sites(scenario_)) {
    const std::set<std::string> flags = flags_of(scenario_);
    flags_.assign(flags.begin(), flags.end());
    const std::set<std::string> marks = marks_of(scenario_);
    marks_.assign(marks.begin(), marks.end());
    calendars_.emplace_back("always");
  }

  void look() {
    for (const auto& [name, stage] : scenario_.stages) look_at_stage(name, stage);
    for (const auto& [name, pool] : scenario_.pools) {
      expect(pool.place, {"pools", name, "level"}, "level", pool.level, levels_);
      expect(pool.place, {"pools", name, "calendar"}, "calendar", pool.calendar, calendars_);
    }
    for (const auto& [name, spec] : scenario_.recruitment) {
      expect(spec.place, {"recruitment", name, "pool"}, "pool", spec.pool, pools_);
    }
    for (const auto& [name, upkeep] : scenario_.upkeep) look_at_upkeep(name, upkeep);
    for (const auto& [name, phase] : scenario_.withdrawal) {
      expect(phase.place, {"withdrawal", name, "to"}, "stage", phase.to, stages_);
      if (phase.held) {
        expect(phase.held->ratio.place, {"withdrawal", name, "held", "pool"}, "pool",
               phase.held->pool, pools_);
      }
    }
    expect(scenario_.run.place, {"crossing_calendar"}, "calendar", scenario_.crossing_calendar,
           calendars_);
    for (const auto& [name, event] : scenario_.events) {
      look_at_effects({"events", name}, event.effects);
    }
    for (const auto& [name, lever] : scenario_.levers) look_at_lever(name, lever);
    for (const QuantitySlot& slot : checking_.slots) {
      for (const std::string& name : parameters_in(*slot.quantity)) {
        checking_.expect_name(slot.place, slot.key, "parameter", name, parameters_);
      }
    }
  }

 private:
  void expect(const Place& place, const std::vector<std::string>& path, const std::string& what,
              const std::string& name, const std::vector<std::string>& known) {
    checking_.expect_name(place, dotted_key(path), what, name, known);
  }

  void look_at_stage(const std::string& name, const StageSpec& stage) {
    const Place& place = stage.place;
    expect(place, {"stages", name, "level"}, "level", stage.level, levels_);
    if (!stage.withdrawal.empty()) {
      expect(place, {"stages", name, "withdrawal"}, "withdrawal phase", stage.withdrawal, phases_);
    }
    if (!stage.calendar.empty()) {
      expect(place, {"stages", name, "calendar"}, "calendar", stage.calendar, calendars_);
    }
    const bool has_pool = stage.kind == StageKind::work || stage.kind == StageKind::hold ||
                          stage.kind == StageKind::release;
    if (has_pool) look_at_pool(name, stage);
    for (const std::string& flag : stage.clears) {
      expect(place, {"stages", name, "clears"}, "flag", flag, flags_);
    }
    if (stage.kind == StageKind::fork) {
      expect(place, {"stages", name, "join"}, "stage", stage.join, stages_);
    }
    if (stage.kind == StageKind::listing) {
      look_at_listing(name, stage);
      return;
    }
    look_at_routes({"stages", name, "routes"}, stage.routes);
    look_at_routes({"stages", name, "branches"}, stage.branches);
  }

  void look_at_listing(const std::string& name, const StageSpec& stage) {
    for (std::size_t i = 0; i < stage.routes.size(); ++i) {
      const RouteSpec& route = stage.routes[i];
      const std::string key(listing_routes[i]);
      expect(route.place, {"stages", name, key}, "stage", route.to, stages_);
    }
    for (const std::string& flag : stage.listing.first) {
      expect(stage.place, {"stages", name, "first"}, "flag", flag, flags_);
    }
    const auto& custody = stage.listing.custody;
    if (!custody) return;
    expect(custody->place, {"stages", name, "custody", "flag"}, "flag", custody->flag, flags_);
    expect(custody->place, {"stages", name, "custody", "mark"}, "mark", custody->mark, marks_);
  }

  void look_at_routes(const std::vector<std::string>& path, const std::vector<RouteSpec>& routes) {
    for (std::size_t i = 0; i < routes.size(); ++i) {
      const RouteSpec& route = routes[i];
      const auto key = [&](const char* last) {
        std::vector<std::string> out = path;
        out.push_back("[" + std::to_string(i + 1) + "]");
        out.emplace_back(last);
        return out;
      };
      expect(route.place, key("to"), "stage", route.to, stages_);
      for (const std::string& name : route.classes) {
        expect(route.place, key("classes"), "class", name, classes_);
      }
      for (const std::string& name : route.flags) {
        expect(route.place, key("flags"), "flag", name, flags_);
      }
      for (const std::string& name : route.unless) {
        expect(route.place, key("unless"), "flag", name, flags_);
      }
    }
  }

  void look_at_effects(const std::vector<std::string>& path,
                       const std::vector<EffectSpec>& effects) {
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const EffectSpec& effect = effects[i];
      const auto key = [&](std::string_view last) {
        std::vector<std::string> out = path;
        out.insert(out.end(), {"effects", "[" + std::to_string(i + 1) + "]", std::string(last)});
        return out;
      };
      expect(effect.place, key("parameter"), "parameter", effect.parameter, parameters_);
      if (!effect.value_parameter.empty()) {
        expect(effect.place, key(effect_words[static_cast<std::size_t>(effect.kind)]), "parameter",
               effect.value_parameter, parameters_);
      }
      if (!effect.by.empty()) {
        expect(effect.place, key("by"), "parameter", effect.by, parameters_);
      }
      for (const std::string& site : effect.sites) {
        expect(effect.place, key("site"), "site", site, sites_);
      }
    }
  }

  void look_at_lever(const std::string& name, const LeverSpec& lever) {
    const std::vector<std::string> levers = names_of(scenario_.levers);
    look_at_effects({"levers", name}, lever.effects);
    for (const std::string& other : lever.bundle) {
      expect(lever.place, {"levers", name, "bundle"}, "lever", other, levers);
    }
    for (const std::string& other : lever.replaces) {
      expect(lever.place, {"levers", name, "replaces"}, "lever", other, levers);
    }
    for (const std::string& site : lever.use.sites) {
      expect(lever.place, {"levers", name, "site"}, "site", site, sites_);
    }
    for (const LeverUse& wave : lever.waves) {
      for (const std::string& site : wave.sites) {
        expect(wave.place, {"levers", name, "waves"}, "site", site, sites_);
      }
    }
  }

  void look_at_pool(const std::string& name, const StageSpec& stage) {
    expect(stage.place, {"stages", name, "pool"}, "pool", stage.pool, pools_);
    const auto pool = scenario_.pools.find(stage.pool);
    if (pool == scenario_.pools.end() || pool->second.level == stage.level) return;
    checking_.fault(stage.place, dotted_key({"stages", name, "pool"}),
                    "the stage is at level " + in_ticks(stage.level) + ", its pool " +
                        in_ticks(stage.pool) + " at level " + in_ticks(pool->second.level),
                    "staff serve stages of their own level");
  }

  void look_at_upkeep(const std::string& name, const UpkeepSpec& upkeep) {
    expect(upkeep.place, {"upkeep", name, "pool"}, "pool", upkeep.pool, pools_);
    expect(upkeep.place, {"upkeep", name, "from"}, "mark", upkeep.from, marks_);
    for (const std::string& mark : upkeep.to) {
      expect(upkeep.place, {"upkeep", name, "to"}, "mark", mark, marks_);
    }
  }

  Checking& checking_;
  const Scenario& scenario_;
  std::vector<std::string> stages_, levels_, pools_, phases_, classes_, parameters_, calendars_,
      flags_, marks_, sites_;
};

}  // namespace

void check_names(Checking& checking) {
  NameCheck{checking}.look();
}

void check_kpi_names(Checking& checking) {
  const std::set<std::string> set = marks_of(checking.scenario);
  const std::vector<std::string> marks(set.begin(), set.end());
  const std::vector<std::string> stages = names_of(checking.scenario.stages);
  const std::vector<std::string> pools = names_of(checking.scenario.pools);
  std::vector<std::string> stocks;
  for (const auto& [name, kpi] : checking.scenario.kpis) {
    if (kpi.kind == KpiSpec::Kind::stock) stocks.push_back(name);
  }
  for (const auto& [name, kpi] : checking.scenario.kpis) {
    const auto expect = [&, &owner = name, &place = kpi.place](
                            const char* key, const char* what, const std::string& wanted,
                            const std::vector<std::string>& known) {
      checking.expect_name(place, dotted_key({"kpis", owner, key}), what, wanted, known);
    };
    if (!kpi.mark.empty()) expect("mark", "mark", kpi.mark, marks);
    for (const auto& [code, mark] : kpi.outcomes) expect("outcomes", "mark", mark, marks);
    if (kpi.kind == KpiSpec::Kind::duration) {
      if (kpi.from != "report") expect("from", "mark", kpi.from, marks);
      expect("to", "mark", kpi.to, marks);
    }
    for (const std::string& mark : kpi.numerator) expect("numerator", "mark", mark, marks);
    for (const std::string& mark : kpi.denominator) expect("denominator", "mark", mark, marks);
    for (const std::string& stage : kpi.stages) expect("stages", "stage", stage, stages);
    for (const auto& [part, of_part] : kpi.parts) {
      for (const std::string& stage : of_part) expect("parts", "stage", stage, stages);
    }
    if (kpi.split) expect("split", "mark", kpi.split->by, marks);
    if (kpi.since != "report") expect("since", "mark", kpi.since, marks);
    for (const std::string& pool : kpi.pools) expect("pools", "pool", pool, pools);
    if (!kpi.stock.empty()) expect("stock", "stock", kpi.stock, stocks);
    if (stock_of_ages(checking.scenario, name) != nullptr) {
      checking.fault(kpi.place, dotted_key({"kpis", name}),
                     "the ages of a stock have this name already", "give it another name");
    }
  }
}

}  // namespace rassoflow
