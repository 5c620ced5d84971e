#include "sim/model/compile_pathway.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/hash.hpp"
#include "sim/model/compile_detail.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

using compile_detail::for_each_route_table;
using compile_detail::Names;
using compile_detail::position_of;

/// Stages from which a case can come back to the same stage.
std::vector<bool> stages_in_loops(const Scenario& scenario, const Names& names) {
  const std::size_t count = names.stages.size();
  std::vector<std::vector<std::size_t>> next(count);
  for (const auto& [name, stage] : scenario.stages) {
    auto& targets = next[position_of(names.stages, name)];
    for (const RouteSpec* way : ways_out(stage)) {
      targets.push_back(position_of(names.stages, way->to));
    }
    if (!stage.withdrawal.empty()) {
      targets.push_back(position_of(names.stages, scenario.withdrawal.at(stage.withdrawal).to));
    }
  }
  std::vector<bool> in_loop(count, false);
  for (std::size_t start = 0; start < count; ++start) {
    std::vector<bool> seen(count, false);
    std::vector<std::size_t> open = next[start];
    while (!open.empty() && !in_loop[start]) {
      const std::size_t stage = open.back();
      open.pop_back();
      if (stage == start) in_loop[start] = true;
      if (seen[stage]) continue;
      seen[stage] = true;
      open.insert(open.end(), next[stage].begin(), next[stage].end());
    }
  }
  return in_loop;
}

Crossing crossing_between(const Level& from, const Level& to, bool same_level) {
  if (same_level) return Crossing::none;
  if (!from.owns_clock) return Crossing::come_back;
  return to.owns_clock ? Crossing::hand_over : Crossing::visit;
}

/// Visits from this number on are alike: the largest boundary that any law or route names.
std::uint16_t visit_buckets(const StageSpec& stage) {
  std::uint32_t buckets = 1;
  const auto note = [&](const VisitRange& visits) {
    buckets = std::max(buckets, visits.first);
    if (visits.last != UINT32_MAX) buckets = std::max(buckets, visits.last + 1);
  };
  for (const LawSpec& law : stage.effort) note(law.visits);
  for (const LawSpec& law : stage.delay) note(law.visits);
  for (const LawSpec& law : stage.listing.length) note(law.visits);
  for (const RouteSpec* way : ways_out(stage)) note(way->visits);
  return static_cast<std::uint16_t>(buckets);
}

void compile_levels_and_sites(const Scenario& scenario, Names& names, Pathway& pathway) {
  for (const auto& [level_name, level] : scenario.levels) {
    const LevelId id{static_cast<std::uint8_t>(pathway.levels.size())};
    const SiteId first{static_cast<std::uint16_t>(pathway.sites.size())};
    std::uint16_t count = 0;
    if (const auto found = scenario.sites.find(level_name); found != scenario.sites.end()) {
      for (const auto& [site_name, site] : found->second) {
        pathway.sites.push_back({site_name, qualified_site(level_name, site_name), id, count++});
      }
    }
    pathway.levels.push_back({level_name, level.owns_clock, first, count});
  }
  for (const Level& level : pathway.levels) names.levels.push_back(level.name);

  pathway.links.resize(pathway.sites.size());
  for (std::size_t s = 0; s < pathway.sites.size(); ++s) {
    const Site& site = pathway.sites[s];
    for (std::size_t l = 0; l < pathway.levels.size(); ++l) {
      const Level& level = pathway.levels[l];
      auto& links = pathway.links[s][l];
      if (site.level.value == l) {
        links.push_back({SiteId{static_cast<std::uint16_t>(s)}, 1});
        continue;
      }
      const SiteSpec& spec = scenario.sites.at(names.levels[site.level.value]).at(site.name);
      const auto found = spec.links.find(level.name);
      if (found == spec.links.end()) {
        if (level.site_count == 1) links.push_back({level.first_site, 1});
        continue;
      }
      double cumulative = 0;
      std::vector<SiteLink> sorted = found->second;
      std::sort(sorted.begin(), sorted.end(),
                [](const SiteLink& a, const SiteLink& b) { return a.site < b.site; });
      for (const SiteLink& link : sorted) {
        cumulative += link.share;
        for (std::uint16_t i = 0; i < level.site_count; ++i) {
          const SiteId target{static_cast<std::uint16_t>(level.first_site.value + i)};
          if (pathway.sites[target.value].name == link.site) links.push_back({target, cumulative});
        }
      }
      links.back().cumulative_share = 1;
    }
  }
}

void compile_patterns(const Scenario& scenario, Names& names, Pathway& pathway) {
  names.patterns.push_back("always");
  pathway.patterns.emplace_back(WorkingPatternSpec{}, pathway.axis, pathway.to);
  for (const auto& [name, calendar] : scenario.calendars) {
    names.patterns.push_back(name);
    pathway.patterns.emplace_back(calendar.pattern, pathway.axis, pathway.to);
  }
  pathway.pattern_names = names.patterns;
  const std::string& crossing = scenario.crossing_calendar;
  pathway.crossing_pattern = PatternId{
      static_cast<std::uint8_t>(crossing.empty() ? 0 : position_of(names.patterns, crossing))};
}

bool has_lanes(const StageSpec& stage) {
  return stage.kind == StageKind::work || stage.kind == StageKind::hold;
}

/// Its cases wait for a place, not for a person.
bool needs_place(const StageSpec& stage) {
  return stage.kind == StageKind::hold || stage.mode == WorkMode::owner;
}

void compile_pools(const Scenario& scenario, const Names& names, Pathway& pathway) {
  for (const auto& [name, spec] : scenario.pools) {
    Pool pool;
    pool.name = name;
    pool.level = compile_detail::level_of(names, spec.level);
    pool.pattern = PatternId{static_cast<std::uint8_t>(
        spec.calendar.empty() ? 0 : position_of(names.patterns, spec.calendar))};
    pool.is_limited = spec.positions.has_value();
    pool.sharing = spec.sharing.value_or(SharingRule::proportional);
    pool.has_other_work = spec.other_work.has_value();
    pool.has_pace = spec.pace.has_value();
    pool.first_instance = static_cast<std::uint32_t>(pathway.instances.size());
    pool.on_end = spec.on_end;
    if (spec.caseload || spec.on_end == OnEnd::stop) pathway.has_hands = true;
    for (const auto& [stage_name, stage] : scenario.stages) {
      if (!has_lanes(stage) || stage.pool != name) continue;
      for (const CaseClass& case_class : pathway.classes) {
        (needs_place(stage) ? pool.hold_lane_priority : pool.lane_priority)
            .push_back(stage.priority + case_class.priority);
      }
    }
    pool.lane_count = static_cast<std::uint16_t>(pool.lane_priority.size());
    pool.hold_lane_count = static_cast<std::uint16_t>(pool.hold_lane_priority.size());
    const PoolId id{static_cast<std::uint16_t>(pathway.pools.size())};
    if (spec.caseload) {
      pool.owners = static_cast<std::uint8_t>(pathway.owner_pools.size());
      pathway.owner_pools.push_back(id);
    }
    const Level& level = pathway.levels[pool.level.value];
    for (std::uint16_t i = 0; i < level.site_count; ++i) {
      PoolInstance instance;
      instance.pool = id;
      instance.pattern = pool.pattern;
      instance.site = SiteId{static_cast<std::uint16_t>(level.first_site.value + i)};
      instance.first_lane = pathway.lanes;
      pathway.lanes += pool.lane_count;
      instance.first_hold_lane = pathway.hold_lanes;
      pathway.hold_lanes += pool.hold_lane_count;
      pathway.instances.push_back(instance);
    }
    pathway.pools.push_back(std::move(pool));
  }
}

std::uint16_t flag_bits(const std::set<std::string>& flags, const Pathway& pathway) {
  std::uint16_t bits = 0;
  for (const std::string& flag : flags) {
    bits = static_cast<std::uint16_t>(bits | 1U << position_of(pathway.flags, flag));
  }
  return bits;
}

RouteTable::Choice choice_of(const std::vector<const RouteSpec*>& routes) {
  RouteTable::Choice choice = RouteTable::Choice::by_chance;
  for (const RouteSpec* route : routes) {
    if (route->above) return RouteTable::Choice::by_threshold;
    if (route->slope) choice = RouteTable::Choice::by_strength;
  }
  return choice;
}

void compile_routes(const StageSpec& spec, const Names& names, Pathway& pathway, Stage& stage) {
  std::set<std::string> named;
  for (const RouteSpec& route : spec.routes) {
    named.insert(route.flags.begin(), route.flags.end());
    named.insert(route.unless.begin(), route.unless.end());
  }
  for (const std::string& flag : named) {
    stage.flag_bits[stage.flag_count++] =
        static_cast<std::uint8_t>(position_of(pathway.flags, flag));
  }
  stage.route_table = static_cast<std::uint32_t>(pathway.route_tables.size());
  for_each_route_table(spec, stage, pathway, [&](const std::vector<const RouteSpec*>& routes) {
    RouteTable table;
    table.first_route = static_cast<std::uint32_t>(pathway.routes.size());
    table.count = static_cast<std::uint32_t>(routes.size());
    table.choice = choice_of(routes);
    if (table.choice != RouteTable::Choice::by_chance) pathway.uses_strength = true;
    for (const RouteSpec* route : routes) {
      const std::size_t to = position_of(names.stages, route->to);
      const LevelId level = names.stage_levels[to];
      pathway.routes.push_back(
          {StageId{static_cast<std::uint16_t>(to)},
           crossing_between(pathway.levels[stage.level.value], pathway.levels[level.value],
                            stage.level == level)});
    }
    pathway.route_tables.push_back(table);
  });
}

void compile_branches(const StageSpec& spec, const Names& names, Pathway& pathway, Stage& stage) {
  stage.first_branch = static_cast<std::uint32_t>(pathway.branches.size());
  stage.branch_count = static_cast<std::uint32_t>(spec.branches.size());
  stage.join = StageId{static_cast<std::uint16_t>(position_of(names.stages, spec.join))};
  for (const RouteSpec& from : spec.branches) {
    Branch branch;
    branch.to = StageId{static_cast<std::uint16_t>(position_of(names.stages, from.to))};
    branch.is_certain = !from.probability;
    branch.visits = from.visits;
    branch.flags = flag_bits(from.flags, pathway);
    branch.unless = flag_bits(from.unless, pathway);
    if (!from.classes.empty()) {
      branch.classes = 0;
      for (std::size_t c = 0; c < pathway.classes.size(); ++c) {
        if (from.classes.contains(pathway.classes[c].name)) {
          branch.classes |= std::uint64_t{1} << c;
        }
      }
    }
    pathway.branches.push_back(branch);
  }
}

void compile_stages(const Scenario& scenario, const Names& names, Pathway& pathway) {
  const std::vector<bool> in_loop = stages_in_loops(scenario, names);
  std::vector<std::uint16_t> lanes_given(scenario.pools.size(), 0);
  std::vector<std::uint16_t> hold_lanes_given(scenario.pools.size(), 0);
  for (const auto& [name, spec] : scenario.stages) {
    Stage stage;
    stage.name = name;
    stage.title = spec.title.empty() ? name : spec.title;
    stage.kind = spec.kind;
    stage.level = compile_detail::level_of(names, spec.level);
    stage.site_count = pathway.levels[stage.level.value].site_count;
    if (!spec.withdrawal.empty()) {
      stage.phase = PhaseId{static_cast<std::uint8_t>(position_of(names.phases, spec.withdrawal))};
    }
    if (spec.kind == StageKind::wait) {
      stage.pattern = PatternId{static_cast<std::uint8_t>(
          spec.calendar.empty() ? 0 : position_of(names.patterns, spec.calendar))};
    }
    if (has_lanes(spec) || spec.kind == StageKind::release) {
      const std::size_t pool = position_of(names.pools, spec.pool);
      stage.pool = PoolId{static_cast<std::uint16_t>(pool)};
      const Pool& of = pathway.pools[pool];
      stage.pattern = of.pattern;
      stage.is_limited = of.is_limited;
      stage.has_pace = of.has_pace;
      stage.first_instance = of.first_instance;
      stage.can_be_owned = needs_place(spec) || of.on_end == OnEnd::stop;
      stage.mode = spec.mode;
      stage.background = spec.background;
      stage.priority = spec.priority;
      if (has_lanes(spec)) {
        std::uint16_t& given = (needs_place(spec) ? hold_lanes_given : lanes_given)[pool];
        stage.lane = given;
        given = static_cast<std::uint16_t>(given + pathway.classes.size());
      }
    }
    if (in_loop[pathway.stages.size()]) {
      stage.visit_counter = static_cast<std::uint16_t>(pathway.visit_counters++);
      stage.visit_buckets = visit_buckets(spec);
    }
    stage.sets = flag_bits(spec.sets, pathway);
    stage.clears = flag_bits(spec.clears, pathway);
    stage.date_change = spec.date_change;
    stage.needs = spec.needs;
    compile_routes(spec, names, pathway, stage);
    if (spec.kind == StageKind::fork) compile_branches(spec, names, pathway, stage);
    stage.first_mark = static_cast<std::uint32_t>(pathway.stage_marks.size());
    std::set<std::string> marks = spec.marks;
    if (spec.kind == StageKind::outcome) {
      stage.code = spec.code;
      marks.insert(spec.code);
    }
    for (const std::string& mark : marks) {
      pathway.stage_marks.push_back(
          MarkId{static_cast<std::uint16_t>(position_of(pathway.marks, mark))});
    }
    stage.mark_count = static_cast<std::uint32_t>(marks.size());
    stage.first_cell = pathway.stage_cells;
    pathway.stage_cells += stage.site_count + static_cast<std::uint32_t>(pathway.classes.size());
    pathway.stages.push_back(std::move(stage));
  }
}

void compile_months(const Scenario& scenario, Pathway& pathway) {
  pathway.first_month = month_of(scenario.run.origin);
  pathway.month_start.push_back(0);
  for (Month month{pathway.first_month.index + 1};; ++month.index) {
    const Seconds start = pathway.axis.at(month.first_day());
    if (start >= pathway.to) break;
    pathway.month_start.push_back(start);
  }
  pathway.month_start.push_back(pathway.to);
}

}  // namespace

Pathway compile_pathway(const Scenario& scenario) {
  Pathway pathway;
  pathway.axis = TimeAxis{scenario.run.origin};
  pathway.from = pathway.axis.at(scenario.run.from);
  pathway.to = pathway.axis.at(scenario.run.to);
  pathway.layer_rate_per_second = scenario.run.layer_rate / static_cast<double>(seconds_per_day);
  pathway.default_seed = scenario.run.seed;
  pathway.default_replications = scenario.run.replications;
  pathway.title = scenario.title;
  const std::set<std::string> marks = marks_of(scenario);
  pathway.marks.assign(marks.begin(), marks.end());
  const std::set<std::string> flags = flags_of(scenario);
  pathway.flags.assign(flags.begin(), flags.end());

  Names names;
  compile_levels_and_sites(scenario, names, pathway);
  for (const auto& [name, stage] : scenario.stages) {
    names.stages.push_back(name);
    names.stage_levels.push_back(compile_detail::level_of(names, stage.level));
  }
  for (const auto& [name, pool] : scenario.pools) names.pools.push_back(name);
  for (const auto& [name, case_class] : scenario.classes) {
    pathway.classes.push_back({name, case_class.priority});
  }
  compile_patterns(scenario, names, pathway);
  compile_pools(scenario, names, pathway);
  for (const auto& [name, phase] : scenario.withdrawal) names.phases.push_back(name);
  compile_stages(scenario, names, pathway);
  compile_detail::compile_phases(scenario, names, pathway);
  compile_detail::compile_upkeep(scenario, names, pathway);
  compile_detail::compile_diaries(scenario, names, pathway);
  compile_detail::compile_settings(scenario, pathway);
  compile_detail::compile_arrivals(scenario, names, pathway);
  compile_detail::compile_measures(scenario, names, pathway);
  compile_months(scenario, pathway);
  pathway.digest = digest_of(compile_detail::canonical_bytes(pathway));
  return pathway;
}

}  // namespace rassoflow
