// libFuzzer target: any bytes as a shard, as a study, as a unit and as a database of a sweep.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/store/export.hpp"
#include "analysis/store/frames.hpp"
#include "analysis/store/study.hpp"
#include "sim/core/diagnostic.hpp"

namespace {

/// What is read can be written, and comes back the same.
void read_as_payload(std::string_view bytes) {
  using namespace rassoflow;
  if (const auto study = decode_study(bytes)) {
    if (encode_study(*study) != bytes) std::abort();
  }
  if (const auto unit = decode_unit(bytes)) {
    if (encode_unit(*unit) != bytes) std::abort();
  }
}

void read_as_database(std::string_view bytes) {
  static const std::string file = "/tmp/rassoflow-fuzz-" + std::to_string(getpid()) + ".sqlite";
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  if (stream == nullptr) return;
  std::fwrite(bytes.data(), 1, bytes.size(), stream);
  std::fclose(stream);
  try {
    rassoflow::export_csv(file, [](std::string_view) {});
  } catch (const rassoflow::WorldError&) {
  }
  std::remove(file.c_str());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_as_payload(bytes);
  const auto read = rassoflow::read_frames_of(
      bytes, [](const rassoflow::Frame& frame) { read_as_payload(frame.payload); });
  if (read.end + read.torn != size) std::abort();
  if (bytes.starts_with("SQLite")) read_as_database(bytes);
  return 0;
}
