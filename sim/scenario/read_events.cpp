// Events: what happened on known dates, and what it does to parameters.
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

void sites(Reading& reading, const TomlValue& value, EffectSpec& out) {
  if (const auto* one = value.as<std::string>()) {
    out.sites = {*one};
    return;
  }
  const auto* several = value.as<TomlValue::Array>();
  if (several == nullptr) {
    reading.wrong_type(value, "a site or an array of sites", "sites are written `level:name`");
  } else if (several->empty()) {
    reading.fault(value.position, "the array of sites is empty", "leave `site` out for every site");
  } else {
    text_set<&EffectSpec::sites>(reading, value, out);
  }
}

template <EffectSpec::Kind kind>
void change(Reading& reading, const TomlValue& value, EffectSpec& out) {
  out.kind = kind;
  if (const auto number = read_number(reading, value)) out.value = *number;
}

constexpr KeyRule<EffectSpec> effect_keys[] = {
    {"parameter", text<&EffectSpec::parameter>, Need::required},
    {"site", sites},
    {"ratio", change<EffectSpec::Kind::ratio>},
    {"difference", change<EffectSpec::Kind::difference>},
    {"low", number<&EffectSpec::low>},
    {"high", number<&EffectSpec::high>},
    {"grade", grade<&EffectSpec::grade>},
    {"source", text<&EffectSpec::source>},
    {"note", text<&EffectSpec::note>},
};

void effects(Reading& reading, const TomlValue& value, EventSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables, which may be empty");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (reading.has_most_faults()) return;
    const TomlValue& item = (*items)[i];
    const Reading::Key key{reading, i};
    EffectSpec& effect = out.effects.emplace_back();
    effect.place = reading.place(item.position);
    read_keys<EffectSpec>(reading, item, effect_keys, effect);
    if (item.as<TomlValue::Table>() == nullptr) continue;
    const bool has_ratio = item.find("ratio") != nullptr;
    if (has_ratio == (item.find("difference") != nullptr)) {
      reading.fault(item.position,
                    has_ratio ? "the effect has both `ratio` and `difference`"
                              : "the effect has neither `ratio` nor `difference`",
                    "give one of them");
    }
  }
}

constexpr KeyRule<EventSpec> event_keys[] = {
    {"title", text<&EventSpec::title>, Need::required},
    {"from", date<&EventSpec::from>, Need::required},
    {"to", date<&EventSpec::to>},
    {"announced", date<&EventSpec::announced>},
    {"grade", grade<&EventSpec::grade>, Need::required},
    {"source", text<&EventSpec::source>, Need::required},
    {"note", text<&EventSpec::note>},
    {"effects", effects, Need::required},
};

}  // namespace

void read_event(Reading& reading, const TomlEntry& entry, EventSpec& out) {
  out.place = reading.place(entry.key_position);
  read_keys<EventSpec>(reading, entry.value, event_keys, out);
  for (EffectSpec& effect : out.effects) {
    if (effect.grade == Grade::unsourced) effect.grade = out.grade;
    if (effect.source.empty()) effect.source = out.source;
    if (effect.note.empty()) effect.note = out.note;
  }
}

void list_event_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<EventSpec>(catalogue, "events.NAME", event_keys);
  add_to_catalogue<EffectSpec>(catalogue, "effects", effect_keys);
}

}  // namespace rassoflow
