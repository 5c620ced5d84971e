// Stages, their routes and the withdrawal phases.
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr unsigned only(StageKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
constexpr unsigned batch = only(StageKind::batch);
constexpr unsigned listing = only(StageKind::listing);
constexpr unsigned with_next = ~(only(StageKind::outcome) | only(StageKind::fork));
constexpr unsigned with_routes = with_next & ~listing;
constexpr unsigned with_calendar = only(StageKind::wait) | batch | listing;
constexpr unsigned in_queue = only(StageKind::work) | only(StageKind::hold);
constexpr unsigned with_pool = in_queue | only(StageKind::release);
constexpr std::array<std::string_view, 2> clock_names{"report", "phase"};
constexpr std::array<std::string_view, 2> while_names{"always", "waiting"};

constexpr KeyRule<RouteSpec> route_keys[] = {
    {"to", text<&RouteSpec::to>, Need::required},
    {"probability", quantity<&RouteSpec::probability>},
    {"slope", quantity<&RouteSpec::slope>},
    {"above", quantity<&RouteSpec::above>},
    {"visits", visits<&RouteSpec::visits>},
    {"classes", text_set<&RouteSpec::classes>},
    {"flags", text_set<&RouteSpec::flags>},
    {"unless", text_set<&RouteSpec::unless>},
};

constexpr KeyRule<RouteSpec> branch_keys[] = {
    {"to", text<&RouteSpec::to>, Need::required},
    {"probability", quantity<&RouteSpec::probability>},
    {"visits", visits<&RouteSpec::visits>},
    {"classes", text_set<&RouteSpec::classes>},
    {"flags", text_set<&RouteSpec::flags>},
    {"unless", text_set<&RouteSpec::unless>},
};

std::vector<RouteSpec> read_routes(Reading& reading, const TomlValue& value,
                                   std::span<const KeyRule<RouteSpec>> keys) {
  std::vector<RouteSpec> out;
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables");
    return out;
  }
  if (items->empty()) reading.fault(value.position, "the array is empty");
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    RouteSpec route;
    route.place = reading.place((*items)[i].position);
    read_keys<RouteSpec>(reading, (*items)[i], keys, route);
    out.push_back(std::move(route));
  }
  return out;
}

void routes(Reading& reading, const TomlValue& value, StageSpec& out) {
  for (RouteSpec& route : read_routes(reading, value, route_keys)) {
    out.routes.push_back(std::move(route));
  }
}

void branches(Reading& reading, const TomlValue& value, StageSpec& out) {
  out.branches = read_routes(reading, value, branch_keys);
}

void needs(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (const auto number = read_whole_number(reading, value, 1, 100)) {
    out.needs = static_cast<std::uint32_t>(*number);
  }
}

void next(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (auto to = read_text(reading, value)) {
    RouteSpec route;
    route.to = std::move(*to);
    route.place = reading.place(value.position);
    out.routes.push_back(std::move(route));
  }
}

void period(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (const auto word = read_word(reading, value, rate_period_names)) {
    out.per = static_cast<RatePeriod>(*word);
  }
}

void work_mode(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (const auto word = read_word(reading, value, work_mode_names)) {
    out.mode = static_cast<WorkMode>(*word);
  }
}

/// The reader of a part of a stage, as a reader of the stage.
template <auto part, auto read>
void in(Reading& reading, const TomlValue& value, StageSpec& out) {
  read(reading, value, out.*part);
}

template <auto member>
void of_listing(Reading& reading, const TomlValue& value, StageSpec& out) {
  quantity<member>(reading, value, out.listing);
}

template <std::size_t position>
void chance(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (auto read = read_quantity(reading, value)) out.listing.chances[position] = std::move(*read);
}

template <std::size_t position>
void way(Reading& reading, const TomlValue& value, StageSpec& out) {
  if (auto to = read_text(reading, value)) out.listing.to[position] = std::move(*to);
}

void kind_is_known(Reading&, const TomlValue&, StageSpec&) {}

constexpr KeyRule<StageSpec> stage_keys[] = {
    {"kind", kind_is_known, Need::required},
    {"level", text<&StageSpec::level>},
    {"title", text<&StageSpec::title>},
    {"withdrawal", text<&StageSpec::withdrawal>},
    {"marks", text_set<&StageSpec::marks>},
    {"next", next, Need::optional, with_next},
    {"routes", routes, Need::optional, with_routes},
    {"arrivals", quantity<&StageSpec::arrivals>, Need::required, only(StageKind::report)},
    {"per", period, Need::optional, only(StageKind::report)},
    {"pool", text<&StageSpec::pool>, Need::required, with_pool},
    {"effort", laws<&StageSpec::effort>, Need::required, only(StageKind::work)},
    {"mode", work_mode, Need::optional, only(StageKind::work)},
    {"priority", priority<&StageSpec::priority>, Need::optional, in_queue},
    {"due_days", quantity<&StageSpec::due_days>, Need::optional, in_queue},
    {"background", truth<&StageSpec::background>, Need::optional, only(StageKind::hold)},
    {"delay", laws<&StageSpec::delay>, Need::required, only(StageKind::wait)},
    {"calendar", text<&StageSpec::calendar>, Need::optional, with_calendar},
    {"code", text<&StageSpec::code>, Need::required, only(StageKind::outcome)},
    {"reading_error", quantity<&StageSpec::reading_error>, Need::optional, only(StageKind::decide)},
    {"branches", branches, Need::required, only(StageKind::fork)},
    {"join", text<&StageSpec::join>, Need::required, only(StageKind::fork)},
    {"needs", needs, Need::optional, only(StageKind::join)},
    {"size", in<&StageSpec::batch, quantity<&BatchSpec::size, BatchSpec>>, Need::required, batch},
    {"every", in<&StageSpec::batch, read_every>, Need::optional, batch},
    {"rule", in<&StageSpec::batch, read_rule>, Need::optional, batch},
    {"rooms", of_listing<&ListingSpec::rooms>, Need::required, listing},
    {"length", in<&StageSpec::listing, laws<&ListingSpec::length, ListingSpec>>, Need::required,
     listing},
    {"notice_days", of_listing<&ListingSpec::notice_days>, Need::optional, listing},
    {"lists_on", in<&StageSpec::listing, read_lists_on>, Need::optional, listing},
    {"first", in<&StageSpec::listing, texts<&ListingSpec::first, ListingSpec>>, Need::optional,
     listing},
    {"overbook", of_listing<&ListingSpec::overbook>, Need::optional, listing},
    {"custody", in<&StageSpec::listing, read_custody>, Need::optional, listing},
    {"vacated", chance<0>, Need::optional, listing},
    {"ineffective", chance<1>, Need::optional, listing},
    {"cracked", chance<2>, Need::optional, listing},
    {"vacated_to", way<0>, Need::required, listing},
    {"ineffective_to", way<1>, Need::required, listing},
    {"cracked_to", way<2>, Need::required, listing},
    {"sets", text_set<&StageSpec::sets>},
    {"clears", text_set<&StageSpec::clears>},
    {"strength", quantity<&StageSpec::strength>},
    {"date_change", truth<&StageSpec::date_change>},
};

constexpr KeyRule<HazardBand> band_keys[] = {
    {"from_day", number<&HazardBand::from_day>, Need::required},
    {"per_day", quantity<&HazardBand::per_day>, Need::required},
};

void bands(Reading& reading, const TomlValue& value, WithdrawalPhase& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of tables");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    HazardBand band;
    band.per_day.place = reading.place((*items)[i].position);
    read_keys<HazardBand>(reading, (*items)[i], band_keys, band);
    out.bands.push_back(std::move(band));
  }
}

void clock_start(Reading& reading, const TomlValue& value, WithdrawalPhase& out) {
  if (const auto word = read_word(reading, value, clock_names)) {
    out.clock = static_cast<WithdrawalPhase::Clock>(*word);
  }
}

void counts_while(Reading& reading, const TomlValue& value, WithdrawalPhase& out) {
  if (const auto word = read_word(reading, value, while_names)) {
    out.counts_while = static_cast<WithdrawalPhase::While>(*word);
  }
}

constexpr KeyRule<HeldRatio> held_keys[] = {
    {"pool", text<&HeldRatio::pool>, Need::required},
    {"ratio", quantity<&HeldRatio::ratio>, Need::required},
};

void held(Reading& reading, const TomlValue& value, WithdrawalPhase& out) {
  out.held.emplace();
  out.held->ratio.place = reading.place(value.position);
  read_keys<HeldRatio>(reading, value, held_keys, *out.held);
}

constexpr KeyRule<WithdrawalPhase> withdrawal_keys[] = {
    {"bands", bands, Need::required},
    {"multiplier", quantity<&WithdrawalPhase::multiplier>},
    {"date_change_ratio", quantity<&WithdrawalPhase::date_change_ratio>},
    {"held", held},
    {"clock", clock_start},
    {"while", counts_while},
    {"to", text<&WithdrawalPhase::to>, Need::required},
};

}  // namespace

void read_stage(Reading& reading, const TomlEntry& entry, StageSpec& out) {
  out.place = reading.place(entry.key_position);
  const auto kind = read_kind(reading, entry.value, "kind", stage_kind_names);
  if (!kind) return;
  out.kind = static_cast<StageKind>(*kind);
  read_keys<StageSpec>(reading, entry.value, stage_keys, out, only(out.kind), stage_kind_names);
  if (out.kind == StageKind::batch || out.kind == StageKind::listing) {
    finish_diary(reading, entry, out);
  }
  if ((only(out.kind) & with_routes) == 0) return;
  const bool has_next = entry.value.find("next") != nullptr;
  const bool has_routes = entry.value.find("routes") != nullptr;
  if (has_next == has_routes && !reading.is_partial()) {
    reading.fault(entry.key_position,
                  has_next ? "the stage has both `next` and `routes`"
                           : "the stage has neither `next` nor `routes`, so a case would stay",
                  "give one of them");
  }
}

void read_withdrawal(Reading& reading, const TomlEntry& entry, WithdrawalPhase& out) {
  out.place = reading.place(entry.key_position);
  out.multiplier.place = out.place;
  out.multiplier.literal = 1;
  out.date_change_ratio = out.multiplier;
  read_keys<WithdrawalPhase>(reading, entry.value, withdrawal_keys, out);
}

void list_stage_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<StageSpec>(catalogue, "stages.NAME", stage_keys, stage_kind_names);
  add_to_catalogue<RouteSpec>(catalogue, "routes", route_keys);
  add_to_catalogue<RouteSpec>(catalogue, "branches", branch_keys);
  list_diary_keys(catalogue);
  add_to_catalogue<WithdrawalPhase>(catalogue, "withdrawal.PHASE", withdrawal_keys);
  add_to_catalogue<HazardBand>(catalogue, "bands", band_keys);
  add_to_catalogue<HeldRatio>(catalogue, "held", held_keys);
}

}  // namespace rassoflow
