// Batches and listings: what the keys of their stages hold beyond plain numbers and names.
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 2> rule_names{"oldest", "urgent"};

constexpr KeyRule<CustodySpec> custody_keys[] = {
    {"flag", text<&CustodySpec::flag>, Need::required},
    {"mark", text<&CustodySpec::mark>, Need::required},
    {"days", quantity<&CustodySpec::days>, Need::required},
    {"extension_days", quantity<&CustodySpec::extension_days>, Need::required},
    {"bail", quantity<&CustodySpec::bail>, Need::required},
};

}  // namespace

void read_every(Reading& reading, const TomlValue& value, BatchSpec& out) {
  if (const auto number = read_whole_number(reading, value, 1, 1000)) {
    out.every = static_cast<std::uint32_t>(*number);
  }
}

void read_rule(Reading& reading, const TomlValue& value, BatchSpec& out) {
  if (const auto word = read_word(reading, value, rule_names)) {
    out.rule = static_cast<BatchSpec::Rule>(*word);
  }
}

void read_lists_on(Reading& reading, const TomlValue& value, ListingSpec& out) {
  if (const auto day = read_word(reading, value, day_names)) {
    out.lists_on = static_cast<std::uint8_t>(*day);
  }
}

void read_custody(Reading& reading, const TomlValue& value, ListingSpec& out) {
  CustodySpec custody;
  custody.place = reading.place(value.position);
  read_keys<CustodySpec>(reading, value, custody_keys, custody);
  out.custody = std::move(custody);
}

void finish_diary(Reading& reading, const TomlEntry& entry, StageSpec& out) {
  const auto require = [&](std::string_view key) {
    if (reading.is_partial() || entry.value.find(key) != nullptr) return;
    reading.fault(entry.value.position, "the key `" + std::string(key) + "` is missing");
  };
  require("calendar");
  if (out.kind != StageKind::listing) return;
  require("next");
  std::vector<RouteSpec> routes;
  for (std::size_t i = 0; i < out.listing.to.size(); ++i) {
    RouteSpec route;
    route.to = out.listing.to[i];
    route.probability = out.listing.chances[i];
    const TomlValue* way = entry.value.find(listing_routes[i]);
    route.place = way != nullptr ? reading.place(way->position) : out.place;
    routes.push_back(std::move(route));
  }
  out.routes.insert(out.routes.begin(), routes.begin(), routes.end());
}

void list_diary_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<CustodySpec>(catalogue, "custody", custody_keys);
}

}  // namespace rassoflow
