#include "analysis/report/run_report.hpp"

namespace rassoflow {

const std::vector<ReportFormat>& report_formats() {
  static const std::vector<ReportFormat> formats{
      {"text", "a page for people, 80 columns", write_text},
      {"json", "one object, schema rassoflow.run/1", write_json},
      {"csv", "one line an estimate", write_csv},
  };
  return formats;
}

const ReportFormat* find_format(std::string_view name) {
  for (const ReportFormat& format : report_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace rassoflow
