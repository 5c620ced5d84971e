// Which uncertain number moves the results most: each parameter by itself to the low and to the
// high end of its range, with the same cases and the same luck, everything else as it is.
//
//   for (const VariedParameter& varied : varied_parameters(scenario)) ...
//
// What two parameters do together it does not say; that is for a sweep.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

struct VariedParameter {
  std::string name;
  Grade grade = Grade::unsourced;
  double value = 0;
  double low = 0;
  double high = 0;
};

/// Parameters that are one number with a range around it and that something reads: in the model,
/// or as the effect of an event or of a lever in use. By name.
std::vector<VariedParameter> varied_parameters(const Scenario& scenario);

/// The scenario with the parameter at this value; nothing if the scenario would not be valid then.
std::optional<Scenario> with_value(const Scenario& scenario, const std::string& parameter,
                                   double value);

/// What became of one parameter, in the row that it moves most against its mean.
struct Influence {
  VariedParameter varied;
  std::string row;    ///< label of that row; empty if nothing moved
  double at_low = 0;  ///< change of the row's mean as a share of it
  double at_high = 0;
  double half_width = 0;  ///< of the 95% interval of the larger of the two, likewise
  bool is_valid = true;   ///< false: one end of the range gives a scenario with faults

  double size() const;
};

/// CSV with a line for each, the most influential first, and back. `file` names it in faults.
std::string influences_in_csv(std::vector<Influence> influences);
Result<std::vector<std::pair<std::string, double>>> read_influences(const std::string& text,
                                                                    const std::string& file);

}  // namespace rassoflow
