// Where the files of one scenario come from: a disk folder or memory, behind one interface, and
// the rule of which paths a scenario may name.
//
//   MemoryFiles files{{{"base.toml", "format = 1"}, {"data/fte.csv", "from,value\n,3\n"}}};
//
// Names are relative to the folder of the outermost file and normalised; they lead at most one
// folder up (the parent folder) and never through a link.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rassoflow {

/// Why a file cannot be read, in words.
struct FileFault {
  std::string message;
};

class FileProvider {
 public:
  FileProvider() = default;
  FileProvider(const FileProvider&) = delete;
  FileProvider& operator=(const FileProvider&) = delete;
  virtual ~FileProvider() = default;
  /// `name` as normalised_name gives it.
  virtual std::variant<std::string, FileFault> read(const std::string& name) const = 0;
};

class MemoryFiles : public FileProvider {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> texts = {}) : texts_(std::move(texts)) {}
  std::variant<std::string, FileFault> read(const std::string& name) const override;

 private:
  std::map<std::string, std::string> texts_;
};

class DiskFiles : public FileProvider {
 public:
  /// `folder` is that of the outermost file; it may itself be reached through links.
  explicit DiskFiles(const std::filesystem::path& folder);
  std::variant<std::string, FileFault> read(const std::string& name) const override;

 private:
  std::filesystem::path folder_;
};

/// `path` as written in the file `from` (a normalised name), made relative to the outermost
/// file's folder; a FileFault if it is absolute or leads outside.
std::variant<std::string, FileFault> normalised_name(std::string_view path,
                                                     const std::string& from);

/// The whole file, at most one byte more than a scenario's file may have.
std::variant<std::string, FileFault> read_regular_file(const std::filesystem::path& path);

}  // namespace rassoflow
