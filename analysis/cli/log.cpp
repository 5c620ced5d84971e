#include "analysis/cli/log.hpp"

#include <spdlog/cfg/env.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace rassoflow {

void start_log() {
  auto logger = spdlog::stderr_logger_mt("rassoflow");
  logger->set_pattern("%v");
  spdlog::set_default_logger(std::move(logger));
  spdlog::cfg::load_env_levels();
}

}  // namespace rassoflow
