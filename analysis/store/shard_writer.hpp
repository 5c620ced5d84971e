// The one writer of a shard: takes units from many threads through a bounded queue, adds them to
// the file and makes them safe on disk every two seconds, and at once after a unit that took over a
// second. A file that a process left torn is cut to its last whole frame first.
//
//   ShardWriter writer{folder / shard_name(shard), study};   // throws WorldError if another has it
//   writer.put(unit);
//   writer.close();                                          // throws WorldError if the disk
//   failed
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "analysis/store/study.hpp"

namespace rassoflow {

class ShardWriter {
 public:
  ShardWriter(const std::filesystem::path& file, const Study& study);
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  /// Waits while the queue is full. Throws what has stopped the writing.
  void put(const Unit& unit);
  /// Writes what waits and makes it safe; throws what has stopped the writing.
  void close();

  /// Bytes of a torn frame that were cut off.
  std::uint64_t cut() const { return cut_; }

 private:
  struct Waiting {
    std::string frame;
    bool is_long = false;  ///< the unit took over a second
  };
  void stop();
  void lock();
  void open(const Study& study);
  void write_all();
  void write_frame(const std::string& frame);
  void make_safe();
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path file_;
  int lock_ = -1;
  int descriptor_ = -1;
  std::uint64_t end_ = 0;  ///< of the last whole frame
  std::uint64_t cut_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool is_closing_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace rassoflow
