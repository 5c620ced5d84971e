#include "sim/scenario/quantity_slots.hpp"

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

class SlotList {
 public:
  explicit SlotList(const Scenario& scenario) : scenario_(scenario) {}

  std::vector<QuantitySlot> collect() {
    for (const auto& [name, pool] : scenario_.pools) add_pool(name, pool);
    for (const auto& [name, spec] : scenario_.recruitment) add_recruitment(name, spec);
    for (const auto& [name, upkeep] : scenario_.upkeep) add_upkeep(name, upkeep);
    for (const auto& [name, spec] : scenario_.classes) {
      add(spec.share, {"classes", name, "share"}, spec.place, Role::class_share, report_levels());
    }
    for (const auto& [name, spec] : scenario_.classes) {
      add(spec.strength, {"classes", name, "strength"}, spec.place, Role::strength,
          report_levels());
    }
    add(scenario_.frailty_cv, {"frailty_cv"}, scenario_.run.place, Role::spread, report_levels());
    for (const auto& [name, stage] : scenario_.stages) add_stage(name, stage);
    for (const auto& [name, phase] : scenario_.withdrawal) add_phase(name, phase);
    for (const auto& [name, kpi] : scenario_.kpis) {
      if (kpi.factor) add(*kpi.factor, {"kpis", name, "factor"}, kpi.place, Role::factor, {});
      if (kpi.hours_a_week) {
        add(*kpi.hours_a_week, {"kpis", name, "hours_a_week"}, kpi.place, Role::hours_a_week, {},
            "week");
      }
    }
    return std::move(slots_);
  }

 private:
  using Path = std::vector<std::string>;

  void add(const Quantity& quantity, const Path& path, const Place& place, Role role,
           std::vector<std::string> levels, std::string_view time_word = {}) {
    const bool has_place = !quantity.place.file.empty();
    slots_.push_back({&quantity, dotted_key(path), has_place ? quantity.place : place, role,
                      std::move(levels), time_word});
  }

  void add_pool(const std::string& name, const PoolSpec& pool) {
    const std::vector<std::string> levels{pool.level};
    if (pool.positions) {
      add(*pool.positions, {"pools", name, "positions"}, pool.place, Role::positions, levels);
    }
    add(pool.absence, {"pools", name, "absence"}, pool.place, Role::absence, levels);
    add(pool.productivity, {"pools", name, "productivity"}, pool.place, Role::productivity, levels);
    if (pool.other_work) {
      add(*pool.other_work, {"pools", name, "other_work"}, pool.place, Role::other_work, levels,
          "day");
    }
    if (pool.ring_fence) {
      add(*pool.ring_fence, {"pools", name, "ring_fence"}, pool.place, Role::ring_fence, levels);
    }
    if (pool.pace) {
      add(pool.pace->capacity, {"pools", name, "pace", "capacity"}, pool.place, Role::open_cases,
          levels);
      add(pool.pace->exponent, {"pools", name, "pace", "exponent"}, pool.place, Role::exponent,
          levels);
    }
    add(pool.hand_over_hours, {"pools", name, "hand_over_hours"}, pool.place, Role::hand_over_hours,
        levels, "hours");
    if (pool.caseload) {
      add(*pool.caseload, {"pools", name, "caseload"}, pool.place, Role::caseload, levels);
    }
    if (pool.slice_hours) {
      add(*pool.slice_hours, {"pools", name, "slice_hours"}, pool.place, Role::slice_hours, levels,
          "hours");
    }
  }

  void add_recruitment(const std::string& name, const RecruitmentSpec& spec) {
    const auto pool = scenario_.pools.find(spec.pool);
    std::vector<std::string> levels;
    if (pool != scenario_.pools.end()) levels.push_back(pool->second.level);
    const auto add_part = [&](const Quantity& part, const std::string& key, Role role,
                              std::string_view time_word = {}) {
      add(part, {"recruitment", name, key}, spec.place, role, levels, time_word);
    };
    add_part(spec.posts, "posts", Role::positions);
    add_part(spec.in_post, "in_post", Role::positions);
    add_part(spec.months_to_start, "months_to_start", Role::months, "months");
    if (spec.starts_a_month) add_part(*spec.starts_a_month, "starts_a_month", Role::starts);
    add_part(spec.leavers_a_year, "leavers_a_year", Role::absence);
    for (std::size_t i = 0; i < spec.training.size(); ++i) {
      add(spec.training[i], {"recruitment", name, "training", "[" + std::to_string(i + 1) + "]"},
          spec.place, Role::training, levels);
    }
  }

  void add_upkeep(const std::string& name, const UpkeepSpec& upkeep) {
    const auto pool = scenario_.pools.find(upkeep.pool);
    std::vector<std::string> levels;
    if (pool != scenario_.pools.end()) levels.push_back(pool->second.level);
    add(upkeep.hours_per_week, {"upkeep", name, "hours_per_week"}, upkeep.place, Role::upkeep,
        levels, "week");
  }

  void add_stage(const std::string& name, const StageSpec& stage) {
    const std::vector<std::string> levels{stage.level};
    if (stage.arrivals) {
      add(*stage.arrivals, {"stages", name, "arrivals"}, stage.place, Role::arrivals, levels,
          rate_period_names[static_cast<std::size_t>(stage.per)]);
    }
    add_laws(stage.effort, {"stages", name, "effort"}, levels);
    add_laws(stage.delay, {"stages", name, "delay"}, levels);
    if (stage.due_days) {
      add(*stage.due_days, {"stages", name, "due_days"}, stage.place, Role::due_days, levels,
          "days");
    }
    if (stage.strength) {
      add(*stage.strength, {"stages", name, "strength"}, stage.place, Role::strength, levels);
    }
    if (stage.reading_error) {
      add(*stage.reading_error, {"stages", name, "reading_error"}, stage.place, Role::spread,
          levels);
    }
    if (stage.kind == StageKind::batch) {
      add(stage.batch.size, {"stages", name, "size"}, stage.place, Role::places, levels);
    }
    if (stage.kind == StageKind::listing) {
      add_listing(name, stage);
      return;
    }
    add_routes(stage.routes, {"stages", name, "routes"}, levels);
    add_routes(stage.branches, {"stages", name, "branches"}, levels);
  }

  void add_listing(const std::string& name, const StageSpec& stage) {
    const ListingSpec& listing = stage.listing;
    const std::vector<std::string> levels{stage.level};
    const auto add_part = [&](const Quantity& part, std::string_view key, Role role,
                              std::string_view time_word = {}) {
      add(part, {"stages", name, std::string(key)}, stage.place, role, levels, time_word);
    };
    add_part(listing.rooms, "rooms", Role::rooms);
    add_laws(listing.length, {"stages", name, "length"}, levels);
    add_part(listing.notice_days, "notice_days", Role::notice, "days");
    add_part(listing.overbook, "overbook", Role::probability);
    // The routes hold the same; these are the words of the planner.
    for (std::size_t i = 0; i < listing_chances.size(); ++i) {
      add_part(listing.chances[i], listing_chances[i], Role::probability);
    }
    if (!listing.custody) return;
    const auto add_limit = [&](const Quantity& part, const char* key, Role role,
                               std::string_view time_word = {}) {
      add(part, {"stages", name, "custody", key}, listing.custody->place, role, levels, time_word);
    };
    add_limit(listing.custody->days, "days", Role::time_limit, "days");
    add_limit(listing.custody->extension_days, "extension_days", Role::time_limit, "days");
    add_limit(listing.custody->bail, "bail", Role::probability);
  }

  void add_routes(const std::vector<RouteSpec>& routes, const Path& path,
                  const std::vector<std::string>& levels) {
    for (std::size_t i = 0; i < routes.size(); ++i) {
      const RouteSpec& route = routes[i];
      const auto add_part = [&](const std::optional<Quantity>& part, const char* key, Role role) {
        if (!part) return;
        Path at = path;
        at.push_back("[" + std::to_string(i + 1) + "]");
        at.emplace_back(key);
        add(*part, at, route.place, role, levels);
      };
      add_part(route.probability, "probability", Role::probability);
      add_part(route.slope, "slope", Role::strength);
      add_part(route.above, "above", Role::strength);
    }
  }

  void add_laws(const std::vector<LawSpec>& laws, const Path& path,
                const std::vector<std::string>& levels) {
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const auto names = law_argument_names(laws[i].family);
      for (std::size_t argument = 0; argument < 2; ++argument) {
        if (names[argument].empty()) continue;
        Path key = path;
        if (laws.size() > 1) key.push_back("[" + std::to_string(i + 1) + "]");
        key.emplace_back(names[argument]);
        const bool is_time = argument == 0 || laws[i].family == LawFamily::uniform;
        add(laws[i].arguments[argument], key, laws[i].place,
            is_time ? Role::law_time : Role::law_number, levels,
            is_time ? time_unit_names[static_cast<std::size_t>(laws[i].unit)] : std::string_view{});
      }
    }
  }

  void add_phase(const std::string& name, const WithdrawalPhase& phase) {
    const std::vector<std::string> levels = levels_of_phase(scenario_, name);
    for (std::size_t i = 0; i < phase.bands.size(); ++i) {
      add(phase.bands[i].per_day,
          {"withdrawal", name, "bands", "[" + std::to_string(i + 1) + "]", "per_day"}, phase.place,
          Role::hazard, levels, "day");
    }
    add(phase.multiplier, {"withdrawal", name, "multiplier"}, phase.place, Role::multiplier,
        levels);
    add(phase.date_change_ratio, {"withdrawal", name, "date_change_ratio"}, phase.place,
        Role::multiplier, levels);
    if (phase.held) {
      add(phase.held->ratio, {"withdrawal", name, "held", "ratio"}, phase.place, Role::multiplier,
          levels);
    }
  }

  std::vector<std::string> report_levels() const {
    std::set<std::string> levels;
    for (const auto& [name, stage] : scenario_.stages) {
      if (stage.kind == StageKind::report) levels.insert(stage.level);
    }
    return {levels.begin(), levels.end()};
  }

  const Scenario& scenario_;
  std::vector<QuantitySlot> slots_;
};

void collect_parameters(const Quantity& quantity, std::vector<std::string>& out) {
  if (quantity.kind == Quantity::Kind::parameter) out.push_back(quantity.parameter);
  for (const Quantity& factor : quantity.factors) collect_parameters(factor, out);
}

}  // namespace

RoleRange range_of(Role role) {
  switch (role) {
    case Role::arrivals:
      return {0, 1e6, true, "0 or more, at most 1,000,000"};
    case Role::positions:
      return {0, 1e5, true, "0 or more FTE, at most 100,000"};
    case Role::absence:
      return {0, 1, false, "a share of at least 0 and below 1"};
    case Role::productivity:
      return {0.001, 100, true, "from 0.001 to 100"};
    case Role::caseload:
      return {1, 1000, true, "from 1 to 1,000 cases"};
    case Role::months:
      return {0, 60, true, "from 0 to 60 months"};
    case Role::starts:
      return {0, 1e5, true, "0 or more FTE a month, at most 100,000"};
    case Role::training:
      return {0, 1, true, "from 0 to 1"};
    case Role::slice_hours:
      return {0.1, 1000, true, "from 0.1 to 1,000 hours"};
    case Role::hand_over_hours:
      return {0, 1000, true, "from 0 to 1,000 hours"};
    case Role::class_share:
    case Role::probability:
    case Role::ring_fence:
      return {0, 1, true, "from 0 to 1"};
    case Role::law_time:
      return {0, 1e12, true, "0 or more"};
    case Role::law_number:
      return {0, 100, true, "from 0 to 100"};
    case Role::due_days:
      return {0, 36'600, true, "from 0 to 36,600 days"};
    case Role::hazard:
      return {0, 1000, true, "from 0 to 1,000 a day"};
    case Role::multiplier:
      return {0, 1e6, true, "0 or more, at most 1,000,000"};
    case Role::factor:
      return {0, 1e6, true, "0 or more, at most 1,000,000"};
    case Role::strength:
      return {-100, 100, true, "from -100 to 100"};
    case Role::spread:
      return {0, 100, true, "from 0 to 100"};
    case Role::other_work:
      return {0, 1e4, true, "from 0 to 10,000 hours a working day"};
    case Role::open_cases:
      return {0.001, 1e6, true, "from 0.001 to 1,000,000 open cases"};
    case Role::exponent:
      return {0, 10, true, "from 0 to 10"};
    case Role::upkeep:
      return {0, 100, true, "from 0 to 100 hours a week"};
    case Role::places:
      return {0, 10'000, true, "from 0 to 10,000 places"};
    case Role::rooms:
      return {0, 1000, true, "from 0 to 1,000 rooms"};
    case Role::notice:
      return {0, 1000, true, "from 0 to 1,000 days"};
    case Role::time_limit:
      return {1, 3660, true, "from 1 to 3,660 days"};
    case Role::hours_a_week:
      return {1, 168, true, "from 1 to 168 hours"};
  }
  return {0, 1, true, ""};
}

std::vector<QuantitySlot> quantity_slots(const Scenario& scenario) {
  return SlotList{scenario}.collect();
}

std::vector<std::string> parameters_in(const Quantity& quantity) {
  std::vector<std::string> out;
  collect_parameters(quantity, out);
  return out;
}

std::vector<std::string> levels_of_phase(const Scenario& scenario, const std::string& phase) {
  std::set<std::string> levels;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.withdrawal != phase) continue;
    const auto level = scenario.levels.find(stage.level);
    if (level == scenario.levels.end()) continue;
    if (level->second.owns_clock) {
      levels.insert(stage.level);
      continue;
    }
    // The clock stays with any site that may have sent the case.
    for (const auto& [owner, spec] : scenario.levels) {
      if (spec.owns_clock) levels.insert(owner);
    }
  }
  return {levels.begin(), levels.end()};
}

}  // namespace rassoflow
