// The state of a trial as bytes: a header that says of which pathway, the plain
// arrays with their lengths, a checksum. Events are not in it: they follow from
// the state. Sizes are bounded by the bytes there are before anything is allocated.
#include <algorithm>
#include <boost/crc.hpp>
#include <cstring>
#include <type_traits>

#include "sim/model/holds.hpp"
#include "sim/model/trial.hpp"

namespace rassoflow {
namespace {

constexpr std::string_view magic = "rassoflow.state/1\n";

class Writer {
 public:
  template <class T>
  void one(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  template <class T>
  void all(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    one(static_cast<std::uint64_t>(values.size()));
    if (!values.empty()) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
  }
  template <class T>
  void all(const std::deque<T>& values) {
    one(static_cast<std::uint64_t>(values.size()));
    for (const T& value : values) one(value);
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void one(T& value) {
    take(reinterpret_cast<char*>(&value), sizeof(T));
  }
  template <class T>
  void all(std::vector<T>& values) {
    std::uint64_t count = 0;
    one(count);
    if (count > bytes_.size() / sizeof(T)) throw WorldError{"the saved state is cut short"};
    values.resize(count);
    take(reinterpret_cast<char*>(values.data()), count * sizeof(T));
  }
  template <class T>
  void all(std::deque<T>& values) {
    std::uint64_t count = 0;
    one(count);
    if (count > bytes_.size() / sizeof(T)) throw WorldError{"the saved state is cut short"};
    values.resize(count);
    for (T& value : values) one(value);
  }
  bool is_at_end() const { return bytes_.empty(); }

 private:
  void take(char* to, std::size_t size) {
    if (size > bytes_.size()) throw WorldError{"the saved state is cut short"};
    if (size > 0) std::memcpy(to, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  std::string_view bytes_;
};

template <class Archive, class State, class Counts>
void visit_state(Archive& archive, State& state, Counts& monitor) {
  archive.one(state.seed);
  archive.one(state.replication);
  archive.one(state.now);
  archive.one(state.settings);
  archive.one(state.month);
  archive.one(state.events);
  archive.one(state.cases_reported);
  archive.one(state.cases_ended);
  archive.all(state.strands);
  archive.all(state.files);
  archive.all(state.visits);
  archive.all(state.marks);
  archive.all(state.spent);
  archive.all(state.free_slots);
  archive.all(state.layers);
  archive.all(state.lanes);
  archive.all(state.pools);
  archive.all(state.positions);
  archive.all(state.other_work);
  archive.all(state.upkeep);
  archive.all(state.stage_counts);
  archive.all(state.open_cases);
  archive.all(state.posted_cases);
  archive.all(state.notices);
  archive.all(state.owned_visits);
  archive.all(state.tickets);
  archive.all(state.holds);
  archive.all(state.free_holds);
  archive.all(state.hold_lanes);
  archive.all(state.hold_returns);
  archive.all(state.batches);
  archive.all(state.diaries);
  archive.all(state.diary_days);
  archive.all(state.dates);
  archive.all(state.free_dates);
  archive.all(monitor.stages);
  archive.all(monitor.pools);
  archive.all(monitor.marks);
  archive.all(monitor.sites);
  archive.all(monitor.stock_ages);
  archive.all(monitor.causes);
  archive.all(monitor.batches);
  archive.all(monitor.diaries);
  archive.all(monitor.samples);
  archive.all(monitor.open_ages);
}

/// A checksum guards against damage, not against intent: no id may lead outside its array.
bool ids_are_in_range(const Pathway& pathway, const TrialState& state, const Monitor& monitor) {
  const std::size_t slots = state.strands.size();
  const auto is_slot = [&](std::uint32_t slot) { return slot == no_slot || slot < slots; };
  const auto is_stage = [&](StageId id) { return id.value < pathway.stages.size(); };
  const auto is_site = [&](SiteId id) { return id.value < pathway.sites.size(); };
  const auto is_month = [&](std::size_t month) { return month < pathway.months(); };
  const auto date_fits = [&](const Strand& strand, const CaseFile& file, const Stage& stage) {
    if (strand.state < StrandState::unlisted) return false;
    const CaseFile& of_case =
        strand.role == StrandRole::branch ? state.files[file.home_slot] : file;
    if (of_case.trial_date >= state.dates.size()) return false;
    const TrialDate& date = state.dates[of_case.trial_date];
    return strand.state == StrandState::unlisted ||
           (date.first_day >= 0 && date.days.last() >= 0 &&
            date.first_day + date.days.last() < pathway.listings[stage.listing].day_count);
  };
  const auto strand_fits = [&](const Strand& strand, const CaseFile& file) {
    if (strand.state > StrandState::sitting || strand.role > StrandRole::branch) return false;
    if (!is_slot(strand.next) || !is_slot(strand.previous)) return false;
    if (strand.state == StrandState::free) return true;
    if (!is_site(strand.site) || strand.case_class.value >= pathway.classes.size()) return false;
    if (strand.phase.exists() && strand.phase.value >= pathway.phases.size()) return false;
    if (strand.reported_at < 0 || strand.entered_at < strand.reported_at ||
        strand.entered_at > state.now || !is_month(file.report_month)) {
      return false;
    }
    for (const SiteId site : file.sites) {
      if (site.exists() && !is_site(site)) return false;
    }
    if (strand.role != StrandRole::trunk && file.home_slot >= slots) return false;
    if (!is_slot(file.first_branch) || !is_slot(file.next_branch) ||
        !is_slot(file.previous_branch)) {
      return false;
    }
    if (strand.state == StrandState::posted) {
      return is_stage(file.bound_for) && file.crossing <= Crossing::hand_over;
    }
    if (!is_stage(strand.stage)) return false;
    const Stage& stage = pathway.stages[strand.stage.value];
    if (strand.state == StrandState::away) return true;
    if (strand.state == StrandState::forked) return stage.kind == StageKind::fork;
    if (stage.level != pathway.sites[strand.site.value].level) return false;
    if (strand.state == StrandState::delayed) return stage.kind == StageKind::wait;
    if (strand.state == StrandState::waiting && stage.kind == StageKind::hold) return true;
    if (strand.state == StrandState::gathered) return stage.kind == StageKind::batch;
    if (stage.kind == StageKind::listing) return date_fits(strand, file, stage);
    if (stage.kind != StageKind::work) return false;
    const std::uint32_t instance =
        pathway.pools[stage.pool.value].first_instance + pathway.sites[strand.site.value].local;
    const bool is_anybody = strand.state == StrandState::working && file.position == no_slot;
    return strand.state == StrandState::waiting || is_anybody ||
           file.position < pathway.instances[instance].position_limit;
  };
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (!strand_fits(state.strands[slot], state.files[slot])) return false;
  }
  for (const std::uint32_t slot : state.free_slots) {
    if (slot >= slots || state.strands[slot].state != StrandState::free) return false;
  }
  const auto is_lane = [&](const Lane& lane) { return is_slot(lane.first) && is_slot(lane.last); };
  if (!std::ranges::all_of(state.lanes, is_lane)) return false;
  if (!std::ranges::all_of(state.batches, is_lane)) return false;
  for (const DiaryState& diary : state.diaries) {
    if (!is_lane(diary.unlisted) || !is_lane(diary.fixtures) || !is_lane(diary.floaters) ||
        !is_lane(diary.sitting)) {
      return false;
    }
  }
  for (const std::uint32_t date : state.free_dates) {
    if (date >= state.dates.size()) return false;
  }
  for (const Position& position : state.positions) {
    if (!is_slot(position.task) || position.serves > Serves::other_work ||
        !is_slot(position.tasks.first) || !is_slot(position.tasks.last)) {
      return false;
    }
  }
  for (const OtherWorkState& day : state.other_work) {
    if (day.backlog < 0 || day.upkeep_backlog < 0 || day.settled_at > state.now) return false;
    if (day.released == 0 && day.through_at < state.now) return false;
  }
  for (const PoolState& pool : state.pools) {
    if (pool.productivity < 1) return false;
  }
  for (const ArrivalLayer& layer : state.layers) {
    if (layer.stream >= pathway.streams.size() ||
        (layer.when != never && (layer.when < state.now || layer.when >= pathway.to))) {
      return false;
    }
  }
  for (const WithdrawalNotice& notice : state.notices) {
    if (notice.is_pending != 0 && (!is_site(notice.site) || notice.when < state.now)) return false;
  }
  for (const DurationSample& sample : monitor.samples) {
    if (sample.duration >= pathway.durations.size() || !is_month(sample.month) ||
        !is_month(sample.report_month) || sample.case_class.value >= pathway.classes.size()) {
      return false;
    }
    for (const SiteId site : sample.sites) {
      if (site.exists() && !is_site(site)) return false;
    }
  }
  for (const OpenAge& age : monitor.open_ages) {
    if (age.stock >= pathway.stock_ages.size() || !is_month(age.month) ||
        age.case_class.value >= pathway.classes.size()) {
      return false;
    }
    for (const SiteId site : age.sites) {
      if (site.exists() && !is_site(site)) return false;
    }
  }
  const std::size_t site_cells = pathway.sites.size() * pathway.classes.size();
  return state.open_cases.size() == site_cells && state.posted_cases.size() == site_cells;
}

std::uint32_t checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

}  // namespace

std::string Trial::save() const {
  RF_EXPECT(dirty_.empty());
  Writer writer;
  writer.bytes() = std::string(magic) + pathway_.digest;
  writer.one(model_version);
  Monitor counts = monitor_;
  counts.add_later_horizons();
  visit_state(writer, state_, counts);
  writer.one(checksum(writer.bytes()));
  return std::move(writer.bytes());
}

void Trial::load(const std::string& saved) {
  const std::string expected = std::string(magic) + pathway_.digest;
  if (saved.size() < expected.size() + sizeof(std::uint32_t) ||
      saved.compare(0, magic.size(), magic) != 0) {
    throw WorldError{"these bytes are not a saved state of a trial"};
  }
  if (saved.compare(0, expected.size(), expected) != 0) {
    throw WorldError{"the saved state belongs to another scenario"};
  }
  const std::size_t end = saved.size() - sizeof(std::uint32_t);
  std::uint32_t stored = 0;
  std::memcpy(&stored, saved.data() + end, sizeof stored);
  if (stored != checksum(std::string_view(saved).substr(0, end))) {
    throw WorldError{"the saved state is damaged: its checksum does not match"};
  }
  Reader reader{std::string_view(saved).substr(expected.size(), end - expected.size())};
  int version = 0;
  reader.one(version);
  if (version != model_version) {
    throw WorldError{"the saved state was written by another version of the model"};
  }
  const Monitor fresh = monitor_;
  visit_state(reader, state_, monitor_);
  const bool fits =
      reader.is_at_end() && state_.settings < pathway_.settings.size() &&
      state_.month < pathway_.months() && state_.now <= pathway_.to &&
      state_.files.size() == state_.strands.size() &&
      state_.visits.size() == state_.strands.size() * pathway_.visit_counters &&
      state_.marks.size() == state_.strands.size() * pathway_.mark_words &&
      state_.spent.size() == state_.strands.size() * pathway_.parts.size() &&
      state_.lanes.size() == pathway_.lanes && state_.pools.size() == pathway_.instances.size() &&
      state_.positions.size() == pathway_.positions &&
      state_.other_work.size() == pathway_.instances.size() &&
      state_.upkeep.size() == pathway_.upkeep_counts &&
      state_.stage_counts.size() == pathway_.stage_cells &&
      monitor_.stages.size() == fresh.stages.size() &&
      monitor_.pools.size() == fresh.pools.size() && monitor_.marks.size() == fresh.marks.size() &&
      monitor_.sites.size() == fresh.sites.size() &&
      monitor_.stock_ages.size() == fresh.stock_ages.size() &&
      monitor_.causes.size() == fresh.causes.size() &&
      state_.batches.size() == pathway_.batch_instances &&
      state_.diaries.size() == pathway_.diaries.size() &&
      state_.diary_days.size() == pathway_.diary_days &&
      monitor_.batches.size() == fresh.batches.size() &&
      monitor_.diaries.size() == fresh.diaries.size();
  if (!fits || !ids_are_in_range(pathway_, state_, monitor_) || !Holds{*this}.fit()) {
    throw WorldError{"the saved state does not fit this scenario"};
  }
  monitor_.take_off_later_horizons();
}

}  // namespace rassoflow
