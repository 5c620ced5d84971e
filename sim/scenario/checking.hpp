// What every check shares, and the list of checks. A check looks at one topic of the whole
// scenario, reports all it finds and trusts no other check to have run.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/scenario/pathway_graph.hpp"
#include "sim/scenario/quantity_slots.hpp"
#include "sim/scenario/value_index.hpp"

namespace rassoflow {

/// Of a scenario read in part, what is missing has been reported already.
enum class Completeness : std::uint8_t { whole, in_part };

class Checking {
 public:
  explicit Checking(const Scenario& checked, Completeness completeness = Completeness::whole);

  const Scenario& scenario;
  const ValueIndex values;
  const std::vector<QuantitySlot> slots;
  const PathwayGraph graph;
  Diagnostics faults;

  void fault(const Place& place, std::string key, std::string message, std::string help = "");
  /// Reports a name that is not among the known ones, with the nearest that is.
  /// `what` is such as "stage".
  bool expect_name(const Place& place, const std::string& key, const std::string& what,
                   const std::string& name, const std::vector<std::string>& known);

  bool owns_clock(const std::string& level) const;
  const StageSpec* stage(const std::string& name) const;

  /// "at `force:Kent` from 2020-04-01"; without the site where the scenario has only one.
  std::string at_from(const std::string& site, Date from) const;
  /// The same and, where events change any of the quantities then, which: ", changed by the event
  /// `strike` (`absence`),".
  std::string at_from(const std::string& site, Date from,
                      const std::vector<const Quantity*>& quantities) const;

  /// Calls `look(site, from)` for every site of the levels ("" if there are none) and every date
  /// of the run from which any of the quantities may differ; sites that differ in nothing are
  /// looked at once. Ends when `look` returns false.
  void for_each_stretch(const std::vector<const Quantity*>& quantities,
                        const std::vector<std::string>& levels,
                        const std::function<bool(const std::string& site, Date from)>& look);

 private:
  Completeness completeness_;
  /// False when the scenario has made the checks look at more than they should; said once.
  bool spend(std::uint64_t looks);

  std::vector<std::string> sites_to_look_at(const std::vector<const Quantity*>& quantities,
                                            const std::vector<std::string>& levels) const;
  std::uint64_t looks_left_ = 5'000'000;
};

/// "0.95", without trailing zeros.
std::string number_in_words(double number);

void check_limits(Checking& checking);
void check_names(Checking& checking);
void check_kpi_names(Checking& checking);
void check_tables(Checking& checking);
void check_run(Checking& checking);
void check_sites(Checking& checking);
void check_parameters(Checking& checking);
void check_events(Checking& checking);
void check_levers(Checking& checking);
void check_values(Checking& checking);
void check_units(Checking& checking);
void check_laws(Checking& checking);
void check_class_shares(Checking& checking);
void check_hazard_bands(Checking& checking);
void check_other_work(Checking& checking);
void check_pace(Checking& checking);
void check_recruitment(Checking& checking);
void check_upkeep(Checking& checking);
void check_routes(Checking& checking);
void check_reachable(Checking& checking);
void check_loops(Checking& checking);
void check_crossings(Checking& checking);
void check_visits_away(Checking& checking);
void check_forks(Checking& checking);
void check_diaries(Checking& checking);
void check_flags(Checking& checking);
void check_owners(Checking& checking);
void check_holds(Checking& checking);

}  // namespace rassoflow
