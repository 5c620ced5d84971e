// Pages of chosen rows: [tables.NAME] with its sections and their rows.
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr KeyRule<TableRowSpec> row_keys[] = {
    {"kpi", text<&TableRowSpec::kpi>, Need::required},
    {"statistic", text<&TableRowSpec::statistic>},
    {"basis", text<&TableRowSpec::basis>},
    {"outcome", text<&TableRowSpec::outcome>},
    {"stage", text<&TableRowSpec::stage>},
    {"label", text<&TableRowSpec::label>},
};

/// Each item of an array of tables, read into an item of its own.
template <class T>
void read_items(Reading& reading, const TomlValue& value, std::span<const KeyRule<T>> rules,
                std::vector<T>& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    read_keys<T>(reading, (*items)[i], rules, out.emplace_back());
    if constexpr (requires { out.back().place; }) {
      out.back().place = reading.place((*items)[i].position);
    }
  }
}

void rows(Reading& reading, const TomlValue& value, TableSectionSpec& out) {
  read_items<TableRowSpec>(reading, value, row_keys, out.rows);
}

constexpr KeyRule<TableSectionSpec> section_keys[] = {
    {"heading", text<&TableSectionSpec::heading>, Need::required},
    {"rows", rows, Need::required},
};

void sections(Reading& reading, const TomlValue& value, TableSpec& out) {
  read_items<TableSectionSpec>(reading, value, section_keys, out.sections);
}

constexpr KeyRule<TableSpec> table_keys[] = {
    {"title", text<&TableSpec::title>, Need::required},
    {"note", text<&TableSpec::note>},
    {"sections", sections, Need::required},
};

}  // namespace

void read_table(Reading& reading, const TomlEntry& entry, TableSpec& out) {
  out.place = reading.place(entry.key_position);
  read_keys<TableSpec>(reading, entry.value, table_keys, out);
}

void list_table_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<TableSpec>(catalogue, "tables.NAME", table_keys);
  add_to_catalogue<TableSectionSpec>(catalogue, "sections", section_keys);
  add_to_catalogue<TableRowSpec>(catalogue, "rows", row_keys);
}

}  // namespace rassoflow
