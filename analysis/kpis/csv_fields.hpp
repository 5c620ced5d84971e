// Fields of CSV by RFC 4180, safe to open in a spreadsheet.
#pragma once

#include <string>

#include "analysis/kpis/row_key.hpp"

namespace rassoflow {

/// Names from files that a spreadsheet would take for a formula get an apostrophe before them.
std::string csv_field(const std::string& text);
/// The shortest that reads back as the same double; empty for NaN.
std::string csv_number(double value);
/// Of the key without its unit, joined by commas.
std::string csv_key_columns();
std::string csv_key_fields(const RowKey& key);

}  // namespace rassoflow
