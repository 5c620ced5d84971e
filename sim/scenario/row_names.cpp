#include "sim/scenario/row_names.hpp"

#include <algorithm>
#include <set>

namespace rassoflow {
namespace {

using Names = std::vector<std::string>;

constexpr std::string_view ages_suffix = "_age";

void add(std::vector<RowName>& rows, const char* basis, const Names& statistics,
         const std::string& outcome = "", const std::string& stage = "") {
  for (const std::string& statistic : statistics) {
    rows.push_back({basis, statistic, outcome, stage});
  }
}

/// `share within 6 months` and so on.
Names within(const std::string& statistic) {
  Names names;
  for (const std::string_view horizon : horizon_names) {
    names.push_back(statistic + " " + std::string(horizon));
  }
  return names;
}

Names outcome_codes(const Scenario& scenario) {
  std::set<std::string> codes;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::outcome) codes.insert(stage.code);
  }
  return {codes.begin(), codes.end()};
}

std::vector<RowName> rows_of_count(const KpiSpec& kpi) {
  std::vector<RowName> rows;
  Names codes;
  for (const auto& [code, mark] : kpi.outcomes) codes.push_back(code);
  if (kpi.split) codes.insert(codes.end(), {kpi.split->with, kpi.split->without});
  if (kpi.outcomes.empty()) codes.insert(codes.begin(), "");
  for (const std::string& code : codes) {
    add(rows, "flow", {"total", "mean per quarter"}, code);
    if (!code.empty()) add(rows, "flow", {"share"}, code);
    add(rows, "cohort", within("share"), code);
  }
  if (!kpi.outcomes.empty()) add(rows, "cohort", within("share"), "open");
  return rows;
}

std::vector<RowName> rows_of_duration(const KpiSpec& kpi) {
  std::vector<RowName> rows;
  add(rows, "flow", {"mean", "median", "p90", "total"});
  for (const char* statistic : {"share", "mean", "median"}) add(rows, "cohort", within(statistic));
  for (const auto& [part, stages] : kpi.parts) {
    add(rows, "flow", {"mean", "median", "p90"}, part);
    for (const char* statistic : {"mean", "median"}) add(rows, "cohort", within(statistic), part);
  }
  return rows;
}

std::vector<RowName> rows_of_kpi(const KpiSpec& kpi) {
  std::vector<RowName> rows;
  switch (kpi.kind) {
    case KpiSpec::Kind::count:
      return rows_of_count(kpi);
    case KpiSpec::Kind::duration:
      return rows_of_duration(kpi);
    case KpiSpec::Kind::share:
      add(rows, "flow", {"share"});
      add(rows, "cohort", within("share"));
      break;
    case KpiSpec::Kind::stock:
      add(rows, "snapshot", {"snapshot"});
      for (const int days : kpi.over_days) {
        add(rows, "snapshot", {"snapshot over " + std::to_string(days) + " days"});
      }
      break;
    case KpiSpec::Kind::staff:
      for (const std::string& pool : kpi.pools) {
        if (kpi.stock.empty())
          add(rows, "flow", {"mean"}, "", pool);
        else
          add(rows, "snapshot", {"snapshot"}, "", pool);
      }
      break;
  }
  return rows;
}

// What any pathway has (docs/model.md, section 1); the causes of days are not for tables.

void arrivals(const Scenario&, std::vector<RowName>& rows) {
  add(rows, "flow", {"total", "mean per quarter"});
}

void outcomes(const Scenario& scenario, std::vector<RowName>& rows) {
  add(rows, "flow", {"total"});
  for (const std::string& code : outcome_codes(scenario)) {
    add(rows, "flow", {"total", "share"}, code);
    add(rows, "cohort", within("share"), code);
  }
  add(rows, "cohort", within("share"), "open");
}

void days_in_system(const Scenario& scenario, std::vector<RowName>& rows) {
  for (const std::string& code : outcome_codes(scenario)) {
    add(rows, "flow", {"mean", "median", "p90"}, code);
    for (const char* statistic : {"mean", "median"}) add(rows, "cohort", within(statistic), code);
  }
}

void visits(const Scenario& scenario, std::vector<RowName>& rows) {
  for (const auto& [name, stage] : scenario.stages) add(rows, "flow", {"total"}, "", name);
}

void days_in_stage(const Scenario& scenario, std::vector<RowName>& rows) {
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::work || stage.kind == StageKind::wait)
      add(rows, "flow", {"mean"}, "", name);
  }
}

void days_waiting(const Scenario& scenario, std::vector<RowName>& rows) {
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::work) add(rows, "flow", {"mean"}, "", name);
  }
}

void in_progress(const Scenario& scenario, std::vector<RowName>& rows) {
  add(rows, "snapshot", {"snapshot"});
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind == StageKind::work || stage.kind == StageKind::wait)
      add(rows, "snapshot", {"snapshot"}, "", name);
  }
}

void utilisation(const Scenario& scenario, std::vector<RowName>& rows) {
  for (const auto& [name, pool] : scenario.pools) {
    if (pool.positions) add(rows, "flow", {"share"}, "", name);
  }
}

struct GenericKpi {
  std::string_view name;
  void (*add_rows)(const Scenario& scenario, std::vector<RowName>& rows);
};
constexpr GenericKpi generic_kpis[] = {
    {"arrivals", arrivals},
    {"outcomes", outcomes},
    {"days_in_system", days_in_system},
    {"visits", visits},
    {"days_in_stage", days_in_stage},
    {"days_waiting", days_waiting},
    {"in_progress", in_progress},
    {"utilisation", utilisation},
};

}  // namespace

std::string name_of_ages(const std::string& stock) {
  return stock + std::string(ages_suffix);
}

std::vector<std::string> kpi_names(const Scenario& scenario) {
  Names names;
  for (const auto& [name, kpi] : scenario.kpis) {
    names.push_back(name);
    if (kpi.kind == KpiSpec::Kind::stock) names.push_back(name_of_ages(name));
  }
  for (const GenericKpi& kpi : generic_kpis) names.emplace_back(kpi.name);
  return names;
}

const KpiSpec* stock_of_ages(const Scenario& scenario, const std::string& name) {
  if (!name.ends_with(ages_suffix)) return nullptr;
  const auto stock = scenario.kpis.find(name.substr(0, name.size() - ages_suffix.size()));
  const bool is_stock = stock != scenario.kpis.end() && stock->second.kind == KpiSpec::Kind::stock;
  return is_stock ? &stock->second : nullptr;
}

std::vector<RowName> row_names(const Scenario& scenario, const std::string& kpi) {
  const auto found = scenario.kpis.find(kpi);
  if (found != scenario.kpis.end()) return rows_of_kpi(found->second);
  std::vector<RowName> rows;
  if (stock_of_ages(scenario, kpi) != nullptr) add(rows, "snapshot", {"mean", "median", "p90"});
  for (const GenericKpi& generic : generic_kpis) {
    if (kpi == generic.name) generic.add_rows(scenario, rows);
  }
  return rows;
}

std::optional<RowName> find_row_name(const Scenario& scenario, const TableRowSpec& row) {
  for (RowName& name : row_names(scenario, row.kpi)) {
    const bool fits = name.outcome == row.outcome && name.stage == row.stage &&
                      (row.statistic.empty() || name.statistic == row.statistic) &&
                      (row.basis.empty() || name.basis == row.basis);
    if (fits) return std::move(name);
  }
  return std::nullopt;
}

}  // namespace rassoflow
