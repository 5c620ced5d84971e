// Where a case's time went: booked to a cause at the end of each visit, counted when the case ends.
#include "sim/model/trial.hpp"

namespace rassoflow {

/// What a visit has waited for its owner, all told.
Seconds Trial::book_hands(std::uint32_t slot) {
  if (!pathway_.stages[state_.strands[slot].stage.value].can_be_owned) return 0;
  const OwnedVisit& visit = state_.owned_visits[slot];
  add_cause(slot, Cause::unallocated, visit.unallocated);
  add_cause(slot, Cause::other_cases, visit.other_cases);
  add_cause(slot, Cause::owner_absent, visit.owner_absent);
  return visit.unallocated + visit.other_cases + visit.owner_absent;
}

/// The time of the visit that ends goes to its cause.
void Trial::book_causes(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  const Seconds spent = state_.now - strand.entered_at;
  if (spent == 0) return;
  const Stage& stage = pathway_.stages[strand.stage.value];
  // The strands of a fork say where its time went.
  if (stage.kind == StageKind::fork) return;
  if (visit_of(slot, stage) > 0) {
    add_cause(slot, Cause::rework, spent);
    return;
  }
  const CaseFile& file = state_.files[slot];
  switch (stage.kind) {
    case StageKind::work:
      add_cause(slot, Cause::no_one_free, file.waited - book_hands(slot));
      add_cause(slot, cause_of_work(stage), spent - file.waited);
      return;
    case StageKind::batch:
    case StageKind::listing:
      add_cause(slot, Cause::batch_or_date, file.waited);
      add_cause(slot, Cause::worked_on, spent - file.waited);
      return;
    case StageKind::hold:
      add_cause(slot, Cause::unallocated, spent);
      return;
    default:
      add_cause(slot, Cause::outside, spent);
  }
}

void Trial::count_causes(std::uint32_t slot) {
  const Strand& strand = state_.strands[slot];
  const CaseFile& file = state_.files[slot];
  const std::uint8_t horizon = horizon_of(state_.now - strand.reported_at);
  Seconds spent = 0;
  for (std::size_t c = 0; c < file.causes.size(); ++c) {
    const Seconds seconds = file.causes[c];
    if (seconds == 0) continue;
    spent += seconds;
    const Cause cause = static_cast<Cause>(c);
    CauseCell* of_month =
        &monitor_.causes[monitor_.cause_cell(pathway_, state_.month, cause, SiteId{0})];
    CauseCell* cohort =
        &monitor_.causes[monitor_.cause_cell(pathway_, file.report_month, cause, SiteId{0})];
    const auto count = [&](std::size_t place) {
      of_month[place].ended += seconds;
      if (horizon < cohort_days.size()) cohort[place].within[horizon] += seconds;
    };
    for (const SiteId site : file.sites) {
      if (site.exists()) count(site.value);
    }
    count(Monitor::place_of(pathway_, strand.case_class));
  }
  if (spent != state_.now - strand.reported_at) {
    violated("the causes of a case's days do not add up to its time", strand.case_key);
  }
}

}  // namespace rassoflow
