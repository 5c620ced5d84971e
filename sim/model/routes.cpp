// Which way a case goes: by chance, by the strength of its evidence as somebody
// reads it, or by chance with odds that move with the strength. One number is
// drawn for each case, stage and visit.
#include <algorithm>
#include <cmath>

#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {

const Route& Trial::choose_route(std::uint32_t slot) const {
  const Strand& strand = state_.strands[slot];
  const Stage& stage = pathway_.stages[strand.stage.value];
  const std::uint32_t visit = visit_of(slot, stage);
  const std::uint32_t bucket = std::min<std::uint32_t>(visit, stage.visit_buckets - 1U);
  std::uint32_t index = strand.case_class.value * stage.visit_buckets + bucket;
  if (stage.flag_count > 0) {
    const std::uint16_t flags = state_.files[case_slot(slot)].flags;
    index <<= stage.flag_count;
    for (std::uint32_t f = 0; f < stage.flag_count; ++f) {
      index |= (flags >> stage.flag_bits[f] & 1U) << f;
    }
  }
  const RouteTable& table = pathway_.route_tables[stage.route_table + index];
  std::uint32_t chosen = 0;
  if (table.count > 1) {
    const double* numbers = settings_->route_numbers.data() + table.numbers +
                            local_sites_[strand.site.value] * table.width();
    switch (table.choice) {
      case RouteTable::Choice::by_chance: {
        KeyedStream draws = stream(route_purposes_[strand.stage.value], strand.case_key, visit);
        const double u = standard_uniform(draws);
        while (chosen + 1 < table.count && u >= numbers[chosen]) ++chosen;
        break;
      }
      case RouteTable::Choice::by_threshold:
        chosen = choose_by_threshold(slot, table, numbers);
        break;
      case RouteTable::Choice::by_strength:
        chosen = choose_by_strength(slot, table, numbers);
        break;
    }
  }
  return pathway_.routes[table.first_route + chosen];
}

/// The last route whose threshold lies under the strength of the evidence as read here.
std::uint32_t Trial::choose_by_threshold(std::uint32_t slot, const RouteTable& table,
                                         const double* thresholds) const {
  const Strand& strand = state_.strands[slot];
  const Stage& stage = pathway_.stages[strand.stage.value];
  double reading = state_.files[case_slot(slot)].strength;
  if (stage.reading_error != no_offset) {
    KeyedStream draws =
        stream(reading_purposes_[strand.stage.value], strand.case_key, visit_of(slot, stage));
    reading += settings_->strengths[stage.reading_error + local_sites_[strand.site.value]] *
               standard_normal(draws);
  }
  std::uint32_t chosen = table.count - 1;
  while (chosen > 0 && !(reading > thresholds[chosen])) --chosen;
  return chosen;
}

/// By chance, with odds that rise or fall with the strength of the evidence.
std::uint32_t Trial::choose_by_strength(std::uint32_t slot, const RouteTable& table,
                                        const double* weights) const {
  const Strand& strand = state_.strands[slot];
  const double strength = state_.files[case_slot(slot)].strength;
  const double* slopes = weights + table.count;
  const auto weight = [&](std::uint32_t i) {
    return slopes[i] == 0 ? weights[i] : weights[i] * std::exp(slopes[i] * strength);
  };
  double all = 0;
  for (std::uint32_t i = 0; i < table.count; ++i) all += weight(i);
  const Stage& stage = pathway_.stages[strand.stage.value];
  KeyedStream draws =
      stream(route_purposes_[strand.stage.value], strand.case_key, visit_of(slot, stage));
  const double u = standard_uniform(draws) * all;
  std::uint32_t chosen = 0;
  for (double sum = weight(0); chosen + 1 < table.count && u >= sum; sum += weight(chosen)) {
    ++chosen;
  }
  return chosen;
}

}  // namespace rassoflow
