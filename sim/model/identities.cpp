// What must hold at the end of every month and of the run, whatever the scenario: a violation stops
// the trial and says which claim, where and when.
#include <fmt/format.h>

#include <numeric>

#include "sim/model/holds.hpp"
#include "sim/model/owners.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {

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

std::string Trial::name_of(SiteId site) const {
  const std::string& name = pathway_.sites[site.value].qualified;
  return name.empty() ? "the site" : name;
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

}  // namespace rassoflow
