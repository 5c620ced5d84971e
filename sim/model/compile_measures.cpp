// What a trial measures for the [kpis]: durations and their parts, stocks and their ages.
#include <set>

#include "sim/model/compile_detail.hpp"
#include "sim/scenario/scenario.hpp"

namespace rassoflow::compile_detail {
namespace {

MarkId mark_of(const Pathway& pathway, const std::string& name) {
  return MarkId{static_cast<std::uint16_t>(position_of(pathway.marks, name))};
}

/// Each once; `report` is the arrival.
void add_duration(const std::string& from, const std::string& to, Pathway& pathway,
                  std::uint16_t part = no_part) {
  DurationKpi duration;
  if (from != "report") duration.from = mark_of(pathway, from);
  duration.to = mark_of(pathway, to);
  duration.part = part;
  for (const DurationKpi& known : pathway.durations) {
    if (known.from == duration.from && known.to == duration.to && known.part == part) return;
  }
  pathway.durations_to[duration.to.value].push_back(
      static_cast<std::uint16_t>(pathway.durations.size()));
  pathway.durations.push_back(duration);
}

void add_parts(const std::string& name, const KpiSpec& kpi, const Names& names, Pathway& pathway) {
  for (const auto& [part_name, stages] : kpi.parts) {
    const auto part = static_cast<std::uint16_t>(pathway.parts.size());
    pathway.parts.push_back({name, part_name});
    add_duration(kpi.from, kpi.to, pathway, part);
    if (kpi.from != "report") pathway.parts_from[mark_of(pathway, kpi.from).value].push_back(part);
    for (const std::string& stage : std::set(stages.begin(), stages.end())) {
      pathway.parts_of_stage[position_of(names.stages, stage)].push_back(part);
    }
  }
}

void add_stock(const std::string& name, const KpiSpec& kpi, const Names& names, Pathway& pathway) {
  const auto stock = static_cast<std::uint16_t>(pathway.stock_ages.size());
  const MarkId since = kpi.since == "report" ? MarkId{} : mark_of(pathway, kpi.since);
  const std::set<int> over_days(kpi.over_days.begin(), kpi.over_days.end());
  pathway.stock_ages.push_back(
      {name, any_age, since, static_cast<std::uint16_t>(over_days.size())});
  for (const int days : over_days) pathway.stock_ages.push_back({name, days, since});
  for (const std::string& stage : std::set(kpi.stages.begin(), kpi.stages.end())) {
    pathway.stocks_of_stage[position_of(names.stages, stage)].push_back(stock);
  }
}

/// Of two marks that one stage sets, the one from which a duration runs comes first, so that a
/// duration of no time at all is seen too.
void order_stage_marks(Pathway& pathway) {
  for (const Stage& stage : pathway.stages) {
    const auto begin = pathway.stage_marks.begin() + stage.first_mark;
    const auto end = begin + stage.mark_count;
    for (const DurationKpi& duration : pathway.durations) {
      const auto from = std::find(begin, end, duration.from);
      const auto to = std::find(begin, end, duration.to);
      if (from != end && to < from) std::rotate(to, from, from + 1);
    }
  }
}

/// Those from which something is measured later.
void date_marks(Pathway& pathway) {
  std::set<MarkId> dated;
  for (const DurationKpi& duration : pathway.durations) dated.insert(duration.from);
  for (const StockAge& stock : pathway.stock_ages) dated.insert(stock.since);
  for (const Listing& listing : pathway.listings) {
    if (listing.custody_flag != 0) dated.insert(listing.custody_mark);
  }
  dated.erase(MarkId{});
  pathway.dated_marks.assign(pathway.marks.size(), not_dated);
  std::uint16_t date = 0;
  for (const MarkId mark : dated) pathway.dated_marks[mark.value] = date++;
  pathway.mark_words = static_cast<std::uint32_t>(pathway.mark_bits() + dated.size());
}

}  // namespace

void compile_measures(const Scenario& scenario, const Names& names, Pathway& pathway) {
  pathway.durations_to.resize(pathway.marks.size());
  pathway.parts_from.resize(pathway.marks.size());
  pathway.parts_of_stage.resize(pathway.stages.size());
  pathway.stocks_of_stage.resize(pathway.stages.size());
  for (const auto& [name, kpi] : scenario.kpis) {
    if (kpi.kind == KpiSpec::Kind::duration) {
      add_duration(kpi.from, kpi.to, pathway);
      add_parts(name, kpi, names, pathway);
    }
    if (kpi.split) add_duration(kpi.split->by, kpi.mark, pathway);
    if (kpi.kind == KpiSpec::Kind::stock) add_stock(name, kpi, names, pathway);
  }
  for (const Stage& stage : pathway.stages) {
    if (stage.kind == StageKind::outcome) add_duration("report", stage.code, pathway);
  }
  order_stage_marks(pathway);
  date_marks(pathway);
}

}  // namespace rassoflow::compile_detail
