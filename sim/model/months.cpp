// The end of a month: levels become rows and ages are counted.
#include <numeric>

#include "sim/model/trial.hpp"

namespace rassoflow {

Monitor::Monitor(const Pathway& pathway)
    : stages(pathway.months() * pathway.stage_cells),
      pools(pathway.months() * pathway.instances.size()),
      marks(pathway.months() * pathway.marks.size() * places(pathway)),
      sites(pathway.months() * pathway.sites.size() * pathway.classes.size()),
      stock_ages(pathway.months() * pathway.stock_ages.size() * pathway.sites.size() *
                 pathway.classes.size()),
      causes(pathway.months() * cause_names.size() * places(pathway)),
      batches(pathway.months() * pathway.batch_instances),
      diaries(pathway.months() * pathway.diaries.size()) {}

void Monitor::add_later_horizons() {
  for (MarkCell& cell : marks) {
    std::partial_sum(cell.within.begin(), cell.within.end(), cell.within.begin());
    std::partial_sum(cell.again_within.begin(), cell.again_within.end(), cell.again_within.begin());
    cell.ever += cell.within.back();
  }
  for (CauseCell& cell : causes) {
    std::partial_sum(cell.within.begin(), cell.within.end(), cell.within.begin());
  }
}

void Monitor::take_off_later_horizons() {
  const auto part = [](auto& sums) {
    std::adjacent_difference(sums.begin(), sums.end(), sums.begin());
  };
  for (MarkCell& cell : marks) {
    cell.ever -= cell.within.back();
    part(cell.within);
    part(cell.again_within);
  }
  for (CauseCell& cell : causes) part(cell.within);
}

void Trial::close_month() {
  const std::size_t month = state_.month;
  const Seconds end = pathway_.month_start[month + 1];
  close_stages(end);
  OtherWork{*this}.settle_all();
  for (std::uint32_t i = 0; i < state_.pools.size(); ++i) {
    PoolState& pool = state_.pools[i];
    const Seconds worked = pattern_of(i).worked(end);
    const Seconds busy = pool.busy * worked + pool.busy_area;
    const Seconds duty = pool.duty_area + pool.on_duty * (worked - pool.duty_anchor);
    PoolCell& cell = monitor_.pools[month * state_.pools.size() + i];
    cell.busy_seconds = busy - pool.busy_reported;
    cell.duty_seconds = duty - pool.duty_reported;
    cell.waiting_at_end = pool.waiting;
    cell.unallocated_at_end = pool.unallocated;
    cell.held_at_end = pool.held;
    const PoolInstance& at = pathway_.instances[i];
    for (std::uint32_t k = 0; k < at.position_limit; ++k) {
      const Position& position = state_.positions[at.first_position + k];
      cell.positions_at_end += position.exists + position.is_finishing;
    }
    pool.busy_reported = busy;
    pool.duty_reported = duty;
  }
  const std::size_t site_cells = state_.open_cases.size();
  for (std::size_t i = 0; i < site_cells; ++i) {
    monitor_.sites[month * site_cells + i].open_at_end = state_.open_cases[i];
    monitor_.sites[month * site_cells + i].posted_at_end = state_.posted_cases[i];
  }
  batches_.close_month();
  diaries_.close_month();
  count_stocks();
  check_pools();
  ++state_.month;
}

/// Cases at each stage first, then in each stock, so that a case is counted once for all of them.
void Trial::count_stocks() {
  const Seconds end = pathway_.month_start[state_.month + 1];
  if (pathway_.stock_ages.empty() || end <= pathway_.from) return;
  const std::size_t classes = pathway_.classes.size();
  const std::size_t cells = pathway_.sites.size() * classes;
  std::int64_t* counts = &monitor_.stock_ages[state_.month * pathway_.stock_ages.size() * cells];
  std::vector<std::int64_t> at_stage(pathway_.stages.size() * cells, 0);
  const bool takes_ages = pathway_.takes_ages(state_.month);
  for (std::uint32_t slot = 0; slot < state_.strands.size(); ++slot) {
    const Strand& strand = state_.strands[slot];
    if (strand.state == StrandState::free || strand.state == StrandState::away ||
        strand.state == StrandState::posted) {
      continue;
    }
    const CaseFile& file = state_.files[slot];
    const auto count_at_sites = [&](std::int64_t* of_sites) {
      for (const SiteId site : file.sites) {
        if (site.exists()) ++of_sites[site.value * classes + strand.case_class.value];
      }
    };
    count_at_sites(&at_stage[strand.stage.value * cells]);
    for (const std::uint16_t s : pathway_.stocks_of_stage[strand.stage.value]) {
      const StockAge& stock = pathway_.stock_ages[s];
      if (stock.over_count == 0 && !takes_ages) continue;
      const Seconds start =
          stock.since.exists() ? reached_at(slot, stock.since) : strand.reported_at;
      // A case without the mark is in the stock, but of no age.
      if (start < 0) continue;
      const Seconds age = end - start;
      std::size_t over = 0;
      while (over < stock.over_count &&
             age > pathway_.stock_ages[s + over + 1].days * seconds_per_day) {
        ++over;
      }
      if (over > 0) count_at_sites(counts + (s + over) * cells);
      if (!takes_ages) continue;
      monitor_.open_ages.push_back({static_cast<std::uint32_t>(age), s,
                                    static_cast<std::uint16_t>(state_.month), file.sites,
                                    strand.case_class});
    }
  }
  const auto add = [&](const std::int64_t* from, std::size_t to) {
    for (std::size_t i = 0; i < cells; ++i) counts[to * cells + i] += from[i];
  };
  for (std::size_t stage = 0; stage < pathway_.stages.size(); ++stage) {
    for (const std::uint16_t s : pathway_.stocks_of_stage[stage]) add(&at_stage[stage * cells], s);
  }
  // Who is older than the most days is older than fewer.
  for (std::size_t s = 0; s < pathway_.stock_ages.size(); ++s) {
    for (std::size_t over = pathway_.stock_ages[s].over_count; over > 1; --over) {
      add(counts + (s + over) * cells, s + over - 1);
    }
  }
}

Monitor Trial::finish() {
  RF_EXPECT(state_.now == pathway_.to);
  state_.now = pathway_.to;
  close_month();
  check_identities();
  monitor_.add_later_horizons();
  return std::move(monitor_);
}

void Trial::close_stages(Seconds end) {
  check_stages(end);
  for (std::size_t i = 0; i < state_.stage_counts.size(); ++i) {
    StageCount& count = state_.stage_counts[i];
    const Seconds area = count.inside * end + count.time_sum;
    monitor_.stages[state_.month * pathway_.stage_cells + i] = {
        count.entries,        count.exits,        count.started,
        count.inside,         count.exit_seconds, count.exit_waiting_seconds,
        count.waited_seconds, area - count.area};
    StageCount next;
    next.inside = count.inside;
    next.time_sum = count.time_sum;
    next.area = area;
    next.ended = count.ended + count.exit_seconds;
    count = next;
  }
}

}  // namespace rassoflow
