// Ctrl-C (SIGINT) and SIGTERM as a flag: what is finished is kept. A second signal ends at once.
#pragma once

#include <atomic>

namespace rassoflow {

const std::atomic<bool>& watch_for_interrupt();

}  // namespace rassoflow
