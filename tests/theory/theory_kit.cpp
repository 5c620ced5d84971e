#include "tests/theory/theory_kit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

namespace rassoflow {
namespace {

template <class Items>
std::size_t position_named(const Items& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.name == name; });
  if (found == items.end()) throw std::runtime_error("no " + std::string(name));
  return static_cast<std::size_t>(found - items.begin());
}

}  // namespace

std::vector<Observations> replications(
    const Pathway& pathway, std::uint32_t count,
    const std::function<Observations(const TrialResult&)>& observe) {
  ExperimentCallbacks<AnyReduced> callbacks;
  std::vector<Observations> runs;
  callbacks.reduce = [&](TrialResult&& trial) { return observe(trial); };
  callbacks.deliver = [&](std::uint32_t, AnyReduced&& run) { runs.push_back(std::move(run)); };
  const std::atomic<bool> interrupt{false};
  const ExperimentOutcome outcome = run_experiment(
      pathway, {.seed = 1, .replications = count, .threads = 2}, callbacks, interrupt);
  for (const TrialFailure& failure : outcome.failures) ADD_FAILURE() << failure.message;
  EXPECT_EQ(runs.size(), count);
  return runs;
}

void expect_means(const std::vector<ExactRow>& rows, const std::vector<Observations>& runs) {
  const auto count = static_cast<double>(runs.size());
  ASSERT_GE(count, 10);
  const double per_row = false_alarm_rate / static_cast<double>(rows.size());
  const boost::math::students_t law(count - 1);
  const double limit = boost::math::quantile(boost::math::complement(law, per_row / 2));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = 0;
    for (const Observations& run : runs) {
      ASSERT_EQ(run.size(), rows.size());
      sum += run[i];
    }
    const double mean = sum / count;
    double squares = 0;
    for (const Observations& run : runs) squares += (run[i] - mean) * (run[i] - mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    const double scale = rows[i].value == 0 ? 1 : std::abs(rows[i].value);
    EXPECT_LE(std::abs(mean - rows[i].value), limit * error)
        << rows[i].what << ": " << mean << " with standard error " << error << ", exactly "
        << rows[i].value << ", t " << (mean - rows[i].value) / error;
    EXPECT_LE(limit * error, rows[i].largest_relative_half_width * scale)
        << rows[i].what << ": the interval is too wide to notice an error";
    EXPECT_GT(error, 0) << rows[i].what;
  }
}

std::size_t stage_named(const Pathway& pathway, std::string_view name) {
  return position_named(pathway.stages, name);
}

std::size_t class_named(const Pathway& pathway, std::string_view name) {
  return position_named(pathway.classes, name);
}

MarkId mark_named(const Pathway& pathway, std::string_view name) {
  const auto found = std::find(pathway.marks.begin(), pathway.marks.end(), name);
  if (found == pathway.marks.end()) throw std::runtime_error("no mark " + std::string(name));
  return MarkId{static_cast<std::uint16_t>(found - pathway.marks.begin())};
}

StageSums sums_between(const Pathway& pathway, const Monitor& monitor, std::string_view stage,
                       Seconds from, Seconds to, std::string_view only_class) {
  const Stage& of = pathway.stages[stage_named(pathway, stage)];
  const std::size_t sites = pathway.levels[of.level.value].site_count;
  StageSums sums;
  sums.days = static_cast<double>(to - from) / 86400;
  for (std::size_t month = 0; month < pathway.months(); ++month) {
    if (pathway.month_start[month] < from || pathway.month_start[month] >= to) continue;
    // The cells of the sites, or that of the class.
    for (std::size_t p = 0; p < sites + pathway.classes.size(); ++p) {
      const bool is_meant = only_class.empty()
                                ? p < sites
                                : p >= sites && pathway.classes[p - sites].name == only_class;
      if (!is_meant) continue;
      const StageCell& cell = monitor.stages[month * pathway.stage_cells + of.first_cell + p];
      sums.entries += static_cast<double>(cell.entries);
      sums.exits += static_cast<double>(cell.exits);
      sums.started += static_cast<double>(cell.started);
      sums.exit_seconds += static_cast<double>(cell.exit_seconds);
      sums.exit_waiting_seconds += static_cast<double>(cell.exit_waiting_seconds);
      sums.waited_seconds += static_cast<double>(cell.waited_seconds);
      sums.occupied_seconds += static_cast<double>(cell.occupied_seconds);
    }
  }
  return sums;
}

StageSums sums_of(const Pathway& pathway, const Monitor& monitor, std::string_view stage,
                  std::string_view only_class) {
  return sums_between(pathway, monitor, stage, pathway.from, pathway.to, only_class);
}

double mean_days_to(const Pathway& pathway, const Monitor& monitor, std::string_view mark,
                    std::string_view only_class) {
  const MarkId to = mark_named(pathway, mark);
  double seconds = 0;
  double count = 0;
  for (const DurationSample& sample : monitor.samples) {
    const DurationKpi& duration = pathway.durations[sample.duration];
    if (duration.from.exists() || duration.to != to) continue;
    if (pathway.month_start[sample.month] < pathway.from) continue;
    if (!only_class.empty() && pathway.classes[sample.case_class.value].name != only_class)
      continue;
    seconds += sample.seconds;
    ++count;
  }
  return seconds / 86400 / count;
}

double erlang_c(int servers, double load) {
  double blocking = 1;
  for (int k = 1; k <= servers; ++k) blocking = load * blocking / (k + load * blocking);
  const double utilisation = load / servers;
  return blocking / (1 - utilisation * (1 - blocking));
}

double largest_distance(std::size_t sample_size, double false_alarm) {
  return std::sqrt(std::log(2 / false_alarm) / (2 * static_cast<double>(sample_size)));
}

double distance_from_uniform(std::vector<double>& probabilities) {
  std::sort(probabilities.begin(), probabilities.end());
  const auto count = static_cast<double>(probabilities.size());
  double distance = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const auto below = static_cast<double>(i);
    distance = std::max(
        {distance, probabilities[i] - below / count, (below + 1) / count - probabilities[i]});
  }
  return distance;
}

}  // namespace rassoflow
