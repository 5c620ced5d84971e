#include "analysis/store/merge.hpp"

#include <fmt/format.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "analysis/store/database.hpp"
#include "analysis/store/store_folder.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_contradictions = 20;

constexpr const char* schema = R"(
PRAGMA application_id = 0x52415353;
PRAGMA user_version = 1;
CREATE TABLE study (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
CREATE TABLE factor (factor INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  what TEXT NOT NULL) STRICT;
CREATE TABLE factor_value (point INTEGER NOT NULL, factor INTEGER NOT NULL, value ANY NOT NULL,
  PRIMARY KEY (point, factor)) STRICT, WITHOUT ROWID;
CREATE TABLE row (row INTEGER PRIMARY KEY, kpi TEXT NOT NULL, site TEXT NOT NULL,
  class TEXT NOT NULL, stage TEXT NOT NULL, outcome TEXT NOT NULL, period TEXT NOT NULL,
  basis TEXT NOT NULL, statistic TEXT NOT NULL, unit TEXT NOT NULL) STRICT;
CREATE TABLE unit (point INTEGER NOT NULL, replication INTEGER NOT NULL, key BLOB NOT NULL UNIQUE,
  seconds REAL NOT NULL, failure TEXT, command TEXT,
  PRIMARY KEY (point, replication)) STRICT, WITHOUT ROWID;
CREATE TABLE observation (point INTEGER NOT NULL, replication INTEGER NOT NULL,
  row INTEGER NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (point, replication, row)) STRICT, WITHOUT ROWID;
CREATE VIEW tidy AS SELECT point, replication, kpi, site, class, stage, outcome, period, basis,
  statistic, unit, value FROM observation JOIN row USING (row);
CREATE VIEW point_mean AS SELECT point, row, kpi, site, class, stage, outcome, period, basis,
  statistic, unit, count(*) AS n, avg(value) AS mean,
  CASE WHEN count(*) > 1 THEN sqrt(max(0, sum(value * value) - count(*) * avg(value) * avg(value))
    / (count(*) - 1)) END AS sd FROM observation JOIN row USING (row) GROUP BY point, row;
CREATE VIEW failed AS SELECT point, replication, failure, command FROM unit
  WHERE failure IS NOT NULL;
)";

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// `design`: one row a point, one column a factor.
std::string design_view(const Study& study) {
  std::string sql = "CREATE VIEW design AS SELECT point";
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    sql += fmt::format(", max(CASE WHEN factor = {} THEN value END) AS {}", f + 1,
                       quoted_name(study.factors[f].name));
  }
  return sql + " FROM factor_value GROUP BY point";
}

class Merging {
 public:
  explicit Merging(Database& database) : database_(database) {
    database.run("BEGIN");
    database.run(schema);
    insert_unit_.emplace(database, "INSERT OR IGNORE INTO unit VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    insert_value_.emplace(database, "INSERT INTO observation VALUES (?1, ?2, ?3, ?4)");
    find_unit_.emplace(database, "SELECT failure FROM unit WHERE point = ?1 AND replication = ?2");
    find_values_.emplace(
        database, "SELECT row, value FROM observation WHERE point = ?1 AND replication = ?2");
    drop_unit_.emplace(database, "DELETE FROM unit WHERE point = ?1 AND replication = ?2");
    count_changes_.emplace(database, "SELECT changes()");
  }

  void add(const Unit& unit, const Study& study) {
    most_replications_ = std::max(most_replications_, unit.replication + 1);
    if (insert(unit, study)) return;
    const auto point = static_cast<std::int64_t>(unit.point + 1);
    find_unit_->bind(1, point).bind(2, std::int64_t{unit.replication});
    const bool is_known = find_unit_->step();
    const bool had_failed = is_known && !find_unit_->is_null(0);
    find_unit_->reset();
    if (had_failed && !unit.failure) {
      // Run again after a failure: what it gave then counts.
      drop_unit_->bind(1, point).bind(2, std::int64_t{unit.replication}).run();
      insert(unit, study);
      return;
    }
    if (is_known && (unit.failure ? true : has_same_values(unit))) {
      ++outcome.twice;
    } else if (outcome.contradictions.size() < most_contradictions) {
      outcome.contradictions.push_back(
          fmt::format("point {}, replication {}", unit.point + 1, unit.replication));
    }
  }

  void finish(Study study) {
    study.replications = std::max(study.replications, most_replications_);
    Statement insert{database_, "INSERT INTO study VALUES (?1, ?2)"};
    const auto put = [&](const char* name, const auto& value) {
      insert.bind(1, std::string_view(name)).bind(2, value).run();
    };
    put("title", std::string_view(study.title));
    put("sweep", std::string_view(study.file));
    put("digest", std::string_view(study.digest));
    put("model_version", std::int64_t{study.model_version});
    // SQLite's integers have a sign.
    put("seed", std::string_view(std::to_string(study.seed)));
    put("replications", std::int64_t{study.replications});
    put("points", static_cast<std::int64_t>(study.points));
    put_design(study);
    put_rows(study);
    count();
    const std::uint64_t wanted = study.points * study.replications;
    outcome.missing = wanted > outcome.units ? wanted - outcome.units : 0;
    put("is_complete", std::int64_t{outcome.missing == 0});
    outcome.study = std::move(study);
    database_.run("COMMIT");
  }

  MergeOutcome outcome;

 private:
  bool insert(const Unit& unit, const Study& study) {
    const auto point = static_cast<std::int64_t>(unit.point + 1);
    insert_unit_->bind(1, point).bind(2, std::int64_t{unit.replication}).bind_blob(3, unit.key);
    insert_unit_->bind(4, unit.seconds);
    if (unit.failure) {
      insert_unit_->bind(5, std::string_view(*unit.failure))
          .bind(6, std::string_view(fmt::format("rassoflow sweep {} --replay {}:{}", study.file,
                                                unit.point + 1, unit.replication)));
    } else {
      insert_unit_->bind_nothing(5).bind_nothing(6);
    }
    insert_unit_->run();
    count_changes_->step();
    const bool is_new = count_changes_->integer(0) > 0;
    count_changes_->reset();
    if (!is_new || unit.failure) return is_new;
    for (std::size_t row = 0; row < unit.values.size(); ++row) {
      if (std::isnan(unit.values[row])) continue;
      insert_value_->bind(1, point)
          .bind(2, std::int64_t{unit.replication})
          .bind(3, static_cast<std::int64_t>(row + 1))
          .bind(4, unit.values[row])
          .run();
    }
    return true;
  }

  bool has_same_values(const Unit& unit) {
    std::size_t expected = 0, same = 0;
    for (const double value : unit.values) expected += std::isnan(value) ? 0 : 1;
    find_values_->bind(1, static_cast<std::int64_t>(unit.point + 1))
        .bind(2, std::int64_t{unit.replication});
    while (find_values_->step()) {
      const auto row = static_cast<std::size_t>(find_values_->integer(0));
      if (unit.values[row - 1] == find_values_->number(1)) ++same;
    }
    find_values_->reset();
    return same == expected;
  }

  void put_design(const Study& study) {
    Statement factor{database_, "INSERT INTO factor VALUES (?1, ?2, ?3, ?4)"};
    Statement value{database_, "INSERT INTO factor_value VALUES (?1, ?2, ?3)"};
    for (std::size_t f = 0; f < study.factors.size(); ++f) {
      const StudyFactor& one = study.factors[f];
      const auto id = static_cast<std::int64_t>(f + 1);
      factor.bind(1, id)
          .bind(2, std::string_view(one.name))
          .bind(3, std::string_view(one.kind))
          .bind(4, std::string_view(one.what))
          .run();
      for (std::size_t point = 0; point < one.values.size(); ++point) {
        value.bind(1, static_cast<std::int64_t>(point + 1)).bind(2, id);
        const std::string& text = one.values[point];
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (one.kind == "parameter" && error == std::errc{} && end == text.data() + text.size())
          value.bind(3, number);
        else
          value.bind(3, std::string_view(text));
        value.run();
      }
    }
    database_.run(design_view(study));
  }

  void put_rows(const Study& study) {
    Statement insert{database_, "INSERT INTO row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
    for (std::size_t row = 0; row < study.rows.size(); ++row) {
      insert.bind(1, static_cast<std::int64_t>(row + 1));
      for (std::size_t f = 0; f < row_fields.size(); ++f) {
        insert.bind(static_cast<int>(f) + 2,
                    std::string_view(study.rows[row].*row_fields[f].value));
      }
      insert.run();
    }
  }

  void count() {
    Statement count{database_, "SELECT count(*), count(failure) FROM unit"};
    count.step();
    outcome.units = static_cast<std::uint64_t>(count.integer(0));
    outcome.failed = static_cast<std::uint64_t>(count.integer(1));
  }

  Database& database_;
  std::uint32_t most_replications_ = 0;
  std::optional<Statement> insert_unit_, insert_value_, find_unit_, find_values_, drop_unit_,
      count_changes_;
};

void replace(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) {
    throw WorldError{
        fmt::format("{} cannot be written: {}", in_ticks(to.string()), error.message())};
  }
}

}  // namespace

bool is_on_network(const std::filesystem::path& folder) {
  struct statfs about {};
  if (statfs(folder.empty() ? "." : folder.c_str(), &about) != 0) return false;
  // NFS, SMB (three of them), Lustre, GPFS, CephFS, BeeGFS, AFS.
  constexpr std::array<std::uint32_t, 9> network{0x6969,     0x517B,     0xFF534D42,
                                                 0xFE534D42, 0x0BD00BD0, 0x47504653,
                                                 0x00C36400, 0x19830326, 0x5346414F};
  return std::find(network.begin(), network.end(), static_cast<std::uint32_t>(about.f_type)) !=
         network.end();
}

MergeOutcome merge_shards(const std::vector<std::filesystem::path>& shards,
                          const std::filesystem::path& database) {
  if (is_on_network(database.parent_path())) {
    throw WorldError{in_ticks(database.string()) +
                     " lies on a network file system, where a database is not safe; name one on a "
                     "disk of this machine with --database"};
  }
  const std::filesystem::path temporary =
      fmt::format("{}.{}.tmp", database.string(), static_cast<int>(getpid()));
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  MergeOutcome outcome;
  try {
    Database target = Database::create(temporary);
    {
      Merging merging{target};
      std::optional<Study> study;
      for (const ShardRead& read :
           read_shards(shards, study, [&](Unit&& unit) { merging.add(unit, *study); })) {
        merging.outcome.torn += read.frames.torn;
        merging.outcome.damaged += read.frames.damaged;
      }
      if (!study) throw WorldError{"there is nothing to merge: no shard holds a study"};
      merging.finish(std::move(*study));
      outcome = std::move(merging.outcome);
    }
    target.close();
    replace(temporary, database);
  } catch (...) {
    std::filesystem::remove(temporary, ignored);
    throw;
  }
  return outcome;
}

}  // namespace rassoflow
