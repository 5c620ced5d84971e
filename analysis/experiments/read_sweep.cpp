#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "analysis/estimators/designs.hpp"
#include "analysis/experiments/sweep_spec.hpp"
#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/table_reader.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 3> change_names{"value", "ratio", "difference"};
constexpr std::array<std::string_view, 2> detail_names{"national", "sites"};

template <auto member, std::int64_t lowest, class T>
void whole(Reading& reading, const TomlValue& value, T& out) {
  if (const auto number = read_whole_number(reading, value, lowest, INT64_MAX)) {
    out.*member = static_cast<std::uint64_t>(*number);
  }
}

void change(Reading& reading, const TomlValue& value, FactorSpec& out) {
  if (const auto word = read_word(reading, value, change_names)) {
    out.change = static_cast<FactorSpec::Change>(*word);
  }
}

void from(Reading& reading, const TomlValue& value, FactorSpec& out) {
  out.from = read_date(reading, value);
}

void numbers(Reading& reading, const TomlValue& value, FactorSpec& out) {
  const auto* array = value.as<TomlValue::Array>();
  if (array == nullptr || array->empty()) {
    reading.wrong_type(value, "an array of numbers");
    return;
  }
  for (const TomlValue& one : *array) {
    if (const auto number = read_number(reading, one)) out.values.push_back(*number);
  }
}

constexpr KeyRule<FactorSpec> factor_keys[] = {
    {"parameter", text<&FactorSpec::parameter>},
    {"change", change},
    {"from", from},
    {"scenarios", texts<&FactorSpec::scenarios>},
    {"low", number<&FactorSpec::low>},
    {"high", number<&FactorSpec::high>},
    {"values", numbers},
    {"levels", whole<&FactorSpec::levels, 2>},
};

void read_factor(Reading& reading, const TomlEntry& entry, FactorSpec& out) {
  out.name = entry.key;
  out.place = reading.place(entry.key_position);
  read_keys<FactorSpec>(reading, entry.value, factor_keys, out);
  if (entry.value.as<TomlValue::Table>() == nullptr) return;
  const bool has_parameter = !out.parameter.empty();
  if (has_parameter == !out.scenarios.empty()) {
    reading.fault(entry.key_position, "a factor changes one thing",
                  "give either `parameter` or `scenarios`");
    return;
  }
  out.kind = has_parameter ? "parameter" : "scenarios";
  if (!has_parameter) {
    if (out.low || out.high || !out.values.empty() || out.levels || out.from) {
      reading.fault(entry.key_position, "a list of scenarios has no values of its own",
                    "leave out `low`, `high`, `values`, `levels` and `from`");
    }
    return;
  }
  if (out.low.has_value() != out.high.has_value() || out.has_range() != out.values.empty()) {
    reading.fault(entry.key_position, "which values the factor takes is not clear",
                  "give `low` and `high`, or `values`");
  } else if (out.has_range() && *out.low >= *out.high) {
    reading.fault(entry.key_position, "`low` is not below `high`", "");
  }
}

void kind(Reading& reading, const TomlValue& value, DesignSpec& out) {
  if (const auto word = read_word(reading, value, design_names)) {
    out.kind = static_cast<DesignKind>(*word);
  }
}

constexpr KeyRule<DesignSpec> design_keys[] = {
    {"kind", kind, Need::required},
    {"points", whole<&DesignSpec::points, 1>},
    {"seed", whole<&DesignSpec::seed, 0>},
    {"csv", text<&DesignSpec::csv>},
};

void detail(Reading& reading, const TomlValue& value, OutputsSpec& out) {
  if (const auto word = read_word(reading, value, detail_names)) out.has_sites = *word == 1;
}

constexpr KeyRule<OutputsSpec> output_keys[] = {
    {"kpis", text_set<&OutputsSpec::kpis>},
    {"periods", text_set<&OutputsSpec::periods>},
    {"detail", detail},
    {"classes", truth<&OutputsSpec::has_classes>},
};

void ignored(Reading&, const TomlValue&, SweepSpec&) {}

void factors(Reading& reading, const TomlValue& value, SweepSpec& out) {
  std::map<std::string, FactorSpec> named;
  read_named<FactorSpec>(reading, value, named, read_factor);
  for (auto& [name, factor] : named) out.factors.push_back(std::move(factor));
}

void design(Reading& reading, const TomlValue& value, SweepSpec& out) {
  out.design.place = reading.place(value.position);
  read_keys<DesignSpec>(reading, value, design_keys, out.design);
}

void outputs(Reading& reading, const TomlValue& value, SweepSpec& out) {
  out.outputs.place = reading.place(value.position);
  read_keys<OutputsSpec>(reading, value, output_keys, out.outputs);
}

constexpr KeyRule<SweepSpec> sweep_keys[] = {
    {"format", ignored},
    {"title", text<&SweepSpec::title>},
    {"scenario", text<&SweepSpec::scenario>, Need::required},
    {"replications", whole<&SweepSpec::replications, 1>},
    {"seed", whole<&SweepSpec::seed, 0>},
    {"factors", factors, Need::required},
    {"design", design, Need::required},
    {"outputs", outputs},
};

/// The values of a parameter's factor, or the position of a scenario from 0.
std::optional<double> list_value(const FactorSpec& factor, const std::string& text) {
  if (factor.kind == "scenarios") {
    const auto found = std::find(factor.scenarios.begin(), factor.scenarios.end(), text);
    if (found == factor.scenarios.end()) return std::nullopt;
    return static_cast<double>(found - factor.scenarios.begin());
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void read_list(Reading& reading, const TomlPosition& position, SweepSpec& out) {
  const auto file = reading.files().read_beside(position, "csv", out.design.csv);
  if (!file) return;
  CsvText csv = parse_csv(file->text, file->shown_as);
  for (Diagnostic& fault : csv.faults) reading.faults().push_back(std::move(fault));
  std::vector<std::size_t> column(out.factors.size(), csv.header.size());
  for (std::size_t c = 0; c < csv.header.size(); ++c) {
    const auto factor =
        std::find_if(out.factors.begin(), out.factors.end(),
                     [&](const FactorSpec& one) { return one.name == csv.header[c].text; });
    const Place place{file->shown_as, csv.header[c].line, csv.header[c].column};
    if (factor == out.factors.end()) {
      std::vector<std::string> known;
      for (const FactorSpec& one : out.factors) known.push_back(one.name);
      reading.faults().push_back({place, "", "there is no factor " + in_ticks(csv.header[c].text),
                                  "there is " + listed(known, "and")});
      continue;
    }
    column[static_cast<std::size_t>(factor - out.factors.begin())] = c;
  }
  for (std::size_t f = 0; f < out.factors.size(); ++f) {
    if (column[f] == csv.header.size()) {
      reading.faults().push_back({{file->shown_as, 1, 0},
                                  "",
                                  "no column for the factor " + in_ticks(out.factors[f].name),
                                  ""});
    }
  }
  if (!reading.faults().empty()) return;
  for (const auto& row : csv.rows) {
    std::vector<double> point;
    for (std::size_t f = 0; f < out.factors.size(); ++f) {
      const CsvField& field = row[column[f]];
      const auto value = list_value(out.factors[f], field.text);
      if (!value) {
        reading.faults().push_back(
            {{file->shown_as, field.line, field.column},
             "",
             in_ticks(field.text) + (out.factors[f].kind == "scenarios"
                                         ? " is none of the factor's scenarios"
                                         : " is not a number"),
             ""});
      }
      point.push_back(value.value_or(0));
    }
    out.design.list.push_back(std::move(point));
  }
}

void check_design(Reading& reading, const TomlPosition& position, const SweepSpec& sweep) {
  const DesignSpec& design = sweep.design;
  const bool is_factorial = design.kind == DesignKind::factorial;
  const bool is_list = design.kind == DesignKind::list;
  if (is_list == design.csv.empty()) {
    reading.fault(position, is_list ? "a list of points needs its file" : "only a list has a `csv`",
                  "write `csv` with `kind = \"list\"`");
  }
  if ((is_factorial || is_list) == (design.points != 0)) {
    reading.fault(position,
                  is_factorial || is_list ? "the factors or the file say how many points there are"
                                          : "the design does not say how many points it has",
                  is_factorial || is_list ? "leave out `points`" : "write `points`");
  }
  const std::size_t dimensions =
      sweep.factors.size() * (design.kind == DesignKind::saltelli ? 2 : 1);
  if (dimensions > most_sobol_factors) {
    reading.fault(position, fmt::format("at most {} factors", most_sobol_factors), "");
  }
  double points = static_cast<double>(design.points);
  if (design.kind == DesignKind::morris) points *= static_cast<double>(sweep.factors.size() + 1);
  if (design.kind == DesignKind::saltelli) points *= static_cast<double>(sweep.factors.size() + 2);
  if (is_list) points = static_cast<double>(design.list.size());
  if (is_factorial) points = 1;
  for (const FactorSpec& factor : sweep.factors) {
    if (is_factorial) {
      if (factor.has_range() && !factor.levels) {
        reading.fault(position, "a full factorial needs values of " + in_ticks(factor.name),
                      "give the factor `levels` or `values`");
      }
      points *= factor.has_range()           ? static_cast<double>(factor.levels.value_or(1))
                : factor.kind == "scenarios" ? static_cast<double>(factor.scenarios.size())
                                             : static_cast<double>(factor.values.size());
    } else if (factor.levels) {
      reading.fault(position,
                    "`levels` of " + in_ticks(factor.name) + " belong to a full factorial",
                    "leave them out");
    }
  }
  if (points > static_cast<double>(most_points)) {
    reading.fault(
        position,
        fmt::format("the design has {:.0f} points; at most {} are allowed", points, most_points),
        "");
  }
}

}  // namespace

Result<SweepSpec> read_sweep(const std::filesystem::path& file) {
  const std::string name = file.generic_string();
  auto text = read_regular_file(file);
  if (const auto* fault = std::get_if<FileFault>(&text)) {
    return Diagnostics{{{name, 0, 0}, "", fault->message, ""}};
  }
  const DiskFiles provider{file.parent_path()};
  FilesRead files{name, provider};
  const TomlValue root = files.read_outermost(std::get<std::string>(text));
  Reading reading{files};
  SweepSpec sweep;
  sweep.folder = file.parent_path();
  read_keys<SweepSpec>(reading, root, sweep_keys, sweep);
  if (files.faults.empty()) {
    const TomlPosition position = root.find("design")->position;
    const Reading::Key here{reading, "design"};
    if (!sweep.design.csv.empty()) read_list(reading, position, sweep);
    check_design(reading, position, sweep);
    if (sweep.factors.empty()) reading.fault(position, "a sweep has at least one factor", "");
  }
  if (!files.faults.empty()) return std::move(files.faults);
  return sweep;
}

}  // namespace rassoflow
