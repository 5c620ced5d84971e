// What one number of the output is: the nine fields that name a row. A field that does not apply is
// empty; an empty site is England and Wales (or the whole of a scenario without sites).
#pragma once

#include <array>
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

/// The fields by their names in the output, the unit last.
struct RowField {
  const char* name;
  std::string RowKey::*value;
};
inline constexpr std::array<RowField, 9> row_fields{{{"kpi", &RowKey::kpi},
                                                     {"site", &RowKey::site},
                                                     {"class", &RowKey::case_class},
                                                     {"stage", &RowKey::stage},
                                                     {"outcome", &RowKey::outcome},
                                                     {"period", &RowKey::period},
                                                     {"basis", &RowKey::basis},
                                                     {"statistic", &RowKey::statistic},
                                                     {"unit", &RowKey::unit}}};

}  // namespace rassoflow
