#include "analysis/store/stored_study.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::int64_t application_id = 0x52415353;

/// As in `parameter` factors: the shortest text that reads back as the same number.
std::string value_text(const Statement& statement, int column) {
  return statement.is_number(column) ? fmt::format("{}", statement.number(column))
                                     : statement.text(column);
}

}  // namespace

StoredStudy::StoredStudy(const std::filesystem::path& file)
    : database_(Database::open_to_read(file)) {
  Statement head{database_,
                 "SELECT (SELECT application_id FROM pragma_application_id), "
                 "(SELECT user_version FROM pragma_user_version)"};
  if (!head.step() || head.integer(0) != application_id || head.integer(1) != 1) {
    throw WorldError{in_ticks(file.string()) + " is not what `rassoflow merge` writes"};
  }
  Statement factor{database_, "SELECT name FROM factor ORDER BY factor"};
  while (factor.step()) factors_.push_back(factor.text(0));
  Statement row{database_,
                "SELECT row, kpi, site, class, stage, outcome, period, basis, statistic, unit FROM "
                "row ORDER BY row"};
  while (row.step()) {
    RowKey& key = rows_[row.integer(0)];
    for (std::size_t f = 0; f < row_fields.size(); ++f) {
      key.*row_fields[f].value = row.text(static_cast<int>(f) + 1);
    }
  }
}

const RowKey& StoredStudy::key_of(std::int64_t row) const {
  const auto found = rows_.find(row);
  if (found == rows_.end()) {
    throw WorldError{fmt::format("{} has values of a row {} that it does not describe",
                                 in_ticks(database_.name()), row)};
  }
  return found->second;
}

std::vector<std::pair<std::string, std::string>> StoredStudy::about() const {
  std::vector<std::pair<std::string, std::string>> about;
  Statement statement{database_, "SELECT name, value FROM study ORDER BY name"};
  while (statement.step()) about.emplace_back(statement.text(0), value_text(statement, 1));
  return about;
}

std::vector<std::int64_t> StoredStudy::points() const {
  std::vector<std::int64_t> points;
  Statement statement{database_, "SELECT DISTINCT point FROM factor_value ORDER BY point"};
  while (statement.step()) points.push_back(statement.integer(0));
  return points;
}

std::vector<std::string> StoredStudy::values_of(std::int64_t point) const {
  std::vector<std::string> values(factors_.size());
  Statement statement{database_, "SELECT factor, value FROM factor_value WHERE point = ?1"};
  statement.bind(1, point);
  while (statement.step()) {
    const std::int64_t factor = statement.integer(0);
    if (factor < 1 || factor > static_cast<std::int64_t>(values.size())) continue;
    values[static_cast<std::size_t>(factor - 1)] = value_text(statement, 1);
  }
  return values;
}

std::int64_t StoredStudy::value_count() const {
  Statement statement{database_, "SELECT count(*) FROM observation"};
  statement.step();
  return statement.integer(0);
}

void StoredStudy::for_each_value(const std::function<void(const StoredValue&)>& visit) const {
  Statement statement{database_,
                      "SELECT point, replication, row, value FROM observation ORDER BY point, "
                      "replication, row"};
  while (statement.step()) {
    visit({statement.integer(0), statement.integer(1), &key_of(statement.integer(2)),
           statement.number(3)});
  }
}

void StoredStudy::for_each_mean(const std::function<void(const StoredMean&)>& visit) const {
  Statement statement{database_,
                      "SELECT point, row, n, mean, sd FROM point_mean ORDER BY point, row"};
  while (statement.step()) {
    visit({statement.integer(0), &key_of(statement.integer(1)), statement.integer(2),
           statement.number(3),
           statement.is_null(4) ? std::numeric_limits<double>::quiet_NaN() : statement.number(4)});
  }
}

}  // namespace rassoflow
