#include "analysis/kpis/precision.hpp"

#include <algorithm>
#include <set>

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

/// A field of the rows with the value that the target wants in it.
struct WantedField {
  const char* key;
  std::string RowKey::*field;
  std::string value;
};

/// One entry of [precision] and the rows that may be meant.
class RowSearch {
 public:
  RowSearch(const std::string& name, const PrecisionSpec& spec, const RowPlan& plan)
      : name_(name), spec_(spec), plan_(plan) {
    const std::string& window = plan.periods().back().name;
    wanted_ = {{"site", &RowKey::site, spec.site},
               {"class", &RowKey::case_class, spec.case_class},
               {"stage", &RowKey::stage, spec.stage},
               {"outcome", &RowKey::outcome, spec.outcome},
               {"period", &RowKey::period, spec.period.empty() ? window : spec.period}};
    if (!spec.basis.empty()) wanted_.push_back({"basis", &RowKey::basis, spec.basis});
    if (!spec.statistic.empty()) {
      wanted_.push_back({"statistic", &RowKey::statistic, spec.statistic});
    }
  }

  std::optional<std::uint32_t> find() {
    std::set<std::string> kpis;
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < plan_.rows().size(); ++row) {
      kpis.insert(plan_.rows()[row].kpi);
      if (plan_.rows()[row].kpi == spec_.kpi) rows.push_back(row);
    }
    if (rows.empty()) {
      fault("kpi", "there is no KPI " + in_ticks(spec_.kpi), nearest(kpis, spec_.kpi));
      return std::nullopt;
    }
    for (const WantedField& wanted : wanted_) look_for(wanted, rows);
    if (!faults.empty()) return std::nullopt;
    for (const WantedField& wanted : wanted_) {
      std::erase_if(
          rows, [&](std::uint32_t row) { return plan_.rows()[row].*wanted.field != wanted.value; });
      if (!rows.empty()) continue;
      fault(wanted.key, "no row of the KPI " + in_ticks(spec_.kpi) + " has all of this at once",
            "`rassoflow explain " + spec_.kpi + "` says which rows there are");
      return std::nullopt;
    }
    return rows.front();
  }

  Diagnostics faults;

 private:
  void fault(const char* key, std::string message, std::string help) {
    faults.push_back(
        {spec_.place, dotted_key({"precision", name_, key}), std::move(message), std::move(help)});
  }

  static std::string nearest(const std::set<std::string>& known, const std::string& wrong) {
    constexpr std::size_t most_listed = 16;
    const std::vector<std::string> names(known.begin(), known.end());
    const std::string near = nearest_name(wrong, names);
    if (!near.empty()) return "did you mean " + in_ticks(near) + "?";
    return names.size() <= most_listed ? "there is " + listed(names, "and") : "";
  }

  /// Says so if no row of the KPI has the value.
  void look_for(const WantedField& wanted, const std::vector<std::uint32_t>& rows) {
    std::set<std::string> known;
    for (const std::uint32_t row : rows) known.insert(plan_.rows()[row].*wanted.field);
    if (known.contains(wanted.value)) return;
    known.erase("");
    const std::string key = wanted.key;
    if (wanted.value.empty()) {
      fault(wanted.key, "every row of the KPI " + in_ticks(spec_.kpi) + " is of one " + key,
            nearest(known, ""));
    } else {
      fault(wanted.key,
            "the KPI " + in_ticks(spec_.kpi) + " has no rows of " + key + " " +
                in_ticks(wanted.value),
            !known.empty()  ? nearest(known, wanted.value)
            : key == "site" ? "rows of sites need --detail sites"
                            : "leave it out");
    }
  }

  const std::string& name_;
  const PrecisionSpec& spec_;
  const RowPlan& plan_;
  std::vector<WantedField> wanted_;
};

}  // namespace

std::string_view in_words(StopReason reason) {
  switch (reason) {
    case StopReason::all_made:
      return "all replications asked for are made";
    case StopReason::precise:
      return "every precision target is met";
    case StopReason::most_made:
      return "the most replications allowed are made";
    case StopReason::failed:
      return "a replication failed";
    case StopReason::interrupted:
      return "interrupted";
  }
  return "";
}

Result<std::vector<PrecisionTarget>> precision_targets(const Scenario& scenario,
                                                       const RowPlan& plan) {
  std::vector<PrecisionTarget> targets;
  Diagnostics faults;
  for (const auto& [name, spec] : scenario.precision) {
    RowSearch search{name, spec, plan};
    if (const auto row = search.find()) {
      targets.push_back({name, *row, {spec.relative, spec.absolute}});
    }
    faults.insert(faults.end(), search.faults.begin(), search.faults.end());
  }
  if (!faults.empty()) return faults;
  return targets;
}

std::vector<ReachedPrecision> reached_precision(const std::vector<PrecisionTarget>& targets,
                                                const Observations& observations) {
  std::vector<ReachedPrecision> reached;
  Summariser summariser;
  for (const PrecisionTarget& target : targets) {
    std::vector<double> values;
    for (const auto& replication : observations.values) values.push_back(replication[target.row]);
    const Summary summary = summariser.summarise(values);
    reached.push_back({target, summary, half_width_of(summary, target.width)});
  }
  return reached;
}

}  // namespace rassoflow
