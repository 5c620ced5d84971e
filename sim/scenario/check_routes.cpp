// Routes: whatever the class, the visit, the place and the date, one of them is taken.
#include <algorithm>
#include <cmath>
#include <set>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double tolerance = 1e-9;

/// The routes open to some class on some visit with some flags, with an example of such a case.
struct OpenRoutes {
  std::vector<std::size_t> routes;
  std::string example;
};

class RouteCheck {
 public:
  RouteCheck(Checking& checking, const std::string& name, const StageSpec& stage)
      : checking_(checking),
        stage_(stage),
        key_(
            dotted_key({"stages", name, stage.kind == StageKind::listing ? "vacated" : "routes"})) {
  }

  void look() {
    std::set<std::uint32_t> visits{1};
    std::set<std::string> named;
    for (const RouteSpec& route : stage_.routes) {
      visits.insert(route.visits.first);
      if (route.visits.last != UINT32_MAX) visits.insert(route.visits.last + 1);
      named.insert(route.flags.begin(), route.flags.end());
      named.insert(route.unless.begin(), route.unless.end());
    }
    flags_.assign(named.begin(), named.end());
    // Beyond the limit on flags another check speaks up.
    const std::size_t combinations = std::size_t{1} << std::min<std::size_t>(flags_.size(), 4);
    for (const std::uint32_t visit : visits) {
      for (const auto& [name, spec] : checking_.scenario.classes) {
        for (std::size_t set = 0; set < combinations; ++set) {
          OpenRoutes open{routes_open_to(name, visit, set), example_of(name, visit, set)};
          if (!seen_.insert(open.routes).second) continue;
          if (!look_at(open)) return;
        }
      }
    }
  }

 private:
  std::string example_of(const std::string& case_class, std::uint32_t visit,
                         std::size_t set) const {
    std::string out = "class " + in_ticks(case_class) + ", visit " + std::to_string(visit);
    for (std::size_t f = 0; f < flags_.size(); ++f) {
      out += (set >> f & 1U) != 0 ? ", with " : ", without ";
      out += in_ticks(flags_[f]);
    }
    return out;
  }

  bool flags_fit(const RouteSpec& route, std::size_t set) const {
    for (std::size_t f = 0; f < flags_.size(); ++f) {
      const bool is_set = (set >> f & 1U) != 0;
      if (route.flags.contains(flags_[f]) && !is_set) return false;
      if (route.unless.contains(flags_[f]) && is_set) return false;
    }
    return true;
  }

  std::vector<std::size_t> routes_open_to(const std::string& case_class, std::uint32_t visit,
                                          std::size_t set) const {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < stage_.routes.size(); ++i) {
      const RouteSpec& route = stage_.routes[i];
      const bool is_open = visit >= route.visits.first && visit <= route.visits.last &&
                           (route.classes.empty() || route.classes.contains(case_class)) &&
                           flags_fit(route, set);
      if (is_open) open.push_back(i);
    }
    return open;
  }

  /// By thresholds: every route but the one below all of them has one, none a probability.
  bool look_at_thresholds(const OpenRoutes& open) {
    std::size_t without = 0;
    for (const std::size_t i : open.routes) {
      const RouteSpec& route = stage_.routes[i];
      if (route.probability) {
        return fault("routes with `above` and with `probability` are open to " + open.example,
                     "decide by the strength of the evidence or by chance, not both");
      }
      if (!route.above) ++without;
    }
    if (without == 1 && !stage_.routes[open.routes.front()].above) return true;
    return fault(
        "of the routes open to " + open.example + ", not exactly the first is without `above`",
        "the first, worst route is taken below every threshold");
  }

  bool look_at(const OpenRoutes& open) {
    std::vector<const Quantity*> probabilities;
    int remainders = 0;
    bool has_threshold = false;
    for (const std::size_t i : open.routes) {
      has_threshold = has_threshold || stage_.routes[i].above.has_value();
      if (stage_.routes[i].probability) {
        probabilities.push_back(&*stage_.routes[i].probability);
      } else {
        ++remainders;
      }
    }
    if (has_threshold) return look_at_thresholds(open);
    if (open.routes.empty()) {
      return fault("no route is open to " + open.example, "add a route without `probability`");
    }
    if (remainders > 1) {
      return fault("several routes without `probability` are open to " + open.example,
                   "at most one route takes what the others leave");
    }
    bool is_good = true;
    checking_.for_each_stretch(
        probabilities, {stage_.level}, [&](const std::string& site, Date from) {
          double sum = 0;
          for (const Quantity* probability : probabilities) {
            // Odds ratios leave the sum of all routes as it is.
            const auto weight = checking_.values.weight_at(*probability, site, from);
            if (!weight) return true;
            sum += weight->value;
          }
          const bool is_one = std::abs(sum - 1) <= tolerance;
          if (is_one || (remainders == 1 && sum <= 1)) return true;
          is_good =
              fault("the routes open to " + open.example + ", " +
                        checking_.at_from(site, from, probabilities) + " add up to " +
                        number_in_words(sum) + (sum > 1 ? ", more than 1" : ", less than 1"),
                    sum > 1 ? "" : "leave out `probability` on the route that takes the rest");
          return false;
        });
    return is_good;
  }

  bool fault(std::string message, std::string help) {
    checking_.fault(stage_.place, key_, std::move(message), std::move(help));
    return false;
  }

  Checking& checking_;
  const StageSpec& stage_;
  std::string key_;
  std::vector<std::string> flags_;
  std::set<std::vector<std::size_t>> seen_;
};

}  // namespace

void check_routes(Checking& checking) {
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (stage.kind == StageKind::outcome || stage.kind == StageKind::fork) continue;
    RouteCheck{checking, name, stage}.look();
  }
}

}  // namespace rassoflow
