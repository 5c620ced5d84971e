// A merged store, opened to read. Its file may come from anybody: what does not fit is a
// WorldError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/kpis/row_key.hpp"
#include "analysis/store/database.hpp"

namespace rassoflow {

struct StoredValue {
  std::int64_t point = 0, replication = 0;
  const RowKey* key = nullptr;
  double value = 0;
};

struct StoredMean {
  std::int64_t point = 0;
  const RowKey* key = nullptr;
  std::int64_t n = 0;
  double mean = 0;
  double sd = 0;  ///< NaN for one replication
};

class StoredStudy {
 public:
  explicit StoredStudy(const std::filesystem::path& file);

  /// Names and values of the table `study`.
  std::vector<std::pair<std::string, std::string>> about() const;
  const std::vector<std::string>& factors() const { return factors_; }
  std::vector<std::int64_t> points() const;
  /// By factor, empty where there is none.
  std::vector<std::string> values_of(std::int64_t point) const;
  std::int64_t value_count() const;
  /// By point, replication and row.
  void for_each_value(const std::function<void(const StoredValue&)>& visit) const;
  /// Means over the replications, by point and row.
  void for_each_mean(const std::function<void(const StoredMean&)>& visit) const;

 private:
  const RowKey& key_of(std::int64_t row) const;

  Database database_;
  std::vector<std::string> factors_;
  std::map<std::int64_t, RowKey> rows_;
};

}  // namespace rassoflow
