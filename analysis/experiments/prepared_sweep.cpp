#include "analysis/experiments/prepared_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "analysis/estimators/designs.hpp"
#include "analysis/experiments/scenario_text.hpp"
#include "sim/core/digest.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/check_scenario.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/read_scenario.hpp"

namespace rassoflow {
namespace {

RowPlan plan_for(const OutputsSpec& outputs, const Scenario& scenario, const Pathway& pathway) {
  return {scenario,
          pathway,
          {},
          outputs.has_sites ? Detail::sites : Detail::national,
          outputs.periods.empty() ? PeriodsOf::window : PeriodsOf::run};
}

bool is_kept(const OutputsSpec& outputs, const RowKey& key) {
  return (outputs.kpis.empty() || outputs.kpis.contains(key.kpi)) &&
         (outputs.periods.empty() || outputs.periods.contains(key.period)) &&
         (outputs.has_classes || key.case_class.empty());
}

class Preparation {
 public:
  Preparation(const SweepSpec& spec, const std::string& file) {
    sweep_.spec = spec;
    sweep_.study.file = file;
    sweep_.study.title = spec.title;
    sweep_.study.model_version = model_version;
  }

  Result<PreparedSweep> prepare() {
    load_scenarios();
    if (!faults_.empty()) return faults_;
    check_factors();
    choose_rows();
    if (!faults_.empty()) return faults_;
    choose_points();
    describe_study();
    return std::move(sweep_);
  }

 private:
  void load_scenarios() {
    std::set<std::string> files;
    for (const FactorSpec& factor : sweep_.spec.factors) {
      files.insert(factor.scenarios.begin(), factor.scenarios.end());
    }
    files.insert(sweep_.spec.scenario);
    for (const std::string& file : files) {
      auto read = read_scenario((sweep_.spec.folder / file).lexically_normal());
      if (auto* faults = std::get_if<Diagnostics>(&read)) {
        faults_.insert(faults_.end(), faults->begin(), faults->end());
        continue;
      }
      Scenario& scenario = std::get<Scenario>(read);
      const Diagnostics faults = check_scenario(scenario);
      faults_.insert(faults_.end(), faults.begin(), faults.end());
      sweep_.scenarios[file] = std::make_shared<const Scenario>(std::move(scenario));
    }
  }

  void check_factors() {
    std::size_t lists = 0;
    for (const FactorSpec& factor : sweep_.spec.factors) {
      if (factor.kind == "scenarios" && ++lists > 1) {
        fault(factor.place, factor.name, "only one factor can choose the scenario", "");
      }
      if (factor.kind != "parameter") continue;
      for (const auto& [file, scenario] : sweep_.scenarios) {
        if (scenario->parameters.contains(factor.parameter)) continue;
        std::vector<std::string> known;
        for (const auto& [name, parameter] : scenario->parameters) known.push_back(name);
        const std::string near = nearest_name(factor.parameter, known);
        fault(factor.place, factor.name,
              fmt::format("{} has no parameter {}", in_ticks(file), in_ticks(factor.parameter)),
              near.empty() ? "`rassoflow list parameters " + file + "` lists them"
                           : "did you mean " + in_ticks(near) + "?");
      }
    }
  }

  void choose_rows() {
    const OutputsSpec& outputs = sweep_.spec.outputs;
    std::set<RowKey> rows;
    std::set<std::string> kpis, periods;
    for (const auto& [file, scenario] : sweep_.scenarios) {
      const Pathway pathway = compile_pathway(*scenario);
      digests_ += pathway.digest + "\n" + what_decides_rows(*scenario);
      const RowPlan plan = plan_for(outputs, *scenario, pathway);
      for (const RowKey& key : plan.rows()) {
        kpis.insert(key.kpi);
        periods.insert(key.period);
        if (is_kept(outputs, key)) rows.insert(key);
      }
    }
    const auto check = [&](const char* what, const std::set<std::string>& wanted,
                           const std::set<std::string>& known) {
      for (const std::string& name : wanted) {
        if (known.contains(name)) continue;
        const std::string near = nearest_name(name, {known.begin(), known.end()});
        fault(sweep_.spec.outputs.place, "outputs",
              fmt::format("no row is of the {} {}", what, in_ticks(name)),
              near.empty() ? "" : "did you mean " + in_ticks(near) + "?");
      }
    };
    check("KPI", outputs.kpis, kpis);
    check("period", outputs.periods, periods);
    sweep_.study.rows.assign(rows.begin(), rows.end());
  }

  void choose_points() {
    const SweepSpec& spec = sweep_.spec;
    if (spec.design.kind == DesignKind::list) {
      sweep_.points = spec.design.list;
      return;
    }
    for (std::vector<double>& point : coordinates(spec)) {
      for (std::size_t f = 0; f < spec.factors.size(); ++f) {
        point[f] = kind_of(spec.factors[f]).value_at(spec.factors[f], point[f]);
      }
      sweep_.points.push_back(std::move(point));
    }
  }

  static Design coordinates(const SweepSpec& spec) {
    const std::size_t factors = spec.factors.size();
    const auto points = static_cast<std::size_t>(spec.design.points);
    switch (spec.design.kind) {
      case DesignKind::latin_hypercube:
        return latin_hypercube(factors, points, spec.design.seed);
      case DesignKind::sobol:
        return sobol_points(factors, points, spec.design.seed);
      case DesignKind::morris:
        return morris_trajectories(factors, points, spec.design.seed);
      case DesignKind::saltelli:
        return saltelli_points(factors, points, spec.design.seed);
      case DesignKind::factorial:
      case DesignKind::list:
        break;
    }
    std::vector<std::size_t> levels;
    for (const FactorSpec& factor : spec.factors) {
      levels.push_back(factor.kind == "scenarios" ? factor.scenarios.size()
                       : factor.has_range()       ? static_cast<std::size_t>(*factor.levels)
                                                  : factor.values.size());
    }
    return full_factorial(levels);
  }

  void describe_study() {
    Study& study = sweep_.study;
    const RunSpec& run = sweep_.scenarios.at(sweep_.spec.scenario)->run;
    study.seed = sweep_.spec.seed.value_or(run.seed);
    study.replications =
        static_cast<std::uint32_t>(sweep_.spec.replications.value_or(run.replications));
    study.points = sweep_.points.size();
    for (std::size_t f = 0; f < sweep_.spec.factors.size(); ++f) {
      const FactorSpec& factor = sweep_.spec.factors[f];
      StudyFactor told{factor.name, factor.kind, factor.parameter, {}};
      for (const std::string& file : factor.scenarios) {
        told.what += (told.what.empty() ? "" : ", ") + file;
      }
      constexpr std::array<std::string_view, 3> changes{"", " (ratio)", " (difference)"};
      told.what += changes[static_cast<std::size_t>(factor.change)];
      if (factor.from) told.what += " from " + format_date(*factor.from);
      digests_ += fmt::format("{}|{}|{}\n", told.name, told.kind, told.what);
      for (const auto& point : sweep_.points) {
        told.values.push_back(kind_of(factor).in_words(factor, point[f]));
      }
      study.factors.push_back(std::move(told));
    }
    study.digest = digest_of(digests_);
  }

  void fault(const Place& place, const std::string& key, std::string message, std::string help) {
    faults_.push_back({place, key, std::move(message), std::move(help)});
  }

  PreparedSweep sweep_;
  std::string digests_;  ///< what decides the values of a unit, besides its point
  Diagnostics faults_;
};

}  // namespace

Result<PreparedSweep> prepare_sweep(const SweepSpec& spec, const std::string& file) {
  return Preparation{spec, file}.prepare();
}

std::vector<double> PointSystem::values_of(const Monitor& monitor) const {
  const std::vector<double> all = plan->reduce(monitor);
  std::vector<double> values;
  values.reserve(positions.size());
  for (const auto& position : positions) {
    values.push_back(position ? all[*position] : std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

PointSystem make_point(const PreparedSweep& sweep, std::uint64_t point) {
  Scenario scenario = *sweep.scenarios.at(sweep.spec.scenario);
  for (const FactorKind& kind : factor_kinds()) {
    for (std::size_t f = 0; f < sweep.spec.factors.size(); ++f) {
      const FactorSpec& factor = sweep.spec.factors[f];
      if (factor.kind == kind.name) {
        kind.apply(factor, sweep.points[point][f], sweep.scenarios, scenario);
      }
    }
  }
  // Effects of levers may take their values from the parameters that have changed.
  resolve_levers(scenario);
  PointSystem system;
  const Diagnostics faults = check_scenario(scenario);
  if (!faults.empty()) {
    system.failure = format_diagnostic(faults.front());
    if (faults.size() > 1) system.failure += fmt::format(" (and {} more)", faults.size() - 1);
    return system;
  }
  system.pathway = std::make_unique<const Pathway>(compile_pathway(scenario));
  system.plan =
      std::make_unique<const RowPlan>(plan_for(sweep.spec.outputs, scenario, *system.pathway));
  for (const RowKey& key : sweep.study.rows) system.positions.push_back(system.plan->find(key));
  return system;
}

UnitKey unit_key(const PreparedSweep& sweep, std::uint64_t point, std::uint32_t replication) {
  std::string text = fmt::format("{}|{}|{}|{}", sweep.study.model_version, sweep.study.digest,
                                 sweep.study.seed, replication);
  for (std::size_t f = 0; f < sweep.spec.factors.size(); ++f) {
    text += fmt::format("|{}={:a}", sweep.spec.factors[f].name, sweep.points[point][f]);
  }
  // 32 hexadecimal digits to 16 bytes.
  UnitKey key;
  std::string digits = digest_of(text);
  std::erase(digits, '-');
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    key += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return key;
}

}  // namespace rassoflow
