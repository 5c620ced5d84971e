// What the planner wrote, as plain data that remembers where it was written.
//
// read_scenario fills it from TOML and CSV; check_scenario says everything that
// is wrong with it; compile_pathway turns it into flat arrays. Maps are ordered
// by name, so that the order of entries in a file means nothing; only routes
// are ordered (worst outcome first), because the draw of a route runs along
// them. docs/scenario-format.md is the format for people.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/core/calendar.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/core/time.hpp"
#include "sim/random/law.hpp"
#include "sim/scenario/lever.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/recruitment.hpp"

namespace rassoflow {

struct LevelSpec {
  /// Whether the site holds the case's clock (force, region) or a case only visits it (CPS Area).
  bool owns_clock = true;
  Place place;
};

/// A case of this site goes to one of these sites, drawn once by share.
struct SiteLink {
  std::string site;
  double share = 1;
};

struct SiteSpec {
  std::map<std::string, std::vector<SiteLink>> links;  ///< by level
  Place place;
};

struct ClassSpec {
  Quantity share;     ///< of arrivals; the shares of all classes add up to 1
  Quantity strength;  ///< mean strength of the evidence at report, 0 by default
  int priority = 0;   ///< lower is served first
  Place place;
};

struct CalendarSpec {
  WorkingPatternSpec pattern;
  Place place;
};

/// Who comes first where a pool has other work beside the cases.
enum class SharingRule : std::uint8_t { proportional, adult_rape_first, ring_fenced };
inline constexpr std::array<std::string_view, 3> sharing_rule_names{
    "proportional", "adult_rape_first", "ring_fenced"};

/// Speed = min(1, (capacity / open cases of the site) ^ exponent).
struct PaceSpec {
  Quantity capacity;
  Quantity exponent;
};

/// What becomes of the work of a position that ends.
enum class OnEnd : std::uint8_t { hand_over, finish, stop };
inline constexpr std::array<std::string_view, 3> on_end_names{"hand_over", "finish", "stop"};

struct PoolSpec {
  std::string level;
  std::string calendar;                ///< "always" by default
  std::optional<Quantity> positions;   ///< FTE; nothing: no limit
  Quantity absence;                    ///< share of working days absent, 0 by default
  Quantity productivity;               ///< 1 by default
  std::optional<Quantity> other_work;  ///< hours that come in on each working day
  std::optional<SharingRule> sharing;  ///< proportional by default
  std::optional<Quantity> ring_fence;  ///< share of positions kept for cases
  std::optional<PaceSpec> pace;        ///< of a pool without positions
  OnEnd on_end = OnEnd::hand_over;
  Quantity hand_over_hours;             ///< effort that a hand-over adds, 0 by default
  std::optional<Quantity> caseload;     ///< most cases a position holds; nothing: nobody owns cases
  std::optional<Quantity> slice_hours;  ///< half of the calendar's working day by default
  std::optional<int> rank;              ///< places of several pools are taken in rising rank
  Place place;

  /// Of other pools the output says "not modelled as a constraint".
  bool is_constrained() const { return positions.has_value() || pace.has_value(); }
};

/// Hours that every case costs a pool from one mark until another or its outcome.
struct UpkeepSpec {
  std::string pool;
  Quantity hours_per_week;
  std::string from;
  std::set<std::string> to;
  Place place;
};

/// `visits = "1"`, `"2+"`, `"1-3"`; nothing given: every visit.
struct VisitRange {
  std::uint32_t first = 1;
  std::uint32_t last = UINT32_MAX;
};

struct LawSpec {
  LawFamily family = LawFamily::fixed;
  std::array<Quantity, 2> arguments;
  TimeUnit unit = TimeUnit::days;
  VisitRange visits;
  Place place;
};

struct RouteSpec {
  std::string to;
  std::optional<Quantity> probability;  ///< nothing: what the others leave
  std::optional<Quantity> slope;  ///< odds times exp(slope x strength), renormalised; 0 by default
  std::optional<Quantity> above;  ///< taken if the strength as read is above it
  std::set<std::string> classes;  ///< empty: every class
  std::set<std::string> flags;    ///< all of them set
  std::set<std::string> unless;   ///< none of them set
  VisitRange visits;
  Place place;
};

enum class StageKind : std::uint8_t {
  report,
  work,
  wait,
  decide,
  outcome,
  fork,
  join,
  hold,
  release,
  batch,
  listing
};
inline constexpr std::array<std::string_view, 11> stage_kind_names{
    "report", "work", "wait",    "decide", "outcome", "fork",
    "join",   "hold", "release", "batch",  "listing"};
/// Whoever is free works on the case, or the one who owns it.
enum class WorkMode : std::uint8_t { pool, owner };
inline constexpr std::array<std::string_view, 2> work_mode_names{"pool", "owner"};
/// Days of the week, Monday first.
inline constexpr std::array<std::string_view, 7> day_names{"Mon", "Tue", "Wed", "Thu",
                                                           "Fri", "Sat", "Sun"};

/// Meets on days of the stage's calendar.
struct BatchSpec {
  enum class Rule : std::uint8_t { oldest, urgent };
  Quantity size;            ///< places of one meeting
  std::uint32_t every = 1;  ///< each n-th day of the calendar
  Rule rule = Rule::oldest;
};

/// A custody time limit, watched by the listing officer.
struct CustodySpec {
  std::string flag;
  std::string mark;  ///< the limit counts from the first time it was reached
  Quantity days;     ///< as on the date of the mark
  Quantity extension_days;
  Quantity bail;  ///< probability that bail is given and not an extension
  Place place;
};

/// Set when bail is given.
inline constexpr std::string_view bailed_mark = "bailed";

/// Trials in the diary of a court; sitting days are those of the stage's calendar. Its routes are
/// those of listing_routes, with the chances of the first three.
struct ListingSpec {
  Quantity rooms;  ///< that sit on a sitting day
  std::vector<LawSpec> length;
  Quantity notice_days;
  Quantity overbook;               ///< share of rooms listed again
  std::uint8_t lists_on = 0;       ///< position in day_names
  std::vector<std::string> first;  ///< flags in order of precedence
  std::optional<CustodySpec> custody;
  std::array<std::string, 3> to;
  std::array<Quantity, 3> chances;
};
inline constexpr std::array<std::string_view, 4> listing_routes{"vacated_to", "ineffective_to",
                                                                "cracked_to", "next"};
inline constexpr std::array<std::string_view, 3> listing_chances{"vacated", "ineffective",
                                                                 "cracked"};

enum class RatePeriod : std::uint8_t { day, month, quarter, year };
inline constexpr std::array<std::string_view, 4> rate_period_names{"day", "month", "quarter",
                                                                   "year"};

struct StageSpec {
  StageKind kind = StageKind::wait;
  std::string level;
  std::string title;  ///< for people; the stage's name if empty
  Place place;

  // report
  std::optional<Quantity> arrivals;  ///< cases per `per`, by site and date
  RatePeriod per = RatePeriod::day;

  // work, hold, release
  std::string pool;

  // join
  std::uint32_t needs = 0;  ///< goes on after so many strands and gives up the others; 0: all

  // work, hold
  int priority = 0;                  ///< added to the class's; lower is served first
  std::optional<Quantity> due_days;  ///< orders the queue by joining + due; nothing: by joining

  // work
  std::vector<LawSpec> effort;
  WorkMode mode = WorkMode::pool;

  // hold
  bool background = false;  ///< the case goes on at once and gets its place when one is free

  // wait
  std::vector<LawSpec> delay;
  std::string calendar;  ///< delay runs in this calendar's working time; empty: calendar days.
                         ///< batch, listing: the days on which they meet or sit

  BatchSpec batch;
  ListingSpec listing;

  // outcome
  std::string code;

  // decide: standard deviation of the error with which the strength is read; 0 by default
  std::optional<Quantity> reading_error;

  // fork: strands that start side by side; `probability` is that of the strand being needed
  std::vector<RouteSpec> branches;
  std::string join;  ///< stage of kind `join` where they end

  std::set<std::string> sets;        ///< flags set on entering
  std::set<std::string> clears;      ///< flags cleared on entering
  std::optional<Quantity> strength;  ///< added to the strength of the evidence on entering
  bool date_change = false;          ///< entering it is a date change told to the victim

  /// Phase of the withdrawal hazard while here; empty: nobody withdraws here.
  std::string withdrawal;
  /// Dated milestones set on entering.
  std::set<std::string> marks;
  /// Worst outcome first.
  std::vector<RouteSpec> routes;
};

struct HazardBand {
  double from_day = 0;
  Quantity per_day;
};

/// A place of the pool changes the hazard for as long as it is held.
struct HeldRatio {
  std::string pool;
  Quantity ratio;
};

/// Piecewise constant hazard by age; one standard exponential threshold a case is spent on it.
struct WithdrawalPhase {
  enum class Clock : std::uint8_t { report, phase };
  enum class While : std::uint8_t { always, waiting };
  Clock clock = Clock::report;
  While counts_while = While::always;  ///< `waiting`: only in a pool's queue
  std::vector<HazardBand> bands;       ///< the first from day 0, rising
  Quantity multiplier;                 ///< 1 by default
  Quantity date_change_ratio;          ///< of the hazard for each date change, 1 by default
  std::optional<HeldRatio> held;
  std::string to;  ///< stage where the withdrawn case goes
  Place place;
};

/// A count in two parts: the cases that had reached the mark `by` no later, and those that had not.
struct SplitSpec {
  std::string by;
  std::string with, without;  ///< names of the parts
};

/// A named quantity counted in every run; analysis turns it into rows.
struct KpiSpec {
  enum class Kind : std::uint8_t { count, duration, share, stock, staff };
  enum class Which : std::uint8_t { first, every };
  Kind kind = Kind::count;
  std::string unit;
  std::string definition;
  std::string publisher;
  std::string population;  ///< of whom or what
  std::string differs;     ///< what differs from the publisher's figure

  std::string mark;                             ///< count
  std::map<std::string, std::string> outcomes;  ///< count by outcome code: code to mark
  std::optional<SplitSpec> split;               ///< count of the first of a mark
  Which which = Which::first;                   ///< count and share
  std::optional<Which> per;                     ///< share: of the denominator, if another
  std::optional<Quantity> factor;               ///< count, stock: dated unit factor
  std::string from, to;                         ///< duration: marks; "report" is the arrival
  std::map<std::string, std::vector<std::string>> parts;  ///< duration: name to stages
  std::vector<std::string> numerator, denominator;        ///< share: marks
  std::vector<std::string> stages;                        ///< stock
  std::vector<int> over_days;            ///< stock: older than so many days; empty: all
  std::string since = "report";          ///< stock: the mark from which ages run
  std::vector<std::string> pools;        ///< staff
  std::string stock;                     ///< staff: a stock, counted per FTE in post
  std::optional<Quantity> hours_a_week;  ///< staff: on duty, of a full-time position
  Place place;
};

inline constexpr std::array<std::string_view, 5> kpi_kind_names{"count", "duration", "share",
                                                                "stock", "staff"};

/// A row of a table: which rows of the output it shows, and what people call it.
struct TableRowSpec {
  std::string kpi, statistic, basis, outcome, stage;
  std::string label;
  Place place;
};

struct TableSectionSpec {
  std::string heading;
  std::vector<TableRowSpec> rows;
};

/// A page that shows chosen rows period by period beside the published figures.
struct TableSpec {
  std::string title;
  std::string note;
  std::vector<TableSectionSpec> sections;
  Place place;
};

/// How precise a row of the output must be before `run --precision` stops: the half-width of the
/// 95% interval of its mean. A field that is empty is left to the program.
struct PrecisionSpec {
  std::string kpi;  ///< the name of the target if it is left out
  std::string statistic, basis, period, site, case_class, stage, outcome;
  std::optional<double> relative;  ///< to the mean; exactly one of the two is there
  std::optional<double> absolute;  ///< in the unit of the row
  Place place;
};

/// Published figures to print beside the simulated ones.
struct PublishedSpec {
  std::string csv;       ///< as named by the planner
  std::string shown_as;  ///< the same relative to the working directory, to open it again
  Place place;
};

struct RunSpec {
  Date origin{};
  Date from{};  ///< first day counted in rows; before it: warm-up
  Date to{};    ///< first day no longer simulated
  std::uint64_t seed = 1;
  std::uint32_t replications = 10;
  double layer_rate = 0.25;  ///< cases a day of one arrival layer
  Place place;
};

struct Scenario {
  std::string title;
  std::string notes;
  RunSpec run;
  std::map<std::string, LevelSpec> levels;  ///< none: one level and one site, both named "all"
  std::map<std::string, std::map<std::string, SiteSpec>> sites;  ///< level, then name
  std::map<std::string, ClassSpec> classes;                      ///< none: one class "all"
  std::map<std::string, CalendarSpec> calendars;                 ///< "always" is built in
  std::string crossing_calendar;  ///< of "next working day" between sites
  std::map<std::string, ParameterSpec> parameters;
  std::map<std::string, EventSpec> events;
  std::map<std::string, LeverSpec> levers;
  std::vector<LeverChange> lever_changes;  ///< of the levers in use, by resolve_levers
  std::map<std::string, PoolSpec> pools;
  std::map<std::string, RecruitmentSpec> recruitment;
  std::map<std::string, UpkeepSpec> upkeep;
  std::map<std::string, StageSpec> stages;
  std::map<std::string, WithdrawalPhase> withdrawal;
  Quantity frailty_cv;  ///< coefficient of variation of the victims' own hazard ratio, 0 by default
  std::map<std::string, KpiSpec> kpis;
  std::map<std::string, PrecisionSpec> precision;
  std::map<std::string, TableSpec> tables;
  std::optional<PublishedSpec> published;
  std::vector<std::string> files;  ///< read, in order of reading
};

/// Where a case can go from a stage: its routes, and from a fork the starts of its branches.
std::vector<const RouteSpec*> ways_out(const StageSpec& stage);

/// Every mark that a stage sets, an outcome has as its code or a time limit sets, by name.
std::set<std::string> marks_of(const Scenario& scenario);

/// Every flag that some stage sets, by name.
std::set<std::string> flags_of(const Scenario& scenario);

}  // namespace rassoflow
