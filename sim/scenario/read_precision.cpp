// How precise the results must be before `run --precision` stops.
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

template <auto member>
void half_width(Reading& reading, const TomlValue& value, PrecisionSpec& out) {
  const std::optional<double> number = read_number(reading, value);
  if (!number) return;
  if (*number > 0) {
    out.*member = number;
  } else {
    reading.fault(value.position, "a half-width must be above 0", "");
  }
}

constexpr KeyRule<PrecisionSpec> precision_keys[] = {
    {"kpi", text<&PrecisionSpec::kpi>},
    {"relative", half_width<&PrecisionSpec::relative>},
    {"absolute", half_width<&PrecisionSpec::absolute>},
    {"statistic", text<&PrecisionSpec::statistic>},
    {"basis", text<&PrecisionSpec::basis>},
    {"period", text<&PrecisionSpec::period>},
    {"site", text<&PrecisionSpec::site>},
    {"class", text<&PrecisionSpec::case_class>},
    {"stage", text<&PrecisionSpec::stage>},
    {"outcome", text<&PrecisionSpec::outcome>},
};

}  // namespace

void read_precision(Reading& reading, const TomlEntry& entry, PrecisionSpec& out) {
  out.place = reading.place(entry.key_position);
  out.kpi = entry.key;
  const bool is_table = entry.value.as<TomlValue::Table>() != nullptr;
  read_keys<PrecisionSpec>(reading, entry.value, precision_keys, out);
  if (!is_table || reading.is_partial()) return;
  const bool has_relative = entry.value.find("relative") != nullptr;
  if (has_relative == (entry.value.find("absolute") != nullptr)) {
    reading.fault(entry.key_position,
                  has_relative ? "the target has both `relative` and `absolute`"
                               : "the target has neither `relative` nor `absolute`",
                  "give one of them: the half-width of the 95% interval of the mean");
  }
}

void list_precision_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<PrecisionSpec>(catalogue, "precision.NAME", precision_keys);
}

}  // namespace rassoflow
