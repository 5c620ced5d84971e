#include "analysis/kpis/explanations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/kpis/estimates.hpp"
#include "analysis/kpis/generic_kpis.hpp"
#include "sim/scenario/row_names.hpp"

namespace rassoflow {
namespace {

/// Beyond so many names a list says how many there are.
constexpr std::size_t most_names = 16;

using Names = std::vector<std::string>;

void add_once(Names& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::string joined(const Names& names, std::string_view between = ", ") {
  return fmt::format("{}", fmt::join(names, between));
}

std::string in_words(const Quantity& quantity) {
  if (quantity.kind == Quantity::Kind::parameter) return quantity.parameter;
  if (quantity.kind == Quantity::Kind::literal) return fmt::format("{}", quantity.literal);
  Names factors;
  for (const Quantity& factor : quantity.factors) factors.push_back(in_words(factor));
  return joined(factors, " times ");
}

/// A line for each mark with the stages that set it.
std::string marks_in_words(const Scenario& scenario, const KpiSpec& kpi) {
  Names marks;
  const auto add = [&](const std::string& mark) {
    if (!mark.empty() && mark != "report") add_once(marks, mark);
  };
  add(kpi.mark);
  for (const auto& [code, mark] : kpi.outcomes) add(mark);
  add(kpi.from);
  add(kpi.to);
  for (const std::string& mark : kpi.numerator) add(mark);
  for (const std::string& mark : kpi.denominator) add(mark);
  Names lines;
  for (const std::string& mark : marks) {
    Names stages;
    for (const auto& [name, stage] : scenario.stages) {
      const bool is_code = stage.kind == StageKind::outcome && stage.code == mark;
      if (is_code || stage.marks.contains(mark)) stages.push_back(name);
    }
    lines.push_back(fmt::format("{}: set on entering {}", mark, joined(stages)));
  }
  return joined(lines, "\n");
}

std::string computed_count(const KpiSpec& kpi) {
  const std::string_view how_often =
      kpi.which == KpiSpec::Which::every ? "every time" : "the first time";
  if (!kpi.mark.empty()) {
    std::string text =
        fmt::format("{} that a case reaches mark {}, by its date", how_often, kpi.mark);
    if (kpi.split) {
      text += fmt::format("; {}: of those with mark {} by then, {}: of the others", kpi.split->with,
                          kpi.split->by, kpi.split->without);
    }
    return text;
  }
  Names marks;
  for (const auto& [code, mark] : kpi.outcomes) {
    marks.push_back(code == mark ? code : fmt::format("{} (mark {})", code, mark));
  }
  return fmt::format("{} that a case reaches a mark, by its date, for each of {}", how_often,
                     joined(marks));
}

std::string computed_duration(const KpiSpec& kpi) {
  const std::string from = kpi.from == "report" ? "the report" : "mark " + kpi.from;
  std::string text = fmt::format(
      "from {} to mark {}, the first time each, over the cases that reach it in the period", from,
      kpi.to);
  for (const auto& [part, stages] : kpi.parts) {
    text += fmt::format("; {}: of these days those in {}", part, joined(stages));
  }
  return text;
}

std::string computed_share(const KpiSpec& kpi) {
  const auto how_often = [](KpiSpec::Which which) {
    return which == KpiSpec::Which::every ? "as often as they do" : "the first time each";
  };
  const KpiSpec::Which below = kpi.per.value_or(kpi.which);
  std::string text = fmt::format("{} over {}: marks that cases reach in the period, {}",
                                 joined(kpi.numerator, " + "), joined(kpi.denominator, " + "),
                                 how_often(kpi.which));
  if (below != kpi.which) text += fmt::format(" above the line, {} below", how_often(below));
  return text;
}

std::string computed_stock(const KpiSpec& kpi) {
  std::string ages;
  if (!kpi.over_days.empty()) {
    ages = fmt::format("; also those {} more than {} days before",
                       kpi.since == "report" ? "reported" : "with mark " + kpi.since,
                       fmt::join(kpi.over_days, ", "));
  }
  return fmt::format("cases inside these stages at the end of the period: {}{}", joined(kpi.stages),
                     ages);
}

std::string computed_ages(const KpiSpec& kpi) {
  return fmt::format("days from {} to the end of the period, over the cases inside then{}",
                     kpi.since == "report" ? "the report" : "mark " + kpi.since,
                     kpi.since == "report" ? "" : "; those without the mark have no age");
}

std::string computed_staff(const KpiSpec& kpi) {
  if (!kpi.stock.empty()) {
    return fmt::format("cases of {} over FTE in post at the end of the period, for each of {}",
                       kpi.stock, joined(kpi.pools));
  }
  const std::string full_time = kpi.hours_a_week ? in_words(*kpi.hours_a_week) + " hours a week"
                                                 : "its pool's working hours less its absence";
  return fmt::format(
      "hours worked over the hours that a full-time position is on duty ({}), for each of {}",
      full_time, joined(kpi.pools));
}

std::string computed(const KpiSpec& kpi) {
  std::string text;
  switch (kpi.kind) {
    case KpiSpec::Kind::count:
      text = computed_count(kpi);
      break;
    case KpiSpec::Kind::duration:
      text = computed_duration(kpi);
      break;
    case KpiSpec::Kind::share:
      text = computed_share(kpi);
      break;
    case KpiSpec::Kind::stock:
      text = computed_stock(kpi);
      break;
    case KpiSpec::Kind::staff:
      text = computed_staff(kpi);
      break;
  }
  if (kpi.factor) text += "; times " + in_words(*kpi.factor);
  return text;
}

std::string names_or_count(const Names& names, const std::string& what) {
  return names.size() > most_names ? fmt::format("{} {}s", names.size(), what)
                                   : what + " " + joined(names);
}

constexpr std::array<std::string_view, 5> period_kind_names{
    "month", "quarter", "year", "range of a published figure", "the whole window"};

bool has_several_sites(const Scenario& scenario) {
  return std::any_of(scenario.sites.begin(), scenario.sites.end(),
                     [](const auto& level) { return level.second.size() > 1; });
}

/// What the rows of one KPI are: a part for each basis, and by what they are split.
std::vector<ExplainedPart> rows_in_words(const std::string& name, const std::string& unit,
                                         const Scenario& scenario, const RowPlan& plan) {
  std::map<std::string, Period::Kind> kinds;
  for (const Period& period : plan.periods()) kinds.emplace(period.name, period.kind);
  std::vector<std::pair<std::string, Names>> bases;
  Names classes, stages, outcomes;
  std::array<bool, period_kind_names.size()> has_kind{};
  for (const RowKey& row : plan.rows()) {
    if (row.kpi != name) continue;
    auto basis = std::find_if(bases.begin(), bases.end(),
                              [&](const auto& known) { return known.first == row.basis; });
    if (basis == bases.end()) basis = bases.insert(bases.end(), {row.basis, {}});
    const bool is_own_unit = row.unit == unit || row.statistic.ends_with(row.unit);
    add_once(basis->second, row.statistic + (is_own_unit ? "" : fmt::format(" ({})", row.unit)));
    if (!row.case_class.empty()) add_once(classes, row.case_class);
    if (!row.stage.empty()) add_once(stages, row.stage);
    if (!row.outcome.empty()) add_once(outcomes, row.outcome);
    if (const auto kind = kinds.find(row.period); kind != kinds.end()) {
      has_kind[static_cast<std::size_t>(kind->second)] = true;
    }
  }
  std::vector<ExplainedPart> parts;
  for (const auto& [basis, statistics] : bases) parts.push_back({basis, joined(statistics)});
  Names split;
  for (std::size_t kind = 0; kind < has_kind.size(); ++kind) {
    if (has_kind[kind]) split.emplace_back(period_kind_names[kind]);
  }
  std::string by = joined(split);
  if (!outcomes.empty()) by += "; " + names_or_count(outcomes, "outcome");
  if (!stages.empty())
    by += "; " + names_or_count(stages, name == "utilisation" ? "pool" : "stage");
  if (!classes.empty()) by += "; " + names_or_count(classes, "class");
  if (has_several_sites(scenario)) by += "; site with --detail sites";
  if (!by.empty()) parts.push_back({"by", by});
  return parts;
}

std::string published_in_words(const std::string& name, const Scenario& scenario,
                               const RowPlan& plan, const std::vector<PublishedFigure>& figures) {
  std::size_t total = 0, beside = 0;
  std::map<std::string, std::size_t> reasons;
  for (const PublishedFigure& figure : figures) {
    if (figure.kpi != name) continue;
    ++total;
    const auto row = row_of(figure, scenario, plan);
    if (const auto* reason = std::get_if<std::string>(&row)) {
      ++reasons[*reason == "another population" ? "of " + figure.population : *reason];
    } else {
      ++beside;
    }
  }
  if (total == 0) return "no figure to stand beside it";
  std::string text =
      fmt::format("{} figure{}: {} printed beside it", total, total == 1 ? "" : "s", beside);
  for (const auto& [reason, count] : reasons) text += fmt::format(", {} not ({})", count, reason);
  return text;
}

}  // namespace

std::vector<KpiSummary> every_kpi(const Scenario& scenario) {
  std::vector<KpiSummary> all;
  for (const GenericKpi& kpi : generic_kpis()) {
    all.push_back({std::string(kpi.name), std::string(kpi.unit), std::string(kpi.definition)});
  }
  for (const auto& [name, kpi] : scenario.kpis) {
    all.push_back({name, kpi.unit, kpi.definition});
    if (kpi.kind != KpiSpec::Kind::stock) continue;
    all.push_back({name_of_ages(name), "days", "ages of the cases of " + name});
  }
  return all;
}

std::optional<std::vector<ExplainedPart>> explain_kpi(const std::string& name,
                                                      const Scenario& scenario, const RowPlan& plan,
                                                      const std::vector<PublishedFigure>& figures) {
  std::vector<ExplainedPart> parts;
  const auto stated = [](const std::string& text) { return text.empty() ? "not stated" : text; };
  if (const auto own = scenario.kpis.find(name); own != scenario.kpis.end()) {
    const KpiSpec& kpi = own->second;
    parts = {{"definition", stated(kpi.definition)},
             {"publisher", stated(kpi.publisher)},
             {"population", stated(kpi.population)},
             {"unit", stated(kpi.unit)},
             {"kind", std::string(kpi_kind_names[static_cast<std::size_t>(kpi.kind)])},
             {"computed", computed(kpi)}};
    if (kpi.kind != KpiSpec::Kind::stock) parts.push_back({"marks", marks_in_words(scenario, kpi)});
    for (ExplainedPart& part : rows_in_words(name, kpi.unit, scenario, plan)) parts.push_back(part);
    if (!kpi.differs.empty()) parts.push_back({"differs", kpi.differs});
    parts.push_back({"published", published_in_words(name, scenario, plan, figures)});
    return parts;
  }
  if (const KpiSpec* stock = stock_of_ages(scenario, name)) {
    parts = {{"definition", "ages of: " + stated(stock->definition)},
             {"publisher", "none: a quantity of the model"},
             {"population", stated(stock->population)},
             {"unit", "days"},
             {"kind", "ages of a stock"},
             {"computed", computed_ages(*stock)}};
    for (ExplainedPart& part : rows_in_words(name, "days", scenario, plan)) parts.push_back(part);
    return parts;
  }
  const auto generic = generic_kpis();
  const auto found = std::find_if(generic.begin(), generic.end(),
                                  [&](const GenericKpi& kpi) { return kpi.name == name; });
  if (found == generic.end()) return std::nullopt;
  parts = {{"definition", std::string(found->definition)},
           {"publisher", "none: a quantity of the model"},
           {"population", "every simulated case"},
           {"unit", std::string(found->unit)},
           {"kind", "generic: the program has it for every scenario"},
           {"computed", std::string(found->computed)}};
  for (ExplainedPart& part : rows_in_words(name, std::string(found->unit), scenario, plan)) {
    parts.push_back(part);
  }
  return parts;
}

}  // namespace rassoflow
