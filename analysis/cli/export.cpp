// rassoflow export: a merged store for other programs.
#include "analysis/store/export.hpp"

#include <fmt/format.h>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/store/merge.hpp"

namespace rassoflow {

int export_command(const Arguments& arguments) {
  std::string store, xlsx;
  bool is_csv = false;
  OptionParser parser{"export", "Writes a merged store for other programs."};
  parser.positional("STORE", store, "the folder of a sweep, or its database");
  parser.flag("--csv", is_csv, "to stdout, one line a value, by point, replication and row");
  parser.text("--xlsx", xlsx, "FILE", "a workbook: study, design, means, values");
  if (const auto stop = parser.parse(arguments)) return *stop;
  if (is_csv == !xlsx.empty()) {
    spdlog::error("rassoflow export: say either --csv or --xlsx FILE");
    return ExitCode::usage;
  }
  std::filesystem::path database{store};
  std::error_code ignored;
  if (std::filesystem::is_directory(database, ignored)) {
    database /= database_name;
    if (!std::filesystem::exists(database, ignored)) {
      spdlog::error("rassoflow export: {} is not merged; run: rassoflow merge {}", store, store);
      return ExitCode::failed;
    }
  }
  if (is_csv) {
    export_csv(database, [](std::string_view text) { write_stdout(std::string(text)); });
    return ExitCode::ok;
  }
  const XlsxOutcome outcome = export_xlsx(database, xlsx);
  if (!outcome.has_values) {
    spdlog::warn(
        "{} values are more than a sheet has rows; the workbook has their means, --csv has "
        "them all",
        outcome.values);
  }
  return ExitCode::ok;
}

}  // namespace rassoflow
