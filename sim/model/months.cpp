// The end of a month: levels become rows, ages are counted, and every identity
// that must hold is checked.
#include <fmt/format.h>

#include <numeric>

#include "sim/model/holds.hpp"
#include "sim/model/owners.hpp"
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

/// Nobody on duty stands idle while work waits, and nobody works off duty.
void Trial::check_pools() {
  for (std::uint32_t i = 0; i < state_.pools.size(); ++i) {
    const PoolState& pool = state_.pools[i];
    const Pool& of = pathway_.pools[pathway_.instances[i].pool.value];
    if (!of.is_limited) continue;
    if (pool.busy > pool.serving) violated(fmt::format("pool {} is over its capacity", of.name), 0);
    if (of.owners != no_owners) {
      Holds{*this}.check(i);
      Owners{*this}.check(i);
      continue;
    }
    const bool was_open = state_.now == 0 || pattern_of(i).is_open(state_.now - 1);
    if (pool.waiting > 0 && pool.busy < pool.serving && was_open) {
      violated(fmt::format("pool {} has people free and work waiting", of.name), 0);
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

void Trial::check_identities() {
  std::vector<std::int64_t> open(state_.open_cases.size(), 0);
  std::vector<std::int64_t> posted(state_.posted_cases.size(), 0);
  std::vector<std::int64_t> working(state_.pools.size(), 0);
  std::vector<Seconds> open_stretches(state_.pools.size(), 0);
  std::vector<std::int64_t> queued(state_.pools.size(), 0);
  for (std::size_t slot = 0; slot < state_.strands.size(); ++slot) {
    const Strand& strand = state_.strands[slot];
    if (strand.state == StrandState::free) continue;
    const std::size_t cell = strand.site.value * pathway_.classes.size() + strand.case_class.value;
    if (strand.role == StrandRole::trunk) ++open[cell];
    if (strand.state == StrandState::posted) ++posted[cell];
    if (strand.state != StrandState::working && strand.state != StrandState::waiting) continue;
    const Stage& stage = pathway_.stages[strand.stage.value];
    const bool waits_for_owner = stage.kind != StageKind::work || stage.mode == WorkMode::owner;
    if (strand.state == StrandState::waiting && waits_for_owner) continue;
    const std::uint32_t instance = instance_of(stage, strand.site);
    if (strand.state == StrandState::waiting) {
      queued[instance] += state_.files[slot].work_left;
      continue;
    }
    const WorkingPattern& pattern = pattern_of(instance);
    ++working[instance];
    open_stretches[instance] += pattern.worked(pathway_.to) - pattern.worked(strand.anchor);
  }
  const std::int64_t inside = std::accumulate(open.begin(), open.end(), std::int64_t{0});
  if (state_.cases_reported != state_.cases_ended + inside) {
    violated(fmt::format("cases in ({}) are not cases out ({}) and inside ({})",
                         state_.cases_reported, state_.cases_ended, inside),
             0);
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i] == state_.open_cases[i] && posted[i] == state_.posted_cases[i]) continue;
    violated(fmt::format("{}: {} cases open and {} posted, {} and {} counted",
                         name_of(SiteId{static_cast<std::uint16_t>(i / pathway_.classes.size())}),
                         open[i], posted[i], state_.open_cases[i], state_.posted_cases[i]),
             0);
  }
  OtherWork{*this}.check_identities();
  Upkeeping{*this}.check_identities();
  diaries_.check();
  for (std::size_t i = 0; i < state_.pools.size(); ++i) {
    const PoolState& pool = state_.pools[i];
    const Pool& of = pathway_.pools[pathway_.instances[i].pool.value];
    if (working[i] != pool.busy) {
      violated(fmt::format("pool {}: {} busy, {} tasks", of.name, pool.busy, working[i]), 0);
    }
    if (queued[i] != pool.queued_effort) {
      violated(fmt::format("pool {}: the effort in its queue is miscounted", of.name), 0);
    }
    if (pool.busy_reported != pool.stretch_seconds + open_stretches[i]) {
      violated(fmt::format("pool {}: busy seconds are not effort spent", of.name), 0);
    }
    if (of.is_limited && pool.busy_reported > pool.duty_reported) {
      violated(fmt::format("pool {}: more seconds busy than on duty", of.name), 0);
    }
  }
}

std::string Trial::name_of(SiteId site) const {
  const std::string& name = pathway_.sites[site.value].qualified;
  return name.empty() ? "the site" : name;
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

/// Per stage and site, and per stage and class, at the end of each month: the number inside is who
/// came less who went, and its integral since the beginning is what all visits took, ended or under
/// way, to the second.
void Trial::check_stages(Seconds end) const {
  std::vector<Seconds> under_way(state_.stage_counts.size(), 0);
  std::vector<std::int32_t> inside(state_.stage_counts.size(), 0);
  for (const Strand& strand : state_.strands) {
    if (strand.state == StrandState::free || strand.state == StrandState::away ||
        strand.state == StrandState::posted) {
      continue;
    }
    const Stage& stage = pathway_.stages[strand.stage.value];
    for (const std::size_t cell : {stage.first_cell + local_sites_[strand.site.value],
                                   stage.first_cell + stage.site_count + strand.case_class.value}) {
      under_way[cell] += end - strand.entered_at;
      ++inside[cell];
    }
  }
  const std::string month =
      month_name(Month{pathway_.first_month.index + static_cast<std::int32_t>(state_.month)});
  for (const Stage& stage : pathway_.stages) {
    const std::size_t cells =
        pathway_.levels[stage.level.value].site_count + pathway_.classes.size();
    for (std::size_t c = stage.first_cell; c < stage.first_cell + cells; ++c) {
      const StageCount& count = state_.stage_counts[c];
      if (count.inside != inside[c]) {
        violated(fmt::format("stage {}: in, out and inside disagree in {}", stage.name, month), 0);
      }
      const Seconds area = count.inside * end + count.time_sum;
      const Seconds taken = count.ended + count.exit_seconds + under_way[c];
      if (area != taken) {
        violated(fmt::format("stage {}: the integral of the number inside is {} s, the visits "
                             "took {} s up to the end of {}",
                             stage.name, area, taken, month),
                 0);
      }
    }
  }
}

}  // namespace rassoflow
