// Everything that a comparison of scenarios has to say, as plain data that its formats print.
//
//   std::cout << write_compare_text(report);
//
// The base comes first and is called A, the options B, C, ... in the order in which they were
// given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/experiments/compare.hpp"

namespace rassoflow {

struct ReportedSystem {
  std::string label, title, file, digest;
  std::uint32_t replications = 0;
  std::vector<std::pair<std::uint32_t, std::string>> failures;  ///< replication, message
  std::int64_t faults = 0;                                      ///< of bookkeeping
  ComparedSystem compared;
};

struct HeadlineFigure {
  RowKey key;
  /// By system, as compare_all says; empty unless there are several options and less is better.
  std::vector<AgainstBest> ranking;
};

/// How the outcomes of a cohort change.
struct CohortChange {
  std::string kpi;
  std::string within;  ///< "within 24 months"
  std::string period;
  std::vector<RowKey> rows;  ///< shares of the cases reported, each with an outcome
};

struct CompareReport {
  std::string version, commit;
  std::uint64_t seed = 0;
  std::uint32_t replications_asked = 0;
  bool interrupted = false;
  Date from{}, to{};
  std::string window;
  std::vector<ReportedSystem> systems;
  std::vector<OptionComparison> options;  ///< of systems 1, 2, ...
  std::vector<HeadlineFigure> headline;
  std::vector<CohortChange> cohorts;
  std::vector<std::string> notes;  ///< what does not match
};

/// One option's sentences about its cohorts, then about others who bear the cost; the text and the
/// JSON have the same.
std::vector<std::string> cohort_sentences(const CompareReport& report, std::size_t option,
                                          const CohortChange& cohort);
std::string cohort_opening(const CohortChange& cohort);
std::vector<std::string> burden_sentences(const CompareReport& report, std::size_t option);
/// What only one of the scenarios has, or has enough cases of.
std::vector<std::string> missing_sentences(const CompareReport& report, std::size_t option);
/// How the options stand to the best, for headline figures of which less is better.
std::vector<std::string> ranking_sentences(const CompareReport& report,
                                           const HeadlineFigure& figure);

std::string write_compare_text(const CompareReport& report);
std::string write_compare_json(const CompareReport& report);
std::string write_compare_csv(const CompareReport& report);

struct CompareFormat {
  std::string_view name;
  std::string (*write)(const CompareReport& report);
};
const std::vector<CompareFormat>& compare_formats();

}  // namespace rassoflow
