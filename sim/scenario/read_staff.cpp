// Calendars, pools and upkeep: who works, when, and on what besides the stages.
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 2> bank_holiday_words{"open", "closed"};

void days(Reading& reading, const TomlValue& value, CalendarSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr || items->empty()) {
    reading.wrong_type(value, "an array of at least one of \"Mon\" to \"Sun\"");
    return;
  }
  out.pattern.days.fill(false);
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (const auto day = read_word(reading, (*items)[i], day_names)) out.pattern.days[*day] = true;
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// `HH:MM` as seconds after midnight, 24:00 included.
std::optional<Seconds> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    if (!is_digit(text[i])) return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return Seconds{hour * 60 + minute} * 60;
}

void hours(Reading& reading, const TomlValue& value, CalendarSpec& out) {
  const std::vector<std::string> ranges = read_texts(reading, value);
  std::vector<HourRange> read;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const Reading::Key key{reading, i};
    const TomlPosition at = (*value.as<TomlValue::Array>())[i].position;
    const std::string_view range = ranges[i];
    const auto from = time_of_day(range.substr(0, 5));
    const auto to =
        range.size() == 11 && range[5] == '-' ? time_of_day(range.substr(6)) : std::nullopt;
    if (!from || !to || *from >= *to) {
      reading.fault(at, "the hours " + in_ticks(range) + " are not understood",
                    "write \"09:00-17:00\"; 24:00 ends a day");
      continue;
    }
    if (!read.empty() && read.back().to >= *from) {
      reading.fault(at, "the hours " + in_ticks(range) + " do not follow those before",
                    "write ranges in rising order with a break between them");
      continue;
    }
    read.push_back({*from, *to});
  }
  if (value.as<TomlValue::Array>() != nullptr && ranges.empty()) {
    reading.fault(value.position, "a calendar needs at least one range of hours");
  }
  if (!read.empty()) out.pattern.hours = std::move(read);
}

void bank_holiday_rule(Reading& reading, const TomlValue& value, CalendarSpec& out) {
  if (const auto word = read_word(reading, value, bank_holiday_words)) {
    out.pattern.bank_holidays = static_cast<BankHolidays>(*word);
  }
}

void closed(Reading& reading, const TomlValue& value, CalendarSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of dates");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (const auto day = read_date(reading, (*items)[i])) out.pattern.closed.insert(*day);
  }
}

constexpr KeyRule<CalendarSpec> calendar_keys[] = {
    {"days", days},
    {"hours", hours},
    {"bank_holidays", bank_holiday_rule},
    {"closed", closed},
};

void sharing(Reading& reading, const TomlValue& value, PoolSpec& out) {
  if (const auto word = read_word(reading, value, sharing_rule_names)) {
    out.sharing = static_cast<SharingRule>(*word);
  }
}

constexpr KeyRule<PaceSpec> pace_keys[] = {
    {"capacity", quantity<&PaceSpec::capacity>, Need::required},
    {"exponent", quantity<&PaceSpec::exponent>, Need::required},
};

void pace(Reading& reading, const TomlValue& value, PoolSpec& out) {
  PaceSpec& read = out.pace.emplace();
  read.capacity.place = read.exponent.place = reading.place(value.position);
  read_keys<PaceSpec>(reading, value, pace_keys, read);
}

void on_end(Reading& reading, const TomlValue& value, PoolSpec& out) {
  if (const auto word = read_word(reading, value, on_end_names)) {
    out.on_end = static_cast<OnEnd>(*word);
  }
}

constexpr KeyRule<PoolSpec> pool_keys[] = {
    {"level", text<&PoolSpec::level>},
    {"calendar", text<&PoolSpec::calendar>},
    {"positions", quantity<&PoolSpec::positions>},
    {"absence", quantity<&PoolSpec::absence>},
    {"productivity", quantity<&PoolSpec::productivity>},
    {"other_work", quantity<&PoolSpec::other_work>},
    {"sharing", sharing},
    {"ring_fence", quantity<&PoolSpec::ring_fence>},
    {"pace", pace},
    {"on_end", on_end},
    {"hand_over_hours", quantity<&PoolSpec::hand_over_hours>},
    {"caseload", quantity<&PoolSpec::caseload>},
    {"slice_hours", quantity<&PoolSpec::slice_hours>},
    {"rank", priority<&PoolSpec::rank>},
};

constexpr std::size_t longest_training = 60;

void training(Reading& reading, const TomlValue& value, RecruitmentSpec& out) {
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr || items->size() > longest_training) {
    reading.wrong_type(value, "an array of at most 60 numbers or names of parameters");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (auto read = read_quantity(reading, (*items)[i])) out.training.push_back(std::move(*read));
  }
}

constexpr KeyRule<RecruitmentSpec> recruitment_keys[] = {
    {"pool", text<&RecruitmentSpec::pool>, Need::required},
    {"posts", quantity<&RecruitmentSpec::posts>, Need::required},
    {"in_post", quantity<&RecruitmentSpec::in_post>},
    {"months_to_start", quantity<&RecruitmentSpec::months_to_start>},
    {"starts_a_month", quantity<&RecruitmentSpec::starts_a_month>},
    {"leavers_a_year", quantity<&RecruitmentSpec::leavers_a_year>},
    {"training", training},
};

constexpr KeyRule<UpkeepSpec> upkeep_keys[] = {
    {"pool", text<&UpkeepSpec::pool>, Need::required},
    {"hours_per_week", quantity<&UpkeepSpec::hours_per_week>, Need::required},
    {"from", text<&UpkeepSpec::from>, Need::required},
    {"to", text_set<&UpkeepSpec::to>},
};

}  // namespace

void read_calendar(Reading& reading, const TomlEntry& entry, CalendarSpec& out) {
  out.place = reading.place(entry.key_position);
  if (entry.key == "always") {
    reading.fault(entry.key_position, "the calendar `always` is built in and cannot be changed",
                  "choose another name");
  }
  read_keys<CalendarSpec>(reading, entry.value, calendar_keys, out);
}

void read_pool(Reading& reading, const TomlEntry& entry, PoolSpec& out) {
  out.place = reading.place(entry.key_position);
  out.absence.place = out.place;
  out.productivity.place = out.place;
  out.hand_over_hours.place = out.place;
  out.productivity.literal = 1;
  read_keys<PoolSpec>(reading, entry.value, pool_keys, out);
}

void read_upkeep(Reading& reading, const TomlEntry& entry, UpkeepSpec& out) {
  out.place = reading.place(entry.key_position);
  out.hours_per_week.place = out.place;
  read_keys<UpkeepSpec>(reading, entry.value, upkeep_keys, out);
}

void read_recruitment(Reading& reading, const TomlEntry& entry, RecruitmentSpec& out) {
  out.place = reading.place(entry.key_position);
  read_keys<RecruitmentSpec>(reading, entry.value, recruitment_keys, out);
}

void list_staff_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<CalendarSpec>(catalogue, "calendars.NAME", calendar_keys);
  add_to_catalogue<PoolSpec>(catalogue, "pools.NAME", pool_keys);
  add_to_catalogue<PaceSpec>(catalogue, "pace", pace_keys);
  add_to_catalogue<RecruitmentSpec>(catalogue, "recruitment.NAME", recruitment_keys);
  add_to_catalogue<UpkeepSpec>(catalogue, "upkeep.NAME", upkeep_keys);
}

}  // namespace rassoflow
