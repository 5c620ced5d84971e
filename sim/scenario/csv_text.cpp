#include "sim/scenario/csv_text.hpp"

#include <utility>

#include "sim/scenario/raw_text.hpp"

namespace rassoflow {
namespace {

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  CsvText parse() {
    while (at_ < text_.size()) {
      std::vector<CsvField> record = next_record();
      if (stopped_) return std::move(out_);
      if (out_.header.empty()) {
        out_.header = std::move(record);
        continue;
      }
      if (record.size() != out_.header.size()) {
        fault(record.front().line, 1,
              "this record has " + std::to_string(record.size()) + " fields, the header has " +
                  std::to_string(out_.header.size()),
              "put fields that hold a comma between double quotes");
        continue;
      }
      out_.rows.push_back(std::move(record));
    }
    if (out_.header.empty()) fault(1, 1, "the file has no header line", "");
    return std::move(out_);
  }

 private:
  bool at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
  }

  void step() {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ + 1 >= text_.size() ||
               (static_cast<unsigned char>(text_[at_ + 1]) & 0xc0U) != 0x80U) {
      ++column_;
    }
    ++at_;
  }

  std::vector<CsvField> next_record() {
    std::vector<CsvField> record;
    while (true) {
      record.push_back(next_field());
      if (stopped_) return record;
      if (at_ < text_.size() && text_[at_] == ',') {
        step();
        continue;
      }
      if (at_ < text_.size() && text_[at_] == '\r') step();
      if (at_ < text_.size()) step();
      return record;
    }
  }

  CsvField next_field() {
    CsvField field{"", line_, column_};
    if (at_ < text_.size() && text_[at_] == '"') {
      read_quoted(field);
      return field;
    }
    while (!at_line_end() && text_[at_] != ',') {
      if (text_[at_] == '"') {
        stop("a double quote stands inside a field that does not start with one",
             "double it and put the whole field between double quotes");
        return field;
      }
      field.text += text_[at_];
      step();
    }
    return field;
  }

  void read_quoted(CsvField& field) {
    step();
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        step();
        if (at_ >= text_.size() || text_[at_] != '"') {
          if (!at_line_end() && text_[at_] != ',') {
            stop("text follows the closing double quote of a field", "");
          }
          return;
        }
      }
      field.text += text_[at_];
      step();
    }
    fault(field.line, field.column, "a field's opening double quote is never closed", "");
    stopped_ = true;
  }

  void fault(std::uint32_t line, std::uint32_t column, std::string message, std::string help) {
    if (out_.faults.size() >= 20) return;
    out_.faults.push_back({{file_, line, column}, "", std::move(message), std::move(help)});
  }
  void stop(std::string message, std::string help) {
    fault(line_, column_, std::move(message), std::move(help));
    stopped_ = true;
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
  bool stopped_ = false;
  CsvText out_;
};

}  // namespace

CsvText parse_csv(std::string_view text, const std::string& file) {
  CsvText out;
  out.faults = check_text_bytes(text, file);
  if (!out.faults.empty()) return out;
  return CsvParser{without_byte_order_mark(text), file}.parse();
}

}  // namespace rassoflow
