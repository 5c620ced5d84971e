// A Monitor filled by hand for a small world without sites, and the rows that it is reduced to.
//
//   HandFilled filled{world, {}};
//   filled.mark("seen", 1).first = 10;     // month 0 is the first simulated
//   filled.value(flow("seen", "2020-Q1", "total", "cases"));
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/kpis/estimates.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {

inline RowKey flow(const char* kpi, const char* period, const char* statistic, const char* unit) {
  return {kpi, "", "", "", "", period, "flow", statistic, unit};
}
inline RowKey cohort(const char* kpi, const char* period, const char* statistic, const char* unit) {
  return {kpi, "", "", "", "", period, "cohort", statistic, unit};
}
inline RowKey snapshot(const char* kpi, const char* period, const char* statistic,
                       const char* unit) {
  return {kpi, "", "", "", "", period, "snapshot", statistic, unit};
}
inline RowKey with_outcome(RowKey key, const char* outcome) {
  key.outcome = outcome;
  return key;
}
inline RowKey with_stage(RowKey key, const char* stage) {
  key.stage = stage;
  return key;
}

class HandFilled {
 public:
  explicit HandFilled(const char* world)
      : scenario(scenario_from(world)), pathway(compile_pathway(scenario)), monitor(pathway) {}

  StageCell& stage(const char* name, std::size_t month) {
    const auto found = find_stage(pathway, name);
    return monitor
        .stages[monitor.stage_cell(pathway, month, StageId{found.value()}, std::uint16_t{0})];
  }
  MarkCell& mark(const char* name, std::size_t month) {
    const auto found = find_mark(pathway, name);
    return monitor.marks[monitor.mark_cell(pathway, month, MarkId{found.value()}, SiteId{0})];
  }
  SiteCell& site(std::size_t month) {
    return monitor.sites[monitor.site_cell(pathway, month, SiteId{0}, ClassId{0})];
  }
  std::int64_t& stock(const char* kpi, int days, std::size_t month) {
    const auto found = find_stock_age(pathway, kpi, days);
    return monitor.stock_ages[month * pathway.stock_ages.size() + found.value()];
  }
  /// Within 6, 12 or 24 months of the report (horizon 0, 1, 2) or later (3).
  void sample(const char* from, const char* to, double days, int month, int report_month,
              int horizon = 0) {
    add_sample(find_duration(pathway, from, to).value(), days, month, report_month, horizon);
  }
  void sample_part(const char* kpi, const char* part, double days, int month, int report_month,
                   int horizon) {
    add_sample(find_duration_part(pathway, kpi, part).value(), days, month, report_month, horizon);
  }
  void open_age(const char* kpi, double days, int month) {
    monitor.open_ages.push_back({static_cast<std::uint32_t>(days * seconds_per_day),
                                 find_stock_age(pathway, kpi, any_age).value(),
                                 static_cast<std::uint16_t>(month),
                                 {SiteId{0}},
                                 ClassId{0}});
  }

  RowPlan plan() const { return RowPlan{scenario, pathway, published, Detail::national}; }
  /// The value of a row, or a failure that names it.
  double value(const RowKey& key) const {
    const RowPlan rows = plan();
    const auto row = rows.find(key);
    EXPECT_TRUE(row) << key.kpi << " " << key.statistic << " " << key.period;
    return row ? rows.reduce(monitor)[*row] : std::nan("");
  }
  bool has_row(const RowKey& key) const { return plan().find(key).has_value(); }
  /// Whether the row is among the estimates of one replication.
  bool shows(const RowKey& key) const {
    const RowPlan rows = plan();
    const auto row = rows.find(key);
    for (const Estimate& found : estimate(rows, {{0}, {rows.reduce(monitor)}})) {
      if (row && found.row == *row) return true;
    }
    return false;
  }

  Scenario scenario;
  Pathway pathway;
  Monitor monitor;
  std::vector<PublishedFigure> published;

 private:
  void add_sample(std::uint16_t duration, double days, int month, int report_month, int horizon) {
    monitor.samples.push_back({static_cast<std::uint32_t>(days * seconds_per_day),
                               duration,
                               static_cast<std::uint16_t>(month),
                               static_cast<std::uint16_t>(report_month),
                               {SiteId{0}},
                               ClassId{0},
                               static_cast<std::uint8_t>(horizon)});
  }
};

}  // namespace rassoflow
