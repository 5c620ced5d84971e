// Arrival rates as step functions of time, and the canonical bytes of a pathway.
#include <chrono>
#include <cmath>
#include <cstring>
#include <set>

#include "sim/core/hash.hpp"
#include "sim/model/compile_detail.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow::compile_detail {
namespace {

/// First day of the calendar period that holds the date, and of the next one.
std::pair<Date, Date> period_around(Date date, RatePeriod per) {
  const Month month = month_of(date);
  switch (per) {
    case RatePeriod::day:
      return {date, date + std::chrono::days{1}};
    case RatePeriod::month:
      return {month.first_day(), Month{month.index + 1}.first_day()};
    case RatePeriod::quarter: {
      const int first = month.index - month.index % 3;
      return {Month{first}.first_day(), Month{first + 3}.first_day()};
    }
    case RatePeriod::year: {
      const int first = month.index - month.index % 12;
      return {Month{first}.first_day(), Month{first + 12}.first_day()};
    }
  }
  return {date, date};
}

/// Dates within the run at which the rate of this stage may change.
std::set<Date> steps_of(const Scenario& scenario, const StageSpec& stage,
                        const std::vector<Quantity>& quantities) {
  std::set<Date> dates{scenario.run.origin};
  const auto note = [&](Date date) {
    if (date > scenario.run.origin && date < scenario.run.to) dates.insert(date);
  };
  for (const Quantity& quantity : quantities) {
    for (const Date date : change_dates(scenario, quantity)) note(date);
  }
  if (stage.per != RatePeriod::day) {
    for (Date date = scenario.run.origin; date < scenario.run.to;) {
      date = period_around(date, stage.per).second;
      note(date);
    }
  }
  return dates;
}

/// Appends plain values as bytes, strings with their length.
class Bytes {
 public:
  template <class T>
  void add(const T& value) {
    static_assert(std::is_arithmetic_v<T>);
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    text_.append(raw, sizeof(T));
  }
  void add(const std::string& text) {
    add(text.size());
    text_ += text;
  }
  template <class T>
  void add_all(const std::vector<T>& values) {
    add(values.size());
    for (const T& value : values) add(value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_diaries(const Pathway& pathway, Bytes& bytes) {
  for (const Batch& batch : pathway.batches) {
    bytes.add(batch.stage.value);
    bytes.add(batch.pattern.value);
    bytes.add(batch.every);
    bytes.add(batch.by_urgency);
  }
  for (const Listing& listing : pathway.listings) {
    bytes.add(listing.stage.value);
    for (std::int64_t day = 0; day <= listing.days.days(); ++day) {
      bytes.add(listing.days.worked(day * seconds_per_day));
    }
    bytes.add(listing.first_round);
    bytes.add_all(listing.first);
    bytes.add(listing.custody_flag);
    bytes.add(listing.custody_mark.value);
  }
  for (const Diary& diary : pathway.diaries) {
    for (const CustodyLimit& limit : diary.limits) {
      bytes.add(limit.from);
      bytes.add(limit.limit);
    }
  }
  for (const RoomsNews& news : pathway.news) {
    bytes.add(news.announced);
    for (std::uint32_t s = news.first_stretch; s < news.end_stretch; ++s) {
      const RoomsStretch& stretch = pathway.rooms[s];
      bytes.add(stretch.diary);
      bytes.add(stretch.first_day);
      bytes.add(stretch.end_day);
      bytes.add(stretch.a_day);
    }
  }
}

}  // namespace

void compile_arrivals(const Scenario& scenario, const Names& names, Pathway& pathway) {
  std::map<LevelId, int> reports_at_level;
  for (const auto& [name, spec] : scenario.stages) {
    if (spec.kind == StageKind::report) ++reports_at_level[level_of(names, spec.level)];
  }
  for (const auto& [name, spec] : scenario.stages) {
    if (spec.kind != StageKind::report) continue;
    const LevelId level = level_of(names, spec.level);
    const StageId stage{static_cast<std::uint16_t>(position_of(names.stages, name))};
    const Level& of = pathway.levels[level.value];
    for (std::uint16_t i = 0; i < of.site_count; ++i) {
      const SiteId site{static_cast<std::uint16_t>(of.first_site.value + i)};
      const std::string site_name = pathway.sites[site.value].qualified;
      for (std::size_t c = 0; c < pathway.classes.size(); ++c) {
        ArrivalStream stream;
        stream.stage = stage;
        stream.site = site;
        stream.case_class = ClassId{static_cast<std::uint8_t>(c)};
        stream.key = combine(hash_name(site_name), hash_name(pathway.classes[c].name));
        // The name of the report stage joins the identity only where a site has several.
        if (reports_at_level[level] > 1) stream.key = combine(stream.key, hash_name(name));
        const std::vector<Quantity> quantities{*spec.arrivals,
                                               scenario.classes.at(pathway.classes[c].name).share};
        double highest = 0;
        for (const Date date : steps_of(scenario, spec, quantities)) {
          const auto [first, next] = period_around(date, spec.per);
          double rate = 1.0 / static_cast<double>((next - first).count());
          for (const Quantity& quantity : quantities) {
            rate *= value_of(scenario, quantity, site_name, date).value_or(0);
          }
          rate /= static_cast<double>(seconds_per_day);
          stream.start.push_back(pathway.axis.at(date));
          stream.per_second.push_back(rate);
          highest = std::max(highest, rate);
        }
        stream.layer_count =
            static_cast<std::uint32_t>(std::ceil(highest / pathway.layer_rate_per_second));
        pathway.streams.push_back(std::move(stream));
      }
    }
  }
}

std::string canonical_bytes(const Pathway& pathway) {
  Bytes bytes;
  bytes.add(format_date(pathway.axis.origin()));
  bytes.add(pathway.from);
  bytes.add(pathway.to);
  bytes.add(pathway.layer_rate_per_second);
  for (const Level& level : pathway.levels) {
    bytes.add(level.name);
    bytes.add(level.owns_clock);
  }
  for (std::size_t s = 0; s < pathway.sites.size(); ++s) {
    bytes.add(pathway.sites[s].qualified);
    for (const auto& links : pathway.links[s]) {
      for (const LinkedSite& link : links) {
        bytes.add(link.site.value);
        bytes.add(link.cumulative_share);
      }
    }
  }
  for (const CaseClass& case_class : pathway.classes) {
    bytes.add(case_class.name);
    bytes.add(case_class.priority);
  }
  for (const WorkingPattern& pattern : pathway.patterns) {
    for (std::int64_t day = 0; day <= pathway.to / seconds_per_day; ++day) {
      bytes.add(pattern.worked(day * seconds_per_day));
    }
    // The hours, which all working days share, as minutes of the first of them.
    const Seconds first = pattern.is_working_day(0) ? 0 : pattern.next_working_day(0);
    for (Seconds minute = 0; first != never && minute < seconds_per_day; minute += 60) {
      bytes.add(pattern.worked(first + minute));
    }
  }
  bytes.add(pathway.crossing_pattern.value);
  for (const Pool& pool : pathway.pools) {
    bytes.add(pool.name);
    bytes.add(pool.level.value);
    bytes.add(pool.pattern.value);
    bytes.add(pool.is_limited);
    bytes.add(pool.has_other_work);
    bytes.add(static_cast<std::uint8_t>(pool.sharing));
    bytes.add(pool.has_pace);
    bytes.add_all(pool.lane_priority);
    bytes.add(pool.owners);
    bytes.add(static_cast<std::uint8_t>(pool.on_end));
    bytes.add_all(pool.hold_lane_priority);
  }
  for (const Stage& stage : pathway.stages) {
    bytes.add(stage.name);
    bytes.add(stage.title);
    bytes.add(static_cast<std::uint8_t>(stage.kind));
    bytes.add(stage.level.value);
    bytes.add(stage.phase.value);
    bytes.add(stage.pool.value);
    bytes.add(stage.pattern.value);
    bytes.add(stage.priority);
    bytes.add(static_cast<std::uint8_t>(stage.mode));
    bytes.add(stage.background);
    bytes.add(stage.visit_buckets);
    bytes.add(stage.sets);
    bytes.add(stage.clears);
    bytes.add(stage.date_change);
    bytes.add(stage.strength != no_offset);
    bytes.add(stage.reading_error != no_offset);
    bytes.add(stage.branch_count);
    bytes.add(stage.join.value);
    bytes.add(stage.needs);
    for (const std::uint8_t bit : stage.flag_bits) bytes.add(bit);
    bytes.add(stage.code);
    for (std::uint32_t m = 0; m < stage.mark_count; ++m) {
      bytes.add(pathway.marks[pathway.stage_marks[stage.first_mark + m].value]);
    }
  }
  for (const Upkeep& upkeep : pathway.upkeeps) {
    bytes.add(upkeep.name);
    bytes.add(upkeep.pool.value);
  }
  for (std::size_t m = 0; m < pathway.marks.size(); ++m) {
    for (const UpkeepMark& mark : pathway.upkeep_marks[m]) {
      bytes.add(pathway.marks[m]);
      bytes.add(mark.upkeep.value);
      bytes.add(mark.begins);
    }
  }
  for (const RouteTable& table : pathway.route_tables) {
    bytes.add(table.count);
    bytes.add(static_cast<std::uint8_t>(table.choice));
  }
  for (const std::string& flag : pathway.flags) bytes.add(flag);
  for (const Branch& branch : pathway.branches) {
    bytes.add(branch.to.value);
    bytes.add(branch.is_certain);
    bytes.add(branch.classes);
    bytes.add(branch.visits.first);
    bytes.add(branch.visits.last);
    bytes.add(branch.flags);
    bytes.add(branch.unless);
  }
  for (const Route& route : pathway.routes) bytes.add(route.to.value);
  for (const Phase& phase : pathway.phases) {
    bytes.add(phase.name);
    bytes.add(static_cast<std::uint8_t>(phase.clock));
    bytes.add(static_cast<std::uint8_t>(phase.counts_while));
    bytes.add(phase.to.value);
    bytes.add_all(phase.band_start);
    bytes.add(phase.held);
  }
  add_diaries(pathway, bytes);
  for (const ArrivalStream& stream : pathway.streams) {
    bytes.add(stream.key);
    bytes.add_all(stream.start);
    bytes.add_all(stream.per_second);
  }
  for (const Settings& settings : pathway.settings) {
    bytes.add(settings.start);
    for (const LawCoefficients& law : settings.laws) {
      bytes.add(static_cast<std::uint8_t>(law.family));
      bytes.add(law.a);
      bytes.add(law.b);
    }
    bytes.add_all(settings.due_seconds);
    bytes.add_all(settings.route_numbers);
    bytes.add_all(settings.branch_probability);
    bytes.add_all(settings.strengths);
    bytes.add_all(settings.class_strength);
    bytes.add_all(settings.frailty_sigma);
    bytes.add_all(settings.date_change_ratio);
    bytes.add_all(settings.held_ratio);
    bytes.add_all(settings.hazard);
    bytes.add_all(settings.batch_places);
    for (const DiarySettings& diary : settings.diaries) {
      for (const double chance : diary.chances) bytes.add(chance);
      bytes.add(diary.notice_days);
      bytes.add(diary.overbook);
      bytes.add(diary.extension);
      bytes.add(diary.bail);
    }
    for (const PoolSettings& pool : settings.pools) {
      bytes.add(pool.positions);
      bytes.add(pool.absence);
      bytes.add(pool.productivity);
      bytes.add(pool.other_work);
      bytes.add(pool.ring_fence);
      bytes.add(pool.pace_capacity);
      bytes.add(pool.pace_exponent);
      bytes.add(pool.hand_over);
      bytes.add(pool.caseload);
      bytes.add(pool.slice);
    }
    bytes.add_all(settings.upkeep);
  }
  for (const DurationKpi& duration : pathway.durations) {
    bytes.add(duration.from.value);
    bytes.add(duration.to.value);
    bytes.add(duration.part);
  }
  for (const auto& parts : pathway.parts_of_stage) bytes.add_all(parts);
  for (const StockAge& stock : pathway.stock_ages) {
    bytes.add(stock.kpi);
    bytes.add(stock.days);
    bytes.add(stock.since.value);
  }
  for (const auto& stocks : pathway.stocks_of_stage) bytes.add_all(stocks);
  return bytes.take();
}

}  // namespace rassoflow::compile_detail
