// rassoflow trace: the story of one simulated case, step by step.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "analysis/cli/commands.hpp"
#include "analysis/cli/exit_code.hpp"
#include "analysis/cli/load_scenario.hpp"
#include "analysis/cli/log.hpp"
#include "analysis/cli/option_parser.hpp"
#include "analysis/cli/output_file.hpp"
#include "analysis/cli/story_table.hpp"
#include "analysis/report/figures.hpp"
#include "sim/model/compile_pathway.hpp"
#include "sim/scenario/display_name.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t page = 80;
constexpr std::size_t key_digits = 16;

struct TraceOptions {
  std::string which, scenario, site;
  std::optional<std::uint64_t> replication, seed;
};

template <class Number>
std::optional<Number> number_in(const std::string& text, int base = 10) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number, base);
  if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

std::optional<SiteId> site_named(const Pathway& pathway, const std::string& name) {
  for (std::size_t s = 0; s < pathway.sites.size(); ++s) {
    if (pathway.sites[s].qualified == name) return SiteId{static_cast<std::uint16_t>(s)};
  }
  return std::nullopt;
}

/// Names of sites that may have been meant: the same name at a level, else the nearest.
std::string site_meant(const Pathway& pathway, const std::string& wrong) {
  std::vector<std::string> known, same;
  for (const Site& site : pathway.sites) {
    known.push_back(site.qualified);
    if (site.name == wrong) same.push_back(site.qualified);
  }
  const std::string near = nearest_name(wrong, known);
  if (same.empty() && !near.empty()) same.push_back(near);
  return same.empty() ? "; 'rassoflow list sites' names them"
                      : fmt::format("; did you mean {}?", listed(same));
}

/// Why there is no such case, in words for after `rassoflow trace: `.
using Choice = std::variant<CaseStory, std::string>;

/// `force:Kent/adult/12/3`, and the report stage where a site has several.
Choice case_named(const Pathway& pathway, const std::string& name) {
  std::vector<std::string> parts{""};
  for (const char c : name) {
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  const std::size_t given = parts.size();
  const auto layer = given >= 4 ? number_in<std::uint32_t>(parts[2]) : std::nullopt;
  const auto serial = given >= 4 ? number_in<std::uint32_t>(parts[3]) : std::nullopt;
  if (given < 4 || given > 5 || !layer || !serial) {
    return in_ticks(name) + " is not like `force:Kent/adult/12/3`: site, class, layer and serial";
  }
  const auto site = site_named(pathway, parts[0]);
  if (!site) {
    return "there is no site " + in_ticks(parts[0]) + site_meant(pathway, parts[0]);
  }
  std::vector<std::string> classes;
  std::vector<const ArrivalStream*> streams;
  for (const ArrivalStream& stream : pathway.streams) {
    if (stream.site != *site) continue;
    const std::string& case_class = pathway.classes[stream.case_class.value].name;
    classes.push_back(case_class);
    const bool is_stage = given == 4 || pathway.stages[stream.stage.value].name == parts[4];
    if (case_class == parts[1] && is_stage) streams.push_back(&stream);
  }
  if (classes.empty()) return "no cases are reported at " + in_ticks(parts[0]);
  if (streams.empty()) {
    return fmt::format("there is no class {} at {}, only {}", in_ticks(parts[1]),
                       in_ticks(parts[0]), listed(classes, "and"));
  }
  if (streams.size() > 1) {
    return fmt::format("{} has several report stages: add one, as in {}/{}", in_ticks(parts[0]),
                       name, pathway.stages[streams.front()->stage.value].name);
  }
  return CaseStory{case_key_of(streams.front()->key, *layer, *serial)};
}

Choice choose(const Pathway& pathway, const TraceOptions& options) {
  const std::string& which = options.which;
  const auto number =
      which == "first" ? std::optional<std::uint64_t>{1} : number_in<std::uint64_t>(which);
  const bool is_key = which.size() == key_digits;
  if (number && *number > 0 && !is_key) {
    SiteId site;
    if (!options.site.empty()) {
      const auto found = site_named(pathway, options.site);
      if (!found) {
        return "there is no site " + in_ticks(options.site) + site_meant(pathway, options.site);
      }
      site = *found;
    }
    return CaseStory{site, pathway.from, *number};
  }
  if (!options.site.empty()) return "--site belongs to `first` or a number";
  if (which.find('/') != std::string::npos) return case_named(pathway, which);
  const auto key = is_key ? number_in<std::uint64_t>(which, 16) : std::nullopt;
  if (key) return CaseStory{*key};
  return in_ticks(which) +
         " is no case: give its key of 16 hexadecimal digits, site/class/layer/serial such as "
         "`force:Kent/adult/12/3`, `first`, or a number n for the n-th that is reported";
}

std::string not_found(const TraceOptions& options, const Pathway& pathway, const CaseStory& story,
                      const std::string& luck) {
  if (story.reported() == 0 && story.case_key() != 0) {
    return fmt::format("there is no case {} in {}: say the --replication and --seed of the message",
                       in_ticks(options.which), luck);
  }
  return fmt::format("{} cases are reported{} from {} on in {}",
                     grouped(static_cast<double>(story.reported()), 0),
                     options.site.empty() ? "" : " at " + in_ticks(options.site),
                     format_date(pathway.axis.date_of(pathway.from)), luck);
}

}  // namespace

int trace_command(const Arguments& arguments) {
  TraceOptions options;
  OptionParser parser{"trace", "Tells the story of one simulated case, step by step."};
  parser.positional("CASE", options.which,
                    "its key as messages print it; site/class/layer/serial; or first, or n for the "
                    "n-th case reported from the first counted day on");
  parser.positional("SCENARIO", options.scenario, "the scenario's TOML file");
  parser.text("--site", options.site, "LEVEL:NAME", "with first or n: only cases of this site");
  parser.number("--replication", options.replication, 0, 999'999, "counted from 0 (default: 0)");
  parser.number("--seed", options.seed, 0, UINT64_MAX, "master seed, instead of the scenario's");
  if (const auto stop = parser.parse(arguments)) return *stop;
  const auto loaded = load_scenario(options.scenario);
  if (const int* code = std::get_if<int>(&loaded)) return *code;
  const Scenario& scenario = std::get<Scenario>(loaded);
  const Pathway pathway = compile_pathway(scenario);
  const Choice choice = choose(pathway, options);
  if (const auto* why = std::get_if<std::string>(&choice)) {
    spdlog::error("rassoflow trace: {}", *why);
    return ExitCode::usage;
  }
  const std::uint64_t seed = options.seed.value_or(scenario.run.seed);
  const auto replication = static_cast<std::uint32_t>(options.replication.value_or(0));
  const std::string luck = fmt::format("replication {} with seed {}", replication, seed);
  const TracedCase traced = trace_case(pathway, seed, replication, std::get<CaseStory>(choice));
  const CaseStory& story = traced.story;
  if (story.origin()) {
    std::string text = "The story of one simulated case. It tells nothing about any real case.\n";
    text += wrapped(scenario.title, page);
    text += fmt::format("Case {:016x} = {}\nReplication {}, seed {}\n\n{}", story.case_key(),
                        name_of_case(pathway, *story.origin()), replication, seed,
                        story_table(pathway, story));
    write_stdout(text);
  } else {
    spdlog::error("rassoflow trace: {}", not_found(options, pathway, story, luck));
  }
  if (!traced.violation.empty()) spdlog::error("the trial failed: {}", traced.violation);
  return story.origin() && traced.violation.empty() ? ExitCode::ok : ExitCode::failed;
}

}  // namespace rassoflow
