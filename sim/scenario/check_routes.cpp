// Routes: whatever the class, the visit, the place and the date, one of them is taken.
#include <algorithm>
#include <cmath>
#include <set>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr double tolerance = 1e-9;

/// The routes open to some class on some visit, with an example of such a case.
struct OpenRoutes {
  std::vector<std::size_t> routes;
  std::string example;
};

class RouteCheck {
 public:
  RouteCheck(Checking& checking, const std::string& name, const StageSpec& stage)
      : checking_(checking), stage_(stage), key_(dotted_key({"stages", name, "routes"})) {}

  void look() {
    std::set<std::uint32_t> visits{1};
    for (const RouteSpec& route : stage_.routes) {
      visits.insert(route.visits.first);
      if (route.visits.last != UINT32_MAX) visits.insert(route.visits.last + 1);
    }
    for (const std::uint32_t visit : visits) {
      for (const auto& [name, spec] : checking_.scenario.classes) {
        OpenRoutes open{routes_open_to(name, visit),
                        "class " + in_ticks(name) + ", visit " + std::to_string(visit)};
        if (!seen_.insert(open.routes).second) continue;
        if (!look_at(open)) return;
      }
    }
  }

 private:
  std::vector<std::size_t> routes_open_to(const std::string& case_class,
                                          std::uint32_t visit) const {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < stage_.routes.size(); ++i) {
      const RouteSpec& route = stage_.routes[i];
      const bool is_open = visit >= route.visits.first && visit <= route.visits.last &&
                           (route.classes.empty() || route.classes.contains(case_class));
      if (is_open) open.push_back(i);
    }
    return open;
  }

  bool look_at(const OpenRoutes& open) {
    std::vector<const Quantity*> probabilities;
    int remainders = 0;
    for (const std::size_t i : open.routes) {
      if (stage_.routes[i].probability) {
        probabilities.push_back(&*stage_.routes[i].probability);
      } else {
        ++remainders;
      }
    }
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
            const auto value = checking_.values.at(*probability, site, from);
            if (!value) return true;
            sum += *value;
          }
          const bool is_one = std::abs(sum - 1) <= tolerance;
          if (is_one || (remainders == 1 && sum <= 1)) return true;
          is_good =
              fault("the routes open to " + open.example + ", " + checking_.at_from(site, from) +
                        " add up to " + number_in_words(sum) +
                        (sum > 1 ? ", more than 1" : ", less than 1"),
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
  std::set<std::vector<std::size_t>> seen_;
};

}  // namespace

void check_routes(Checking& checking) {
  for (const auto& [name, stage] : checking.scenario.stages) {
    if (stage.kind == StageKind::outcome) continue;
    RouteCheck{checking, name, stage}.look();
  }
}

}  // namespace rassoflow
