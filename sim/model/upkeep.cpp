#include "sim/model/upkeep.hpp"

#include <fmt/format.h>

#include "sim/model/trial.hpp"

namespace rassoflow {
namespace {

constexpr std::uint16_t bit_of(std::size_t upkeep) {
  return static_cast<std::uint16_t>(1U << upkeep);
}

}  // namespace

/// Where the case's site of the pool's level is counted.
std::uint32_t Upkeeping::count_of(std::uint32_t slot, std::size_t upkeep) const {
  const Upkeep& of = trial_.pathway_.upkeeps[upkeep];
  const SiteId site = trial_.state_.files[slot].sites[of.level.value];
  if (!site.exists()) {
    trial_.violated("a case has no site for upkeep " + of.name,
                    trial_.state_.strands[slot].case_key);
  }
  return of.first + trial_.local_sites_[site.value];
}

UpkeepCount& Upkeeping::up_to_date(std::uint32_t index) {
  UpkeepCount& count = trial_.state_.upkeep[index];
  if (count.change_at <= trial_.state_.now) {
    count.cases += count.change;
    count.change = 0;
  }
  return count;
}

/// All that is under way takes effect together: nothing is sent on the day on which it does.
void Upkeeping::tell(std::uint32_t slot, std::size_t upkeep, std::int64_t change) {
  UpkeepCount& count = up_to_date(count_of(slot, upkeep));
  const Pathway& pathway = trial_.pathway_;
  count.change += change;
  count.change_at =
      pathway.patterns[pathway.crossing_pattern.value].next_working_day(trial_.state_.now);
}

void Upkeeping::reach(std::uint32_t trunk, MarkId mark, bool is_first) {
  std::uint16_t& live = trial_.state_.files[trunk].upkeep;
  for (const UpkeepMark& meaning : trial_.pathway_.upkeep_marks[mark.value]) {
    const std::uint16_t bit = bit_of(meaning.upkeep.value);
    const bool is_live = (live & bit) != 0;
    if (meaning.begins ? !is_first || is_live : !is_live) continue;
    live ^= bit;
    tell(trunk, meaning.upkeep.value, meaning.begins ? 1 : -1);
  }
}

void Upkeeping::end_all(std::uint32_t slot) {
  std::uint16_t& live = trial_.state_.files[slot].upkeep;
  for (std::size_t u = 0; live != 0; ++u) {
    if ((live & bit_of(u)) == 0) continue;
    live ^= bit_of(u);
    tell(slot, u, -1);
  }
}

std::int64_t Upkeeping::effort_today(std::uint32_t instance) {
  const PoolInstance& at = trial_.pathway_.instances[instance];
  std::int64_t effort = 0;
  for (const Upkeep& upkeep : trial_.pathway_.upkeeps) {
    if (upkeep.pool != at.pool) continue;
    const std::uint32_t index = upkeep.first + trial_.local_sites_[at.site.value];
    effort += up_to_date(index).cases * trial_.settings_->upkeep[index];
  }
  return effort;
}

void Upkeeping::check_identities() const {
  std::vector<std::int64_t> live(trial_.state_.upkeep.size(), 0);
  for (std::uint32_t slot = 0; slot < trial_.state_.strands.size(); ++slot) {
    const Strand& strand = trial_.state_.strands[slot];
    if (strand.state == StrandState::free || strand.role != StrandRole::trunk) continue;
    for (std::size_t u = 0; u < trial_.pathway_.upkeeps.size(); ++u) {
      if ((trial_.state_.files[slot].upkeep & bit_of(u)) != 0) ++live[count_of(slot, u)];
    }
  }
  for (std::size_t i = 0; i < live.size(); ++i) {
    const UpkeepCount& count = trial_.state_.upkeep[i];
    if (live[i] == count.cases + count.change) continue;
    trial_.violated(fmt::format("upkeep is counted for {} cases, {} are live",
                                count.cases + count.change, live[i]),
                    0);
  }
}

}  // namespace rassoflow
