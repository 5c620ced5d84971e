#include "analysis/kpis/generic_kpis.hpp"

#include <array>

#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

constexpr std::array kpis{
    GenericKpi{"arrivals", "cases", "cases reported",
               "every case that the report stages bring, by date of report", add_arrivals},
    GenericKpi{"outcomes", "cases", "cases that ended, by outcome code",
               "every case that reaches an outcome stage, by the date; share: of all outcomes of "
               "the period",
               add_outcomes},
    GenericKpi{"days_in_system", "days", "days from report to outcome, by outcome code",
               "over the cases that ended in the period, so that it can fall while a queue grows",
               add_days_in_system},
    GenericKpi{"visits", "visits", "times that cases entered a stage, by stage",
               "every entry by its date, of one case as often as it comes back", add_visits},
    GenericKpi{"days_in_stage", "days", "mean days from entering a stage to leaving it, by stage",
               "over the visits that ended in the period, waiting, work and nights included"},
    GenericKpi{"days_waiting", "days",
               "mean days until someone of the stage's pool is free, a clinic meets or a trial "
               "begins, by stage",
               "from joining the queue to the first start, over the visits whose work began in the "
               "period; that the office is closed counts as waiting"},
    GenericKpi{"in_progress", "cases", "cases reported and without an outcome, all and by stage",
               "a look at the end of the period; `between organisations` are those on their way "
               "from one site to another",
               add_in_progress},
    GenericKpi{
        "utilisation", "%",
        "working time that staff on duty spend at work, by pool with limited positions",
        "seconds worked over seconds on duty, both of the pool's own working hours; of pools "
        "with other work or upkeep also what went to each",
        add_utilisation},
    GenericKpi{"other_work_hours_in", "hours", "hours of other work that came in, by pool",
               "as the scenario says, at 00:00 of each working day", add_other_work},
    GenericKpi{"other_work_hours_done", "hours", "hours of other work done, by pool",
               "effort spent on it by positions that serve it or stand idle"},
    GenericKpi{"other_work_hours_displaced", "hours",
               "hours of other work that came in and were not done, by pool",
               "hours in less hours done; negative while a backlog is worked off"},
    GenericKpi{"other_work_in_progress", "hours", "hours of other work that wait, by pool",
               "a look at the end of the period"},
    GenericKpi{"other_work_days_waiting", "days", "days that an hour of other work waits, by pool",
               "the backlog at the end of each day, summed, over what came in"},
    GenericKpi{"upkeep_hours_done", "hours", "hours spent on the upkeep of live cases, by pool",
               "effort spent on it, before cases and other work"},
    GenericKpi{"upkeep_in_progress", "hours", "hours of upkeep that are owed, by pool",
               "a look at the end of the period"},
    GenericKpi{"unallocated", "cases", "cases that wait for an owner, by pool",
               "a look at the end of the period", add_owners},
    GenericKpi{"files_per_person", "cases", "cases that a position has, by pool of owners",
               "cases with an owner over positions that exist, at the end of the period"},
    GenericKpi{
        "days_by_cause", "case-days",
        "where the days went, from report to outcome: worked on, no one free, outside party, "
        "court date, rework and others",
        "of the cases that ended in the period, split into parts that add up to their time",
        add_days_by_cause},
    GenericKpi{"meetings", "meetings", "meetings of a clinic or panel, by stage",
               "every meeting by its date", add_batches},
    GenericKpi{"places", "places", "places of meetings, offered and taken, by stage",
               "a place that is not taken is lost"},
    GenericKpi{"listings", "listings", "dates given to trials, by what became of them",
               "given, effective, cracked, ineffective, vacated, moved by the court or withdrawn, "
               "by the date on which it happened",
               add_listings},
    GenericKpi{"floaters", "listings", "dates given without a room of their own",
               "given, begun or not reached"},
    GenericKpi{"room_days", "room-days", "days of rooms, available, used and above capacity",
               "rooms of every sitting day, and those in which a trial sat"},
    GenericKpi{"trials_waiting", "cases",
               "cases that wait for their trial, with a date and without",
               "a look at the end of the period"},
    GenericKpi{"time_limits", "decisions", "custody time limits that came near before a trial",
               "extensions and bail, by the date of the officer's round"},
};

}  // namespace

std::span<const GenericKpi> generic_kpis() {
  return kpis;
}

}  // namespace rassoflow
