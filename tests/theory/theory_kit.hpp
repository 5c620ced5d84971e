// Means over replications against exact values. Every comparison is a two-sided t-test over
// independent replications with a fixed seed; the rows of one call share its rate of false alarms
// (Bonferroni).
//
//   const auto runs = replications(pathway, 100, [&](const TrialResult& trial) {
//     const StageSums service = sums_of(pathway, trial.monitor, "service");
//     return Observations{service.mean_wait_days()};
//   });
//   expect_means({{"mean wait in days", 1.0 / 6, 0.03}}, runs);
//
// The last number of a row is the largest relative half-width that the interval may have: a test
// whose interval is too wide to notice an error fails.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/pathway.hpp"
#include "sim/run/experiment.hpp"

namespace rassoflow {

/// Of one test, over all its rows.
inline constexpr double false_alarm_rate = 1e-4;

using Observations = std::vector<double>;

/// `observe` runs on two threads at a time; the result is in order of replications, seed 1.
std::vector<Observations> replications(
    const Pathway& pathway, std::uint32_t count,
    const std::function<Observations(const TrialResult&)>& observe);

struct ExactRow {
  std::string what;
  double value = 0;
  double largest_relative_half_width = 0;  ///< of `value`; for a value of 0, absolute
};

void expect_means(const std::vector<ExactRow>& rows, const std::vector<Observations>& runs);

/// One stage over the months that count, all sites.
struct StageSums {
  double days = 0;  ///< counted
  double entries = 0;
  double exits = 0;
  double started = 0;
  double exit_seconds = 0;
  double exit_waiting_seconds = 0;
  double waited_seconds = 0;
  double occupied_seconds = 0;

  double mean_inside() const { return occupied_seconds / (days * 86400); }
  double mean_days_inside() const { return exit_seconds / 86400 / exits; }
  double mean_wait_days() const { return waited_seconds / 86400 / started; }
};

/// Months from `from` until before `to`, both in seconds and firsts of a month.
StageSums sums_between(const Pathway& pathway, const Monitor& monitor, std::string_view stage,
                       Seconds from, Seconds to, std::string_view only_class = {});
/// All months after the warm-up.
StageSums sums_of(const Pathway& pathway, const Monitor& monitor, std::string_view stage,
                  std::string_view only_class = {});

std::size_t stage_named(const Pathway& pathway, std::string_view name);
std::size_t class_named(const Pathway& pathway, std::string_view name);
MarkId mark_named(const Pathway& pathway, std::string_view name);

/// Days from report to the mark, over the samples of the counted months.
double mean_days_to(const Pathway& pathway, const Monitor& monitor, std::string_view mark,
                    std::string_view only_class = {});

/// Chance that a queue of `servers` is found full, at a load of `load` erlangs.
double erlang_c(int servers, double load);

/// Limit of the Kolmogorov-Smirnov distance of a sample from its law that is exceeded with at most
/// `false_alarm` (Dvoretzky, Kiefer and Wolfowitz with Massart's constant).
double largest_distance(std::size_t sample_size, double false_alarm = false_alarm_rate);
/// Of probabilities that are uniform on [0, 1] if the law holds; sorts them.
double distance_from_uniform(std::vector<double>& probabilities);

}  // namespace rassoflow
