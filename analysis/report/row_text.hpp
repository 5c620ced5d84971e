// What the pages for people share: rows found by their key, and how numbers, intervals and warnings
// read.
#pragma once

#include <string>

#include "analysis/report/run_report.hpp"

namespace rassoflow {

/// Columns of a terminal or a printed page.
inline constexpr std::size_t page_width = 80;

class RowFinder {
 public:
  explicit RowFinder(const RunReport& report) : report_(report) {}
  /// Nothing if there is no such row, or if it is left out of the estimates.
  const Summary* find(const RowKey& key) const;

 private:
  const RunReport& report_;
};

/// `court_receipts, mean per quarter (cases)`
std::string row_label(const RowKey& key);

/// `12.3 to 45.6`; `-` for an interval that one replication cannot give.
std::string interval_text(const Interval& range);

/// What makes the results less than they seem: interruptions, failures, faults.
std::string warnings_of(const RunReport& report);

}  // namespace rassoflow
