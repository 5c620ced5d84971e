// The numbers of the day: one complete set for each stretch between two changes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "sim/model/compile_detail.hpp"
#include "sim/model/staff_plans.hpp"
#include "sim/scenario/quantity_slots.hpp"
#include "sim/scenario/value_index.hpp"

namespace rassoflow::compile_detail {
namespace {

/// Laws by bucket of visits; expects that the checks found every visit covered once.
const LawSpec& law_for(const std::vector<LawSpec>& laws, std::uint32_t visit) {
  for (const LawSpec& law : laws) {
    if (visit >= law.visits.first && visit <= law.visits.last) return law;
  }
  RF_ASSERT(!laws.empty());
  return laws.front();
}

/// In thousandths of a second.
constexpr double effort_of_an_hour = 1000.0 * seconds_per_hour;

const std::vector<LawSpec>& laws_of(const StageSpec& spec) {
  switch (spec.kind) {
    case StageKind::work:
      return spec.effort;
    case StageKind::listing:
      return spec.listing.length;
    default:
      return spec.delay;
  }
}

/// Collects the values of one date.
class SettingsBuilder {
 public:
  SettingsBuilder(const Scenario& scenario, const ValueIndex& values, const StaffPlans& plans,
                  Pathway& pathway, Date date)
      : scenario_(scenario), values_(values), plans_(plans), pathway_(pathway), date_(date) {}

  Settings build() {
    settings_.start = std::max<Seconds>(0, pathway_.axis.at(date_));
    std::size_t id = 0;
    for (const auto& [name, spec] : scenario_.stages) add_stage(spec, pathway_.stages[id++]);
    id = 0;
    for (const auto& [name, phase] : scenario_.withdrawal) add_phase(phase, pathway_.phases[id++]);
    id = 0;
    for (const auto& [name, pool] : scenario_.pools) add_pool(name, pool, pathway_.pools[id++]);
    id = 0;
    for (const auto& [name, upkeep] : scenario_.upkeep) add_upkeep(upkeep, pathway_.upkeeps[id++]);
    add_victims();
    return std::move(settings_);
  }

 private:
  double value(const Quantity& quantity, const Site& site) const {
    return values_.at(quantity, site.qualified, date_).value_or(0);
  }

  Weight weight(const Quantity& quantity, const Site& site) const {
    return values_.weight_at(quantity, site.qualified, date_).value_or(Weight{});
  }

  Seconds hours(const Quantity& quantity, const Site& site) const {
    return round_to_seconds(value(quantity, site) * static_cast<double>(seconds_per_hour));
  }

  template <class Visit>
  void for_each_site(LevelId level, Visit visit) const {
    const Level& of = pathway_.levels[level.value];
    for (std::uint16_t i = 0; i < of.site_count; ++i) {
      visit(pathway_.sites[of.first_site.value + i]);
    }
  }

  void add_stage(const StageSpec& spec, Stage& stage) {
    const std::vector<LawSpec>& laws = laws_of(spec);
    stage.law = static_cast<std::uint32_t>(settings_.laws.size());
    if (!laws.empty()) {
      for (std::uint32_t visit = 1; visit <= stage.visit_buckets; ++visit) {
        add_law(law_for(laws, visit), spec, stage);
      }
    }
    stage.due = static_cast<std::uint32_t>(settings_.due_seconds.size());
    if (spec.kind == StageKind::work || spec.kind == StageKind::hold) {
      for_each_site(stage.level, [&](const Site& site) {
        const double days = spec.due_days ? value(*spec.due_days, site) : 0;
        settings_.due_seconds.push_back(
            round_to_seconds(days * static_cast<double>(seconds_per_day)));
      });
    }
    add_routes(spec, stage);
    add_branches(spec, stage);
    if (spec.kind == StageKind::batch) add_batch(spec, stage);
    if (spec.kind == StageKind::listing) add_listing(spec, stage);
    stage.strength = add_strengths(spec.strength, stage);
    stage.reading_error = add_strengths(spec.reading_error, stage);
  }

  void add_batch(const StageSpec& spec, const Stage& stage) {
    for_each_site(stage.level, [&](const Site& site) {
      settings_.batch_places.push_back(
          static_cast<std::uint32_t>(std::llround(value(spec.batch.size, site))));
    });
  }

  void add_listing(const StageSpec& spec, const Stage& stage) {
    const ListingSpec& listing = spec.listing;
    for_each_site(stage.level, [&](const Site& site) {
      DiarySettings settings;
      std::vector<Weight> weights;
      double stated = 0;
      for (const Quantity& chance : listing.chances) {
        weights.push_back(weight(chance, site));
        stated += weights.back().value;
      }
      weights.push_back({std::max(0.0, 1 - stated)});
      const std::vector<double> chances = probabilities(weights);
      std::copy_n(chances.begin(), settings.chances.size(), settings.chances.begin());
      settings.notice_days = static_cast<std::int32_t>(std::ceil(value(listing.notice_days, site)));
      settings.overbook = std::llround(value(listing.overbook, site) * millionths);
      if (listing.custody) {
        settings.extension = round_to_seconds(value(listing.custody->extension_days, site) *
                                              static_cast<double>(seconds_per_day));
        settings.bail = value(listing.custody->bail, site);
      }
      settings_.diaries.push_back(settings);
    });
  }

  void add_law(const LawSpec& law, const StageSpec& spec, const Stage& stage) {
    // A day of a delay in working time is a working day; the length of a trial stays in days.
    const bool in_working_days = spec.kind == StageKind::wait && law.unit == TimeUnit::days;
    const Seconds unit = spec.kind == StageKind::listing ? 1
                         : in_working_days
                             ? pathway_.patterns[stage.pattern.value].seconds_per_working_day()
                             : seconds_in(law.unit);
    const auto scale = static_cast<double>(unit);
    for_each_site(stage.level, [&](const Site& site) {
      double first = value(law.arguments[0], site) * scale;
      double second = law_argument_names(law.family)[1].empty() ? 0 : value(law.arguments[1], site);
      if (law.family == LawFamily::uniform) second *= scale;
      settings_.laws.push_back(coefficients(law.family, first, second));
    });
  }

  void add_routes(const StageSpec& spec, const Stage& stage) {
    std::size_t index = stage.route_table;
    for_each_route_table(spec, stage, pathway_, [&](const std::vector<const RouteSpec*>& routes) {
      RouteTable& table = pathway_.route_tables[index++];
      table.numbers = static_cast<std::uint32_t>(settings_.route_numbers.size());
      for_each_site(stage.level, [&](const Site& site) { add_table(table, routes, site); });
    });
  }

  void add_table(const RouteTable& table, const std::vector<const RouteSpec*>& routes,
                 const Site& site) {
    std::vector<double>& numbers = settings_.route_numbers;
    if (table.choice == RouteTable::Choice::by_threshold) {
      for (const RouteSpec* route : routes) {
        numbers.push_back(route->above ? value(*route->above, site)
                                       : -std::numeric_limits<double>::infinity());
      }
      return;
    }
    std::vector<Weight> weights;
    double stated = 0;
    for (const RouteSpec* route : routes) {
      weights.push_back(route->probability ? weight(*route->probability, site) : Weight{});
      if (route->probability) stated += weights.back().value;
    }
    for (std::size_t i = 0; i < routes.size(); ++i) {
      if (!routes[i]->probability) weights[i].value = std::max(0.0, 1 - stated);
    }
    double cumulative = 0;
    for (const double probability : probabilities(weights)) {
      cumulative += probability;
      numbers.push_back(table.choice == RouteTable::Choice::by_chance ? cumulative : probability);
    }
    if (table.choice == RouteTable::Choice::by_strength) {
      for (const RouteSpec* route : routes) {
        numbers.push_back(route->slope ? value(*route->slope, site) : 0);
      }
    } else if (!routes.empty()) {
      numbers.back() = 1;
    }
  }

  void add_branches(const StageSpec& spec, const Stage& stage) {
    for (std::size_t b = 0; b < spec.branches.size(); ++b) {
      pathway_.branches[stage.first_branch + b].probability =
          static_cast<std::uint32_t>(settings_.branch_probability.size());
      for_each_site(stage.level, [&](const Site& site) {
        const auto& probability = spec.branches[b].probability;
        settings_.branch_probability.push_back(probability ? value(*probability, site) : 1);
      });
    }
  }

  /// Offset of the values by site, or no_offset where nothing is given.
  std::uint32_t add_strengths(const std::optional<Quantity>& quantity, const Stage& stage) {
    if (!quantity) return no_offset;
    const auto offset = static_cast<std::uint32_t>(settings_.strengths.size());
    for_each_site(stage.level,
                  [&](const Site& site) { settings_.strengths.push_back(value(*quantity, site)); });
    return offset;
  }

  void add_victims() {
    for (const CaseClass& case_class : pathway_.classes) {
      const Quantity& strength = scenario_.classes.at(case_class.name).strength;
      for (const Site& site : pathway_.sites) {
        settings_.class_strength.push_back(value(strength, site));
      }
    }
    for (const Site& site : pathway_.sites) {
      const double cv = value(scenario_.frailty_cv, site);
      settings_.frailty_sigma.push_back(std::sqrt(std::log1p(cv * cv)));
    }
  }

  void add_phase(const WithdrawalPhase& spec, Phase& phase) {
    phase.rate = static_cast<std::uint32_t>(settings_.hazard.size());
    for (const Site& site : pathway_.sites) {
      const bool owns = pathway_.levels[site.level.value].owns_clock;
      const double multiplier = owns ? value(spec.multiplier, site) : 0;
      settings_.date_change_ratio.push_back(owns ? value(spec.date_change_ratio, site) : 1);
      settings_.held_ratio.push_back(owns && spec.held ? value(spec.held->ratio, site) : 1);
      for (const HazardBand& band : spec.bands) {
        settings_.hazard.push_back(owns ? value(band.per_day, site) * multiplier /
                                              static_cast<double>(seconds_per_day)
                                        : 0);
      }
    }
  }

  void add_pool(const std::string& name, const PoolSpec& spec, const Pool& pool) {
    for_each_site(pool.level, [&](const Site& site) {
      PoolSettings settings;
      const double in_post = spec.positions ? value(*spec.positions, site) : 0;
      const StaffAdded added = plans_.on(name, site.qualified, date_);
      settings.positions = in_post + added.in_post;
      settings.absence = value(spec.absence, site);
      // Where people are being trained, every position is worth what members are on average.
      const double worth =
          added.in_post > 0 ? (in_post + added.worth) / (in_post + added.in_post) : 1;
      settings.productivity =
          std::max(1LL, std::llround(1000 * value(spec.productivity, site) * worth));
      settings.hand_over = 1000 * hours(spec.hand_over_hours, site);
      if (spec.caseload) {
        settings.caseload = static_cast<std::uint32_t>(std::lround(value(*spec.caseload, site)));
        const WorkingPattern& pattern = pathway_.patterns[pool.pattern.value];
        settings.slice = spec.slice_hours
                             ? hours(*spec.slice_hours, site)
                             : std::max<Seconds>(1, pattern.seconds_per_working_day() / 2);
      }
      if (spec.other_work) {
        settings.other_work = std::llround(effort_of_an_hour * value(*spec.other_work, site));
      }
      if (spec.ring_fence) settings.ring_fence = std::llround(1e6 * value(*spec.ring_fence, site));
      if (spec.pace) {
        settings.pace_capacity = value(spec.pace->capacity, site);
        settings.pace_exponent = value(spec.pace->exponent, site);
      }
      settings_.pools.push_back(settings);
    });
  }

  void add_upkeep(const UpkeepSpec& spec, const Upkeep& upkeep) {
    const std::string& calendar = scenario_.pools.at(spec.pool).calendar;
    const auto found = scenario_.calendars.find(calendar);
    const std::int64_t days = found == scenario_.calendars.end()
                                  ? 7
                                  : std::ranges::count(found->second.pattern.days, true);
    for_each_site(upkeep.level, [&](const Site& site) {
      settings_.upkeep.push_back(std::llround(effort_of_an_hour * value(spec.hours_per_week, site) /
                                              static_cast<double>(days)));
    });
  }

  const Scenario& scenario_;
  const ValueIndex& values_;
  const StaffPlans& plans_;
  Pathway& pathway_;
  Date date_;
  Settings settings_;
};

/// What is compiled by itself, or is not of the simulation.
bool is_elsewhere(Role role) {
  return role == Role::arrivals || role == Role::class_share || role == Role::rooms ||
         role == Role::factor || role == Role::hours_a_week;
}

std::set<Date> dates_of_change(const Scenario& scenario) {
  std::set<Date> dates{scenario.run.origin};
  for (const QuantitySlot& slot : quantity_slots(scenario)) {
    if (is_elsewhere(slot.role)) continue;
    for (const Date date : change_dates(scenario, *slot.quantity)) {
      if (date > scenario.run.origin && date < scenario.run.to) dates.insert(date);
    }
  }
  return dates;
}

void note_changes(const Pathway& pathway, const Settings& before, Settings& now) {
  for (std::size_t p = 0; p < pathway.phases.size(); ++p) {
    const Phase& phase = pathway.phases[p];
    const std::size_t end = phase.rate + phase.band_start.size() * pathway.sites.size();
    const auto differs = [&](const std::vector<double>& a, const std::vector<double>& b,
                             std::size_t from, std::size_t to) {
      return !std::equal(a.begin() + static_cast<std::ptrdiff_t>(from),
                         a.begin() + static_cast<std::ptrdiff_t>(to),
                         b.begin() + static_cast<std::ptrdiff_t>(from));
    };
    const std::size_t sites = pathway.sites.size();
    if (differs(before.hazard, now.hazard, phase.rate, end) ||
        differs(before.date_change_ratio, now.date_change_ratio, p * sites, (p + 1) * sites) ||
        differs(before.held_ratio, now.held_ratio, p * sites, (p + 1) * sites)) {
      now.changed_hazards.push_back(PhaseId{static_cast<std::uint8_t>(p)});
    }
  }
  for (std::uint32_t i = 0; i < now.pools.size(); ++i) {
    if (before.pools[i] != now.pools[i]) now.changed_pools.push_back(i);
  }
}

}  // namespace

void compile_phases(const Scenario& scenario, const Names& names, Pathway& pathway) {
  for (const auto& [name, spec] : scenario.withdrawal) {
    Phase phase;
    phase.name = name;
    phase.clock = spec.clock;
    phase.counts_while = spec.counts_while;
    phase.to = StageId{static_cast<std::uint16_t>(position_of(names.stages, spec.to))};
    if (spec.held) phase.held = pathway.pools[position_of(names.pools, spec.held->pool)].owners;
    for (const HazardBand& band : spec.bands) {
      phase.band_start.push_back(
          round_to_seconds(band.from_day * static_cast<double>(seconds_per_day)));
    }
    pathway.phases.push_back(std::move(phase));
  }
}

void compile_upkeep(const Scenario& scenario, const Names& names, Pathway& pathway) {
  pathway.upkeep_marks.resize(pathway.marks.size());
  for (const auto& [name, spec] : scenario.upkeep) {
    const UpkeepId id{static_cast<std::uint8_t>(pathway.upkeeps.size())};
    const PoolId pool{static_cast<std::uint16_t>(position_of(names.pools, spec.pool))};
    const LevelId level = pathway.pools[pool.value].level;
    pathway.pools[pool.value].has_upkeep = true;
    pathway.upkeeps.push_back({name, pool, level, pathway.upkeep_counts});
    pathway.upkeep_counts += pathway.levels[level.value].site_count;
    pathway.upkeep_marks[position_of(pathway.marks, spec.from)].push_back({id, true});
    for (const std::string& mark : spec.to) {
      pathway.upkeep_marks[position_of(pathway.marks, mark)].push_back({id, false});
    }
  }
}

void compile_settings(const Scenario& scenario, Pathway& pathway) {
  const ValueIndex values{scenario};
  const StaffPlans plans{scenario};
  std::set<Date> dates = dates_of_change(scenario);
  dates.merge(plans.dates_of_change());
  for (const Date date : dates) {
    Settings settings = SettingsBuilder{scenario, values, plans, pathway, date}.build();
    if (!pathway.settings.empty()) note_changes(pathway, pathway.settings.back(), settings);
    pathway.settings.push_back(std::move(settings));
  }
  for (std::uint32_t i = 0; i < pathway.instances.size(); ++i) {
    double most = 0;
    for (const Settings& settings : pathway.settings) {
      most = std::max(most, settings.pools[i].positions);
    }
    pathway.instances[i].first_position = pathway.positions;
    pathway.instances[i].position_limit = static_cast<std::uint32_t>(std::ceil(most));
    pathway.positions += pathway.instances[i].position_limit;
  }
}

}  // namespace rassoflow::compile_detail
