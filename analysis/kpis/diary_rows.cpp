// Rows of batches and listings, by stage and site; they know no classes.
#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

/// Adds rows of one stage for every scope and period that they can have.
class StageRows {
 public:
  StageRows(PlanBuilder& plan, const Stage& stage, std::size_t item)
      : plan_(plan), stage_(stage), item_(item) {}

  void total(const char* kpi, const char* outcome, const char* statistic, const char* unit,
             Source source) {
    each([&](const NamedScope& scope, const Period& period) {
      RowKey key = plan_.key(kpi, scope, period, "flow", statistic, unit);
      key.stage = stage_.name;
      key.outcome = outcome;
      plan_.add(std::move(key),
                plan_.over(period.months, Kind::sum, {plan_.term(source, item_, scope)}));
    });
  }

  void share(const char* kpi, const char* statistic, Source part, Source whole) {
    each([&](const NamedScope& scope, const Period& period) {
      if (!plan_.is_longer_than_month(period)) return;
      RowKey key = plan_.key(kpi, scope, period, "flow", statistic, "%");
      key.stage = stage_.name;
      plan_.add(std::move(key),
                plan_.over(period.months, Kind::ratio, {plan_.term(part, item_, scope)},
                           {plan_.term(whole, item_, scope)}, 100));
    });
  }

  void level(const char* kpi, const char* outcome, const char* unit, Source source) {
    each([&](const NamedScope& scope, const Period& period) {
      RowKey key = plan_.key(kpi, scope, period, "snapshot", "snapshot", unit);
      key.stage = stage_.name;
      key.outcome = outcome;
      plan_.add(std::move(key),
                plan_.over(period.months, Kind::level, {plan_.term(source, item_, scope)}));
    });
  }

 private:
  template <class Each>
  void each(Each add) {
    for (const NamedScope& scope : plan_.scopes) {
      if (scope.scope.case_class.exists() || !plan_.has_level(scope, stage_.level)) continue;
      for (const Period& period : plan_.periods) {
        if (plan_.covers(scope, period)) add(scope, period);
      }
    }
  }

  PlanBuilder& plan_;
  const Stage& stage_;
  std::size_t item_;
};

}  // namespace

void add_batches(PlanBuilder& plan) {
  for (std::size_t b = 0; b < plan.pathway.batches.size(); ++b) {
    StageRows rows{plan, plan.pathway.stages[plan.pathway.batches[b].stage.value], b};
    rows.total("meetings", "", "total", "meetings", Source::batch_meetings);
    rows.total("places", "", "offered", "places", Source::batch_places);
    rows.total("places", "", "taken", "places", Source::batch_places_used);
    rows.share("places", "share taken", Source::batch_places_used, Source::batch_places);
  }
}

void add_listings(PlanBuilder& plan) {
  for (std::size_t l = 0; l < plan.pathway.listings.size(); ++l) {
    const Listing& listing = plan.pathway.listings[l];
    StageRows rows{plan, plan.pathway.stages[listing.stage.value], l};
    const auto listings = [&](const char* outcome, Source source) {
      rows.total("listings", outcome, "total", "listings", source);
    };
    listings("", Source::diary_listed);
    listings("effective", Source::diary_effective);
    listings("cracked", Source::diary_cracked);
    listings("ineffective", Source::diary_ineffective);
    listings("vacated", Source::diary_vacated);
    listings("moved", Source::diary_moved);
    listings("withdrawn", Source::diary_withdrawn);
    const auto floaters = [&](const char* outcome, Source source) {
      rows.total("floaters", outcome, "total", "listings", source);
    };
    floaters("", Source::diary_floaters);
    floaters("begun", Source::diary_floaters_begun);
    floaters("not reached", Source::diary_not_reached);
    rows.total("room_days", "", "available", "room-days", Source::diary_room_days);
    rows.total("room_days", "", "used", "room-days", Source::diary_room_days_used);
    rows.total("room_days", "", "above capacity", "room-days", Source::diary_room_days_over);
    rows.share("utilisation", "share", Source::diary_room_days_used, Source::diary_room_days);
    rows.level("trials_waiting", "with a date", "cases", Source::diary_listed_at_end);
    rows.level("trials_waiting", "without a date", "cases", Source::diary_unlisted_at_end);
    if (listing.custody_flag == 0) continue;
    rows.total("time_limits", "extended", "total", "decisions", Source::diary_extended);
    rows.total("time_limits", "bail", "total", "decisions", Source::diary_bailed);
  }
}

}  // namespace rassoflow
