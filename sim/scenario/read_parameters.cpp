#include <charconv>
#include <cmath>

#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 4> stated_grades{"published", "derived", "calibrated",
                                                        "assumed"};

void value_for_all(Reading& reading, const TomlValue& value, ParameterSpec& out) {
  if (const auto number = read_number(reading, value)) {
    ParameterStep step;
    step.value = *number;
    step.place = reading.place(value.position);
    out.steps.push_back(std::move(step));
  }
}

constexpr KeyRule<ParameterStep> change_keys[] = {
    {"site", text<&ParameterStep::site>},
    {"from", date<&ParameterStep::from>},
    {"value", number<&ParameterStep::value>, Need::required},
    {"announced", date<&ParameterStep::announced>},
};

void changes(Reading& reading, const TomlValue& value, ParameterSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    ParameterStep step;
    step.place = reading.place((*items)[i].position);
    const std::size_t faults_before = reading.faults().size();
    read_keys<ParameterStep>(reading, (*items)[i], change_keys, step);
    if (reading.faults().size() == faults_before) out.steps.push_back(std::move(step));
  }
}

/// The columns of a parameter's CSV by the same names as the keys of `changes`.
struct StepColumns {
  static constexpr std::size_t missing = static_cast<std::size_t>(-1);
  std::array<std::size_t, std::size(change_keys)> at;
};

class StepFile {
 public:
  StepFile(Reading& reading, const std::string& shown_as) : reading_(reading), file_(shown_as) {}

  void read(const CsvText& csv, ParameterSpec& out) {
    for (const Diagnostic& fault : csv.faults) reading_.faults().push_back(fault);
    if (csv.header.empty() || !find_columns(csv.header)) return;
    for (const auto& row : csv.rows) {
      if (reading_.has_most_faults()) return;
      if (auto step = step_of(row)) out.steps.push_back(std::move(*step));
    }
  }

 private:
  enum Column { site, from, value, announced };

  bool find_columns(const std::vector<CsvField>& header) {
    columns_.at.fill(StepColumns::missing);
    const std::size_t faults_before = reading_.faults().size();
    std::vector<std::string> names;
    for (const auto& rule : change_keys) names.emplace_back(rule.key);
    for (std::size_t i = 0; i < header.size(); ++i) {
      const auto known = std::find(names.begin(), names.end(), header[i].text);
      if (known == names.end()) {
        const std::string nearest = nearest_name(header[i].text, names);
        fault(header[i], "the column " + in_ticks(header[i].text) + " is not known",
              nearest.empty() ? "columns are " + listed(names, "and")
                              : "did you mean " + in_ticks(nearest) + "?");
        continue;
      }
      std::size_t& column = columns_.at[static_cast<std::size_t>(known - names.begin())];
      if (column != StepColumns::missing) {
        fault(header[i], "the column " + in_ticks(header[i].text) + " is there twice", "");
      }
      column = i;
    }
    if (columns_.at[value] == StepColumns::missing) {
      fault(header.front(), "the column `value` is missing", "");
    }
    return reading_.faults().size() == faults_before;
  }

  const CsvField* field(const std::vector<CsvField>& row, Column column) const {
    const std::size_t at = columns_.at[column];
    if (at == StepColumns::missing || row[at].text.empty()) return nullptr;
    return &row[at];
  }

  std::optional<ParameterStep> step_of(const std::vector<CsvField>& row) {
    ParameterStep step;
    const CsvField& number = row[columns_.at[value]];
    step.place = {file_, number.line, number.column};
    const char* begin = number.text.data();
    const char* end = begin + number.text.size();
    const auto [stop, error] = std::from_chars(begin, end, step.value);
    bool is_good = error == std::errc{} && stop == end && std::isfinite(step.value);
    if (!is_good || std::abs(step.value) > 1e15) {
      fault(number, "the value " + in_ticks(number.text) + " is not a finite number",
            "write digits with a decimal point and no thousands separator");
      is_good = false;
    }
    if (const CsvField* name = field(row, site)) step.site = name->text;
    is_good = read_day(field(row, from), step.from) && is_good;
    is_good = read_day(field(row, announced), step.announced) && is_good;
    return is_good ? std::optional(std::move(step)) : std::nullopt;
  }

  bool read_day(const CsvField* day, std::optional<Date>& out) {
    if (day == nullptr) return true;
    out = parse_date(day->text);
    if (!out) {
      fault(*day, in_ticks(day->text) + " is not a date of the calendar", "write YYYY-MM-DD");
    }
    return out.has_value();
  }

  void fault(const CsvField& at, std::string message, std::string help) {
    reading_.faults().push_back(
        {{file_, at.line, at.column}, "", std::move(message), std::move(help)});
  }

  Reading& reading_;
  const std::string& file_;
  StepColumns columns_{};
};

void csv(Reading& reading, const TomlValue& value, ParameterSpec& out) {
  const auto path = read_text(reading, value);
  if (!path) return;
  const auto file = reading.files().read_beside(value.position, reading.here(), *path);
  if (!file) return;
  StepFile{reading, file->shown_as}.read(parse_csv(file->text, file->shown_as), out);
}

constexpr KeyRule<ParameterSpec> parameter_keys[] = {
    {"value", value_for_all},
    {"unit", text<&ParameterSpec::unit>, Need::required},
    {"low", number<&ParameterSpec::low>},
    {"high", number<&ParameterSpec::high>},
    {"grade", grade<&ParameterSpec::grade>, Need::required},
    {"source", text<&ParameterSpec::source>, Need::required},
    {"note", text<&ParameterSpec::note>},
    {"not_a_lever", text<&ParameterSpec::not_a_lever>},
    {"changes", changes},
    {"csv", csv},
};

}  // namespace

std::optional<Grade> read_grade(Reading& reading, const TomlValue& value) {
  const auto word = read_word(reading, value, stated_grades);
  return word ? std::optional(static_cast<Grade>(*word)) : std::nullopt;
}

void read_parameter(Reading& reading, const TomlEntry& entry, ParameterSpec& out) {
  out.place = reading.place(entry.key_position);
  const std::size_t faults_before = reading.faults().size();
  read_keys<ParameterSpec>(reading, entry.value, parameter_keys, out);
  if (out.steps.empty() && reading.faults().size() == faults_before) {
    reading.fault(entry.key_position, "the parameter has no value at all",
                  "give `value`, `changes` or `csv`");
  }
}

void list_parameter_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<ParameterSpec>(catalogue, "parameters.NAME", parameter_keys);
  add_to_catalogue<ParameterStep>(catalogue, "changes", change_keys);
}

}  // namespace rassoflow
