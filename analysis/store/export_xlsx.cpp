#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>

#include "analysis/store/export.hpp"
#include "analysis/store/stored_study.hpp"
#include "sim/core/diagnostic.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

/// A sheet written row by row; what is text is never taken for a formula.
class Sheet {
 public:
  Sheet(lxw_workbook* book, const char* name) : sheet_(workbook_add_worksheet(book, name)) {}

  void text(const std::string& value) {
    constexpr std::size_t most_characters = 32767;
    std::size_t end = std::min(value.size(), most_characters);
    while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    worksheet_write_string(sheet_, row_, column_++, value.substr(0, end).c_str(), nullptr);
  }
  void number(double value) {
    if (std::isfinite(value)) worksheet_write_number(sheet_, row_, column_, value, nullptr);
    ++column_;
  }
  void either(const std::string& value) {
    double parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error == std::errc{} && end == value.data() + value.size())
      number(parsed);
    else
      text(value);
  }
  void key(const RowKey& key) {
    for (const RowField& field : row_fields) text(key.*field.value);
  }
  void key_names() {
    for (const RowField& field : row_fields) text(field.name);
  }
  void end_row() {
    ++row_;
    column_ = 0;
  }
  void freeze() { worksheet_freeze_panes(sheet_, 1, 0); }

 private:
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

constexpr std::int64_t most_rows = LXW_ROW_MAX - 1;

void write_design(Sheet sheet, const StoredStudy& study) {
  sheet.text("point");
  for (const std::string& factor : study.factors()) sheet.text(factor);
  sheet.end_row();
  sheet.freeze();
  for (const std::int64_t point : study.points()) {
    sheet.number(static_cast<double>(point));
    for (const std::string& value : study.values_of(point)) sheet.either(value);
    sheet.end_row();
  }
}

void write_means(Sheet sheet, const StoredStudy& study) {
  sheet.text("point");
  sheet.key_names();
  for (const char* name : {"n", "mean", "sd"}) sheet.text(name);
  sheet.end_row();
  sheet.freeze();
  std::int64_t rows = 0;
  study.for_each_mean([&](const StoredMean& mean) {
    if (++rows > most_rows) {
      throw WorldError{"there are more means than a sheet has rows; export as CSV"};
    }
    sheet.number(static_cast<double>(mean.point));
    sheet.key(*mean.key);
    sheet.number(static_cast<double>(mean.n));
    sheet.number(mean.mean);
    sheet.number(mean.sd);
    sheet.end_row();
  });
}

void write_values(Sheet sheet, const StoredStudy& study) {
  sheet.text("point");
  sheet.text("replication");
  sheet.key_names();
  sheet.text("value");
  sheet.end_row();
  sheet.freeze();
  study.for_each_value([&](const StoredValue& value) {
    sheet.number(static_cast<double>(value.point));
    sheet.number(static_cast<double>(value.replication));
    sheet.key(*value.key);
    sheet.number(value.value);
    sheet.end_row();
  });
}

}  // namespace

XlsxOutcome export_xlsx(const std::filesystem::path& database, const std::filesystem::path& file) {
  const StoredStudy study{database};
  XlsxOutcome outcome;
  outcome.values = static_cast<std::uint64_t>(study.value_count());
  outcome.has_values = study.value_count() <= most_rows;

  const std::string temporary = file.string() + ".tmp";
  // The library would print its own complaint.
  if (std::FILE* probe = std::fopen(temporary.c_str(), "wb"))
    std::fclose(probe);
  else
    throw WorldError{in_ticks(file.string()) + " cannot be written: " + std::strerror(errno)};
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  struct Close {
    void operator()(lxw_workbook* book) const { workbook_close(book); }
  };
  std::unique_ptr<lxw_workbook, Close> book{workbook_new_opt(temporary.c_str(), &options)};
  if (!book) throw WorldError{in_ticks(file.string()) + " cannot be written"};
  {
    Sheet about{book.get(), "study"};
    for (const auto& [name, value] : study.about()) {
      about.text(name);
      about.text(value);
      about.end_row();
    }
  }
  write_design({book.get(), "design"}, study);
  write_means({book.get(), "means"}, study);
  if (outcome.has_values) write_values({book.get(), "values"}, study);
  const lxw_error error = workbook_close(book.release());
  std::error_code ignored, failed;
  if (error == LXW_NO_ERROR) std::filesystem::rename(temporary, file, failed);
  if (error != LXW_NO_ERROR || failed) {
    std::filesystem::remove(temporary, ignored);
    throw WorldError{in_ticks(file.string()) +
                     " cannot be written: " + (failed ? failed.message() : lxw_strerror(error))};
  }
  return outcome;
}

}  // namespace rassoflow
