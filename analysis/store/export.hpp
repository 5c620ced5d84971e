// A merged store as files for other programs. The CSV is canonical: rows by point, replication and
// row key, with no times and nothing of the order in which units ran, so that it is the same bytes
// for any number of threads, shards and resumes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace rassoflow {

/// Calls `write` with parts of the text, in order.
void export_csv(const std::filesystem::path& database,
                const std::function<void(std::string_view)>& write);

struct XlsxOutcome {
  std::uint64_t values = 0;
  bool has_values = true;  ///< a sheet holds them all; else only the means
};
/// Sheets `study`, `design`, `means` and `values`.
XlsxOutcome export_xlsx(const std::filesystem::path& database, const std::filesystem::path& file);

}  // namespace rassoflow
