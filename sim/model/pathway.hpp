// The compiled pathway: flat arrays of ids and numbers, immutable and shared by
// every replication on every thread. compile_pathway makes it from a checked
// Scenario; names stay here only for output.
//
// Whatever a lever can change lives in `Settings`, one complete set for each
// stretch of dates between two changes. A trial reads the set of the day; it
// never computes one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/calendar.hpp"
#include "sim/core/ids.hpp"
#include "sim/core/time.hpp"
#include "sim/model/diary_plan.hpp"
#include "sim/random/law.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Raised whenever the same scenario and seed give another trace (tests/golden/small_world.txt), or
/// a snapshot holds something else.
inline constexpr int model_version = 3;

inline constexpr std::size_t max_levels = 3;
/// Cohorts are looked at after so many days: 6, 12 and 24 months.
inline constexpr std::array<int, 3> cohort_days{183, 365, 730};

/// Where the days of a case go; every second from report to outcome has one cause.
enum class Cause : std::uint8_t {
  worked_on,
  other_cases,  ///< its owner works on other cases
  other_work,   ///< its owner is on other work
  owner_absent,
  unallocated,    ///< waits for an owner
  no_one_free,    ///< waits in a pool's queue
  outside,        ///< waits for somebody whom the model does not staff
  batch_or_date,  ///< waits for a clinic, a panel or a court date
  between,        ///< between two organisations
  rework,         ///< in a stage for the second time or more
};
inline constexpr std::array<std::string_view, 10> cause_names{
    "being worked on", "owner on other cases", "owner on other work",
    "owner absent",    "unallocated",          "no one free",
    "outside party",   "batch or court date",  "between organisations",
    "rework"};

struct Level {
  std::string name;
  bool owns_clock = true;
  SiteId first_site;
  std::uint16_t site_count = 0;
};

struct Site {
  std::string name;       ///< as written, `Kent`
  std::string qualified;  ///< `force:Kent`, as scenarios name it
  LevelId level;
  std::uint16_t local = 0;  ///< position within its level
};

struct CaseClass {
  std::string name;
  int priority = 0;
};

/// How a case gets from a stage to the next.
enum class Crossing : std::uint8_t {
  none,       ///< same site
  visit,      ///< to a site that does not own the clock; the trunk stays behind
  come_back,  ///< from a visit
  hand_over,  ///< the clock changes hands
};

struct Route {
  StageId to;
  Crossing crossing = Crossing::none;
};

/// The routes open to one class on one visit with some flags, worst first. `numbers` is an offset
/// into Settings::route_numbers, with `width()` values for each site of the stage's level.
struct RouteTable {
  enum class Choice : std::uint8_t {
    by_chance,     ///< cumulative probabilities
    by_threshold,  ///< of the strength as read; the first has none
    by_strength,   ///< probabilities, then slopes of their odds by strength
  };
  std::uint32_t first_route = 0;
  std::uint32_t count = 0;
  std::uint32_t numbers = 0;
  Choice choice = Choice::by_chance;

  std::uint32_t width() const { return choice == Choice::by_strength ? 2 * count : count; }
};

/// A strand that starts at a fork.
struct Branch {
  StageId to;
  bool is_certain = true;
  std::uint64_t classes = ~std::uint64_t{0};  ///< a bit for each class
  VisitRange visits;
  std::uint16_t flags = 0;        ///< all set
  std::uint16_t unless = 0;       ///< none set
  std::uint32_t probability = 0;  ///< offset into Settings::branch_probability: [site]
};

inline constexpr std::uint32_t no_offset = UINT32_MAX;

/// `visit` is counted by the case's own counters, 0 for the first.
inline constexpr std::uint16_t no_visit_counter = UINT16_MAX;

struct Stage {
  StageKind kind = StageKind::wait;
  LevelId level;
  PhaseId phase;
  PoolId pool;
  PatternId pattern;                               ///< wait: calendar of the delay
  std::uint16_t visit_counter = no_visit_counter;  ///< stages that no loop reaches need none
  std::uint16_t visit_buckets = 1;                 ///< visits from this number on are alike
  std::uint32_t law = 0;                           ///< offset into Settings::laws: [bucket][site]
  std::uint32_t due = 0;                           ///< offset into Settings::due_seconds: [site]
  /// Offset into route_tables: [class][bucket][combination of the flags its routes name]
  std::uint32_t route_table = 0;
  std::uint8_t flag_count = 0;              ///< of those
  std::array<std::uint8_t, 4> flag_bits{};  ///< their positions in CaseFile::flags
  std::uint16_t sets = 0;                   ///< flags
  std::uint16_t clears = 0;
  bool date_change = false;
  std::uint32_t strength = no_offset;       ///< offset into Settings::strengths: [site]
  std::uint32_t reading_error = no_offset;  ///< as `strength`
  std::uint32_t first_branch = 0;           ///< fork: range of Pathway::branches
  std::uint32_t branch_count = 0;
  StageId join;                      ///< fork
  std::uint32_t needs = 0;           ///< join: branches; 0: all
  std::uint16_t batch = no_diary;    ///< its position in Pathway::batches
  std::uint16_t listing = no_diary;  ///< and in Pathway::listings
  WorkMode mode = WorkMode::pool;
  bool background = false;    ///< hold
  bool can_be_owned = false;  ///< its cases can wait for one person, or in the hands of one
  // Of its pool and its level, so that a step need not look there.
  bool is_limited = false;
  bool has_pace = false;
  std::uint32_t first_instance = 0;
  std::uint16_t site_count = 0;
  int priority = 0;
  /// Within its pool, of strands or, for a hold or an owner's work, of places: stage's position,
  /// times classes.
  std::uint16_t lane = 0;
  std::uint32_t first_mark = 0;  ///< range of Pathway::stage_marks
  std::uint32_t mark_count = 0;
  std::uint32_t first_cell = 0;  ///< offset of [local sites, then classes] in the stage cells
  // Last: the numbers above are read at every step.
  std::string name;
  std::string title;
  std::string code;  ///< outcome

  bool changes_the_case() const {
    return (sets | clears) != 0 || strength != no_offset || date_change;
  }
};

/// A pool at one site; instances of a pool follow one another in order of sites.
struct PoolInstance {
  PoolId pool;
  PatternId pattern;  ///< of the pool
  SiteId site;
  std::uint32_t first_lane = 0;
  std::uint32_t first_hold_lane = 0;
  std::uint32_t first_position = 0;
  std::uint32_t position_limit = 0;  ///< most positions on any date
};

/// Position among Pathway::owner_pools.
inline constexpr std::uint8_t no_owners = UINT8_MAX;

struct Pool {
  std::string name;
  LevelId level;
  PatternId pattern;
  bool is_limited = true;
  SharingRule sharing = SharingRule::proportional;
  bool has_other_work = false;
  bool has_upkeep = false;
  bool has_pace = false;
  std::uint32_t first_instance = 0;
  std::uint16_t lane_count = 0;    ///< per instance
  std::vector<int> lane_priority;  ///< by lane
  std::uint8_t owners = no_owners;
  OnEnd on_end = OnEnd::hand_over;
  std::uint16_t hold_lane_count = 0;  ///< per instance
  std::vector<int> hold_lane_priority;

  /// Its people do not serve cases all day.
  bool is_shared() const { return has_other_work || has_upkeep; }
};

struct Upkeep {
  std::string name;
  PoolId pool;
  LevelId level;            ///< of the pool
  std::uint32_t first = 0;  ///< of its sites in Settings::upkeep and TrialState::upkeep
};

/// What reaching a mark means for an upkeep.
struct UpkeepMark {
  UpkeepId upkeep;
  bool begins = true;
};

struct Phase {
  std::string name;
  WithdrawalPhase::Clock clock = WithdrawalPhase::Clock::report;
  WithdrawalPhase::While counts_while = WithdrawalPhase::While::always;
  StageId to;
  std::uint8_t held = no_owners;    ///< a place of this pool changes the hazard
  std::vector<Seconds> band_start;  ///< the first is 0
  std::uint32_t rate = 0;           ///< offset into Settings::hazard: [global site][band]
};

/// Arrivals of one class at one site: rate in cases a second, constant from each start on.
struct ArrivalStream {
  StageId stage;
  SiteId site;
  ClassId case_class;
  std::uint64_t key = 0;  ///< from the names of site and class
  std::vector<Seconds> start;
  std::vector<double> per_second;
  std::uint32_t layer_count = 0;
};

struct LinkedSite {
  SiteId site;
  double cumulative_share = 1;
};

inline constexpr std::uint16_t no_part = UINT16_MAX;

struct DurationKpi {
  MarkId from;  ///< none: the arrival
  MarkId to;
  std::uint16_t part = no_part;  ///< of the time between only what was spent in this part's stages
};

/// One of the `parts` of a duration.
struct DurationPart {
  std::string kpi;
  std::string name;
};

inline constexpr int any_age = -1;

/// What is counted of a `stock` KPI at the end of each month: one entry for cases of any age,
/// followed by one for each of its `over_days`, rising.
struct StockAge {
  std::string kpi;
  int days = any_age;            ///< older than so many
  MarkId since;                  ///< the age runs from here; none: the arrival
  std::uint16_t over_count = 0;  ///< of any age: entries that follow
};

struct PoolSettings {
  double positions = 0;
  double absence = 0;
  std::int64_t productivity = 1000;  ///< thousandths of effort a working second
  std::int64_t other_work = 0;       ///< thousandths of a second of effort a working day
  std::int64_t ring_fence = 0;       ///< millionths of the positions
  double pace_capacity = 0;          ///< open cases
  double pace_exponent = 0;
  std::int64_t hand_over = 0;  ///< thousandths of a second of effort
  std::uint32_t caseload = 0;  ///< most cases of a position
  Seconds slice = 0;           ///< working seconds of an owner on one case
  friend bool operator==(const PoolSettings&, const PoolSettings&) = default;
};

/// Every number in force from `start` until the next set.
struct Settings {
  Seconds start = 0;
  std::vector<LawCoefficients> laws;  ///< in seconds
  std::vector<Seconds> due_seconds;
  std::vector<double> route_numbers;
  std::vector<double> branch_probability;
  std::vector<double> strengths;
  std::vector<double> class_strength;  ///< mean at report: [class][site of any level]
  std::vector<double> frailty_sigma;   ///< of its logarithm: [site of any level]
  std::vector<double> hazard;          ///< per second, multiplier included
  /// Of the hazard for each date change: [phase][site of any level]
  std::vector<double> date_change_ratio;
  std::vector<double> held_ratio;   ///< as date_change_ratio
  std::vector<PoolSettings> pools;  ///< by instance
  /// Thousandths of a second of effort that a live case costs on a working day: [Upkeep::first +
  /// local site].
  std::vector<std::int64_t> upkeep;
  std::vector<std::uint32_t> batch_places;  ///< by batch, then site
  std::vector<DiarySettings> diaries;
  std::vector<PhaseId> changed_hazards;      ///< against the set before
  std::vector<std::uint32_t> changed_pools;  ///< instances
};

inline constexpr std::uint16_t not_dated = UINT16_MAX;

struct Pathway {
  TimeAxis axis{Date{}};
  Seconds from = 0;
  Seconds to = 0;
  double layer_rate_per_second = 0;
  std::uint64_t default_seed = 1;
  std::uint32_t default_replications = 10;
  std::string title;
  std::string digest;  ///< of the compiled parameters

  std::vector<Level> levels;
  std::vector<Site> sites;
  std::vector<std::array<std::vector<LinkedSite>, max_levels>> links;  ///< by site, then level
  std::vector<CaseClass> classes;
  std::vector<WorkingPattern> patterns;
  std::vector<std::string> pattern_names;
  PatternId crossing_pattern;
  std::vector<Pool> pools;
  std::vector<PoolInstance> instances;
  std::vector<PoolId> owner_pools;  ///< those with a caseload
  bool has_hands = false;           ///< work can wait in the hands of one person
  bool uses_strength = false;       ///< some route asks for it
  std::vector<Stage> stages;
  std::vector<Phase> phases;
  std::vector<std::string> marks;
  std::vector<MarkId> stage_marks;
  std::vector<Upkeep> upkeeps;
  std::vector<std::vector<UpkeepMark>> upkeep_marks;  ///< by mark
  std::vector<RouteTable> route_tables;
  std::vector<Route> routes;
  std::vector<Branch> branches;
  std::vector<std::string> flags;
  std::vector<Batch> batches;
  std::vector<Listing> listings;
  std::vector<Diary> diaries;  ///< by listing, then site
  std::vector<RoomsStretch> rooms;
  std::vector<RoomsNews> news;  ///< by date
  std::uint32_t batch_instances = 0;
  std::uint32_t diary_days = 0;
  std::vector<ArrivalStream> streams;
  std::vector<Settings> settings;  ///< by start; the first holds from the origin

  /// Of the KPIs of kind duration and, for each outcome code, from report to outcome; each pair
  /// once.
  std::vector<DurationKpi> durations;
  std::vector<std::vector<std::uint16_t>> durations_to;  ///< by mark
  std::vector<DurationPart> parts;
  std::vector<std::vector<std::uint16_t>> parts_of_stage;  ///< whose time it adds to
  std::vector<std::vector<std::uint16_t>> parts_from;      ///< by the mark with which they begin
  std::vector<StockAge> stock_ages;
  /// By mark: its position among those whose date is asked for later, or not_dated.
  std::vector<std::uint16_t> dated_marks;
  /// By stage: the stock_ages of any age that count the cases there.
  std::vector<std::vector<std::uint16_t>> stocks_of_stage;

  Month first_month;
  std::vector<Seconds> month_start;  ///< [months + 1]; the last is `to`
  std::size_t visit_counters = 0;
  std::uint32_t stage_cells = 0;  ///< of one month: by stage and site, and by stage and class
  std::uint32_t lanes = 0;
  std::uint32_t hold_lanes = 0;
  std::uint32_t positions = 0;
  std::uint32_t upkeep_counts = 0;  ///< of every upkeep and site
  std::uint32_t mark_words = 0;     ///< of a case: a bit a mark, then the dates

  std::size_t mark_bits() const { return (marks.size() + 31) / 32; }
  std::size_t months() const { return month_start.size() - 1; }
  bool is_single_site() const { return sites.size() == 1; }
  /// The ages of open cases are kept at the ends of the quarters that count and of the run.
  bool takes_ages(std::size_t month) const {
    const int next = first_month.index + static_cast<int>(month) + 1;
    return month_start[month + 1] > from && (next % 3 == 0 || month + 1 == months());
  }
};

}  // namespace rassoflow
