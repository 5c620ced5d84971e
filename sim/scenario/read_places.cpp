// Levels, sites and classes: where cases are and what sort they are.
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr KeyRule<LevelSpec> level_keys[] = {
    {"owns_clock", truth<&LevelSpec::owns_clock>},
};

constexpr KeyRule<ClassSpec> class_keys[] = {
    {"share", quantity<&ClassSpec::share>, Need::required},
    {"priority", priority<&ClassSpec::priority>},
    {"strength", quantity<&ClassSpec::strength>},
};

std::vector<SiteLink> read_links(Reading& reading, const TomlValue& value) {
  if (value.as<std::string>() != nullptr) return {{*value.as<std::string>(), 1.0}};
  const auto* shares = value.as<TomlValue::Table>();
  if (shares == nullptr) {
    reading.wrong_type(value, "the name of a site or a table of sites with their shares");
    return {};
  }
  std::vector<SiteLink> out;
  for (const TomlEntry& entry : *shares) {
    const Reading::Key key{reading, entry.key};
    if (const auto share = read_number(reading, entry.value)) out.push_back({entry.key, *share});
  }
  return out;
}

void read_site(Reading& reading, const TomlEntry& entry, SiteSpec& out) {
  out.place = reading.place(entry.key_position);
  const auto* links = entry.value.as<TomlValue::Table>();
  if (links == nullptr) {
    reading.wrong_type(entry.value, "a table of levels, which may be empty");
    return;
  }
  for (const TomlEntry& link : *links) {
    const Reading::Key key{reading, link.key};
    out.links[link.key] = read_links(reading, link.value);
  }
}

}  // namespace

void read_level(Reading& reading, const TomlEntry& entry, LevelSpec& out) {
  out.place = reading.place(entry.key_position);
  read_keys<LevelSpec>(reading, entry.value, level_keys, out);
}

void read_sites_of_level(Reading& reading, const TomlEntry& entry,
                         std::map<std::string, SiteSpec>& out) {
  read_named<SiteSpec>(reading, entry.value, out, read_site);
}

void read_class(Reading& reading, const TomlEntry& entry, ClassSpec& out) {
  out.place = reading.place(entry.key_position);
  out.strength.place = out.place;
  read_keys<ClassSpec>(reading, entry.value, class_keys, out);
}

void list_place_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<LevelSpec>(catalogue, "levels.NAME", level_keys);
  add_to_catalogue<ClassSpec>(catalogue, "classes.NAME", class_keys);
}

}  // namespace rassoflow
