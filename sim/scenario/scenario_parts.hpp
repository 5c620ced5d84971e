// The readers of each table of a scenario, and the list of all their keys.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/table_reader.hpp"

namespace rassoflow {

std::optional<Quantity> read_quantity(Reading& reading, const TomlValue& value);
/// One law or an array of laws for different visits.
std::vector<LawSpec> read_laws(Reading& reading, const TomlValue& value);
std::optional<VisitRange> read_visits(Reading& reading, const TomlValue& value);
/// The word under `kind` (or `law`); reports its absence at the table.
std::optional<std::size_t> read_kind(Reading& reading, const TomlValue& table, std::string_view key,
                                     std::span<const std::string_view> kinds);
std::optional<Grade> read_grade(Reading& reading, const TomlValue& value);

void read_parameter(Reading& reading, const TomlEntry& entry, ParameterSpec& out);
void read_event(Reading& reading, const TomlEntry& entry, EventSpec& out);
void read_lever(Reading& reading, const TomlEntry& entry, LeverSpec& out);
void read_level(Reading& reading, const TomlEntry& entry, LevelSpec& out);
void read_sites_of_level(Reading& reading, const TomlEntry& entry,
                         std::map<std::string, SiteSpec>& out);
void read_class(Reading& reading, const TomlEntry& entry, ClassSpec& out);
void read_calendar(Reading& reading, const TomlEntry& entry, CalendarSpec& out);
void read_pool(Reading& reading, const TomlEntry& entry, PoolSpec& out);
void read_recruitment(Reading& reading, const TomlEntry& entry, RecruitmentSpec& out);
void read_upkeep(Reading& reading, const TomlEntry& entry, UpkeepSpec& out);
void read_stage(Reading& reading, const TomlEntry& entry, StageSpec& out);
void read_withdrawal(Reading& reading, const TomlEntry& entry, WithdrawalPhase& out);
void read_kpi(Reading& reading, const TomlEntry& entry, KpiSpec& out);
void read_precision(Reading& reading, const TomlEntry& entry, PrecisionSpec& out);
void read_table(Reading& reading, const TomlEntry& entry, TableSpec& out);
void read_published(Reading& reading, const TomlValue& value, PublishedSpec& out);
void read_run(Reading& reading, const TomlValue& value, RunSpec& out);

// Parts of batches and listings.
void read_every(Reading& reading, const TomlValue& value, BatchSpec& out);
void read_rule(Reading& reading, const TomlValue& value, BatchSpec& out);
void read_lists_on(Reading& reading, const TomlValue& value, ListingSpec& out);
void read_custody(Reading& reading, const TomlValue& value, ListingSpec& out);
/// What no single key of such a stage says.
void finish_diary(Reading& reading, const TomlEntry& entry, StageSpec& out);

template <auto member, class T>
void quantity(Reading& reading, const TomlValue& value, T& out) {
  if (auto read = read_quantity(reading, value)) out.*member = std::move(*read);
}
template <auto member, class T>
void laws(Reading& reading, const TomlValue& value, T& out) {
  out.*member = read_laws(reading, value);
}
template <auto member, class T>
void visits(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_visits(reading, value)) out.*member = *read;
}
template <auto member, class T>
void grade(Reading& reading, const TomlValue& value, T& out) {
  if (const auto read = read_grade(reading, value)) out.*member = *read;
}

/// Table by table (such as `stages.NAME work`), the keys the readers accept.
using KeyCatalogue = std::map<std::string, std::vector<std::string>>;

/// Copies the names of a table's keys into the catalogue, kind by kind if it has kinds.
template <class T>
void add_to_catalogue(KeyCatalogue& catalogue, const std::string& table,
                      std::span<const KeyRule<T>> rules,
                      std::span<const std::string_view> kinds = {}) {
  if (kinds.empty()) {
    for (const KeyRule<T>& rule : rules) catalogue[table].emplace_back(rule.key);
    return;
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (const KeyRule<T>& rule : rules) {
      if ((rule.kinds >> i & 1U) != 0) {
        catalogue[table + " " + std::string(kinds[i])].emplace_back(rule.key);
      }
    }
  }
}
void list_quantity_keys(KeyCatalogue& catalogue);
void list_parameter_keys(KeyCatalogue& catalogue);
void list_event_keys(KeyCatalogue& catalogue);
void list_effect_keys(KeyCatalogue& catalogue);
void list_lever_keys(KeyCatalogue& catalogue);
void list_place_keys(KeyCatalogue& catalogue);
void list_staff_keys(KeyCatalogue& catalogue);
void list_stage_keys(KeyCatalogue& catalogue);
void list_diary_keys(KeyCatalogue& catalogue);
void list_kpi_keys(KeyCatalogue& catalogue);
void list_precision_keys(KeyCatalogue& catalogue);
void list_table_keys(KeyCatalogue& catalogue);
/// Every key of every table; docs/scenario-format.md is tested against it.
KeyCatalogue known_keys();

}  // namespace rassoflow
