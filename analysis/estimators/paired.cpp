#include "analysis/estimators/paired.hpp"

#include <cmath>
#include <vector>

#include "sim/core/contracts.hpp"

namespace rassoflow {

PairedDifference paired_difference(std::span<const double> base, std::span<const double> option) {
  RF_EXPECT(base.size() == option.size());
  std::vector<double> of_base, of_option, differences;
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (std::isnan(base[i]) || std::isnan(option[i])) continue;
    of_base.push_back(base[i]);
    of_option.push_back(option[i]);
    differences.push_back(option[i] - base[i]);
  }
  Summariser summariser;
  const Summary a = summariser.summarise(of_base);
  const Summary b = summariser.summarise(of_option);
  PairedDifference found;
  found.base_mean = a.mean;
  found.option_mean = b.mean;
  found.difference = summariser.summarise(differences);
  if (a.mean > 0) found.relative = found.difference.mean / a.mean;
  found.gain = (a.sd * a.sd + b.sd * b.sd) / (found.difference.sd * found.difference.sd);
  return found;
}

}  // namespace rassoflow
