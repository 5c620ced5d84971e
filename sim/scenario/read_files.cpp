#include "sim/scenario/read_files.hpp"

#include <algorithm>
#include <array>

#include "sim/scenario/display_name.hpp"
#include "sim/scenario/raw_text.hpp"

namespace rassoflow {
namespace {

namespace fs = std::filesystem;

/// How many tables lie between the document and the keys of an entry.
int entry_depth(std::string_view top_level_key) {
  if (top_level_key == "run" || top_level_key == "published") return 1;
  return top_level_key == "sites" ? 3 : 2;
}

/// Keys of an entry of which there can be only one: a file that gives one drops the other.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> either_or{
    {{"next", "routes"}, {"relative", "absolute"}, {"from", "waves"}}};

bool changes_kind(const TomlValue& base, const TomlValue& over) {
  const TomlValue* before = base.find("kind");
  const TomlValue* after = over.find("kind");
  if (before == nullptr || after == nullptr) return false;
  const auto* a = before->as<std::string>();
  const auto* b = after->as<std::string>();
  return a != nullptr && b != nullptr && *a != *b;
}

void drop(TomlValue::Table& table, std::string_view key) {
  std::erase_if(table, [&](const TomlEntry& entry) { return entry.key == key; });
}

void put(TomlValue::Table& table, const TomlEntry& entry) {
  if (TomlEntry* old = find_entry(table, entry.key)) {
    *old = entry;
    return;
  }
  const auto after = std::ranges::lower_bound(table, entry.key, {}, &TomlEntry::key);
  table.insert(after, entry);
}

/// `levels` counts the tables from here down to the values that are replaced whole.
void merge_tables(TomlValue& base, const TomlValue& over, int levels) {
  auto* below = base.as<TomlValue::Table>();
  const auto* above = over.as<TomlValue::Table>();
  if (below == nullptr || above == nullptr || changes_kind(base, over)) {
    base = over;
    return;
  }
  if (levels == 1) {
    for (const auto& [key, other] : either_or) {
      if (over.find(key) != nullptr) drop(*below, other);
      if (over.find(other) != nullptr) drop(*below, key);
    }
  }
  for (const TomlEntry& entry : *above) {
    TomlEntry* old = find_entry(*below, entry.key);
    if (old == nullptr || levels <= 1) {
      put(*below, entry);
    } else {
      merge_tables(old->value, entry.value, levels - 1);
    }
  }
}

}  // namespace

void merge_scenario(TomlValue& base, const TomlValue& over) {
  auto* below = base.as<TomlValue::Table>();
  const auto* above = over.as<TomlValue::Table>();
  if (below == nullptr || above == nullptr) return;
  for (const TomlEntry& entry : *above) {
    TomlEntry* old = find_entry(*below, entry.key);
    if (old == nullptr) {
      put(*below, entry);
    } else {
      merge_tables(old->value, entry.value, entry_depth(entry.key));
      old->key_position = entry.key_position;
    }
  }
}

FilesRead::FilesRead(const std::string& shown_as, const FileProvider& provider)
    : provider_(provider) {
  const fs::path outermost(shown_as);
  shown_folder_ = outermost.parent_path().generic_string();
  names_.push_back(outermost.filename().generic_string());
  shown_.push_back(shown_as);
}

Place FilesRead::place(const TomlPosition& position) const {
  return {shown_[position.file], position.line, position.column};
}

TomlValue FilesRead::read_outermost(std::string_view text) {
  texts_.assign(1, std::string(text));
  return parsed_and_extended(0);
}

std::uint32_t FilesRead::add(const std::string& name, std::string text) {
  names_.push_back(name);
  shown_.push_back((fs::path(shown_folder_) / name).lexically_normal().generic_string());
  texts_.push_back(std::move(text));
  return static_cast<std::uint32_t>(names_.size() - 1);
}

std::optional<std::uint32_t> FilesRead::open(const TomlPosition& where, const std::string& key,
                                             const std::string& path) {
  const auto refuse = [&](const std::string& why, std::string help) {
    faults.push_back({place(where), key, "the file " + in_ticks(path) + " is not read: " + why,
                      std::move(help)});
    return std::nullopt;
  };
  const auto name = normalised_name(path, names_[where.file]);
  if (const auto* fault = std::get_if<FileFault>(&name)) {
    return refuse(fault->message,
                  "paths are relative to the file that names them and stay in the folder of the "
                  "scenario or its parent folder");
  }
  const std::string& wanted = std::get<std::string>(name);
  const auto known = std::ranges::find(names_, wanted);
  if (known != names_.end()) return static_cast<std::uint32_t>(known - names_.begin());
  if (names_.size() >= most_files) {
    return refuse("a scenario reads at most " + std::to_string(most_files) + " files", "");
  }
  auto text = provider_.read(wanted);
  if (const auto* fault = std::get_if<FileFault>(&text)) return refuse(fault->message, "");
  return add(wanted, std::move(std::get<std::string>(text)));
}

std::optional<FilesRead::TextFile> FilesRead::read_beside(const TomlPosition& where,
                                                          const std::string& key,
                                                          const std::string& path) {
  const auto file = open(where, key, path);
  if (!file) return std::nullopt;
  return TextFile{texts_[*file], shown_[*file]};
}

TomlValue FilesRead::parsed_and_extended(std::uint32_t file) {
  TomlValue empty;
  empty.position.file = file;
  Diagnostics bytes = check_toml_bytes(texts_[file], shown_[file]);
  faults.insert(faults.end(), bytes.begin(), bytes.end());
  if (!bytes.empty()) return empty;
  TomlParse parsed = parse_toml(texts_[file], file, shown_[file]);
  faults.insert(faults.end(), parsed.faults.begin(), parsed.faults.end());

  if (parsed.faults.empty()) check_head(file, parsed.root);

  open_.push_back(file);
  TomlValue merged = merged_bases(file, parsed.root);
  open_.pop_back();
  auto* own = parsed.root.as<TomlValue::Table>();
  std::erase_if(*own, [](const TomlEntry& entry) { return entry.key == "extends"; });
  merge_scenario(merged, parsed.root);
  merged.position = parsed.root.position;
  return merged;
}

void FilesRead::check_head(std::uint32_t file, const TomlValue& root) {
  const auto fault = [&](const char* key, TomlPosition at, std::string message, std::string help) {
    at.file = file;
    faults.push_back({place(at), key, std::move(message), std::move(help)});
  };
  // A file that others extend may leave its head out; it may not claim another format.
  const bool is_outermost = file == 0;
  const TomlValue* format = root.find("format");
  if (format != nullptr) {
    const auto* version = format->as<std::int64_t>();
    if (version == nullptr || *version != 1) {
      fault("format", format->position, "this version reads format 1 only", "");
    }
  } else if (is_outermost) {
    fault("format", {}, "the key `format` is missing", "write `format = 1`");
  }
  if (is_outermost && root.find("title") == nullptr) {
    fault("title", {}, "the key `title` is missing", "it is printed on every result");
  }
}

TomlValue FilesRead::merged_bases(std::uint32_t file, const TomlValue& root) {
  TomlValue merged;
  merged.position.file = file;
  const TomlValue* extends = root.find("extends");
  if (extends == nullptr) return merged;

  TomlValue::Array single;
  const auto* paths = extends->as<TomlValue::Array>();
  if (paths == nullptr) {
    single.push_back(*extends);
    paths = &single;
  }
  for (const TomlValue& item : *paths) {
    const auto* path = item.as<std::string>();
    if (path == nullptr) {
      faults.push_back(
          {place(item.position), "extends",
           "expects a path or an array of paths, not " + std::string(item.kind_in_words()), ""});
      continue;
    }
    const auto base = open(item.position, "extends", *path);
    if (!base) continue;
    if (std::ranges::find(open_, *base) != open_.end()) {
      faults.push_back({place(item.position), "extends",
                        "the file " + in_ticks(*path) +
                            " extends itself, directly or through "
                            "the files it extends",
                        "remove one link of the circle"});
      continue;
    }
    auto found = finished_.find(*base);
    if (found == finished_.end()) {
      found = finished_.emplace(*base, parsed_and_extended(*base)).first;
    }
    merge_scenario(merged, found->second);
  }
  return merged;
}

}  // namespace rassoflow
