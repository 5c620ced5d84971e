#include "analysis/estimators/best.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/stopping.hpp"

namespace rassoflow {
namespace {

/// The replications that every system has.
std::vector<std::vector<double>> complete_cases(const std::vector<std::vector<double>>& systems) {
  std::vector<std::vector<double>> complete(systems.size());
  for (std::size_t i = 0; i < systems.front().size(); ++i) {
    const bool is_complete = std::none_of(
        systems.begin(), systems.end(), [&](const auto& values) { return std::isnan(values[i]); });
    if (!is_complete) continue;
    for (std::size_t s = 0; s < systems.size(); ++s) complete[s].push_back(systems[s][i]);
  }
  return complete;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double sd_of_difference(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  const double mean = mean_of(differences);
  double squares = 0;
  for (const double d : differences) squares += (d - mean) * (d - mean);
  return std::sqrt(squares / static_cast<double>(differences.size() - 1));
}

}  // namespace

std::vector<AgainstBest> compare_with_best(const std::vector<std::vector<double>>& systems,
                                           double coverage) {
  if (systems.size() < 2) return {};
  const auto values = complete_cases(systems);
  const std::size_t n = values.front().size();
  if (n < 2) return {};
  const std::size_t k = values.size();
  // One-sided bounds, k - 1 of which must hold at once: those of the true best against the others.
  const double of_each = 1 - 2 * (1 - coverage) / static_cast<double>(k - 1);
  const double t = critical_t(static_cast<std::uint32_t>(n), of_each);

  std::vector<AgainstBest> found(k);
  std::vector<std::vector<double>> sd(k, std::vector<double>(k, 0.0));
  for (std::size_t i = 0; i < k; ++i) {
    found[i].mean = mean_of(values[i]);
    for (std::size_t j = 0; j < i; ++j)
      sd[i][j] = sd[j][i] = sd_of_difference(values[i], values[j]);
  }
  const auto ahead = [&](std::size_t i, std::size_t j) { return found[j].mean - found[i].mean; };
  const auto width = [&](std::size_t i, std::size_t j) {
    return t * sd[i][j] / std::sqrt(static_cast<double>(n));
  };
  for (std::size_t i = 0; i < k; ++i) {
    double most_ahead = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < k; ++j) {
      if (j != i) most_ahead = std::min(most_ahead, ahead(i, j) + width(i, j));
    }
    // Systems that are the same in every replication stay candidates together.
    found[i].may_be_best = most_ahead >= 0;
    found[i].behind.low = most_ahead > 0 ? -most_ahead : 0;
  }
  const auto leader = static_cast<std::size_t>(
      std::min_element(found.begin(), found.end(),
                       [](const AgainstBest& a, const AgainstBest& b) { return a.mean < b.mean; }) -
      found.begin());
  for (std::size_t i = 0; i < k; ++i) {
    double least_ahead = 0;
    for (std::size_t j = 0; j < k; ++j) {
      if (j != i && found[j].may_be_best) {
        least_ahead = std::min(least_ahead, ahead(i, j) - width(i, j));
      }
    }
    found[i].behind.high = -least_ahead;
    if (found[i].may_be_best && i != leader && found[i].mean > found[leader].mean) {
      found[i].needed =
          replications_needed(sd[i][leader], found[i].mean - found[leader].mean, of_each);
    }
  }
  return found;
}

}  // namespace rassoflow
