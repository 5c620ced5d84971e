// A strict reader of CSV (RFC 4180) that keeps the place of every field.
//
//   CsvText csv = parse_csv("site,from,value\n,2020-04-01,70\n", "data/fte.csv");
//   csv.rows[0][2].text;   // "70", at line 2, column 13
//
// The first record names the columns; every record has as many fields. Quotes are allowed only
// around a whole field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/diagnostic.hpp"

namespace rassoflow {

struct CsvField {
  std::string text;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct CsvText {
  std::vector<CsvField> header;
  std::vector<std::vector<CsvField>> rows;
  Diagnostics faults;
};

CsvText parse_csv(std::string_view text, const std::string& file);

}  // namespace rassoflow
