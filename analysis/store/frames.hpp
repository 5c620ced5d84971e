// A shard is a file of frames, only ever added to: after eight bytes that say what the file is,
//
//   mark (4 bytes), kind (1), key (16), length (4), payload, CRC-32 of all of these (4)
//
// A process that dies leaves at most a torn last frame. What is damaged elsewhere is skipped to the
// next frame whose check holds; nothing is believed before that. The bytes may come from anybody:
// sizes are held against the bytes there are before anything is allocated.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace rassoflow {

enum class FrameKind : std::uint8_t { study = 1, unit = 2 };

inline constexpr std::string_view shard_magic{"RASSOSH1"};
inline constexpr std::size_t frame_key_bytes = 16;
inline constexpr std::uint32_t most_payload_bytes = 64U << 20U;

std::string encode_frame(FrameKind kind, std::string_view key, std::string_view payload);

struct Frame {
  FrameKind kind = FrameKind::unit;
  std::string_view key, payload;  ///< until the next frame is read
};

struct FramesRead {
  bool is_shard = false;      ///< begins as one; an empty file does not
  std::uint64_t frames = 0;   ///< whole ones
  std::uint64_t end = 0;      ///< where the last whole frame ends
  std::uint64_t damaged = 0;  ///< bytes skipped between whole frames
  std::uint64_t torn = 0;     ///< bytes after the last whole frame
};

/// Calls `visit` for every whole frame, in order. Memory: one frame. Throws WorldError if the file
/// cannot be read.
FramesRead read_frames(const std::filesystem::path& file,
                       const std::function<void(const Frame&)>& visit);
/// The same of bytes in memory.
FramesRead read_frames_of(std::string_view bytes, const std::function<void(const Frame&)>& visit);

}  // namespace rassoflow
