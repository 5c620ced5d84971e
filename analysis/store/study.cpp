#include "analysis/store/study.hpp"

#include <utility>

#include "analysis/store/bytes.hpp"

namespace rassoflow {
namespace {

/// A claim of so many things of at least so many bytes each, held against the bytes there are
/// before anything is allocated.
bool can_hold(const ByteReader& reader, std::uint64_t count, std::size_t least_bytes) {
  return count <= reader.left() / least_bytes;
}

bool read_text(ByteReader& reader, std::string& out) {
  auto text = reader.text();
  if (!text) return false;
  out = std::move(*text);
  return true;
}

template <class T>
bool read_into(std::optional<T> value, T& out) {
  if (!value) return false;
  out = *value;
  return true;
}

bool read_factor(ByteReader& reader, StudyFactor& factor) {
  std::uint64_t values = 0;
  if (!read_text(reader, factor.name) || !read_text(reader, factor.kind) ||
      !read_text(reader, factor.what) || !read_into(reader.u64(), values) ||
      !can_hold(reader, values, sizeof(std::uint32_t))) {
    return false;
  }
  factor.values.resize(values);
  for (std::string& value : factor.values) {
    if (!read_text(reader, value)) return false;
  }
  return true;
}

}  // namespace

std::string encode_study(const Study& study) {
  ByteWriter writer;
  writer.u32(study.model_version);
  for (const std::string* text : {&study.title, &study.file, &study.digest}) writer.text(*text);
  writer.u64(study.seed);
  writer.u32(study.replications);
  writer.u64(study.points);
  writer.u32(static_cast<std::uint32_t>(study.factors.size()));
  for (const StudyFactor& factor : study.factors) {
    for (const std::string* text : {&factor.name, &factor.kind, &factor.what}) writer.text(*text);
    writer.u64(factor.values.size());
    for (const std::string& value : factor.values) writer.text(value);
  }
  writer.u32(static_cast<std::uint32_t>(study.rows.size()));
  for (const RowKey& key : study.rows) {
    for (const RowField& field : row_fields) writer.text(key.*field.value);
  }
  return writer.bytes();
}

std::optional<Study> decode_study(std::string_view bytes) {
  ByteReader reader{bytes};
  Study study;
  std::uint32_t factors = 0, rows = 0;
  const bool has_head = read_into(reader.u32(), study.model_version) &&
                        read_text(reader, study.title) && read_text(reader, study.file) &&
                        read_text(reader, study.digest) && read_into(reader.u64(), study.seed) &&
                        read_into(reader.u32(), study.replications) &&
                        read_into(reader.u64(), study.points) && read_into(reader.u32(), factors);
  if (!has_head || !can_hold(reader, factors, 3 * sizeof(std::uint32_t) + sizeof(std::uint64_t))) {
    return std::nullopt;
  }
  study.factors.resize(factors);
  for (StudyFactor& factor : study.factors) {
    if (!read_factor(reader, factor) || factor.values.size() != study.points) return std::nullopt;
  }
  if (!read_into(reader.u32(), rows) ||
      !can_hold(reader, rows, row_fields.size() * sizeof(std::uint32_t))) {
    return std::nullopt;
  }
  study.rows.resize(rows);
  for (RowKey& key : study.rows) {
    for (const RowField& field : row_fields) {
      if (!read_text(reader, key.*field.value)) return std::nullopt;
    }
  }
  if (reader.left() != 0) return std::nullopt;
  return study;
}

std::string encode_unit(const Unit& unit) {
  ByteWriter writer;
  writer.u64(unit.point);
  writer.u32(unit.replication);
  writer.f64(unit.seconds);
  writer.u8(unit.failure ? 1 : 0);
  if (unit.failure) {
    writer.text(*unit.failure);
    return writer.bytes();
  }
  writer.u32(static_cast<std::uint32_t>(unit.values.size()));
  for (const double value : unit.values) writer.f64(value);
  return writer.bytes();
}

std::optional<Unit> decode_unit(std::string_view bytes) {
  ByteReader reader{bytes};
  Unit unit;
  std::uint8_t has_failed = 0;
  if (!read_into(reader.u64(), unit.point) || !read_into(reader.u32(), unit.replication) ||
      !read_into(reader.f64(), unit.seconds) || !read_into(reader.u8(), has_failed)) {
    return std::nullopt;
  }
  if (has_failed > 1) return std::nullopt;
  if (has_failed == 1) {
    unit.failure = reader.text();
    if (!unit.failure || reader.left() != 0) return std::nullopt;
    return unit;
  }
  std::uint32_t values = 0;
  if (!read_into(reader.u32(), values) || reader.left() != values * sizeof(double)) {
    return std::nullopt;
  }
  unit.values.resize(values);
  for (double& value : unit.values) value = reader.f64().value_or(0);
  return unit;
}

}  // namespace rassoflow
