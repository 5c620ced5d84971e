// Batches and listings with their calendars, time limits and rooms. The rooms are compiled as they
// become known: for every announcement the stretches of days that it changes.
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "sim/model/compile_detail.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow::compile_detail {
namespace {

class DiaryCompiler {
 public:
  DiaryCompiler(const Scenario& scenario, const Names& names, Pathway& pathway)
      : scenario_(scenario),
        names_(names),
        pathway_(pathway),
        horizon_(scenario.run.to + std::chrono::days{reach_days + 1}) {}

  void add_batch(const StageSpec& spec, StageId stage) {
    Batch batch;
    batch.stage = stage;
    batch.pattern =
        PatternId{static_cast<std::uint8_t>(position_of(names_.patterns, spec.calendar))};
    batch.every = spec.batch.every;
    batch.by_urgency = spec.batch.rule == BatchSpec::Rule::urgent;
    batch.first_instance = pathway_.batch_instances;
    pathway_.batch_instances += level_of_stage(stage).site_count;
    pathway_.stages[stage.value].batch = static_cast<std::uint16_t>(pathway_.batches.size());
    pathway_.batches.push_back(batch);
  }

  void add_listing(const StageSpec& spec, StageId stage) {
    Listing listing{sitting_days(spec.calendar)};
    listing.stage = stage;
    listing.day_count =
        static_cast<std::int32_t>(listing.days.working_days_before(listing.days.days()));
    const unsigned weekday =
        std::chrono::weekday{scenario_.run.origin}.iso_encoding() - 1;  // 0: Monday
    listing.first_round = (spec.listing.lists_on + 7 - weekday) % 7 * seconds_per_day;
    listing.first_diary = static_cast<std::uint32_t>(pathway_.diaries.size());
    for (const std::string& flag : spec.listing.first) listing.first.push_back(bit_of(flag));
    if (const auto& custody = spec.listing.custody) {
      listing.custody_flag = bit_of(custody->flag);
      listing.custody_mark = mark_of(custody->mark);
      listing.bailed = mark_of(std::string(bailed_mark));
    }
    const auto id = static_cast<std::uint16_t>(pathway_.listings.size());
    pathway_.stages[stage.value].listing = id;
    pathway_.listings.push_back(std::move(listing));

    const Level& level = level_of_stage(stage);
    for (std::uint16_t i = 0; i < level.site_count; ++i) {
      Diary diary;
      diary.listing = id;
      diary.site = SiteId{static_cast<std::uint16_t>(level.first_site.value + i)};
      diary.first_day = pathway_.diary_days;
      pathway_.diary_days += static_cast<std::uint32_t>(pathway_.listings[id].day_count);
      if (spec.listing.custody) add_limits(spec.listing.custody->days, diary);
      add_rooms(spec.listing.rooms, pathway_.listings[id], diary);
      pathway_.diaries.push_back(std::move(diary));
    }
  }

  /// Every diary's stretches, put in order of their announcement.
  void finish() {
    for (const auto& [key, stretches] : known_) {
      const auto& [announced, listing] = key;
      RoomsNews news;
      news.announced = std::max<Seconds>(0, pathway_.axis.at(announced));
      news.listing = listing;
      news.first_stretch = static_cast<std::uint32_t>(pathway_.rooms.size());
      pathway_.rooms.insert(pathway_.rooms.end(), stretches.begin(), stretches.end());
      news.end_stretch = static_cast<std::uint32_t>(pathway_.rooms.size());
      pathway_.news.push_back(news);
    }
  }

 private:
  const Level& level_of_stage(StageId stage) const {
    return pathway_.levels[pathway_.stages[stage.value].level.value];
  }

  std::uint16_t bit_of(const std::string& flag) const {
    return static_cast<std::uint16_t>(1U << position_of(pathway_.flags, flag));
  }

  MarkId mark_of(const std::string& mark) const {
    return MarkId{static_cast<std::uint16_t>(position_of(pathway_.marks, mark))};
  }

  WorkingPattern sitting_days(const std::string& calendar) const {
    const auto found = scenario_.calendars.find(calendar);
    const WorkingPatternSpec spec =
        found == scenario_.calendars.end() ? WorkingPatternSpec{} : found->second.pattern;
    return WorkingPattern{spec, pathway_.axis, pathway_.axis.at(horizon_)};
  }

  void add_limits(const Quantity& days, Diary& diary) const {
    std::set<Date> dates{scenario_.run.origin};
    for (const Date date : change_dates(scenario_, days)) {
      if (date > scenario_.run.origin && date < scenario_.run.to) dates.insert(date);
    }
    const std::string& site = pathway_.sites[diary.site.value].qualified;
    for (const Date date : dates) {
      const double limit = value_of(scenario_, days, site, date).value_or(0);
      diary.limits.push_back(
          {pathway_.axis.at(date), round_to_seconds(limit * static_cast<double>(seconds_per_day))});
    }
  }

  void add_rooms(const Quantity& rooms, const Listing& listing, const Diary& diary) {
    const Date origin = scenario_.run.origin;
    std::set<Date> changes{origin};
    for (const Date date : change_dates(scenario_, rooms)) {
      if (date > origin && date < horizon_) changes.insert(date);
    }
    std::set<Date> announcements{origin};
    for (const Date date : announcement_dates(scenario_, rooms)) {
      if (date > origin && date < scenario_.run.to) announcements.insert(date);
    }
    const std::vector<Date> dates(changes.begin(), changes.end());
    const std::string& site = pathway_.sites[diary.site.value].qualified;
    const auto number = static_cast<std::uint32_t>(pathway_.diaries.size());
    std::vector<std::int32_t> first_days;
    for (const Date date : dates) {
      first_days.push_back(
          static_cast<std::int32_t>(listing.days.working_days_before((date - origin).count())));
    }
    first_days.push_back(listing.day_count);
    std::vector<std::int64_t> known(dates.size(), -1);  // millionths, by stretch
    for (const Date announced : announcements) {
      for (std::size_t i = 0; i < dates.size(); ++i) {
        const std::int64_t rate = std::llround(
            value_of(scenario_, rooms, site, dates[i], announced).value_or(0) * millionths);
        if (rate == known[i] || first_days[i] == first_days[i + 1]) continue;
        known[i] = rate;
        auto& stretches = known_[{announced, diary.listing}];
        const bool goes_on = !stretches.empty() && stretches.back().diary == number &&
                             stretches.back().end_day == first_days[i] &&
                             stretches.back().a_day == rate;
        if (goes_on) {
          stretches.back().end_day = first_days[i + 1];
        } else {
          stretches.push_back(
              {number, first_days[i], first_days[i + 1], static_cast<std::uint32_t>(rate)});
        }
      }
    }
  }

  const Scenario& scenario_;
  const Names& names_;
  Pathway& pathway_;
  Date horizon_;
  std::map<std::pair<Date, std::uint16_t>, std::vector<RoomsStretch>> known_;
};

}  // namespace

void compile_diaries(const Scenario& scenario, const Names& names, Pathway& pathway) {
  DiaryCompiler compiler{scenario, names, pathway};
  std::uint16_t id = 0;
  for (const auto& [name, spec] : scenario.stages) {
    const StageId stage{id++};
    if (spec.kind == StageKind::batch) compiler.add_batch(spec, stage);
    if (spec.kind == StageKind::listing) compiler.add_listing(spec, stage);
  }
  compiler.finish();
}

}  // namespace rassoflow::compile_detail
