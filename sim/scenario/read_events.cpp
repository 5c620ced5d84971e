// Events: what happened on known dates, and what it does to parameters.
#include "sim/scenario/read_effects.hpp"

namespace rassoflow {
namespace {

void effects(Reading& reading, const TomlValue& value, EventSpec& out) {
  out.effects = read_effects(reading, value);
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
  fill_effects(out.effects, out.grade, out.source, out.note);
}

void list_event_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<EventSpec>(catalogue, "events.NAME", event_keys);
}

}  // namespace rassoflow
