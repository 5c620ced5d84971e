// JSON in the shape rassoflow.compare/1; what does not exist is null.
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/compare_report.hpp"

namespace rassoflow {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json with_key(const RowKey& key) {
  Json object;
  for (const RowField& field : row_fields) object[field.name] = key.*field.value;
  return object;
}

Json difference_row(const std::string& option, const RowDifference& row) {
  Json object{{"option", option}};
  object.update(with_key(row.key));
  const Summary& difference = row.paired.difference;
  object["n"] = difference.n;
  object["base"] = number_or_null(row.paired.base_mean);
  object["with_option"] = number_or_null(row.paired.option_mean);
  object["difference"] = number_or_null(difference.mean);
  object["sd"] = number_or_null(difference.sd);
  object["lo80"] = number_or_null(difference.mean80.low);
  object["hi80"] = number_or_null(difference.mean80.high);
  object["lo95"] = number_or_null(difference.mean95.low);
  object["hi95"] = number_or_null(difference.mean95.high);
  object["relative"] = number_or_null(row.paired.relative);
  object["gain"] = number_or_null(row.paired.gain);
  return object;
}

Json ranking_rows(const CompareReport& report, const HeadlineFigure& figure) {
  Json rows = Json::array();
  for (std::size_t s = 0; s < figure.ranking.size(); ++s) {
    const AgainstBest& system = figure.ranking[s];
    rows.push_back({{"scenario", report.systems[s].label},
                    {"mean", number_or_null(system.mean)},
                    {"may_be_lowest", system.may_be_best},
                    {"behind_low", number_or_null(system.behind.low)},
                    {"behind_high", number_or_null(system.behind.high)},
                    {"needed", system.needed ? Json(*system.needed) : Json(nullptr)}});
  }
  return rows;
}

Json systems(const CompareReport& report) {
  Json rows = Json::array();
  for (const ReportedSystem& system : report.systems) {
    Json object{{"label", system.label},
                {"title", system.title},
                {"file", system.file},
                {"digest", system.digest},
                {"replications", system.replications},
                {"faults", system.faults}};
    object["failures"] = Json::array();
    for (const auto& [replication, message] : system.failures) {
      object["failures"].push_back({{"replication", replication}, {"message", message}});
    }
    rows.push_back(std::move(object));
  }
  return rows;
}

Json option_object(const CompareReport& report, std::size_t option) {
  Json object{{"option", report.systems[option + 1].label},
              {"pairs", report.options[option].pairs}};
  object["cohorts"] = Json::array();
  for (const CohortChange& cohort : report.cohorts) {
    object["cohorts"].push_back(
        {{"of", cohort_opening(cohort)}, {"changes", cohort_sentences(report, option, cohort)}});
  }
  object["elsewhere"] = burden_sentences(report, option);
  object["not_compared"] = missing_sentences(report, option);
  return object;
}

/// One object a line.
template <class Append>
void append_rows(std::string& text, const char* name, Append append) {
  text += ",\n\"" + std::string(name) + "\": [";
  bool is_first = true;
  append([&](const Json& row) {
    text += is_first ? "\n" : ",\n";
    text += row.dump();
    is_first = false;
  });
  text += "\n]";
}

}  // namespace

std::string write_compare_json(const CompareReport& report) {
  const auto line = [](const char* name, const Json& value) {
    return ",\n\"" + std::string(name) + "\": " + value.dump();
  };
  std::string text = "{\n\"schema\": \"rassoflow.compare/1\"";
  text += line("version", report.version);
  text += line("commit", report.commit);
  text += line("scenarios", systems(report));
  text += line("seed", report.seed);
  text += line("replications_asked", report.replications_asked);
  text += line("interrupted", report.interrupted);
  text += line("window", report.window);
  text += line("uncertainty", "chance only: real uncertainty is wider");
  text += line("notes", report.notes);
  append_rows(text, "headline", [&](auto add) {
    for (const HeadlineFigure& figure : report.headline) {
      Json object = with_key(figure.key);
      object["ranking"] = ranking_rows(report, figure);
      add(object);
    }
  });
  append_rows(text, "options", [&](auto add) {
    for (std::size_t option = 0; option < report.options.size(); ++option) {
      add(option_object(report, option));
    }
  });
  append_rows(text, "differences", [&](auto add) {
    for (std::size_t option = 0; option < report.options.size(); ++option) {
      const std::string& label = report.systems[option + 1].label;
      for (const RowDifference& row : report.options[option].rows) add(difference_row(label, row));
    }
  });
  append_rows(text, "not_compared", [&](auto add) {
    for (std::size_t option = 0; option < report.options.size(); ++option) {
      const auto list = [&](const std::vector<RowKey>& keys, const std::string& reason) {
        for (const RowKey& key : keys) {
          Json object{{"option", report.systems[option + 1].label}};
          object.update(with_key(key));
          object["reason"] = reason;
          add(object);
        }
      };
      list(report.options[option].only_in_base, "only in " + report.systems[0].label);
      list(report.options[option].only_in_option, "only in " + report.systems[option + 1].label);
      list(report.options[option].too_few, "too few simulated cases");
    }
  });
  text += "\n}\n";
  return text;
}

}  // namespace rassoflow
