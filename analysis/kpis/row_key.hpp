// What one number of the output is: the nine fields that name a row. A field that does not apply is
// empty; an empty site is England and Wales (or the whole of a scenario without sites).
#pragma once

#include <compare>
#include <string>

namespace rassoflow {

struct RowKey {
  std::string kpi;
  std::string site;
  std::string case_class;  ///< field `class`
  std::string stage;       ///< a stage or, for staff, a pool
  std::string outcome;
  std::string period;
  std::string basis;  ///< flow, cohort or snapshot
  std::string statistic;
  std::string unit;
  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

}  // namespace rassoflow
