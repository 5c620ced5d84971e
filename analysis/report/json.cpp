// JSON in the shape rassoflow.run/1. Numbers are the shortest that read back as the same double;
// what does not exist (the standard deviation of one replication) is null.
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/run_report.hpp"

namespace rassoflow {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) {
  return std::isnan(value) ? Json(nullptr) : Json(value);
}

Json estimate_row(const RowKey& key, const Summary& summary, const char* kind, const Interval& i80,
                  const Interval& i95) {
  return {{"kpi", key.kpi},
          {"site", key.site},
          {"class", key.case_class},
          {"stage", key.stage},
          {"outcome", key.outcome},
          {"period", key.period},
          {"basis", key.basis},
          {"statistic", key.statistic},
          {"interval", kind},
          {"unit", key.unit},
          {"n", summary.n},
          {"mean", number_or_null(summary.mean)},
          {"sd", number_or_null(summary.sd)},
          {"lo80", number_or_null(i80.low)},
          {"hi80", number_or_null(i80.high)},
          {"lo95", number_or_null(i95.low)},
          {"hi95", number_or_null(i95.high)}};
}

Json stopping_object(const RunReport& report) {
  Json object{{"reason", in_words(report.stopping.reason)}};
  if (report.stopping.targets.empty()) return object;
  object["looks"] = report.stopping.looks;
  object["targets"] = Json::array();
  for (const ReachedPrecision& reached : report.stopping.targets) {
    const RowKey& key = report.plan->rows()[reached.target.row];
    const HalfWidth& width = reached.width;
    Json target{{"target", reached.target.name}, {"kpi", key.kpi}};
    target["site"] = key.site;
    target["class"] = key.case_class;
    target["stage"] = key.stage;
    target["outcome"] = key.outcome;
    target["period"] = key.period;
    target["basis"] = key.basis;
    target["statistic"] = key.statistic;
    target["unit"] = key.unit;
    target["mean"] = number_or_null(reached.summary.mean);
    if (reached.target.width.relative) target["relative"] = *reached.target.width.relative;
    target["wanted"] = number_or_null(width.wanted);
    target["reached"] = number_or_null(width.reached);
    target["needed"] = width.needed ? Json(*width.needed) : Json(nullptr);
    target["met"] = width.is_met();
    object["targets"].push_back(std::move(target));
  }
  return object;
}

/// One object a line keeps the file readable by line tools and the memory small.
void append_rows(std::string& text, const char* name, const std::vector<Json>& rows) {
  text += ",\n\"";
  text += name;
  text += "\": [";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    text += rows[i].dump();
  }
  text += "\n]";
}

void append_estimates(std::string& text, const RunReport& report) {
  text += ",\n\"estimates\": [";
  bool is_first = true;
  for (const Estimate& estimate : report.estimates) {
    const Summary& summary = estimate.summary;
    const RowKey& key = report.key(estimate);
    text += is_first ? "\n" : ",\n";
    is_first = false;
    text += estimate_row(key, summary, "mean", summary.mean80, summary.mean95).dump();
    text += ",\n";
    text += estimate_row(key, summary, "period", summary.period80, summary.period95).dump();
  }
  text += "\n]";
}

std::vector<Json> check_rows(const RunReport& report) {
  std::vector<Json> rows;
  for (const BookkeepingCheck& check : report.checks) {
    rows.push_back({{"check", check.name},
                    {"passed", check.faults == 0},
                    {"faults", check.faults},
                    {"replications", report.replications()}});
  }
  rows.push_back({{"check", "every replication finished"},
                  {"passed", report.failures.empty() && !report.interrupted},
                  {"faults", report.replications_asked - report.replications()},
                  {"replications", report.replications_asked}});
  for (const auto& [replication, message] : report.failures) {
    rows.push_back({{"check", "replication failed"},
                    {"passed", false},
                    {"replication", replication},
                    {"message", message}});
  }
  return rows;
}

std::vector<Json> comparison_rows(const RunReport& report) {
  std::vector<Json> rows;
  for (const Comparison& comparison : report.comparisons) {
    const PublishedFigure& figure = comparison.figure;
    Json row{{"key", figure.key}, {"family", figure.family}, {"use", figure.use}};
    row["published"] = figure.value ? Json(*figure.value) : Json(nullptr);
    if (comparison.estimate) {
      const Estimate& estimate = report.estimates[*comparison.estimate];
      const RowKey& key = report.key(estimate);
      row["simulated"] = number_or_null(estimate.summary.mean);
      row["row"] = {{"kpi", key.kpi},
                    {"outcome", key.outcome},
                    {"period", key.period},
                    {"basis", key.basis},
                    {"statistic", key.statistic}};
    } else {
      row["not_compared"] = comparison.reason;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::string write_json(const RunReport& report) {
  const auto line = [](const char* name, const Json& value) {
    return ",\n\"" + std::string(name) + "\": " + value.dump();
  };
  std::string text = "{\n\"schema\": \"rassoflow.run/1\"";
  text += line("version", report.version);
  text += line("commit", report.commit);
  text += line("scenario", {{"title", report.title}, {"digest", report.digest}});
  text += line("seed", report.seed);
  text += line("replications", report.replications());
  text += line("stopped", stopping_object(report));
  text += line("warm_up", {{"from", format_date(report.origin)}, {"to", format_date(report.from)}});
  text += line("window", range_name(report.plan->window()));
  text += line("uncertainty", "chance only: real uncertainty is wider");
  text += line("not_modelled_as_a_constraint", report.unlimited_pools);
  append_estimates(text, report);
  append_rows(text, "published", comparison_rows(report));
  append_rows(text, "checks", check_rows(report));
  text += "\n}\n";
  return text;
}

}  // namespace rassoflow
