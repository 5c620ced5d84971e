#include "sim/scenario/scenario_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "sim/scenario/raw_text.hpp"

namespace rassoflow {

namespace fs = std::filesystem;

std::variant<std::string, FileFault> MemoryFiles::read(const std::string& name) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) return FileFault{"there is no such file"};
  return found->second;
}

DiskFiles::DiskFiles(const fs::path& folder) {
  std::error_code error;
  folder_ = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
}

std::variant<std::string, FileFault> DiskFiles::read(const std::string& name) const {
  if (folder_.empty()) return FileFault{"there is no such folder"};
  // Walked part by part, so that no link on the way is ever followed.
  fs::path place = folder_;
  for (const fs::path& part : fs::path(name)) {
    if (part == "..") {
      place = place.parent_path();
      continue;
    }
    place /= part;
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(place, error))) {
      return FileFault{"the path goes through a symbolic link"};
    }
  }
  return read_regular_file(place);
}

std::variant<std::string, FileFault> normalised_name(std::string_view path,
                                                     const std::string& from) {
  if (path.empty()) return FileFault{"the path is empty"};
  if (path.size() > 1024) return FileFault{"the path is longer than 1,024 bytes"};
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\'; };
  if (std::ranges::any_of(path, is_control)) {
    return FileFault{"the path holds a backslash or a control character"};
  }
  if (fs::path(path).is_absolute()) return FileFault{"the path is absolute"};
  const fs::path name = (fs::path(from).parent_path() / path).lexically_normal();
  int ups = 0;
  for (const fs::path& part : name) ups += part == ".." ? 1 : 0;
  if (ups > 1) return FileFault{"the path leads outside the parent folder of the scenario"};
  if (!name.has_filename() || name.filename() == "." || name.filename() == "..") {
    return FileFault{"the path names a folder"};
  }
  return name.generic_string();
}

std::variant<std::string, FileFault> read_regular_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return FileFault{"there is no such file"};
  if (!fs::is_regular_file(status)) return FileFault{"this is not a regular file"};
  std::ifstream in(path, std::ios::binary);
  if (!in) return FileFault{"the file cannot be opened"};
  // In pieces, for the length of what is not on a disk is not known before.
  std::string text;
  std::array<char, 65'536> piece;
  while (in && text.size() <= largest_file_bytes) {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return FileFault{"the file cannot be read"};
  return text;
}

}  // namespace rassoflow
