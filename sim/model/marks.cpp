// Reaching a mark: counts by date of the mark and by date of the report, and the durations that
// end.
#include "sim/model/trial.hpp"
#include "sim/model/upkeep.hpp"

namespace rassoflow {

namespace {

std::uint32_t bit_of(MarkId mark) {
  return std::uint32_t{1} << (mark.value % 32);
}

}  // namespace

Seconds Trial::reached_at(std::uint32_t slot, MarkId mark) const {
  const std::uint32_t* words = &state_.marks[case_slot(slot) * pathway_.mark_words];
  if ((words[mark.value / 32] & bit_of(mark)) == 0) return -1;
  RF_ASSERT(pathway_.dated_marks[mark.value] != not_dated);
  return words[pathway_.mark_bits() + pathway_.dated_marks[mark.value]];
}

/// What the visitor reached; another branch may have reached more.
void Trial::take_marks(std::uint32_t visitor, std::uint32_t home) {
  const std::uint32_t* from = &state_.marks[visitor * pathway_.mark_words];
  std::uint32_t* to = &state_.marks[home * pathway_.mark_words];
  const std::size_t bits = pathway_.mark_bits();
  const auto marks = static_cast<std::uint16_t>(pathway_.marks.size());
  for (std::uint16_t m = 0; m < marks; ++m) {
    const std::uint16_t date = pathway_.dated_marks[m];
    const bool is_new = ((from[m / 32] & ~to[m / 32]) & bit_of(MarkId{m})) != 0;
    if (date != not_dated && is_new) to[bits + date] = from[bits + date];
  }
  for (std::size_t w = 0; w < bits; ++w) to[w] |= from[w];
}

void Trial::reach(std::uint32_t slot, MarkId mark) {
  const Strand& strand = state_.strands[slot];
  const CaseFile& file = state_.files[slot];
  std::uint32_t* words = &state_.marks[case_slot(slot) * pathway_.mark_words];
  const bool is_first = (words[mark.value / 32] & bit_of(mark)) == 0;
  const std::uint8_t horizon = horizon_of(state_.now - strand.reported_at);
  if (!pathway_.upkeep_marks[mark.value].empty()) {
    Upkeeping{*this}.reach(case_slot(slot), mark, is_first);
  }
  MarkCell* of_month = &monitor_.marks[monitor_.mark_cell(pathway_, state_.month, mark, SiteId{0})];
  MarkCell* cohort =
      &monitor_.marks[monitor_.mark_cell(pathway_, file.report_month, mark, SiteId{0})];
  const auto count = [&](std::size_t place) {
    ++of_month[place].every;
    if (is_first) {
      ++of_month[place].first;
      ++(horizon < cohort_days.size() ? cohort[place].within[horizon] : cohort[place].ever);
    } else if (horizon < cohort_days.size()) {
      ++cohort[place].again_within[horizon];
    }
  };
  for (const SiteId site : file.sites) {
    if (site.exists()) count(site.value);
  }
  count(Monitor::place_of(pathway_, strand.case_class));
  if (!is_first) return;
  words[mark.value / 32] |= bit_of(mark);
  if (const std::uint16_t date = pathway_.dated_marks[mark.value]; date != not_dated) {
    words[pathway_.mark_bits() + date] = static_cast<std::uint32_t>(state_.now);
  }
  for (const std::uint16_t part : pathway_.parts_from[mark.value]) {
    set_time_in_part(slot, part, 0);
  }
  if (state_.now < pathway_.from) return;  // no result counts what ended before
  for (const std::uint16_t d : pathway_.durations_to[mark.value]) {
    const DurationKpi& duration = pathway_.durations[d];
    const Seconds start =
        duration.from.exists() ? reached_at(slot, duration.from) : strand.reported_at;
    if (start < 0) continue;
    const Seconds seconds =
        duration.part == no_part ? state_.now - start : time_in_part(slot, duration.part);
    monitor_.samples.push_back({static_cast<std::uint32_t>(seconds), d,
                                static_cast<std::uint16_t>(state_.month), file.report_month,
                                file.sites, strand.case_class, horizon});
  }
}

}  // namespace rassoflow
