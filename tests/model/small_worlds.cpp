#include "tests/model/small_worlds.hpp"

#include <fmt/format.h>

namespace rassoflow {
namespace {

const std::vector<std::string> calendars{"always", "office", "days", "odd"};

constexpr std::string_view calendar_tables = R"(
[calendars.office]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
hours = ["09:00-12:30", "13:30-17:00"]
bank_holidays = "closed"
[calendars.days]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
bank_holidays = "closed"
[calendars.odd]
days = ["Sun", "Wed"]
hours = ["00:00-01:00", "22:00-24:00"]
closed = [2019-03-06, 2019-03-10]
)";

/// A number as it stands or as a parameter that changes once or twice, often on the first of a
/// month. `values` are those it may take.
class Quantities {
 public:
  explicit Quantities(Dice& dice) : dice_(dice) {}

  std::string any(const std::vector<std::string>& values) {
    if (!dice_.one_in(3)) return dice_.of(values);
    const std::string name = fmt::format("p{}", count_++);
    std::string changes;
    unsigned month = 1;
    for (std::uint64_t i = 0; i <= dice_.below(3); ++i) {
      month += 1 + static_cast<unsigned>(dice_.below(3));
      const std::uint64_t day = dice_.one_in(2) ? 1 : 1 + dice_.below(28);
      const std::string_view announced = dice_.one_in(3) ? ", announced = 2019-01-20" : "";
      changes += fmt::format("{{ from = 2019-{:02}-{:02}, value = {}{} }}, ", month, day,
                             dice_.of(values), announced);
    }
    tables_ += fmt::format(
        "[parameters.{}]\nvalue = {}\nunit = \"number\"\nlow = 0\nhigh = 1000\n"
        "grade = \"assumed\"\nsource = \"a test\"\nchanges = [ {} ]\n",
        name, dice_.of(values), changes);
    return "\"" + name + "\"";
  }

  std::string law() {
    const std::string mean = any({"0", "0.2", "1", "5", "20"});
    const std::string unit = dice_.one_in(2) ? "hours" : "days";
    switch (dice_.below(4)) {
      case 0:
        return fmt::format("{{ law = \"fixed\", value = {}, unit = \"{}\" }}", mean, unit);
      case 1:
        return fmt::format("{{ law = \"exponential\", mean = {}, unit = \"{}\" }}", mean, unit);
      case 2:
        return fmt::format("{{ law = \"lognormal\", mean = {}, cv = 1, unit = \"{}\" }}", mean,
                           unit);
      default:
        return fmt::format("{{ law = \"gamma\", mean = {}, cv = 0.7, unit = \"{}\" }}", mean, unit);
    }
  }

  const std::string& tables() const { return tables_; }

 private:
  Dice& dice_;
  std::string tables_;
  int count_ = 0;
};

/// The levels: force; with area, which cases visit; with court, to which they are handed over.
struct Places {
  bool has_area = false;
  bool has_court = false;
  std::string tables;
};

Places any_places(Dice& dice) {
  Places places;
  const std::uint64_t levels = 1 + dice.below(3);
  places.has_area = levels >= 2;
  places.has_court = levels == 3;
  if (levels == 1) return places;
  const bool two_areas = dice.one_in(2);
  const std::string area =
      two_areas ? "{ \"North\" = 0.3, \"South\" = 0.7 }" : std::string("\"South\"");
  const std::string court = places.has_court ? "\ncourt = \"Centre\"" : "";
  places.tables = "[levels.force]\n[levels.area]\nowns_clock = false\n";
  if (places.has_court) places.tables += "[levels.court]\n[sites.court.\"Centre\"]\n";
  places.tables += "[sites.area.\"South\"]\n";
  if (two_areas) places.tables += "[sites.area.\"North\"]\n";
  places.tables += "[sites.force.\"A\"]\narea = " + area + court + "\n";
  places.tables += "[sites.force.\"B\"]\narea = \"South\"" + court + "\n";
  return places;
}

/// Who owns cases: a hold of police at the start, perhaps given back before the visit; advisers in
/// the background.
struct Ownership {
  bool police = false;
  bool is_given_back = false;
  bool lawyers = false;
  bool judges = false;
  bool advisers = false;
};

Ownership any_ownership(Dice& dice, const Places& places) {
  Ownership owners;
  owners.police = dice.one_in(2);
  owners.is_given_back = owners.police && dice.one_in(3);
  owners.lawyers = places.has_area && dice.one_in(2);
  owners.judges = places.has_court && dice.one_in(3);
  owners.advisers = dice.one_in(3);
  return owners;
}

/// Given back, the place of police is asked for again while one of the lawyers is held.
std::string any_caseload(Dice& dice, Quantities& quantities, int rank) {
  std::string text =
      fmt::format("caseload = {}\nrank = {}\n", quantities.any({"1", "3", "40"}), rank);
  if (dice.one_in(3)) text += "slice_hours = " + quantities.any({"0.5", "2", "30"}) + "\n";
  return text;
}

/// A stage that takes time, with routes to the stages after it and back to those before it.
std::string any_stage(Dice& dice, Quantities& quantities, const std::string& name,
                      const std::string& level, const std::string& phase, const std::string& pool,
                      bool has_owners, const std::string& back, const std::string& next,
                      const std::string& own_mark = "") {
  std::string text = "[stages." + name + "]\n";
  if (!level.empty()) text += "level = \"" + level + "\"\n";
  if (!phase.empty()) text += "withdrawal = \"" + phase + "\"\n";
  std::string marks = own_mark.empty() ? "" : "\"" + own_mark + "\", ";
  if (dice.one_in(3)) marks += "\"m1\", \"m2\"";
  if (!marks.empty()) text += "marks = [" + marks + "]\n";
  if (!pool.empty()) {
    text += "kind = \"work\"\npool = \"" + pool + "\"\neffort = " + quantities.law() + "\n";
    if (dice.one_in(2)) text += "due_days = " + quantities.any({"0", "3", "28"}) + "\n";
    if (dice.one_in(3)) text += "priority = -1\n";
    if (has_owners && !dice.one_in(3)) text += "mode = \"owner\"\n";
  } else if (dice.one_in(3)) {
    text += "kind = \"batch\"\nsize = " + quantities.any({"0", "2", "7", "50"}) +
            "\ncalendar = \"" + dice.of(calendars) + "\"\n";
    if (dice.one_in(2)) text += "every = 3\n";
    if (dice.one_in(2)) text += "rule = \"urgent\"\n";
  } else {
    text += "kind = \"wait\"\ndelay = " + quantities.law() + "\ncalendar = \"" +
            dice.of(calendars) + "\"\n";
  }
  if (back.empty()) return text + "next = \"" + next + "\"\n";
  return text + fmt::format(
                    "routes = [ {{ to = \"{}\", probability = {}, visits = \"1-2\" }}, "
                    "{{ to = \"{}\" }} ]\n",
                    back, quantities.any({"0.2", "0.6", "0"}), next);
}

std::string any_sharing(Dice& dice, Quantities& quantities) {
  if (dice.one_in(2)) return "";
  const std::string other_work = "other_work = " + quantities.any({"0", "3.3", "9", "25"}) + "\n";
  switch (dice.below(3)) {
    case 0:
      return other_work;
    case 1:
      return other_work + "sharing = \"adult_rape_first\"\n";
    default:
      return other_work + "sharing = \"ring_fenced\"\nring_fence = " +
             quantities.any({"0", "0.35", "0.8", "1"}) + "\n";
  }
}

/// Trials of a court, of which those that are held have a time limit.
std::string any_listing(Dice& dice, Quantities& quantities, const std::string& phase) {
  const std::string of_phase = phase.empty() ? "" : "withdrawal = \"" + phase + "\"\n";
  std::string text = "[stages.trial]\nkind = \"decide\"\nlevel = \"court\"\n" + of_phase +
                     "routes = [ { to = \"held\", probability = 0.4 }, { to = \"sits\" } ]\n";
  text += "[stages.held]\nkind = \"decide\"\nlevel = \"court\"\nsets = [\"held\"]\n" + of_phase +
          "marks = [\"held_since\"]\nnext = \"sits\"\n";
  text += "[stages.sits]\nkind = \"listing\"\nlevel = \"court\"\n" + of_phase;
  text += "calendar = \"" + dice.of(calendars) + "\"\n";
  text += "rooms = " + quantities.any({"0.4", "1", "2.7", "0", "6"}) + "\n";
  text += "length = { law = \"exponential\", mean = " + quantities.any({"0", "2", "7"}) +
          ", unit = \"days\" }\n";
  text += "notice_days = " + quantities.any({"0", "5", "30"}) + "\n";
  text += "lists_on = \"" + dice.of(std::vector<std::string>{"Mon", "Thu", "Sun"}) + "\"\n";
  for (const char* chance : {"vacated", "ineffective", "cracked"}) {
    text += std::string(chance) + " = " + quantities.any({"0", "0.2", "0.33"}) + "\n";
  }
  if (dice.one_in(2)) text += "overbook = " + quantities.any({"0", "0.5", "1"}) + "\n";
  if (dice.one_in(2)) text += "first = [\"held\"]\n";
  if (dice.one_in(2)) {
    text += "custody = { flag = \"held\", mark = \"held_since\", days = " +
            quantities.any({"20", "90"}) + ", extension_days = " + quantities.any({"1", "30"}) +
            ", bail = " + quantities.any({"0", "0.4"}) + " }\n";
  }
  text += "vacated_to = \"" + dice.of(std::vector<std::string>{"sits", "redated"}) + "\"\n";
  text += "ineffective_to = \"redated\"\ncracked_to = \"finished\"\nnext = \"finished\"\n";
  return text + "[stages.redated]\nkind = \"wait\"\nlevel = \"court\"\n" + of_phase +
         "delay = " + quantities.law() + "\ndate_change = true\nnext = \"sits\"\n";
}

/// Adds its name to `limited` if it has positions.
std::string any_pool(Dice& dice, Quantities& quantities, const std::string& name,
                     const std::string& level, const std::string& caseload,
                     std::vector<std::string>& limited) {
  std::string text = "[pools." + name + "]\n";
  if (!level.empty()) text += "level = \"" + level + "\"\n";
  text += "calendar = \"" + dice.of(calendars) + "\"\n";
  if (!caseload.empty() || !dice.one_in(5)) {
    text += "positions = " + quantities.any({"0.4", "1", "2.5", "7", "0"}) + "\n" + caseload;
    if (dice.one_in(2)) {
      text +=
          "on_end = \"" + dice.of(std::vector<std::string>{"hand_over", "finish", "stop"}) + "\"\n";
    }
    if (dice.one_in(2)) text += "hand_over_hours = " + quantities.any({"0", "1", "12"}) + "\n";
    if (caseload.empty()) {
      limited.push_back(name);
      text += any_sharing(dice, quantities);
    }
  } else if (level != "area" && dice.one_in(2)) {
    text += "pace = { capacity = " + quantities.any({"1", "20"}) +
            ", exponent = " + quantities.any({"0", "0.5", "2"}) + " }\n";
  }
  if (dice.one_in(2)) text += "absence = " + quantities.any({"0", "0.2"}) + "\n";
  if (dice.one_in(2))
    text += "productivity = " + quantities.any({"0.333", "1", "2", "7.001"}) + "\n";
  return text;
}

std::string any_phase(Dice& dice, Quantities& quantities, const std::string& name, bool is_visited,
                      const std::string& to, bool has_advisers) {
  std::string text = "[withdrawal." + name + "]\nto = \"" + to + "\"\n";
  if (dice.one_in(2)) text += "clock = \"phase\"\n";
  if (!is_visited && dice.one_in(3)) text += "while = \"waiting\"\n";
  text += "bands = [ { from_day = 0, per_day = " + quantities.any({"0", "0.002", "0.05"}) +
          " }, { from_day = 9.5, per_day = " + quantities.any({"0", "0.01"}) + " } ]\n";
  if (has_advisers) {
    text += "held = { pool = \"advisers\", ratio = " + quantities.any({"0", "0.5", "3"}) + " }\n";
  }
  return text;
}

}  // namespace

std::string any_world(Dice& dice) {
  Quantities quantities{dice};
  const Places places = any_places(dice);
  const std::string home = places.has_area ? "force" : "";
  const std::string at_home = home.empty() ? "" : "level = \"force\"\n";
  const std::string last = places.has_court ? "court" : home;
  const std::string at_last = last.empty() ? "" : "level = \"" + last + "\"\n";

  std::string stages;
  const Ownership owners = any_ownership(dice, places);
  const auto caseload = [&](bool has_owners, int rank) {
    return has_owners ? any_caseload(dice, quantities, rank) : "";
  };
  const int rank = owners.is_given_back ? 3 : 1;
  std::vector<std::string> limited;
  const auto add_pool = [&](const char* name, const std::string& level, const std::string& cases) {
    return any_pool(dice, quantities, name, level, cases, limited);
  };
  std::string pools = add_pool("police", home, caseload(owners.police, rank));
  if (places.has_area) pools += add_pool("lawyers", "area", caseload(owners.lawyers, 2));
  if (places.has_court) pools += add_pool("judges", "court", caseload(owners.judges, 1));
  if (owners.advisers) pools += add_pool("advisers", home, caseload(true, 1));
  for (const char* end : {"to = [\"over\"]\n", ""}) {
    if (limited.empty() || dice.one_in(2)) continue;
    pools += fmt::format("[upkeep.{}]\npool = \"{}\"\nfrom = \"live\"\n{}hours_per_week = {}\n",
                         *end == 0 ? "all" : "part", dice.of(limited), end,
                         quantities.any({"0", "0.5", "3"}));
  }

  const std::string phase = dice.one_in(4) ? "" : "early";
  const std::string later = dice.one_in(2) ? "late" : phase;
  const bool goes_on = places.has_area && dice.one_in(2);
  std::vector<std::string> chain{"s0"};
  const std::uint64_t more = 1 + dice.below(3);
  for (std::uint64_t i = 1; i <= more; ++i) chain.push_back(fmt::format("s{}", i));
  const std::string after_police =
      places.has_area ? "visit" : (places.has_court ? "trial" : "finished");
  const std::string after_chain = owners.is_given_back ? "give_back" : after_police;
  const std::string start = owners.police ? "take" : "s0";
  if (owners.police) {
    stages += "[stages.take]\nkind = \"hold\"\npool = \"police\"\nnext = \"s0\"\n" + at_home;
    if (dice.one_in(2)) stages += "due_days = " + quantities.any({"0", "3"}) + "\n";
    if (!phase.empty() && dice.one_in(2)) stages += "withdrawal = \"" + phase + "\"\n";
  }
  if (owners.is_given_back) {
    stages += "[stages.give_back]\nkind = \"release\"\npool = \"police\"\nnext = \"" +
              after_police + "\"\n" + at_home;
  }
  if (owners.advisers) {
    stages += "[stages.support]\nkind = \"hold\"\npool = \"advisers\"\nbackground = true\n" +
              at_home + "next = \"" + start + "\"\n";
  }
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::string back = i > 0 && dice.one_in(2) ? dice.of(chain) : "";
    stages +=
        any_stage(dice, quantities, chain[i], home, i == 0 || dice.one_in(2) ? phase : "",
                  dice.one_in(2) ? "police" : "", owners.police, back == chain[i] ? "s0" : back,
                  i + 1 < chain.size() ? chain[i + 1] : after_chain,
                  i == 0 ? "live" : (i == 1 ? "over" : ""));
  }
  if (places.has_area) {
    stages += any_stage(dice, quantities, "visit", "area", later, dice.one_in(3) ? "" : "lawyers",
                        owners.lawyers, "", "answer");
    stages += "[stages.answer]\nkind = \"decide\"\n" + at_home + "routes = [ { to = \"" +
              (owners.is_given_back ? "take" : "s0") +
              "\", probability = " + quantities.any({"0.3", "0.7"}) +
              ", visits = \"1-3\" }, { to = \"" + (places.has_court ? "trial" : "finished") +
              "\" } ]\n";
  }
  if (places.has_court && dice.one_in(2)) {
    stages += any_listing(dice, quantities, later);
  } else if (places.has_court) {
    stages += any_stage(dice, quantities, "trial", "court", later, "judges", owners.judges, "",
                        "finished");
  }
  std::string phases;
  if (!phase.empty()) {
    phases += any_phase(dice, quantities, "early", later == "early" && places.has_area, "closing",
                        owners.advisers);
  }
  if (later == "late" && places.has_area) {
    phases += any_phase(dice, quantities, "late", true, "closing", owners.advisers);
  }
  if (!phases.empty()) {
    // Some go on after the withdrawal, with a visit of their own.
    stages += "[stages.closing]\nkind = \"wait\"\n" + at_home +
              "delay = { law = \"fixed\", value = 1, unit = \"hours\" }\nnext = \"" +
              (goes_on ? "again" : "gone") + "\"\n";
    stages += "[stages.gone]\nkind = \"outcome\"\ncode = \"gone\"\n" + at_home;
    if (goes_on) {
      stages += "[stages.again]\nkind = \"work\"\nlevel = \"area\"\npool = \"lawyers\"\neffort = " +
                quantities.law() + "\nnext = \"gone\"\n";
    }
  }
  std::string text = "format = 1\ntitle = \"Any world\"\ncrossing_calendar = \"" +
                     dice.of(calendars) + "\"\n[run]\norigin = 2019-01-01\nto = 2020-01-01\n";
  text += "[classes.adult]\nshare = 0.7\npriority = 1\n[classes.other]\nshare = 0.3\n";
  text += std::string(calendar_tables) + places.tables + pools + phases;
  text += "[stages.report]\nkind = \"report\"\n" + at_home +
          "arrivals = " + quantities.any({"0.5", "2", "3"}) + "\nnext = \"" +
          (owners.advisers ? "support" : start) + "\"\n";
  text += stages + "[stages.finished]\nkind = \"outcome\"\ncode = \"finished\"\n" + at_last;
  text += "[kpis.old]\nkind = \"stock\"\nstages = [\"s0\"]\nover_days = [30]\n";
  return text + quantities.tables();
}

std::string bytes_of(const Monitor& monitor) {
  std::string text;
  for (const StageCell& c : monitor.stages) {
    text += fmt::format("{} {} {} {} {} {} {} {}\n", c.entries, c.exits, c.exit_seconds,
                        c.exit_waiting_seconds, c.started, c.waited_seconds, c.occupied_seconds,
                        c.inside_at_end);
  }
  for (const PoolCell& c : monitor.pools) {
    text += fmt::format("{} {} {} {} {} {}", c.busy_seconds, c.duty_seconds, c.waiting_at_end,
                        c.unallocated_at_end, c.held_at_end, c.positions_at_end);
    text += fmt::format(" {} {} {} {} {} {} {} {} {}\n", c.other_work_in, c.other_work_done,
                        c.other_work_at_end, c.upkeep_in, c.upkeep_done, c.upkeep_at_end,
                        c.other_work_second_days, c.other_work_seconds, c.upkeep_seconds);
  }
  for (const MarkCell& c : monitor.marks) {
    text += fmt::format("{} {} {} {} {} {} {} {} {}\n", c.every, c.first, c.ever, c.within[0],
                        c.within[1], c.within[2], c.again_within[0], c.again_within[1],
                        c.again_within[2]);
  }
  for (const SiteCell& c : monitor.sites) {
    text += fmt::format("{} {} {}\n", c.reported, c.open_at_end, c.posted_at_end);
  }
  for (const CauseCell& c : monitor.causes) {
    text += fmt::format("{} {} {} {}\n", c.ended, c.within[0], c.within[1], c.within[2]);
  }
  for (const std::int64_t count : monitor.stock_ages) text += fmt::format("{}\n", count);
  for (const BatchCell& c : monitor.batches) {
    text += fmt::format("{} {} {} {}\n", c.meetings, c.places, c.places_used, c.waiting_at_end);
  }
  for (const DiaryCell& c : monitor.diaries) {
    text +=
        fmt::format("{} {} {} {} {} {} {} {} {}\n", c.listed, c.effective, c.cracked, c.ineffective,
                    c.vacated, c.moved, c.withdrawn, c.floaters, c.floaters_begun);
    text +=
        fmt::format("{} {} {} {} {} {} {} {}\n", c.not_reached, c.extended, c.bailed, c.room_days,
                    c.room_days_used, c.room_days_over, c.unlisted_at_end, c.listed_at_end);
  }
  for (const DurationSample& s : monitor.samples) {
    text += fmt::format("{} {} {} {} {} {}\n", s.seconds, s.duration, s.month, s.report_month,
                        s.case_class.value, s.horizon);
  }
  for (const OpenAge& a : monitor.open_ages) {
    text += fmt::format("{} {} {} {}\n", a.seconds, a.stock, a.month, a.case_class.value);
  }
  return text;
}

}  // namespace rassoflow
