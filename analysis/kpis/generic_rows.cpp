// The rows that exist for any pathway (plan_builder.hpp says what each means).
#include <algorithm>

#include "analysis/kpis/plan_builder.hpp"

namespace rassoflow {
namespace {

using Source = Measure::Source;
using Kind = Formula::Kind;

/// `each(scope, period)` for every scope and period that it covers.
template <class Each>
void for_each_cell(const PlanBuilder& plan, Each each) {
  for (const NamedScope& scope : plan.scopes) {
    for (const Period& period : plan.periods) {
      if (plan.covers(scope, period)) each(scope, period);
    }
  }
}

/// `each(pool, scope, period)` for every pool, every period and every scope of all classes that its
/// level has.
template <class Each>
void for_each_pool(const PlanBuilder& plan, Each each) {
  for (std::size_t p = 0; p < plan.pathway.pools.size(); ++p) {
    for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
      if (scope.scope.case_class.exists()) return;
      if (plan.has_level(scope, plan.pathway.pools[p].level)) each(p, scope, period);
    });
  }
}

/// Codes of outcomes in alphabetical order with their marks.
std::map<std::string, std::uint16_t> outcome_marks(const Pathway& pathway) {
  std::map<std::string, std::uint16_t> marks;
  for (const Stage& stage : pathway.stages) {
    if (stage.kind != StageKind::outcome) continue;
    if (const auto mark = find_mark(pathway, stage.code)) marks.emplace(stage.code, *mark);
  }
  return marks;
}

bool takes_time(const Stage& stage) {
  switch (stage.kind) {
    case StageKind::report:
    case StageKind::decide:
    case StageKind::outcome:
    case StageKind::join:
    case StageKind::release:
      return false;
    case StageKind::hold:
      return !stage.background;
    default:
      return true;
  }
}

bool is_owned(const Stage& stage) {
  return stage.kind == StageKind::work && stage.mode == WorkMode::owner;
}

}  // namespace

void add_arrivals(PlanBuilder& plan) {
  for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
    const Term reported = plan.term(Source::reported, 0, scope);
    plan.add(plan.key("arrivals", scope, period, "flow", "total", "cases"),
             plan.over(period.months, Kind::sum, {reported}));
    if (period.holds_quarters()) {
      plan.add(plan.key("arrivals", scope, period, "flow", "mean per quarter", "cases"),
               plan.over(period.months, Kind::sum, {reported}, {}, 3.0 / period.months.months()));
    }
  });
}

void add_outcomes(PlanBuilder& plan) {
  const auto marks = outcome_marks(plan.pathway);
  for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
    std::vector<Term> all;
    for (const auto& [code, mark] : marks)
      all.push_back(plan.term(Source::mark_first, mark, scope));
    plan.add(plan.key("outcomes", scope, period, "flow", "total", "cases"),
             plan.over(period.months, Kind::sum, all));
    for (const auto& [code, mark] : marks) {
      const Term reached = plan.term(Source::mark_first, mark, scope);
      RowKey key = plan.key("outcomes", scope, period, "flow", "total", "cases");
      key.outcome = code;
      plan.add(key, plan.over(period.months, Kind::sum, {reached}));
      if (!plan.is_longer_than_month(period)) continue;
      key.statistic = "share";
      key.unit = "%";
      plan.add_share(std::move(key), period, {reached}, all);
    }
    plan.for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
      std::vector<std::pair<std::string, std::vector<Term>>> parts;
      for (const auto& [code, mark] : marks) {
        parts.emplace_back(
            code, std::vector{plan.term(Source::mark_first_within, mark, scope, 1, horizon)});
      }
      plan.add_open_part(parts, scope);
      for (auto& [code, terms] : parts) {
        RowKey key = plan.key("outcomes", scope, period, "cohort", "share " + within, "%");
        key.outcome = code;
        plan.add_share(std::move(key), period, std::move(terms),
                       {plan.term(Source::reported, 0, scope)});
      }
    });
  });
}

void add_days_in_system(PlanBuilder& plan) {
  for (const auto& outcome : outcome_marks(plan.pathway)) {
    const std::string& code = outcome.first;
    const auto duration = find_duration(plan.pathway, "report", code);
    if (!duration) continue;
    for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
      if (!plan.is_longer_than_month(period)) return;
      RowKey key = plan.key("days_in_system", scope, period, "flow", "", "days");
      key.outcome = code;
      plan.add_duration_rows(key, *duration, scope, period);
      plan.add_cohort_days(key, *duration, scope, period);
    });
  }
}

void add_visits(PlanBuilder& plan) {
  for (std::size_t s = 0; s < plan.pathway.stages.size(); ++s) {
    const Stage& stage = plan.pathway.stages[s];
    for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
      if (!plan.covers_details(scope, period) || !plan.has_level(scope, stage.level)) return;
      const auto row = [&](const std::string& kpi, const char* statistic, const char* unit) {
        RowKey key = plan.key(kpi, scope, period, "flow", statistic, unit);
        key.stage = stage.name;
        return key;
      };
      const auto mean_days = [&](const char* kpi, Source seconds, Source visits) {
        Formula mean = plan.over(period.months, Kind::ratio, {plan.term(seconds, s, scope)},
                                 {plan.term(visits, s, scope)}, 1.0 / seconds_per_day);
        mean.needs_support = true;
        plan.add(row(kpi, "mean", "days"), std::move(mean));
      };
      plan.add(row("visits", "total", "visits"),
               plan.over(period.months, Kind::sum, {plan.term(Source::stage_entries, s, scope)}));
      if (takes_time(stage)) {
        mean_days("days_in_stage", Source::stage_exit_seconds, Source::stage_exits);
      }
      if (stage.kind == StageKind::work || stage.kind == StageKind::batch ||
          stage.kind == StageKind::listing) {
        mean_days("days_waiting", Source::stage_waited_seconds, Source::stage_started);
      }
    });
  }
}

void add_in_progress(PlanBuilder& plan) {
  for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
    RowKey all = plan.key("in_progress", scope, period, "snapshot", "snapshot", "cases");
    plan.add(all,
             plan.over(period.months, Kind::level, {plan.term(Source::open_at_end, 0, scope)}));
    if (!plan.covers_details(scope, period)) return;
    if (plan.pathway.sites.size() > 1) {
      all.stage = "between organisations";
      plan.add(std::move(all),
               plan.over(period.months, Kind::level, {plan.term(Source::posted_at_end, 0, scope)}));
    }
    for (std::size_t s = 0; s < plan.pathway.stages.size(); ++s) {
      const Stage& stage = plan.pathway.stages[s];
      if (!takes_time(stage) || !plan.has_level(scope, stage.level)) continue;
      RowKey key = plan.key("in_progress", scope, period, "snapshot", "snapshot", "cases");
      key.stage = stage.name;
      plan.add(std::move(key), plan.over(period.months, Kind::level,
                                         {plan.term(Source::stage_inside_at_end, s, scope)}));
    }
  });
}

void add_utilisation(PlanBuilder& plan) {
  for_each_pool(plan, [&](std::size_t p, const NamedScope& scope, const Period& period) {
    const Pool& pool = plan.pathway.pools[p];
    // Nobody is busy in a pool that only holds cases.
    const bool works = std::ranges::any_of(plan.pathway.stages, [&](const Stage& stage) {
      return stage.kind == StageKind::work && stage.pool.value == p;
    });
    if (!pool.is_limited || !works || !plan.is_longer_than_month(period)) return;
    std::vector<Term> worked;
    const auto share = [&](const char* statistic, std::vector<Term> seconds) {
      RowKey key = plan.key("utilisation", scope, period, "flow", statistic, "%");
      key.stage = pool.name;
      plan.add(std::move(key), plan.over(period.months, Kind::ratio, std::move(seconds),
                                         {plan.term(Source::pool_duty_seconds, p, scope)}, 100));
    };
    const auto part = [&](const char* statistic, Source source) {
      worked.push_back(plan.term(source, p, scope));
      if (pool.is_shared()) share(statistic, {worked.back()});
    };
    part("share cases", Source::pool_busy_seconds);
    if (pool.has_upkeep) part("share upkeep", Source::pool_upkeep_seconds);
    if (pool.has_other_work) part("share other work", Source::pool_other_work_seconds);
    share("share", worked);
  });
}

void add_other_work(PlanBuilder& plan) {
  constexpr double hours = 1.0 / (1000 * seconds_per_hour);
  for_each_pool(plan, [&](std::size_t p, const NamedScope& scope, const Period& period) {
    const Pool& pool = plan.pathway.pools[p];
    const auto term = [&](Source source, int sign = 1) {
      return plan.term(source, p, scope, sign);
    };
    const auto add = [&](const char* kpi, const char* basis, const char* statistic,
                         const char* unit, Formula formula) {
      RowKey key = plan.key(kpi, scope, period, basis, statistic, unit);
      key.stage = pool.name;
      plan.add(std::move(key), std::move(formula));
    };
    const auto total = [&](const char* kpi, std::vector<Term> terms) {
      add(kpi, "flow", "total", "hours",
          plan.over(period.months, Kind::sum, std::move(terms), {}, hours));
    };
    const auto at_end = [&](const char* kpi, Source source) {
      add(kpi, "snapshot", "snapshot", "hours",
          plan.over(period.months, Kind::level, {term(source)}, {}, hours));
    };
    if (pool.has_other_work) {
      const Term in = term(Source::pool_other_work_in);
      total("other_work_hours_in", {in});
      total("other_work_hours_done", {term(Source::pool_other_work_done)});
      total("other_work_hours_displaced", {in, term(Source::pool_other_work_done, -1)});
      at_end("other_work_in_progress", Source::pool_other_work_at_end);
      add("other_work_days_waiting", "flow", "mean", "days",
          plan.over(period.months, Kind::ratio, {term(Source::pool_other_work_second_days)}, {in},
                    1000));
    }
    if (pool.has_upkeep) {
      total("upkeep_hours_done", {term(Source::pool_upkeep_done)});
      at_end("upkeep_in_progress", Source::pool_upkeep_at_end);
    }
  });
}

void add_owners(PlanBuilder& plan) {
  for (const PoolId id : plan.pathway.owner_pools) {
    const Pool& pool = plan.pathway.pools[id.value];
    for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
      if (scope.scope.case_class.exists() || !plan.has_level(scope, pool.level)) return;
      RowKey key = plan.key("unallocated", scope, period, "snapshot", "snapshot", "cases");
      key.stage = pool.name;
      plan.add(key, plan.over(period.months, Kind::level,
                              {plan.term(Source::pool_unallocated_at_end, id.value, scope)}));
      if (!plan.is_longer_than_month(period)) return;
      key.kpi = "files_per_person";
      key.statistic = "ratio";
      const Month last{period.months.end.index - 1};
      plan.add(std::move(key),
               plan.over({last, period.months.end}, Kind::ratio,
                         {plan.term(Source::pool_held_at_end, id.value, scope)},
                         {plan.term(Source::pool_positions_at_end, id.value, scope)}));
    });
  }
}

/// Whether some case's time can go there.
bool can_occur(const Pathway& pathway, Cause cause) {
  const auto any_stage = [&](auto claim) { return std::ranges::any_of(pathway.stages, claim); };
  const auto of_kind = [&](StageKind kind) {
    return any_stage([&](const Stage& stage) { return stage.kind == kind; });
  };
  switch (cause) {
    case Cause::worked_on:
      return of_kind(StageKind::work) || of_kind(StageKind::listing);
    case Cause::no_one_free:
      return of_kind(StageKind::work);
    case Cause::outside:
      return of_kind(StageKind::wait);
    case Cause::unallocated:
      return any_stage([&](const Stage& stage) {
        return is_owned(stage) || (stage.kind == StageKind::hold && takes_time(stage));
      });
    case Cause::other_cases:
      return any_stage(is_owned);
    case Cause::owner_absent:
      return any_stage([&](const Stage& stage) {
        return stage.kind == StageKind::work &&
               (is_owned(stage) || pathway.pools[stage.pool.value].on_end == OnEnd::stop);
      });
    case Cause::batch_or_date:
      return of_kind(StageKind::batch) || of_kind(StageKind::listing);
    case Cause::between:
      return pathway.levels.size() > 1;
    case Cause::rework:
      return any_stage([](const Stage& stage) {
        return takes_time(stage) && stage.visit_counter != no_visit_counter;
      });
    default:
      return false;
  }
}

void add_days_by_cause(PlanBuilder& plan) {
  std::vector<std::size_t> causes;
  for (std::size_t c = 0; c < cause_names.size(); ++c) {
    if (can_occur(plan.pathway, static_cast<Cause>(c))) causes.push_back(c);
  }
  for_each_cell(plan, [&](const NamedScope& scope, const Period& period) {
    if (!plan.is_longer_than_month(period)) return;
    const auto add = [&](Source source, const char* basis, std::size_t horizon,
                         const std::string& within) {
      std::vector<Term> all;
      for (const std::size_t c : causes) all.push_back(plan.term(source, c, scope, 1, horizon));
      for (std::size_t i = 0; i < causes.size(); ++i) {
        const std::string cause = std::string(cause_names[causes[i]]) + within;
        plan.add(plan.key("days_by_cause", scope, period, basis, cause, "case-days"),
                 plan.over(period.months, Kind::sum, {all[i]}, {}, 1.0 / seconds_per_day));
        plan.add(plan.key("days_by_cause", scope, period, basis, "share " + cause, "%"),
                 plan.over(period.months, Kind::ratio, {all[i]}, all, 100));
      }
      plan.add(plan.key("days_by_cause", scope, period, basis, "total" + within, "case-days"),
               plan.over(period.months, Kind::sum, all, {}, 1.0 / seconds_per_day));
    };
    add(Source::cause_seconds, "flow", 0, "");
    plan.for_each_horizon(scope, period, [&](std::size_t horizon, const std::string& within) {
      add(Source::cause_seconds_within, "cohort", horizon, " " + within);
    });
  });
}

}  // namespace rassoflow
