#include "analysis/cli/trial_options.hpp"

#include <charconv>
#include <cstdlib>

#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/log.hpp"

namespace rassoflow {

void TrialOptions::add_to(OptionParser& parser) {
  parser.number("--replications", replications, 1, 1'000'000,
                "how many, instead of the scenario's");
  parser.number("--seed", seed, 0, UINT64_MAX, "master seed, instead of the scenario's");
  parser.number("--threads", threads, 1, 4096,
                "default: SLURM_CPUS_PER_TASK, else all processors; changes no result");
  parser.text("--from", from, "DATE", "first day counted, instead of the scenario's");
  parser.text("--to", to, "DATE", "first day no longer simulated");
}

std::optional<int> TrialOptions::check(const std::string& command) const {
  for (const auto& [name, text] : {std::pair{"--from", &from}, {"--to", &to}}) {
    if (!text->empty() && !parse_date(*text)) {
      spdlog::error("rassoflow {}: {} is not a date like 2020-04-01", command, name);
      return ExitCode::usage;
    }
  }
  return std::nullopt;
}

void TrialOptions::apply_to(RunSpec& run) const {
  if (replications) run.replications = static_cast<std::uint32_t>(*replications);
  if (seed) run.seed = *seed;
  if (!from.empty()) run.from = *parse_date(from);
  if (!to.empty()) run.to = *parse_date(to);
}

unsigned TrialOptions::thread_count() const {
  if (threads) return static_cast<unsigned>(*threads);
  const char* granted = std::getenv("SLURM_CPUS_PER_TASK");
  if (granted == nullptr) return 0;
  const std::string text = granted;
  unsigned count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

}  // namespace rassoflow
