#include "analysis/store/frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "analysis/store/bytes.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::string_view frame_mark{"\xF5RF1"};
constexpr std::size_t head_bytes = frame_mark.size() + 1 + frame_key_bytes + sizeof(std::uint32_t);
constexpr std::size_t check_bytes = sizeof(std::uint32_t);

std::uint32_t crc_of(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Bytes of a file or of memory, in order, with a look ahead.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  /// `length` bytes from `at`, which lie inside; they stay until the next call.
  virtual std::string_view view(std::uint64_t at, std::size_t length) = 0;
};

class MemorySource : public Source {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  std::string_view view(std::uint64_t at, std::size_t length) override {
    return bytes_.substr(at, length);
  }

 private:
  std::string_view bytes_;
};

class FileSource : public Source {
 public:
  explicit FileSource(const std::filesystem::path& file)
      : name_(file.string()), stream_(std::fopen(file.c_str(), "rb")) {
    if (!stream_) fail();
    std::error_code error;
    size_ = std::filesystem::file_size(file, error);
    if (error) fail();
  }
  std::uint64_t size() const override { return size_; }
  std::string_view view(std::uint64_t at, std::size_t length) override {
    if (at < begin_ || at + length > begin_ + buffer_.size()) {
      constexpr std::uint64_t block = 1U << 16U;
      buffer_.resize(std::min(size_ - at, std::max<std::uint64_t>(length, block)));
      begin_ = at;
      if (std::fseek(stream_.get(), static_cast<long>(at), SEEK_SET) != 0) fail();
      const std::size_t got = std::fread(buffer_.data(), 1, buffer_.size(), stream_.get());
      if (got < length) fail();
      buffer_.resize(got);
    }
    return std::string_view(buffer_).substr(at - begin_, length);
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail() const {
    throw WorldError{fmt::format("{} cannot be read: {}", in_ticks(name_), std::strerror(errno))};
  }
  std::string name_;
  std::unique_ptr<std::FILE, Close> stream_;
  std::uint64_t size_ = 0;
  std::uint64_t begin_ = 0;
  std::string buffer_;
};

/// The length of the whole frame that begins at `at`, 0 if there is none.
std::uint64_t frame_at(Source& source, std::uint64_t at) {
  const std::uint64_t left = source.size() - at;
  if (left < head_bytes + check_bytes) return 0;
  const std::string_view head = source.view(at, head_bytes);
  if (!head.starts_with(frame_mark)) return 0;
  const std::uint32_t payload = u32_at(head, head_bytes - sizeof(std::uint32_t));
  const auto kind = static_cast<std::uint8_t>(head[frame_mark.size()]);
  if (kind != static_cast<std::uint8_t>(FrameKind::study) &&
      kind != static_cast<std::uint8_t>(FrameKind::unit)) {
    return 0;
  }
  if (payload > most_payload_bytes || payload > left - head_bytes - check_bytes) return 0;
  const std::size_t body = head_bytes + payload;
  const std::string_view whole = source.view(at, body + check_bytes);
  return crc_of(whole.substr(0, body)) == u32_at(whole, body) ? body + check_bytes : 0;
}

/// Where the next mark stands, the end if nowhere.
std::uint64_t next_mark(Source& source, std::uint64_t at) {
  constexpr std::uint64_t step = 1U << 15U;
  while (source.size() - at >= frame_mark.size()) {
    const auto length = static_cast<std::size_t>(std::min(source.size() - at, step));
    const std::size_t found = source.view(at, length).find(frame_mark);
    if (found != std::string_view::npos) return at + found;
    at += length - (frame_mark.size() - 1);
  }
  return source.size();
}

FramesRead read_from(Source& source, const std::function<void(const Frame&)>& visit) {
  FramesRead read;
  if (source.size() < shard_magic.size() || source.view(0, shard_magic.size()) != shard_magic) {
    read.torn = source.size();
    return read;
  }
  read.is_shard = true;
  read.end = shard_magic.size();
  for (std::uint64_t at = read.end; at < source.size();) {
    const std::uint64_t length = frame_at(source, at);
    if (length == 0) {
      at = next_mark(source, at + 1);
      continue;
    }
    read.damaged += at - read.end;
    const std::string_view whole = source.view(at, static_cast<std::size_t>(length));
    const std::size_t key = frame_mark.size() + 1;
    visit({static_cast<FrameKind>(whole[frame_mark.size()]), whole.substr(key, frame_key_bytes),
           whole.substr(head_bytes, whole.size() - head_bytes - check_bytes)});
    ++read.frames;
    at += length;
    read.end = at;
  }
  read.torn = source.size() - read.end;
  return read;
}

}  // namespace

std::string encode_frame(FrameKind kind, std::string_view key, std::string_view payload) {
  ByteWriter writer;
  writer.append(frame_mark);
  writer.u8(static_cast<std::uint8_t>(kind));
  std::string padded{key.substr(0, frame_key_bytes)};
  padded.resize(frame_key_bytes);
  writer.append(padded);
  writer.u32(static_cast<std::uint32_t>(payload.size()));
  writer.append(payload);
  writer.u32(crc_of(writer.bytes()));
  return writer.bytes();
}

FramesRead read_frames(const std::filesystem::path& file,
                       const std::function<void(const Frame&)>& visit) {
  FileSource source{file};
  return read_from(source, visit);
}

FramesRead read_frames_of(std::string_view bytes, const std::function<void(const Frame&)>& visit) {
  MemorySource source{bytes};
  return read_from(source, visit);
}

}  // namespace rassoflow
