// What a planner wrote in a sweep: factors, the design of their values, and which rows are kept.
// docs/compare-and-sweep.md is the format for people.
//
//   const auto read = read_sweep("scenarios/england-wales/examples/court_time_sweep.toml");
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/core/diagnostic.hpp"
#include "sim/core/time.hpp"

namespace rassoflow {

struct FactorSpec {
  enum class Change : std::uint8_t { value, ratio, difference };

  std::string name;
  std::string kind;  ///< the key that says what it changes: `parameter` or `scenarios`
  std::string parameter;
  Change change = Change::value;
  std::optional<Date> from;  ///< the change acts from then on; nothing: since ever
  std::vector<std::string> scenarios;
  std::optional<double> low, high;
  std::vector<double> values;           ///< instead of a range
  std::optional<std::uint64_t> levels;  ///< of a range in a full factorial
  Place place;

  bool has_range() const { return low && high; }
};

enum class DesignKind : std::uint8_t { factorial, latin_hypercube, sobol, morris, saltelli, list };
inline constexpr std::array<std::string_view, 6> design_names{
    "factorial", "latin_hypercube", "sobol", "morris", "saltelli", "list"};

struct DesignSpec {
  DesignKind kind = DesignKind::factorial;
  std::uint64_t points = 0;  ///< trajectories of Morris, rows of Saltelli
  std::uint64_t seed = 1;
  std::string csv;
  std::vector<std::vector<double>> list;  ///< by point and factor
  Place place;
};

struct OutputsSpec {
  std::set<std::string> kpis;     ///< empty: all
  std::set<std::string> periods;  ///< empty: the whole window
  bool has_sites = false;
  bool has_classes = false;
  Place place;
};

struct SweepSpec {
  std::string title;
  std::string scenario;  ///< relative to the sweep's folder
  std::optional<std::uint64_t> replications, seed;
  std::vector<FactorSpec> factors;  ///< by name
  DesignSpec design;
  OutputsSpec outputs;
  std::filesystem::path folder;  ///< of the sweep
};

Result<SweepSpec> read_sweep(const std::filesystem::path& file);

inline constexpr std::uint64_t most_points = 1'000'000;

}  // namespace rassoflow
