// Effects of events and levers on parameters.
#include "sim/scenario/read_effects.hpp"

#include <algorithm>

#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

template <EffectSpec::Kind kind>
void change(Reading& reading, const TomlValue& value, EffectSpec& out) {
  out.kind = kind;
  if (const auto* name = value.as<std::string>()) {
    out.value_parameter = *name;
  } else if (const auto number = read_number(reading, value)) {
    out.value = *number;
  }
}

void effect_site(Reading& reading, const TomlValue& value, EffectSpec& out) {
  out.sites = read_sites(reading, value);
}

constexpr KeyRule<EffectSpec> effect_keys[] = {
    {"parameter", text<&EffectSpec::parameter>, Need::required},
    {"site", effect_site},
    {"ratio", change<EffectSpec::Kind::ratio>},
    {"difference", change<EffectSpec::Kind::difference>},
    {"odds_ratio", change<EffectSpec::Kind::odds_ratio>},
    {"hazard_ratio", change<EffectSpec::Kind::hazard_ratio>},
    {"time_ratio", change<EffectSpec::Kind::time_ratio>},
    {"shift", change<EffectSpec::Kind::shift>},
    {"total", change<EffectSpec::Kind::total>},
    {"by", text<&EffectSpec::by>},
    {"low", number<&EffectSpec::low>},
    {"high", number<&EffectSpec::high>},
    {"grade", grade<&EffectSpec::grade>},
    {"source", text<&EffectSpec::source>},
    {"note", text<&EffectSpec::note>},
};

void expect_one_word(Reading& reading, const TomlValue& item) {
  std::vector<std::string> given;
  for (const std::string_view word : effect_words) {
    if (item.find(word) != nullptr) given.emplace_back(word);
  }
  if (given.size() == 1) return;
  const std::string help = "give one of them";
  if (given.size() == 2) {
    reading.fault(item.position, "the effect has both " + listed(given, "and"), help);
  } else if (given.empty()) {
    reading.fault(
        item.position, "the effect has neither `ratio` nor `difference`",
        "give one of them, or " + listed({effect_words.begin() + 2, effect_words.end()}, "or"));
  } else {
    reading.fault(item.position, "the effect has " + listed(given, "and"), help);
  }
}

}  // namespace

std::set<std::string> read_sites(Reading& reading, const TomlValue& value) {
  if (const auto* one = value.as<std::string>()) return {*one};
  const auto* several = value.as<TomlValue::Array>();
  if (several == nullptr) {
    reading.wrong_type(value, "a site or an array of sites", "sites are written `level:name`");
    return {};
  }
  if (several->empty()) {
    reading.fault(value.position, "the array of sites is empty", "leave `site` out for every site");
    return {};
  }
  const std::vector<std::string> names = read_texts(reading, value);
  return {names.begin(), names.end()};
}

std::vector<EffectSpec> read_effects(Reading& reading, const TomlValue& value) {
  std::vector<EffectSpec> out;
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables, which may be empty");
    return out;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (reading.has_most_faults()) return out;
    const TomlValue& item = (*items)[i];
    const Reading::Key key{reading, i};
    EffectSpec& effect = out.emplace_back();
    effect.place = reading.place(item.position);
    read_keys<EffectSpec>(reading, item, effect_keys, effect);
    if (item.as<TomlValue::Table>() != nullptr) expect_one_word(reading, item);
  }
  return out;
}

void fill_effects(std::vector<EffectSpec>& effects, Grade grade, const std::string& source,
                  const std::string& note) {
  for (EffectSpec& effect : effects) {
    if (effect.grade == Grade::unsourced) effect.grade = grade;
    if (effect.source.empty()) effect.source = source;
    if (effect.note.empty()) effect.note = note;
  }
}

void list_effect_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<EffectSpec>(catalogue, "effects", effect_keys);
}

}  // namespace rassoflow
