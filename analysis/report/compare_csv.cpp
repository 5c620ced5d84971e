#include <fmt/format.h>

#include "analysis/kpis/csv_fields.hpp"
#include "analysis/report/compare_report.hpp"

namespace rassoflow {

std::string write_compare_csv(const CompareReport& report) {
  std::string text =
      "option," + csv_key_columns() +
      ",unit,n,base,with_option,difference,sd,lo80,hi80,lo95,hi95,relative,gain,not_compared\n";
  for (std::size_t option = 0; option < report.options.size(); ++option) {
    const std::string& label = report.systems[option + 1].label;
    const OptionComparison& comparison = report.options[option];
    for (const RowDifference& row : comparison.rows) {
      const Summary& difference = row.paired.difference;
      text += fmt::format("{},{},{},{}", label, csv_key_fields(row.key), csv_field(row.key.unit),
                          difference.n);
      for (const double value :
           {row.paired.base_mean, row.paired.option_mean, difference.mean, difference.sd,
            difference.mean80.low, difference.mean80.high, difference.mean95.low,
            difference.mean95.high, row.paired.relative, row.paired.gain}) {
        text += "," + csv_number(value);
      }
      text += ",\n";
    }
    const auto without = [&](const std::vector<RowKey>& keys, const std::string& reason) {
      for (const RowKey& key : keys) {
        text += fmt::format("{},{},{},0,,,,,,,,,,,{}\n", label, csv_key_fields(key),
                            csv_field(key.unit), csv_field(reason));
      }
    };
    without(comparison.only_in_base, "only in " + report.systems[0].label);
    without(comparison.only_in_option, "only in " + label);
    without(comparison.too_few, "too few simulated cases");
  }
  return text;
}

}  // namespace rassoflow
