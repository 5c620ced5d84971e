// Everything that a run has to say, as plain data that every format prints.
//
//   RunReport report = ...;
//   std::cout << find_format("json")->write(report);
//
// A new format is one file and one line in formats.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/kpis/estimates.hpp"
#include "analysis/kpis/precision.hpp"

namespace rassoflow {

struct RunReport {
  std::string version;
  std::string commit;
  std::string title;
  std::string digest;  ///< of the compiled parameters
  std::uint64_t seed = 0;
  std::uint32_t replications_asked = 0;
  Date origin{}, from{}, to{};
  std::vector<std::string> unlimited_pools;
  std::vector<std::pair<std::uint32_t, std::string>> failures;  ///< replication, message
  bool interrupted = false;
  Stopping stopping;

  const Scenario* scenario = nullptr;
  const RowPlan* plan = nullptr;
  const Observations* observations = nullptr;
  std::vector<Estimate> estimates;
  std::vector<BookkeepingCheck> checks;
  std::vector<Comparison> comparisons;

  std::uint32_t replications() const {
    return static_cast<std::uint32_t>(observations->replications.size());
  }
  const RowKey& key(const Estimate& estimate) const { return plan->rows()[estimate.row]; }
};

struct ReportFormat {
  std::string_view name;
  std::string_view description;
  std::string (*write)(const RunReport& report);
};
const std::vector<ReportFormat>& report_formats();
const ReportFormat* find_format(std::string_view name);

/// Why the run stopped and how near it came to its precision targets, as a part of the page for
/// people; empty for a run without targets.
std::string stopping_text(const RunReport& report);

std::string write_text(const RunReport& report);
std::string write_json(const RunReport& report);
std::string write_csv(const RunReport& report);
/// A table of the scenario for the named periods; for none the last quarters that fit.
std::string write_table(const RunReport& report, const TableSpec& table,
                        const std::vector<std::string>& periods);
/// How many of the named periods fit beside one another.
std::size_t table_columns(const std::vector<std::string>& periods);
/// One line a row and replication; not a format of its own, a file of `run --out`.
std::string write_observations_csv(const RunReport& report);

}  // namespace rassoflow
