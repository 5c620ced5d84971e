#include "analysis/store/shard_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "analysis/store/frames.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_waiting = 256;
constexpr double long_unit_seconds = 1;
constexpr std::chrono::seconds between_flushes{2};

}  // namespace

ShardWriter::ShardWriter(const std::filesystem::path& file, const Study& study) : file_(file) {
  try {
    lock();
    open(study);
  } catch (...) {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (lock_ >= 0) ::close(lock_);
    throw;
  }
  thread_ = std::thread([this] { write_all(); });
}

ShardWriter::~ShardWriter() {
  // Whoever wants to know what has gone wrong calls close().
  stop();
  ::close(descriptor_);
  ::close(lock_);
}

void ShardWriter::fail(const char* what) const {
  const int cause = errno;
  throw WorldError{
      fmt::format("{} cannot be {}: {}", in_ticks(file_.string()), what, std::strerror(cause))};
}

void ShardWriter::lock() {
  const std::string name = file_.string() + ".lock";
  lock_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) fail("locked");
  if (flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  if (errno != EWOULDBLOCK) fail("locked");
  throw WorldError{
      fmt::format("{} is being written by another process; wait for it, or give each process a "
                  "--shard of its own",
                  in_ticks(file_.string()))};
}

void ShardWriter::open(const Study& study) {
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail("opened");
  bool has_study = false;
  const FramesRead read = read_frames(
      file_, [&](const Frame& frame) { has_study = has_study || frame.kind == FrameKind::study; });
  if (!read.is_shard && read.torn >= shard_magic.size()) {
    throw WorldError{in_ticks(file_.string()) + " is no shard of a sweep; it is left as it is"};
  }
  end_ = read.is_shard ? read.end : 0;
  cut_ = read.torn;
  if (ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) fail("cut to its last whole frame");
  if (end_ == 0) write_frame(std::string(shard_magic));
  if (!has_study) write_frame(encode_frame(FrameKind::study, "", encode_study(study)));
  make_safe();
}

void ShardWriter::put(const Unit& unit) {
  Waiting waiting{encode_frame(FrameKind::unit, unit.key, encode_unit(unit)),
                  unit.seconds > long_unit_seconds};
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return waiting_.size() < most_waiting || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  waiting_.push_back(std::move(waiting));
  changed_.notify_all();
}

void ShardWriter::stop() {
  {
    const std::lock_guard lock{mutex_};
    is_closing_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ShardWriter::close() {
  stop();
  if (failure_) std::rethrow_exception(failure_);
}

void ShardWriter::write_all() {
  using Clock = std::chrono::steady_clock;
  auto safe = Clock::now();
  bool is_safe = true;
  std::unique_lock lock{mutex_};
  try {
    while (true) {
      const auto has_news = [this] { return !waiting_.empty() || is_closing_; };
      if (is_safe)
        changed_.wait(lock, has_news);
      else
        changed_.wait_until(lock, safe + between_flushes, has_news);
      std::deque<Waiting> frames;
      frames.swap(waiting_);
      const bool is_last = is_closing_;
      changed_.notify_all();
      lock.unlock();
      bool is_due = is_last;
      for (const Waiting& one : frames) {
        write_frame(one.frame);
        is_safe = false;
        is_due = is_due || one.is_long;
      }
      if (!is_safe && (is_due || Clock::now() >= safe + between_flushes)) {
        make_safe();
        is_safe = true;
        safe = Clock::now();
      }
      lock.lock();
      if (is_last && waiting_.empty()) return;
    }
  } catch (...) {
    if (!lock.owns_lock()) lock.lock();
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

void ShardWriter::write_frame(const std::string& frame) {
  std::size_t done = 0;
  while (done < frame.size()) {
    const ssize_t wrote = pwrite(descriptor_, frame.data() + done, frame.size() - done,
                                 static_cast<off_t>(end_ + done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      if (wrote == 0) errno = ENOSPC;
      const int cause = errno;
      // What is stored stays whole; where even this fails, the next start cuts the torn frame.
      [[maybe_unused]] const int ignored = ftruncate(descriptor_, static_cast<off_t>(end_));
      errno = cause;
      fail("written");
    }
    done += static_cast<std::size_t>(wrote);
  }
  end_ += frame.size();
}

void ShardWriter::make_safe() {
  if (fdatasync(descriptor_) != 0) fail("made safe on disk");
}

}  // namespace rassoflow
