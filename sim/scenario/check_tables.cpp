// Tables name rows that exist.
#include <algorithm>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/row_names.hpp"

namespace rassoflow {
namespace {

using Path = std::vector<std::string>;

void check_row(Checking& checking, const TableRowSpec& row, const Path& at,
               const std::vector<std::string>& kpis) {
  const auto key = [&](const char* last) {
    Path path = at;
    path.emplace_back(last);
    return dotted_key(path);
  };
  if (!checking.expect_name(row.place, key("kpi"), "kpi", row.kpi, kpis)) return;
  std::vector<RowName> rows = row_names(checking.scenario, row.kpi);
  if (rows.empty()) {
    checking.fault(row.place, key("kpi"), "this scenario has no rows of " + in_ticks(row.kpi));
    return;
  }
  // Field by field, so that the message is about the first that fits no row.
  const auto narrow = [&](const char* what, std::string RowName::*field, const std::string& wanted,
                          bool may_be_left_out) {
    std::vector<std::string> known;
    for (const RowName& name : rows) {
      if (std::ranges::find(known, name.*field) == known.end()) known.push_back(name.*field);
    }
    if (wanted.empty() && (may_be_left_out || std::ranges::find(known, "") != known.end())) {
      if (!may_be_left_out)
        std::erase_if(rows, [&](const RowName& name) { return !(name.*field).empty(); });
      return true;
    }
    std::erase(known, "");
    if (known.empty()) {
      checking.fault(row.place, key(what), "the rows of " + in_ticks(row.kpi) + " have no " + what,
                     "leave it out");
      return false;
    }
    if (!checking.expect_name(row.place, key(what), what, wanted, known)) return false;
    std::erase_if(rows, [&](const RowName& name) { return name.*field != wanted; });
    return true;
  };
  if (!narrow("outcome", &RowName::outcome, row.outcome, false)) return;
  if (!narrow("stage", &RowName::stage, row.stage, false)) return;
  if (!narrow("basis", &RowName::basis, row.basis, true)) return;
  narrow("statistic", &RowName::statistic, row.statistic, true);
}

}  // namespace

void check_tables(Checking& checking) {
  const std::vector<std::string> kpis = kpi_names(checking.scenario);
  for (const auto& [name, table] : checking.scenario.tables) {
    for (std::size_t s = 0; s < table.sections.size(); ++s) {
      const TableSectionSpec& section = table.sections[s];
      for (std::size_t r = 0; r < section.rows.size(); ++r) {
        check_row(checking, section.rows[r],
                  {"tables", name, "sections", "[" + std::to_string(s + 1) + "]", "rows",
                   "[" + std::to_string(r + 1) + "]"},
                  kpis);
      }
    }
  }
}

}  // namespace rassoflow
