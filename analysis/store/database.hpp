// One SQLite database, as little of it as the store needs; sqlite3.h is seen by this folder only.
//
//   Database database = Database::create(file);
//   Statement insert{database, "INSERT INTO study VALUES (?1, ?2)"};
//   insert.bind(1, "title").bind(2, title).run();
//
// Every failure is a WorldError with SQLite's own words. A database that is opened may come from
// anybody: it is only read, its schema is not trusted and its consistency is looked at first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace rassoflow {

class Database {
 public:
  /// A new one, which must not be there yet.
  static Database create(const std::filesystem::path& file);
  static Database open_to_read(const std::filesystem::path& file);

  void run(const std::string& sql);
  sqlite3* handle() const { return handle_.get(); }
  const std::string& name() const { return name_; }
  /// Closes and reports what has gone wrong.
  void close();

 private:
  Database(const std::filesystem::path& file, int flags);
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::string name_;
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(const Database& database, const std::string& sql);

  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind_blob(int index, std::string_view bytes);
  Statement& bind_nothing(int index);
  /// Runs a statement without rows and makes it ready again.
  void run();
  /// Whether there is another row.
  bool step();
  void reset();

  bool is_null(int column) const;
  bool is_number(int column) const;
  std::int64_t integer(int column) const;
  double number(int column) const;
  std::string text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code) const;
  const Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

[[noreturn]] void fail_with(const Database& database);

}  // namespace rassoflow
