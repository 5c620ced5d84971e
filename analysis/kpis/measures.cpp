#include "analysis/kpis/measures.hpp"

#include <algorithm>
#include <array>

#include "analysis/kpis/cell_parts.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;

template <class Range, class Claim>
std::optional<std::uint16_t> position_where(const Range& range, Claim claim) {
  const auto found = std::find_if(range.begin(), range.end(), claim);
  if (found == range.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - range.begin());
}

/// Cells of a batch or listing by month and instance: of all its sites or of one.
template <class Cell>
std::vector<std::int64_t> instance_values(const Pathway& pathway, const std::vector<Cell>& cells,
                                          StageId stage, std::uint32_t first,
                                          const Measure& measure) {
  std::vector<std::int64_t> values(pathway.months(), 0);
  const Level& level = pathway.levels[pathway.stages[stage.value].level.value];
  const std::size_t instances = cells.size() / pathway.months();
  for (std::uint16_t i = 0; i < level.site_count; ++i) {
    const std::uint16_t site = static_cast<std::uint16_t>(level.first_site.value + i);
    if (measure.scope.site.exists() && measure.scope.site.value != site) continue;
    for (std::size_t month = 0; month < values.size(); ++month) {
      values[month] += part_of(cells[month * instances + first + i], measure.source);
    }
  }
  return values;
}

/// Sites and classes [first, end) that a scope covers at one level.
struct Block {
  std::uint16_t first_site = 0, end_site = 0;
  std::uint8_t first_class = 0, end_class = 0;
};

Block block_of(const Pathway& pathway, LevelId level, const Scope& scope) {
  Block block;
  if (scope.site.exists()) {
    block.first_site = scope.site.value;
    block.end_site = static_cast<std::uint16_t>(scope.site.value + 1);
  } else {
    const Level& all = pathway.levels[level.value];
    block.first_site = all.first_site.value;
    block.end_site = static_cast<std::uint16_t>(all.first_site.value + all.site_count);
  }
  if (scope.case_class.exists()) {
    block.first_class = scope.case_class.value;
    block.end_class = static_cast<std::uint8_t>(scope.case_class.value + 1);
  } else {
    block.end_class = static_cast<std::uint8_t>(pathway.classes.size());
  }
  return block;
}

template <class Cell>
MonthlyValues sum_over(const Pathway& pathway, const Block& block, Cell cell) {
  MonthlyValues values(pathway.months(), 0);
  for (std::size_t month = 0; month < values.size(); ++month) {
    for (std::uint16_t s = block.first_site; s < block.end_site; ++s) {
      for (std::uint8_t c = block.first_class; c < block.end_class; ++c) {
        values[month] += cell(month, SiteId{s}, ClassId{c});
      }
    }
  }
  return values;
}

MonthlyValues stage_values(const Pathway& pathway, const Monitor& monitor, const Measure& measure) {
  const Stage& stage = pathway.stages[measure.item];
  const Scope& scope = measure.scope;
  if (scope.site.exists() && pathway.sites[scope.site.value].level != stage.level) {
    return MonthlyValues(pathway.months(), 0);
  }
  MonthlyValues values(pathway.months(), 0);
  const auto add = [&](auto place) {
    for (std::size_t month = 0; month < values.size(); ++month) {
      const std::size_t cell = monitor.stage_cell(pathway, month, StageId{measure.item}, place);
      values[month] += part_of(monitor.stages[cell], measure.source);
    }
  };
  if (scope.case_class.exists()) {
    add(scope.case_class);
    return values;
  }
  const Block block = block_of(pathway, stage.level, scope);
  for (std::uint16_t s = block.first_site; s < block.end_site; ++s) {
    add(pathway.sites[s].local);
  }
  return values;
}

/// Of what is counted by site and by class: `cell(month, site or class)`.
template <class Cell>
MonthlyValues place_values(const Pathway& pathway, const Measure& measure, Cell cell) {
  MonthlyValues values(pathway.months(), 0);
  const auto add = [&](auto cases_of) {
    for (std::size_t month = 0; month < values.size(); ++month) {
      values[month] += cell(month, cases_of);
    }
  };
  if (measure.scope.case_class.exists()) {
    add(measure.scope.case_class);
    return values;
  }
  const Block block = block_of(pathway, level_of_reports(pathway), measure.scope);
  for (std::uint16_t s = block.first_site; s < block.end_site; ++s) add(SiteId{s});
  return values;
}

MonthlyValues pool_values(const Pathway& pathway, const Monitor& monitor, const Measure& measure) {
  MonthlyValues values(pathway.months(), 0);
  for (std::size_t i = 0; i < pathway.instances.size(); ++i) {
    const PoolInstance& instance = pathway.instances[i];
    if (instance.pool.value != measure.item) continue;
    if (measure.scope.site.exists() && instance.site != measure.scope.site) continue;
    for (std::size_t month = 0; month < values.size(); ++month) {
      const PoolCell& cell = monitor.pools[month * pathway.instances.size() + i];
      values[month] += part_of(cell, measure.source);
    }
  }
  return values;
}

bool is_of_samples(const Measure& measure) {
  return measure.source == Source::ended || measure.source == Source::ended_within;
}

/// The measures of the samples by their duration and scope, to be found from a sample.
class SampleMeasures {
 public:
  SampleMeasures(const Pathway& pathway, const std::vector<Measure>& measures)
      : measures_(measures),
        classes_(pathway.classes.size()),
        slots_(1 + classes_ + pathway.sites.size()),
        of_cell_(pathway.durations.size() * slots_),
        has_measures_(pathway.durations.size(), false) {
    for (std::size_t i = 0; i < measures.size(); ++i) {
      const Measure& measure = measures[i];
      if (!is_of_samples(measure)) continue;
      of_cell_[measure.item * slots_ + slot_of(measure.scope)].push_back(i);
      has_measures_[measure.item] = true;
    }
  }

  void count(const DurationSample& sample, std::vector<MonthlyValues>& values) const {
    if (!has_measures_[sample.duration]) return;
    const auto count_in = [&](std::size_t slot) {
      for (const std::size_t i : of_cell_[sample.duration * slots_ + slot]) {
        if (measures_[i].source == Source::ended) {
          ++values[i][sample.month];
        } else if (sample.horizon <= measures_[i].horizon) {
          ++values[i][sample.report_month];
        }
      }
    };
    count_in(0);
    count_in(1 + sample.case_class.value);
    for (const SiteId site : sample.sites) {
      if (site.exists()) count_in(1 + classes_ + site.value);
    }
  }

 private:
  std::size_t slot_of(const Scope& scope) const {
    if (scope.site.exists()) return 1 + classes_ + scope.site.value;
    return scope.case_class.exists() ? 1 + scope.case_class.value : 0;
  }

  const std::vector<Measure>& measures_;
  std::size_t classes_, slots_;
  std::vector<std::vector<std::size_t>> of_cell_;
  std::vector<bool> has_measures_;  ///< by duration
};

}  // namespace

LevelId level_of_reports(const Pathway& pathway) {
  for (const Stage& stage : pathway.stages) {
    if (stage.kind == StageKind::report) return stage.level;
  }
  return LevelId{0};
}

MonthlyValues monthly_values(const Pathway& pathway, const Monitor& monitor,
                             const Measure& measure) {
  const auto block = [&] { return block_of(pathway, level_of_reports(pathway), measure.scope); };
  const auto site_part = [&](std::size_t month, SiteId site, ClassId case_class) {
    return part_of(monitor.sites[monitor.site_cell(pathway, month, site, case_class)],
                   measure.source);
  };
  switch (measure.source) {
    case Source::stage_entries:
    case Source::stage_exits:
    case Source::stage_exit_seconds:
    case Source::stage_started:
    case Source::stage_waited_seconds:
    case Source::stage_inside_at_end:
      return stage_values(pathway, monitor, measure);
    case Source::pool_busy_seconds:
    case Source::pool_duty_seconds:
    case Source::pool_other_work_in:
    case Source::pool_other_work_done:
    case Source::pool_other_work_at_end:
    case Source::pool_other_work_second_days:
    case Source::pool_other_work_seconds:
    case Source::pool_upkeep_done:
    case Source::pool_upkeep_at_end:
    case Source::pool_upkeep_seconds:
    case Source::pool_unallocated_at_end:
    case Source::pool_held_at_end:
    case Source::pool_positions_at_end:
      return pool_values(pathway, monitor, measure);
    case Source::mark_first:
    case Source::mark_every:
    case Source::mark_first_within:
    case Source::mark_every_within:
      return place_values(pathway, measure, [&](std::size_t month, auto cases_of) {
        return part_of(
            monitor.marks[monitor.mark_cell(pathway, month, MarkId{measure.item}, cases_of)],
            measure);
      });
    case Source::reported:
      return sum_over(pathway, block(), site_part);
    case Source::open_at_end:
    case Source::posted_at_end: {
      // A case is open at one site only, wherever it is.
      Block all = block();
      if (!measure.scope.site.exists()) {
        all.first_site = 0;
        all.end_site = static_cast<std::uint16_t>(pathway.sites.size());
      }
      return sum_over(pathway, all, site_part);
    }
    case Source::stock_age_at_end:
      return sum_over(pathway, block(), [&](std::size_t month, SiteId site, ClassId case_class) {
        const std::size_t age = month * pathway.stock_ages.size() + measure.item;
        return monitor
            .stock_ages[(age * pathway.sites.size() + site.value) * pathway.classes.size() +
                        case_class.value];
      });
    case Source::cause_seconds:
    case Source::cause_seconds_within:
      return place_values(pathway, measure, [&](std::size_t month, auto cases_of) {
        const CauseCell& cell = monitor.causes[monitor.cause_cell(
            pathway, month, static_cast<Cause>(measure.item), cases_of)];
        return measure.source == Source::cause_seconds ? cell.ended : cell.within[measure.horizon];
      });
    case Source::batch_meetings:
    case Source::batch_places:
    case Source::batch_places_used: {
      const Batch& batch = pathway.batches[measure.item];
      return instance_values(pathway, monitor.batches, batch.stage, batch.first_instance, measure);
    }
    case Source::diary_listed:
    case Source::diary_effective:
    case Source::diary_cracked:
    case Source::diary_ineffective:
    case Source::diary_vacated:
    case Source::diary_moved:
    case Source::diary_withdrawn:
    case Source::diary_floaters:
    case Source::diary_floaters_begun:
    case Source::diary_not_reached:
    case Source::diary_extended:
    case Source::diary_bailed:
    case Source::diary_room_days:
    case Source::diary_room_days_used:
    case Source::diary_room_days_over:
    case Source::diary_unlisted_at_end:
    case Source::diary_listed_at_end: {
      const Listing& listing = pathway.listings[measure.item];
      return instance_values(pathway, monitor.diaries, listing.stage, listing.first_diary, measure);
    }
    case Source::ended:
    case Source::ended_within:
      return monthly_values(pathway, monitor, std::vector{measure}).front();
  }
  return {};
}

std::vector<MonthlyValues> monthly_values(const Pathway& pathway, const Monitor& monitor,
                                          const std::vector<Measure>& measures) {
  std::vector<MonthlyValues> values;
  values.reserve(measures.size());
  for (const Measure& measure : measures) {
    values.push_back(is_of_samples(measure) ? MonthlyValues(pathway.months(), 0)
                                            : monthly_values(pathway, monitor, measure));
  }
  const SampleMeasures of_samples{pathway, measures};
  for (const DurationSample& sample : monitor.samples) of_samples.count(sample, values);
  return values;
}

std::optional<std::uint16_t> find_mark(const Pathway& pathway, const std::string& mark) {
  return position_where(pathway.marks, [&](const std::string& known) { return known == mark; });
}

std::optional<std::uint16_t> find_stage(const Pathway& pathway, const std::string& stage) {
  return position_where(pathway.stages, [&](const Stage& known) { return known.name == stage; });
}

std::optional<std::uint16_t> find_pool(const Pathway& pathway, const std::string& pool) {
  return position_where(pathway.pools, [&](const Pool& known) { return known.name == pool; });
}

std::optional<std::uint16_t> find_duration(const Pathway& pathway, const std::string& from,
                                           const std::string& to) {
  return position_where(pathway.durations, [&](const DurationKpi& duration) {
    const std::string& start =
        duration.from.exists() ? pathway.marks[duration.from.value] : std::string("report");
    return start == from && pathway.marks[duration.to.value] == to && duration.part == no_part;
  });
}

std::optional<std::uint16_t> find_duration_part(const Pathway& pathway, const std::string& kpi,
                                                const std::string& part) {
  return position_where(pathway.durations, [&](const DurationKpi& duration) {
    return duration.part != no_part && pathway.parts[duration.part].kpi == kpi &&
           pathway.parts[duration.part].name == part;
  });
}

std::optional<std::uint16_t> find_stock_age(const Pathway& pathway, const std::string& kpi,
                                            int days) {
  return position_where(pathway.stock_ages,
                        [&](const StockAge& age) { return age.kpi == kpi && age.days == days; });
}

std::vector<std::string> bookkeeping_names() {
  return {"cases reported = cases with an outcome + cases open",
          "visits begun = visits ended + visits under way, by stage and site",
          "no pool works longer than it is on duty"};
}

std::vector<BookkeepingCheck> check_bookkeeping(const Pathway& pathway, const Monitor& monitor) {
  const std::vector<std::string> names = bookkeeping_names();
  BookkeepingCheck cases{names[0], 0};
  BookkeepingCheck visits{names[1], 0};
  BookkeepingCheck pools{names[2], 0};
  const std::size_t last = pathway.months() - 1;

  std::int64_t outcomes = 0;
  for (const Stage& stage : pathway.stages) {
    const std::size_t sites = pathway.levels[stage.level.value].site_count;
    for (std::size_t i = stage.first_cell; i < stage.first_cell + sites; ++i) {
      std::int64_t entries = 0, exits = 0;
      for (std::size_t month = 0; month <= last; ++month) {
        const StageCell& cell = monitor.stages[month * pathway.stage_cells + i];
        entries += cell.entries;
        exits += cell.exits;
      }
      if (stage.kind == StageKind::outcome) outcomes += entries;
      if (stage.kind != StageKind::work && stage.kind != StageKind::wait) continue;
      const std::int64_t inside = monitor.stages[last * pathway.stage_cells + i].inside_at_end;
      if (entries != exits + inside) ++visits.faults;
    }
  }
  std::int64_t cases_reported = 0;
  for (const std::int64_t month : monthly_values(pathway, monitor, {Source::reported, 0, {}})) {
    cases_reported += month;
  }
  const auto open = monthly_values(pathway, monitor, {Source::open_at_end, 0, {}})[last];
  if (cases_reported != outcomes + open) ++cases.faults;
  for (std::size_t i = 0; i < pathway.instances.size(); ++i) {
    if (!pathway.pools[pathway.instances[i].pool.value].is_limited) continue;
    for (std::size_t month = 0; month <= last; ++month) {
      const PoolCell& cell = monitor.pools[month * pathway.instances.size() + i];
      const Seconds worked = cell.busy_seconds + cell.upkeep_seconds + cell.other_work_seconds;
      if (worked > cell.duty_seconds) ++pools.faults;
    }
  }
  return {cases, visits, pools};
}

}  // namespace rassoflow
