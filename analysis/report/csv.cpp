#include <fmt/format.h>

#include <cmath>

#include "analysis/report/run_report.hpp"

namespace rassoflow {
namespace {

constexpr const char* key_columns = "kpi,site,class,stage,outcome,period,basis,statistic";

/// A field by RFC 4180. Names from files that a spreadsheet would take for a formula get an
/// apostrophe before them.
std::string field(const std::string& text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  std::string safe = is_formula ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

std::string key_fields(const RowKey& key) {
  return fmt::format("{},{},{},{},{},{},{},{}", field(key.kpi), field(key.site),
                     field(key.case_class), field(key.stage), field(key.outcome), field(key.period),
                     field(key.basis), field(key.statistic));
}

}  // namespace

std::string write_csv(const RunReport& report) {
  std::string text = fmt::format("{},interval,unit,n,mean,sd,lo80,hi80,lo95,hi95\n", key_columns);
  for (const Estimate& estimate : report.estimates) {
    const RowKey& key = report.key(estimate);
    const Summary& summary = estimate.summary;
    const std::string fields = key_fields(key);
    const auto line = [&](const char* kind, const Interval& i80, const Interval& i95) {
      text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", fields, kind, field(key.unit),
                          summary.n, number(summary.mean), number(summary.sd), number(i80.low),
                          number(i80.high), number(i95.low), number(i95.high));
    };
    line("mean", summary.mean80, summary.mean95);
    line("period", summary.period80, summary.period95);
  }
  return text;
}

std::string write_observations_csv(const RunReport& report) {
  std::string text = fmt::format("{},unit,replication,value\n", key_columns);
  const Observations& observations = *report.observations;
  for (const Estimate& estimate : report.estimates) {
    const RowKey& key = report.key(estimate);
    const std::string fields = key_fields(key) + "," + field(key.unit);
    for (std::size_t i = 0; i < observations.values.size(); ++i) {
      const double value = observations.values[i][estimate.row];
      if (std::isnan(value)) continue;
      text += fmt::format("{},{},{}\n", fields, observations.replications[i], number(value));
    }
  }
  return text;
}

}  // namespace rassoflow
