#include "tests/architecture/source_rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

#include "tests/testkit/testkit.hpp"

namespace rassoflow {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_lines = 400;

/// What a folder may include besides itself: folders and single headers.
const std::map<std::string, std::set<std::string>> allowed_includes{
    {"sim/core", {}},
    {"sim/random", {"sim/core"}},
    {"sim/engine", {"sim/core"}},
    {"sim/scenario", {"sim/core", "sim/random"}},
    {"sim/model", {"sim/core", "sim/random", "sim/engine", "sim/scenario"}},
    {"sim/run", {"sim/core", "sim/random", "sim/engine", "sim/scenario", "sim/model"}},
    {"analysis/estimators", {"sim/core"}},
    {"analysis/kpis",
     {"analysis/estimators", "sim/core", "sim/scenario", "sim/run", "sim/model/pathway.hpp",
      "sim/model/monitor.hpp", "sim/model/compile_pathway.hpp"}},
    {"analysis/store",
     {"analysis/kpis/row_key.hpp", "analysis/kpis/csv_fields.hpp", "sim/core", "sim/scenario"}},
    {"analysis/experiments",
     {"analysis/store", "analysis/kpis", "analysis/estimators", "sim/core", "sim/scenario",
      "sim/run", "sim/model/pathway.hpp", "sim/model/monitor.hpp",
      "sim/model/compile_pathway.hpp"}},
    {"analysis/report",
     {"analysis/experiments", "analysis/kpis", "analysis/estimators", "sim/core", "sim/scenario"}},
    {"analysis/cli",
     {"analysis/report", "analysis/experiments", "analysis/store", "analysis/kpis",
      "analysis/estimators", "sim/core", "sim/scenario", "sim/run", "sim/model/pathway.hpp",
      "sim/model/compile_pathway.hpp"}},
};

/// A library, by how its headers begin, and the places where it may be seen.
struct LibraryRule {
  std::string_view prefix;
  std::vector<std::string_view> places;
};
const std::array<LibraryRule, 9> library_rules{{
    {"toml", {"sim/scenario/"}},
    {"nlohmann/", {"analysis/report/", "analysis/cli/"}},
    {"CLI/", {"analysis/cli/"}},
    {"boost/graph/", {"sim/scenario/"}},
    {"Random123/", {"sim/random/"}},
    {"tbb/", {"sim/run/"}},
    {"oneapi/", {"sim/run/"}},
    {"sqlite3", {"analysis/store/"}},
    {"xlsxwriter", {"analysis/store/"}},
}};

struct SourceFile {
  std::string name;
  std::vector<std::string> lines;
};

bool is_source(const fs::path& path) {
  return path.extension() == ".cpp" || path.extension() == ".hpp";
}

bool is_text(const fs::path& path) {
  static const std::set<std::string> extensions{".cpp", ".hpp",  ".md",    ".toml", ".csv",
                                                ".txt", ".json", ".cmake", ""};
  return extensions.contains(path.extension().string());
}

std::vector<SourceFile> files_under(const fs::path& root) {
  std::vector<SourceFile> files;
  const auto add = [&](const fs::path& path) {
    if (!fs::is_regular_file(path) || !is_text(path)) return;
    SourceFile file{path.lexically_relative(root).generic_string(), {}};
    std::istringstream text{read_text(path)};
    for (std::string line; std::getline(text, line);) file.lines.push_back(line);
    files.push_back(std::move(file));
  };
  for (const char* folder : {"sim", "analysis", "tests", "scenarios", "docs", "cmake", ".ci"}) {
    if (!fs::exists(root / folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      add(entry.path());
    }
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) add(entry.path());
  std::ranges::sort(files, {}, &SourceFile::name);
  return files;
}

std::string folder_of(const std::string& name) {
  return fs::path{name}.parent_path().generic_string();
}

bool starts_with_any(const std::string& name, const std::vector<std::string_view>& prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view p) { return name.starts_with(p); });
}

/// The header named by an `#include` line, or nothing.
std::string included_by(const std::string& line) {
  static const std::regex pattern{R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])"};
  std::smatch match;
  return std::regex_search(line, match, pattern) ? match[1].str() : std::string{};
}

/// Whether the line has the absolute path, not just a path that goes on with the same names.
bool names_path(const std::string& line, const std::string& path) {
  for (std::size_t at = line.find(path); at != std::string::npos; at = line.find(path, at + 1)) {
    if (at == 0 || std::string_view{" \t\"'`=:(,"}.find(line[at - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

class Inspection {
 public:
  explicit Inspection(const fs::path& root) : files_(files_under(root)) {
    const fs::path checkout = fs::absolute(root / "").lexically_normal().parent_path();
    machine_paths_.push_back(checkout.string());
    // A checkout in /src or /tmp says nothing: such names are meant elsewhere too.
    static const std::set<fs::path> everywhere{"/", "/tmp", "/var/tmp", "/src", "/usr", "/opt"};
    const fs::path above = checkout.parent_path();
    if (!everywhere.contains(above)) machine_paths_.push_back(above.string() + "/");
  }

  std::vector<Breach> run() {
    for (const SourceFile& file : files_) {
      const bool product = file.name.starts_with("sim/") || file.name.starts_with("analysis/");
      if (is_source(file.name)) check_form(file);
      if (product) check_includes(file);
      check_words(file);
    }
    check_single_toml_file();
    std::ranges::sort(breaches_);
    return std::move(breaches_);
  }

  std::size_t includes_seen() const { return includes_seen_; }

 private:
  void breach(const SourceFile& file, std::size_t line, std::string rule) {
    breaches_.push_back({file.name, line, std::move(rule)});
  }

  void check_form(const SourceFile& file) {
    if (file.lines.size() > most_lines) {
      breach(file, most_lines + 1, "a file has at most " + std::to_string(most_lines) + " lines");
    }
    if (!file.name.ends_with(".hpp")) return;
    if (file.lines.empty() || !file.lines.front().starts_with("// ")) {
      breach(file, 1, "a header opens with a comment that says what it is");
    }
    if (std::ranges::find(file.lines, "#pragma once") == file.lines.end()) {
      breach(file, 1, "a header has #pragma once");
    }
  }

  void check_includes(const SourceFile& file) {
    const std::string own = folder_of(file.name);
    const auto allowed = allowed_includes.find(own);
    if (is_source(file.name) && allowed == allowed_includes.end()) {
      breach(file, 1, "folder " + own + " is not in the table of includes");
      return;
    }
    const std::string may_not = own + " may not include ";
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string header = included_by(file.lines[i]);
      if (header.empty()) continue;
      ++includes_seen_;
      if (!starts_with_any(header, {"sim/", "analysis/", "tests/", ".."})) {
        check_library(file, i + 1, header);
        continue;
      }
      const std::string from = folder_of(header);
      if (from != own && !allowed->second.contains(from) && !allowed->second.contains(header)) {
        breach(file, i + 1, may_not + header);
      }
    }
  }

  void check_library(const SourceFile& file, std::size_t line, const std::string& header) {
    for (const LibraryRule& rule : library_rules) {
      if (!header.starts_with(rule.prefix)) continue;
      if (!starts_with_any(file.name, rule.places)) {
        breach(file, line, header + " is not to be seen here");
      }
      if (rule.prefix == "toml") toml_files_.insert(file.name);
      if (rule.prefix == "nlohmann/" && file.name.ends_with(".hpp")) {
        breach(file, line, header + " costs every includer a second: keep it in a .cpp");
      }
    }
  }

  void check_single_toml_file() {
    if (toml_files_.size() < 2) return;
    for (const std::string& name : toml_files_) {
      breaches_.push_back({name, 1, "TOML is seen by one file only"});
    }
  }

  void check_words(const SourceFile& file) {
    static const std::regex unfinished{R"(\b(TODO|FIXME)\b)"};
    // This folder names what nobody else may write.
    if (file.name.starts_with("tests/architecture/")) return;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (std::regex_search(line, unfinished)) {
        breach(file, i + 1, "nothing is left for later in the sources");
      }
      for (const std::string& path : machine_paths_) {
        if (names_path(line, path)) {
          breach(file, i + 1, "a path of one machine: " + path);
        }
      }
    }
  }

  std::vector<SourceFile> files_;
  std::vector<std::string> machine_paths_{"/home/", "/root/"};
  std::set<std::string> toml_files_;
  std::vector<Breach> breaches_;
  std::size_t includes_seen_ = 0;
};

}  // namespace

std::string in_words(const Breach& breach) {
  return breach.file + ":" + std::to_string(breach.line) + ": " + breach.rule;
}

std::vector<Breach> breaches_of(const std::filesystem::path& root) {
  return Inspection{root}.run();
}

std::size_t includes_seen(const std::filesystem::path& root) {
  Inspection inspection{root};
  inspection.run();
  return inspection.includes_seen();
}

}  // namespace rassoflow
