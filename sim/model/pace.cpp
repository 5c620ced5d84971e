// The pace of pools without positions: work slows as open cases grow. Open cases
// are looked at on Mondays at 00:00, so that one case more or less does not
// re-key everything in hand.
#include <cmath>

#include "sim/model/trial.hpp"

namespace rassoflow {

/// With the open cases of the last look.
std::int64_t Trial::productivity_of(std::uint32_t instance) const {
  const PoolSettings& settings = settings_->pools[instance];
  const auto open = static_cast<double>(state_.pools[instance].open_seen);
  if (!pathway_.pools[pathway_.instances[instance].pool.value].has_pace ||
      open <= settings.pace_capacity) {
    return settings.productivity;
  }
  const double speed = std::pow(settings.pace_capacity / open, settings.pace_exponent);
  return std::max<std::int64_t>(1,
                                std::llround(static_cast<double>(settings.productivity) * speed));
}

void Trial::look_at_pace() {
  const std::size_t classes = pathway_.classes.size();
  std::vector<std::uint32_t> looked_at;
  for (std::uint32_t i = 0; i < pathway_.instances.size(); ++i) {
    const PoolInstance& at = pathway_.instances[i];
    if (!pathway_.pools[at.pool.value].has_pace) continue;
    std::int64_t open = 0;
    for (std::size_t c = 0; c < classes; ++c) {
      open += state_.open_cases[at.site.value * classes + c];
    }
    state_.pools[i].open_seen = open;
    looked_at.push_back(i);
  }
  change_productivity(looked_at);
  schedule_pace_look(state_.now + 1);
}

/// On the first Monday from then on; none where no pool has a pace.
void Trial::schedule_pace_look(Seconds from) {
  bool any = false;
  for (const Pool& pool : pathway_.pools) any = any || pool.has_pace;
  if (!any) return;
  const std::int64_t day = (from + seconds_per_day - 1) / seconds_per_day;
  const std::chrono::weekday weekday{pathway_.axis.date_of(day * seconds_per_day)};
  const std::int64_t to_monday = (8 - static_cast<std::int64_t>(weekday.iso_encoding())) % 7;
  queue_.push(make_event((day + to_monday) * seconds_per_day, EventClass::policy, 0, 0, 0,
                         static_cast<std::uint8_t>(EventKind::pace_look)));
}

}  // namespace rassoflow
