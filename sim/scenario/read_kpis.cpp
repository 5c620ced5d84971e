// What is counted, and the published figures beside it.
#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 2> which_names{"first", "every"};
constexpr unsigned only(KpiSpec::Kind kind) {
  return 1U << static_cast<unsigned>(kind);
}
using Kind = KpiSpec::Kind;

void kind_is_known(Reading&, const TomlValue&, KpiSpec&) {}

void which(Reading& reading, const TomlValue& value, KpiSpec& out) {
  if (const auto word = read_word(reading, value, which_names)) {
    out.which = static_cast<KpiSpec::Which>(*word);
  }
}

void per(Reading& reading, const TomlValue& value, KpiSpec& out) {
  if (const auto word = read_word(reading, value, which_names)) {
    out.per = static_cast<KpiSpec::Which>(*word);
  }
}

constexpr KeyRule<SplitSpec> split_keys[] = {
    {"by", text<&SplitSpec::by>, Need::required},
    {"with", text<&SplitSpec::with>, Need::required},
    {"without", text<&SplitSpec::without>, Need::required},
};

void split(Reading& reading, const TomlValue& value, KpiSpec& out) {
  read_keys<SplitSpec>(reading, value, split_keys, out.split.emplace());
}

void parts(Reading& reading, const TomlValue& value, KpiSpec& out) {
  const auto* table = value.as<TomlValue::Table>();
  if (table == nullptr) {
    reading.wrong_type(value, "a table of names and their stages");
    return;
  }
  for (const TomlEntry& entry : *table) {
    const Reading::Key key{reading, entry.key};
    out.parts[entry.key] = read_texts(reading, entry.value);
  }
}

void outcomes(Reading& reading, const TomlValue& value, KpiSpec& out) {
  const auto* table = value.as<TomlValue::Table>();
  if (table == nullptr) {
    reading.wrong_type(value, "a table of outcome codes and their marks");
    return;
  }
  for (const TomlEntry& entry : *table) {
    const Reading::Key key{reading, entry.key};
    if (auto mark = read_text(reading, entry.value)) out.outcomes[entry.key] = std::move(*mark);
  }
}

void over_days(Reading& reading, const TomlValue& value, KpiSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of whole numbers of days");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (const auto days = read_whole_number(reading, (*items)[i], 0, 36'600)) {
      out.over_days.push_back(static_cast<int>(*days));
    }
  }
}

constexpr KeyRule<KpiSpec> kpi_keys[] = {
    {"kind", kind_is_known, Need::required},
    {"unit", text<&KpiSpec::unit>},
    {"definition", text<&KpiSpec::definition>},
    {"publisher", text<&KpiSpec::publisher>},
    {"population", text<&KpiSpec::population>},
    {"differs", text<&KpiSpec::differs>},
    {"mark", text<&KpiSpec::mark>, Need::optional, only(Kind::count)},
    {"outcomes", outcomes, Need::optional, only(Kind::count)},
    {"split", split, Need::optional, only(Kind::count)},
    {"which", which, Need::optional, only(Kind::count) | only(Kind::share)},
    {"per", per, Need::optional, only(Kind::share)},
    {"factor", quantity<&KpiSpec::factor>, Need::optional, only(Kind::count) | only(Kind::stock)},
    {"from", text<&KpiSpec::from>, Need::required, only(Kind::duration)},
    {"to", text<&KpiSpec::to>, Need::required, only(Kind::duration)},
    {"parts", parts, Need::optional, only(Kind::duration)},
    {"numerator", texts<&KpiSpec::numerator>, Need::required, only(Kind::share)},
    {"denominator", texts<&KpiSpec::denominator>, Need::required, only(Kind::share)},
    {"stages", texts<&KpiSpec::stages>, Need::required, only(Kind::stock)},
    {"over_days", over_days, Need::optional, only(Kind::stock)},
    {"since", text<&KpiSpec::since>, Need::optional, only(Kind::stock)},
    {"pools", texts<&KpiSpec::pools>, Need::required, only(Kind::staff)},
    {"stock", text<&KpiSpec::stock>, Need::optional, only(Kind::staff)},
    {"hours_a_week", quantity<&KpiSpec::hours_a_week>, Need::optional, only(Kind::staff)},
};

void published_csv(Reading& reading, const TomlValue& value, PublishedSpec& out) {
  const auto path = read_text(reading, value);
  if (!path) return;
  out.csv = *path;
  const auto file = reading.files().read_beside(value.position, reading.here(), *path);
  if (!file) return;
  out.shown_as = file->shown_as;
  const CsvText csv = parse_csv(file->text, file->shown_as);
  for (const Diagnostic& fault : csv.faults) reading.faults().push_back(fault);
}

constexpr KeyRule<PublishedSpec> published_keys[] = {
    {"csv", published_csv, Need::required},
};

}  // namespace

void read_kpi(Reading& reading, const TomlEntry& entry, KpiSpec& out) {
  out.place = reading.place(entry.key_position);
  const auto kind = read_kind(reading, entry.value, "kind", kpi_kind_names);
  if (!kind) return;
  out.kind = static_cast<Kind>(*kind);
  read_keys<KpiSpec>(reading, entry.value, kpi_keys, out, only(out.kind), kpi_kind_names);
  if (reading.is_partial()) return;
  if (out.kind == Kind::staff && !out.stock.empty() && out.hours_a_week) {
    reading.fault(entry.key_position, "`hours_a_week` says nothing about a stock per FTE in post",
                  "leave out one of them");
  }
  if (out.kind != Kind::count) return;
  if (out.split && (out.mark.empty() || out.which == KpiSpec::Which::every)) {
    reading.fault(entry.key_position, "only a count of the first of one mark can be split",
                  "give `mark`, and leave out `which`");
  }
  const bool has_mark = entry.value.find("mark") != nullptr;
  if (has_mark == (entry.value.find("outcomes") != nullptr)) {
    reading.fault(entry.key_position,
                  has_mark ? "the count has both `mark` and `outcomes`"
                           : "the count has neither `mark` nor `outcomes`",
                  "give one of them");
  }
}

void read_published(Reading& reading, const TomlValue& value, PublishedSpec& out) {
  out.place = reading.place(value.position);
  read_keys<PublishedSpec>(reading, value, published_keys, out);
}

void list_kpi_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<KpiSpec>(catalogue, "kpis.NAME", kpi_keys, kpi_kind_names);
  add_to_catalogue<SplitSpec>(catalogue, "split", split_keys);
  add_to_catalogue<PublishedSpec>(catalogue, "published", published_keys);
}

}  // namespace rassoflow
