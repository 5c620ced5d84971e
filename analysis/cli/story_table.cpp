#include "analysis/cli/story_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include "analysis/report/figures.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t when_width = 20;
constexpr std::size_t where_width = 19;
constexpr std::size_t what_width = 29;
constexpr std::size_t days_width = 8;

std::string title_of(const Pathway& pathway, const StoryStep& step) {
  return pathway.stages[step.stage.value].title;
}
std::string pool_of(const Pathway& pathway, const StoryStep& step) {
  const PoolId pool = pathway.stages[step.stage.value].pool;
  return pool.exists() ? pathway.pools[pool.value].name : "someone";
}
std::string site_of(const Pathway& pathway, const StoryStep& step) {
  return pathway.sites[step.site.value].name;
}
std::string nothing(const Pathway&, const StoryStep&) {
  return "";
}

/// How a kind of step is told. A lasting one goes on until the next of its strand.
struct StepWords {
  StepKind kind;
  std::string_view before;
  std::string (*name)(const Pathway&, const StoryStep&);
  enum Length { moment, lasts } length;
  enum Telling { told, told_if_it_takes_time, passed_over } telling = told;
};
constexpr std::array step_words{
    StepWords{StepKind::entered, "", title_of, StepWords::lasts},
    StepWords{StepKind::left, "", nothing, StepWords::moment, StepWords::passed_over},
    StepWords{StepKind::queued, "  waits for ", pool_of, StepWords::lasts,
              StepWords::told_if_it_takes_time},
    StepWords{StepKind::started, "  work by ", pool_of, StepWords::lasts},
    StepWords{StepKind::posted, "posted to ", site_of, StepWords::lasts},
    StepWords{StepKind::delivered, "delivered", nothing, StepWords::moment},
    StepWords{StepKind::withdrew, "withdraws support", nothing, StepWords::moment},
    StepWords{StepKind::notified, "hears of the withdrawal", nothing, StepWords::moment},
};

constexpr bool are_in_order_of_kinds() {
  for (std::size_t i = 0; i < step_words.size(); ++i) {
    if (static_cast<std::size_t>(step_words[i].kind) != i) return false;
  }
  return step_words.size() == step_kind_count;
}
static_assert(are_in_order_of_kinds(), "every kind of step has its words");

constexpr std::array<std::string_view, 7> weekday_names{"Sun", "Mon", "Tue", "Wed",
                                                        "Thu", "Fri", "Sat"};

/// `2017-07-03 Mon 04:12`
std::string moment(const Pathway& pathway, Seconds when) {
  const Date date = pathway.axis.date_of(when);
  const Seconds of_day = when - pathway.axis.at(date);
  return fmt::format("{} {} {:02}:{:02}", format_date(date),
                     weekday_names[std::chrono::weekday{date}.c_encoding()], of_day / 3600,
                     of_day / 60 % 60);
}

std::string days(Seconds seconds) {
  return grouped(static_cast<double>(seconds) / seconds_per_day, 2);
}

std::string line(const std::string& when, const std::string& where, const std::string& what,
                 const std::string& how_long) {
  std::string text = left_aligned(when, when_width) + "  " + left_aligned(where, where_width) +
                     "  " + left_aligned(what, what_width) + right_aligned(how_long, days_width);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

/// Lines of at most so many cells; the first two spaces of a step within a stage stay.
std::vector<std::string> lines_of(const std::string& cell, std::size_t width) {
  std::istringstream text{wrapped(cell, width, cell.starts_with("  ") ? "  " : "")};
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

class Table {
 public:
  Table(const Pathway& pathway, const CaseStory& story) : pathway_(pathway), story_(story) {}

  std::string text() {
    std::string text = line("date       day time", "where", "what happened", "days");
    const std::vector<StoryStep>& steps = story_.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const StepWords& words = step_words[static_cast<std::size_t>(steps[i].kind)];
      if (words.telling != StepWords::passed_over) text += rows(i, words);
    }
    return text + "\n" + total();
  }

 private:
  /// Until the next step of the strand, or the end of the run.
  Seconds length_of(std::size_t step) const {
    const std::vector<StoryStep>& steps = story_.steps();
    for (std::size_t next = step + 1; next < steps.size(); ++next) {
      if (steps[next].slot == steps[step].slot) return steps[next].when - steps[step].when;
    }
    return pathway_.to - steps[step].when;
  }

  std::string rows(std::size_t index, const StepWords& words) {
    const StoryStep& step = story_.steps()[index];
    const Seconds length = words.length == StepWords::lasts ? length_of(index) : 0;
    if (length == 0 && words.telling == StepWords::told_if_it_takes_time) return "";
    sum_ += length;
    const std::string when = moment(pathway_, step.when);
    const std::string place = step.kind == StepKind::posted ? "" : site_of(pathway_, step);
    const auto where = lines_of(place == last_place_ ? "" : place, where_width);
    const auto what = lines_of(std::string(words.before) + words.name(pathway_, step), what_width);
    std::string text;
    for (std::size_t l = 0; l < std::max(where.size(), what.size()); ++l) {
      text += line(l == 0 && when != last_when_ ? when : "", l < where.size() ? where[l] : "",
                   l < what.size() ? what[l] : "", l == 0 && length > 0 ? days(length) : "");
    }
    last_when_ = when;
    last_place_ = place;
    return text;
  }

  std::optional<StoryStep> outcome() const {
    for (const StoryStep& step : story_.steps()) {
      const bool ends = pathway_.stages[step.stage.value].kind == StageKind::outcome;
      if (step.kind == StepKind::entered && ends) return step;
    }
    return std::nullopt;
  }

  std::string total() const {
    const std::optional<StoryStep> end = outcome();
    const Seconds from = story_.origin()->when;
    const Seconds whole = (end ? end->when : pathway_.to) - from;
    const std::string what =
        end ? fmt::format("From report to outcome {}", pathway_.stages[end->stage.value].code)
            : fmt::format("Without an outcome by the end of the run, {}",
                          moment(pathway_, pathway_.to));
    std::string text;
    if (sum_ > whole) text = "Steps that ran side by side count once in the whole.\n";
    return text + left_aligned(what, 80 - days_width) + right_aligned(days(whole), days_width) +
           "\n";
  }

  const Pathway& pathway_;
  const CaseStory& story_;
  Seconds sum_ = 0;
  std::string last_when_, last_place_;
};

}  // namespace

std::string name_of_case(const Pathway& pathway, const ArrivalLayer& origin) {
  const ArrivalStream& stream = pathway.streams[origin.stream];
  std::string name =
      fmt::format("{}/{}/{}/{}", pathway.sites[stream.site.value].qualified,
                  pathway.classes[stream.case_class.value].name, origin.layer, origin.serial);
  const auto of_site_and_class = std::count_if(
      pathway.streams.begin(), pathway.streams.end(), [&](const ArrivalStream& other) {
        return other.site == stream.site && other.case_class == stream.case_class;
      });
  if (of_site_and_class > 1) name += "/" + pathway.stages[stream.stage.value].name;
  return name;
}

std::string story_table(const Pathway& pathway, const CaseStory& story) {
  return Table{pathway, story}.text();
}

}  // namespace rassoflow
