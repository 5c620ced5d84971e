// The story of one case of a trial: what happened to it, step by step. Which case it is, is said
// before the trial begins: by its key, or as the n-th that is reported at a site from a second on.
//
//   CaseStory story{SiteId{}, pathway.from, 1};
//   Trial trial{pathway, seed, replication};
//   trial.follow(story);
//   trial.run_until(pathway.to);      // story.steps()
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/core/hash.hpp"
#include "sim/model/pathway.hpp"
#include "sim/model/state.hpp"

namespace rassoflow {

/// What a case can meet. A stage that needs a further kind tells it with Trial::tell; its words are
/// in analysis/cli/story_table.cpp.
enum class StepKind : std::uint8_t {
  entered,    ///< the stage
  left,       ///< the stage
  queued,     ///< for someone of the stage's pool
  started,    ///< someone works on it
  posted,     ///< to the site, for the stage
  delivered,  ///< at the site, for the stage
  withdrew,   ///< support
  notified,   ///< the site, of the withdrawal
};

inline constexpr std::size_t step_kind_count = 8;

struct StoryStep {
  Seconds when = 0;
  StepKind kind = StepKind::entered;
  StageId stage;
  SiteId site;
  std::uint32_t slot = 0;  ///< tells strands of the case apart
  friend bool operator==(const StoryStep&, const StoryStep&) = default;
};

constexpr std::uint64_t case_key_of(std::uint64_t stream_key, std::uint32_t layer,
                                    std::uint32_t serial) {
  return combine(combine(stream_key, layer), serial);
}

class CaseStory {
 public:
  explicit CaseStory(std::uint64_t case_key) : case_key_(case_key) {}
  /// No site: at any. `number` counts from 1.
  CaseStory(SiteId site, Seconds from, std::uint64_t number)
      : site_(site), from_(from), number_(number) {}

  /// The trial says that the layer's case is reported, and where its sites are.
  void report(const ArrivalLayer& layer, const std::array<SiteId, max_levels>& sites,
              Seconds when) {
    if (number_ == 0) {
      if (layer.case_key == case_key_) origin_ = layer;
      return;
    }
    const bool is_there =
        !site_.exists() || std::find(sites.begin(), sites.end(), site_) != sites.end();
    if (origin_ || when < from_ || !is_there || ++reported_ < number_) return;
    origin_ = layer;
    case_key_ = layer.case_key;
  }
  bool follows(std::uint64_t case_key) const { return origin_ && case_key == case_key_; }
  void add(const StoryStep& step) { steps_.push_back(step); }

  /// The layer and serial number of the case; nothing before it is reported.
  const std::optional<ArrivalLayer>& origin() const { return origin_; }
  /// Cases that were reported at the site from the second on, up to the one that is followed.
  std::uint64_t reported() const { return reported_; }
  std::uint64_t case_key() const { return case_key_; }
  const std::vector<StoryStep>& steps() const { return steps_; }

 private:
  std::uint64_t case_key_ = 0;
  SiteId site_;
  Seconds from_ = 0;
  std::uint64_t number_ = 0;  ///< 0: the case is named by its key
  std::uint64_t reported_ = 0;
  std::optional<ArrivalLayer> origin_;
  std::vector<StoryStep> steps_;
};

}  // namespace rassoflow
