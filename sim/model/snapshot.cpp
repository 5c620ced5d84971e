// The state of a trial as bytes: a header that says of which pathway, the plain
// arrays with their lengths, a checksum. Events are not in it: they follow from
// the state. Sizes are bounded by the bytes there are before anything is allocated.
#include <boost/crc.hpp>
#include <cstring>
#include <type_traits>

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
void visit_state(Archive& archive, State& state, Counts& monitor, auto& areas) {
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
  archive.all(state.free_slots);
  archive.all(state.layers);
  archive.all(state.lanes);
  archive.all(state.pools);
  archive.all(state.positions);
  archive.all(state.stage_levels);
  archive.all(state.open_cases);
  archive.all(state.posted_cases);
  archive.all(state.notices);
  archive.all(monitor.stages);
  archive.all(monitor.pools);
  archive.all(monitor.marks);
  archive.all(monitor.sites);
  archive.all(monitor.stock_ages);
  archive.all(monitor.samples);
  archive.all(areas);
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
  visit_state(writer, state_, monitor_, stage_areas_);
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
  const Monitor fresh = monitor_;
  visit_state(reader, state_, monitor_, stage_areas_);
  const bool fits =
      reader.is_at_end() && state_.settings < pathway_.settings.size() &&
      state_.month < pathway_.months() && state_.now <= pathway_.to &&
      state_.files.size() == state_.strands.size() &&
      state_.visits.size() == state_.strands.size() * pathway_.visit_counters &&
      state_.marks.size() == state_.strands.size() * pathway_.marks.size() &&
      state_.lanes.size() == pathway_.lanes && state_.pools.size() == pathway_.instances.size() &&
      state_.positions.size() == pathway_.positions &&
      state_.stage_levels.size() == pathway_.stage_cells &&
      monitor_.stages.size() == fresh.stages.size() &&
      monitor_.pools.size() == fresh.pools.size() && monitor_.marks.size() == fresh.marks.size() &&
      monitor_.sites.size() == fresh.sites.size() &&
      monitor_.stock_ages.size() == fresh.stock_ages.size() &&
      stage_areas_.size() == fresh.stages.size();
  if (!fits) throw WorldError{"the saved state does not fit this scenario"};
}

}  // namespace rassoflow
