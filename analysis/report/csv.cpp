#include <fmt/format.h>

#include <cmath>

#include "analysis/kpis/csv_fields.hpp"
#include "analysis/report/run_report.hpp"

namespace rassoflow {
std::string write_csv(const RunReport& report) {
  std::string text =
      fmt::format("{},interval,unit,n,mean,sd,lo80,hi80,lo95,hi95\n", csv_key_columns());
  for (const Estimate& estimate : report.estimates) {
    const RowKey& key = report.key(estimate);
    const Summary& summary = estimate.summary;
    const std::string fields = csv_key_fields(key);
    const auto line = [&](const char* kind, const Interval& i80, const Interval& i95) {
      text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", fields, kind, csv_field(key.unit),
                          summary.n, csv_number(summary.mean), csv_number(summary.sd),
                          csv_number(i80.low), csv_number(i80.high), csv_number(i95.low),
                          csv_number(i95.high));
    };
    line("mean", summary.mean80, summary.mean95);
    line("period", summary.period80, summary.period95);
  }
  return text;
}

std::string write_observations_csv(const RunReport& report) {
  std::string text = fmt::format("{},unit,replication,value\n", csv_key_columns());
  const Observations& observations = *report.observations;
  for (const Estimate& estimate : report.estimates) {
    const RowKey& key = report.key(estimate);
    const std::string fields = csv_key_fields(key) + "," + csv_field(key.unit);
    for (std::size_t i = 0; i < observations.values.size(); ++i) {
      const double value = observations.values[i][estimate.row];
      if (std::isnan(value)) continue;
      text += fmt::format("{},{},{}\n", fields, observations.replications[i], csv_number(value));
    }
  }
  return text;
}

}  // namespace rassoflow
