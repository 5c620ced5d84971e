// Reaching a mark: counts by date of the mark and by date of the report, and the durations that
// end.
#include "sim/model/trial.hpp"
#include "sim/model/upkeep.hpp"

namespace rassoflow {

void Trial::reach(std::uint32_t slot, MarkId mark) {
  const Strand& strand = state_.strands[slot];
  const CaseFile& file = state_.files[slot];
  Seconds* marks = &state_.marks[case_slot(slot) * pathway_.marks.size()];
  const bool is_first = marks[mark.value] < 0;
  const std::uint8_t horizon = horizon_of(state_.now - strand.reported_at);
  if (!pathway_.upkeep_marks[mark.value].empty()) {
    Upkeeping{*this}.reach(case_slot(slot), mark, is_first);
  }
  const auto count = [&](auto cases_of) {
    MarkCell& cell = monitor_.marks[monitor_.mark_cell(pathway_, state_.month, mark, cases_of)];
    ++cell.every;
    if (is_first) ++cell.first;
    MarkCell& cohort =
        monitor_.marks[monitor_.mark_cell(pathway_, file.report_month, mark, cases_of)];
    auto& within = is_first ? cohort.within : cohort.again_within;
    for (std::size_t i = horizon; i < cohort_days.size(); ++i) ++within[i];
    if (is_first) ++cohort.ever;
  };
  for (const SiteId site : file.sites) {
    if (site.exists()) count(site);
  }
  count(strand.case_class);
  if (!is_first) return;
  marks[mark.value] = state_.now;
  for (const std::uint16_t part : pathway_.parts_from[mark.value]) {
    set_time_in_part(slot, part, 0);
  }
  for (const std::uint16_t d : pathway_.durations_to[mark.value]) {
    const DurationKpi& duration = pathway_.durations[d];
    const Seconds start = duration.from.exists() ? marks[duration.from.value] : strand.reported_at;
    if (start < 0) continue;
    const Seconds seconds =
        duration.part == no_part ? state_.now - start : time_in_part(slot, duration.part);
    monitor_.samples.push_back({static_cast<std::uint32_t>(seconds), d,
                                static_cast<std::uint16_t>(state_.month), file.report_month,
                                file.sites, strand.case_class, horizon});
  }
}

}  // namespace rassoflow
