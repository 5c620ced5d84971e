// Batches and listings: what a diary can keep.
#include <algorithm>
#include <set>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double longest_mean = 100;
constexpr std::int64_t most_diary_days = 5'000'000;

class ListingCheck {
 public:
  ListingCheck(Checking& checking, const std::string& name, const StageSpec& stage)
      : checking_(checking), name_(name), stage_(stage) {}

  void look() {
    if (!checking_.owns_clock(stage_.level)) {
      fault(stage_.place, "level",
            "the listing is at level " + in_ticks(stage_.level) +
                ", which does not own the clock of cases",
            "trials are listed where the case is; put it at a level that owns the clock");
    }
    for (const LawSpec& law : stage_.listing.length) look_at_length(law);
    const std::vector<std::string>& first = stage_.listing.first;
    if (std::set<std::string>(first.begin(), first.end()).size() != first.size()) {
      fault(stage_.place, "first", "a flag stands twice in the order of precedence",
            "name each flag once");
    }
  }

 private:
  void look_at_length(const LawSpec& law) {
    if (law.unit != TimeUnit::days) {
      fault(law.place, "length",
            "the length of a trial is in sitting days, not in " +
                std::string(time_unit_names[static_cast<std::size_t>(law.unit)]),
            "write `unit = \"days\"`");
      return;
    }
    std::vector<const Quantity*> arguments{&law.arguments[0]};
    if (law.family == LawFamily::uniform) arguments.push_back(&law.arguments[1]);
    checking_.for_each_stretch(arguments, {stage_.level}, [&](const std::string& site, Date from) {
      double most = 0;
      for (const Quantity* argument : arguments) {
        most = std::max(most, checking_.values.at(*argument, site, from).value_or(0));
      }
      if (most <= longest_mean) return true;
      fault(law.place, "length",
            "the length " + checking_.at_from(site, from) + " is " + number_in_words(most) +
                " sitting days",
            "a diary holds trials of at most 100 sitting days on average");
      return false;
    });
  }

  void fault(const Place& place, const char* key, std::string message, std::string help) {
    checking_.fault(place, dotted_key({"stages", name_, key}), std::move(message), std::move(help));
  }

  Checking& checking_;
  const std::string& name_;
  const StageSpec& stage_;
};

}  // namespace

void check_diaries(Checking& checking) {
  const Scenario& scenario = checking.scenario;
  std::int64_t diary_days = 0;
  for (const auto& [name, stage] : scenario.stages) {
    if (stage.kind != StageKind::listing) continue;
    ListingCheck{checking, name, stage}.look();
    const auto sites = scenario.sites.find(stage.level);
    if (sites == scenario.sites.end()) continue;
    diary_days += static_cast<std::int64_t>(sites->second.size()) *
                  (scenario.run.to - scenario.run.origin).count();
  }
  if (diary_days > most_diary_days) {
    checking.fault(
        scenario.run.place, "run.to",
        "the diaries of all listings and sites have " + std::to_string(diary_days) + " days",
        "at most 5,000,000; give a shorter run or fewer sites");
  }
}

}  // namespace rassoflow
