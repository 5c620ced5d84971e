// Levers: what somebody can decide, when and where it is in use.
#include "sim/scenario/read_effects.hpp"

namespace rassoflow {
namespace {

constexpr std::int64_t longest_ramp_days = 3660;

void use_site(Reading& reading, const TomlValue& value, LeverUse& out) {
  out.sites = read_sites(reading, value);
}

constexpr KeyRule<LeverUse> wave_keys[] = {
    {"from", date<&LeverUse::from>, Need::required},
    {"to", date<&LeverUse::to>},
    {"announced", date<&LeverUse::announced>},
    {"site", use_site},
};

void waves(Reading& reading, const TomlValue& value, LeverSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables, which may be empty");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (reading.has_most_faults()) return;
    const Reading::Key key{reading, i};
    LeverUse& wave = out.waves.emplace_back();
    wave.place = reading.place((*items)[i].position);
    read_keys<LeverUse>(reading, (*items)[i], wave_keys, wave);
  }
}

template <auto read, auto member>
void of_use(Reading& reading, const TomlValue& value, LeverSpec& out) {
  if (auto found = read(reading, value)) out.use.*member = std::move(*found);
}

void site(Reading& reading, const TomlValue& value, LeverSpec& out) {
  use_site(reading, value, out.use);
}

void effects(Reading& reading, const TomlValue& value, LeverSpec& out) {
  out.effects = read_effects(reading, value);
}

void ramp_days(Reading& reading, const TomlValue& value, LeverSpec& out) {
  if (const auto days = read_whole_number(reading, value, 0, longest_ramp_days)) {
    out.ramp_days = static_cast<std::uint32_t>(*days);
  }
}

void combines(Reading& reading, const TomlValue& value, LeverSpec& out) {
  if (read_word(reading, value, combines_names)) out.combines = Combines::max;
}

constexpr KeyRule<LeverSpec> lever_keys[] = {
    {"title", text<&LeverSpec::title>, Need::required},
    {"note", text<&LeverSpec::note>},
    {"grade", grade<&LeverSpec::grade>, Need::required},
    {"source", text<&LeverSpec::source>, Need::required},
    {"effects", effects},
    {"bundle", texts<&LeverSpec::bundle>},
    {"from", of_use<read_date, &LeverUse::from>},
    {"to", of_use<read_date, &LeverUse::to>},
    {"announced", of_use<read_date, &LeverUse::announced>},
    {"site", site},
    {"waves", waves},
    {"ramp_days", ramp_days},
    {"replaces", text_set<&LeverSpec::replaces>},
    {"combines", combines},
};

}  // namespace

void read_lever(Reading& reading, const TomlEntry& entry, LeverSpec& out) {
  out.place = reading.place(entry.key_position);
  out.use.place = out.place;
  read_keys<LeverSpec>(reading, entry.value, lever_keys, out);
  fill_effects(out.effects, out.grade, out.source, out.note);
  if (entry.value.as<TomlValue::Table>() == nullptr) return;
  if (entry.value.find("effects") == nullptr && entry.value.find("bundle") == nullptr) {
    reading.fault(entry.key_position, "the lever has neither `effects` nor `bundle`",
                  "write `effects = []` if nothing is known of what it does");
  }
}

void list_lever_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<LeverSpec>(catalogue, "levers.NAME", lever_keys);
  add_to_catalogue<LeverUse>(catalogue, "waves", wave_keys);
}

}  // namespace rassoflow
