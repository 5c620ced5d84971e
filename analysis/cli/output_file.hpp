// Files appear whole or not at all: a temporary file beside the target, then a rename.
#pragma once

#include <filesystem>
#include <string>

namespace rassoflow {

/// Throws WorldError.
void write_file(const std::filesystem::path& file, const std::string& text);
void make_folder(const std::filesystem::path& folder);
/// To stdout; throws WorldError if it does not take everything.
void write_stdout(const std::string& text);

}  // namespace rassoflow
