// Cases arrive in layers: each layer is a homogeneous Poisson process with its
// own serial numbers, and a candidate is a case if its height lies under the
// rate of the moment. More demand adds cases and keeps the old ones.
#include <algorithm>
#include <cmath>

#include "sim/model/trial.hpp"
#include "sim/random/variates.hpp"

namespace rassoflow {

/// Moves on to the layer's next case; candidates above the rate are passed over.
void Trial::advance(ArrivalLayer& layer) const {
  const ArrivalStream& arrivals = pathway_.streams[layer.stream];
  const double mean_gap = 1 / pathway_.layer_rate_per_second;
  for (;;) {
    ++layer.serial;
    layer.case_key = case_key_of(arrivals.key, layer.layer, layer.serial);
    KeyedStream draws = stream(arrival_purpose_, layer.case_key, 0);
    layer.when += round_to_seconds(mean_gap * standard_exponential(draws));
    if (layer.when >= pathway_.to) {
      layer.when = never;
      return;
    }
    const auto after = std::upper_bound(arrivals.start.begin(), arrivals.start.end(), layer.when);
    const auto step = static_cast<std::size_t>(after - arrivals.start.begin()) - 1;
    const double rate = arrivals.per_second[step];
    // Where the whole layer lies under the rate, no height need be drawn.
    if ((layer.layer + 1) * pathway_.layer_rate_per_second < rate) return;
    // A stream of its own for the height, however many words the exponential took.
    KeyedStream heights = stream(arrival_purpose_, layer.case_key, 1);
    const double height =
        (layer.layer + standard_uniform(heights)) * pathway_.layer_rate_per_second;
    if (height < rate) return;
  }
}

void Trial::schedule_arrival(std::uint32_t index) {
  const ArrivalLayer& layer = state_.layers[index];
  if (layer.when == never) return;
  queue_.push(make_event(layer.when, EventClass::arrival, tie_of(layer.case_key, layer.when), index,
                         0, static_cast<std::uint8_t>(EventKind::arrival)));
}

void Trial::arrive(std::uint32_t index) {
  const ArrivalLayer& layer = state_.layers[index];
  const ArrivalStream& arrivals = pathway_.streams[layer.stream];
  const std::uint32_t slot = allocate();
  Strand& strand = state_.strands[slot];
  CaseFile& file = state_.files[slot];
  strand.case_key = layer.case_key;
  strand.reported_at = state_.now;
  strand.case_class = arrivals.case_class;
  strand.site = arrivals.site;
  file.report_month = static_cast<std::uint16_t>(state_.month);
  for (std::size_t l = 0; l < pathway_.levels.size(); ++l) {
    const auto& links = pathway_.links[arrivals.site.value][l];
    if (links.empty()) continue;
    std::size_t chosen = 0;
    if (links.size() > 1) {
      KeyedStream draws = stream(link_purpose_, strand.case_key, static_cast<std::uint32_t>(l));
      const double u = standard_uniform(draws);
      while (u >= links[chosen].cumulative_share) ++chosen;
    }
    file.sites[l] = links[chosen].site;
    ++monitor_.sites[monitor_.site_cell(pathway_, state_.month, file.sites[l], strand.case_class)]
          .reported;
  }
  if (!pathway_.phases.empty()) {
    KeyedStream draws = stream(withdrawal_purpose_, strand.case_key, 0);
    file.unspent_hazard = standard_exponential(draws);
    file.hazard_anchor = state_.now;
    // Lognormal with mean 1, so that the standard normal stays when its spread changes.
    if (const double sigma = settings_->frailty_sigma[strand.site.value]; sigma > 0) {
      KeyedStream own = stream(frailty_purpose_, strand.case_key, 0);
      file.unspent_hazard /= std::exp(sigma * standard_normal(own) - sigma * sigma / 2);
    }
  }
  if (pathway_.uses_strength) {
    KeyedStream draws = stream(strength_purpose_, strand.case_key, 0);
    file.strength =
        settings_
            ->class_strength[strand.case_class.value * pathway_.sites.size() + strand.site.value] +
        standard_normal(draws);
  }
  ++state_.events;
  ++state_.cases_reported;
  ++state_.open_cases[strand.site.value * pathway_.classes.size() + strand.case_class.value];
  if (story_ != nullptr) story_->report(layer, file.sites, state_.now);
  note(EventKind::arrival, strand.case_key, arrivals.stage);
  travel(slot, arrivals.stage);

  advance(state_.layers[index]);
  schedule_arrival(index);
}

}  // namespace rassoflow
