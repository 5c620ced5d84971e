#include "analysis/cli/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

bool write_all(std::FILE* file, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

}  // namespace

void write_file(const std::filesystem::path& file, const std::string& text) {
  const std::string temporary = fmt::format("{}.{}.tmp", file.string(), getpid());
  const auto fail = [&] {
    const int cause = errno;
    std::remove(temporary.c_str());
    throw WorldError{
        fmt::format("{} cannot be written: {}", in_ticks(file.string()), std::strerror(cause))};
  };
  std::FILE* stream = std::fopen(temporary.c_str(), "wb");
  if (stream == nullptr) fail();
  const bool is_written = write_all(stream, text) && fsync(fileno(stream)) == 0;
  const bool is_closed = std::fclose(stream) == 0;
  if (!is_written || !is_closed) fail();
  if (std::rename(temporary.c_str(), file.c_str()) != 0) fail();
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw WorldError{
        fmt::format("folder {} cannot be made: {}", in_ticks(folder.string()), error.message())};
  }
}

void write_stdout(const std::string& text) {
  if (!write_all(stdout, text)) {
    throw WorldError{fmt::format("the output cannot be written: {}", std::strerror(errno))};
  }
}

}  // namespace rassoflow
