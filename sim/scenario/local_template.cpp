#include "sim/scenario/local_template.hpp"

#include <algorithm>
#include <array>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/geography.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

constexpr std::array<std::string_view, 5> grade_words{"published", "derived", "calibrated",
                                                      "assumed", "without a source"};

/// In double quotes, as TOML reads it.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// One line, without what could end a comment.
std::string in_a_comment(const std::string& text) {
  return display_name(text, 300);
}

/// Small letters, digits and underscores.
std::string file_name_of(const std::string& site) {
  std::string out;
  for (const char c : site.substr(site.find(':') + 1)) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_upper || is_plain) {
      out += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out.empty() ? "local" : out;
}

bool is_from_csv(const ParameterStep& step) {
  return step.place.file.ends_with(".csv");
}

std::string step_in_toml(const ParameterStep& step) {
  std::string out = "{ ";
  if (!step.site.empty()) out += "site = " + quoted(step.site) + ", ";
  if (step.from) out += "from = " + format_date(*step.from) + ", ";
  if (step.announced) out += "announced = " + format_date(*step.announced) + ", ";
  return out + "value = " + number_in_words(step.value) + " }";
}

class Template {
 public:
  Template(const Scenario& base, const std::string& site)
      : base_(base), site_(site), level_(level_of_site(site)) {}

  LocalTemplate write(const std::string& base_path) {
    LocalTemplate out;
    out.name = file_name_of(site_);
    const std::string place = site_.substr(site_.find(':') + 1);
    out.toml =
        "# What " + in_a_comment(place) +
        " knows better than the national figures.\n"
        "#\n"
        "# As it stands this scenario gives the rows of the one that it extends. Take the `#` "
        "away\n"
        "# from a block, put your own figure in place of the number and say where it comes from:\n"
        "#   rassoflow check " +
        out.name +
        ".toml    says what is wrong, `--local` what is still assumed\n"
        "#   rassoflow diff " +
        base_path + " " + out.name +
        ".toml   says what you have changed\n"
        "#   rassoflow run " +
        out.name +
        ".toml --detail sites\n"
        "\nformat = 1\ntitle = " +
        quoted(place + ": local figures") + "\nextends = " + quoted(base_path) + "\n";
    out.posts = add_posts(out);
    const std::pair<const char*, std::vector<Grade>> groups[] = {
        {"Assumed: nothing is published", {Grade::assumed, Grade::unsourced}},
        {"Fitted to national figures", {Grade::calibrated}},
        {"Published, or derived from what is", {Grade::published, Grade::derived}},
    };
    const auto read_at = places_of_reading(base_);
    for (const auto& [heading, grades] : groups) {
      std::string blocks;
      for (const auto& [name, parameter] : base_.parameters) {
        const auto at = read_at.find(name);
        const bool is_here = at != read_at.end() && at->second.levels.contains(level_);
        if (is_here && std::ranges::find(grades, parameter.grade) != grades.end()) {
          blocks += block(name, parameter);
        }
      }
      if (!blocks.empty()) out.toml += "\n# ---- " + std::string(heading) + "\n" + blocks;
    }
    return out;
  }

 private:
  /// Posts to be filled in the first pool of the level that has positions.
  std::string add_posts(LocalTemplate& out) const {
    const auto pool = std::ranges::find_if(base_.pools, [&](const auto& entry) {
      return entry.second.level == level_ && entry.second.positions && !entry.second.caseload;
    });
    if (pool == base_.pools.end()) return "";
    out.toml +=
        "\n# ---- Posts to be filled\n"
        "# FTE beyond those in post, by month, in " +
        out.name +
        "_posts.csv (site, from, value,\n"
        "# announced). `rassoflow staff` shows what comes of it.\n\n"
        "[parameters.local_posts]\nvalue = 0\ncsv = " +
        quoted(out.name + "_posts.csv") +
        "\nunit = \"FTE\"\ngrade = \"assumed\"\nsource = \"our own plan\"\n\n"
        "[recruitment.local_posts]\npool = " +
        quoted(pool->first) +
        "\nposts = \"local_posts\"\n"
        "months_to_start = 4         # from a vacancy to the first day at work\n"
        "leavers_a_year = 0.1        # share\n"
        "training = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95]   # what somebody is worth in each month of "
        "service\n";
    const std::string from = format_date(base_.run.from);
    return "site,from,value,announced\n" + csv_field(site_) + "," + from + ",0,\n";
  }

  static std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  }

  std::string block(const std::string& name, const ParameterSpec& parameter) const {
    Quantity quantity;
    quantity.kind = Quantity::Kind::parameter;
    quantity.parameter = name;
    const Date last = base_.run.to - std::chrono::days{1};
    const auto value = value_of(base_, quantity, site_, last);
    const auto base_value = base_value_of(parameter, site_, last);
    if (!value || !base_value) return "";
    std::string text = "\n# [parameters." + dotted_key({name}) + "]\n# now " +
                       number_in_words(*base_value) + " " + in_a_comment(parameter.unit);
    if (parameter.low && parameter.high) {
      text +=
          " (" + number_in_words(*parameter.low) + " to " + number_in_words(*parameter.high) + ")";
    }
    text += ", " + std::string(grade_words[static_cast<std::size_t>(parameter.grade)]) + ": " +
            in_a_comment(parameter.source) + "\n";
    if (!parameter.note.empty()) text += "# " + in_a_comment(parameter.note) + "\n";
    if (*value != *base_value) {
      text += "# on " + format_date(last) + " events or levers make it " + number_in_words(*value) +
              "\n";
    }
    text += "# changes = [ ";
    // An array replaces the one below it, so what stands there is said again.
    for (const ParameterStep& step : parameter.steps) {
      const bool is_change = step.from || !step.site.empty();
      if (is_change && !is_from_csv(step) && step.site != site_) text += step_in_toml(step) + ", ";
    }
    ParameterStep own;
    own.site = site_;
    own.value = *base_value;
    if (has_own_csv(parameter)) own.from = free_date(parameter);
    return text + step_in_toml(own) + " ]\n";
  }

  /// A value without a date would be there twice.
  bool has_own_csv(const ParameterSpec& parameter) const {
    return std::ranges::any_of(parameter.steps, [&](const ParameterStep& step) {
      return step.site == site_ && is_from_csv(step);
    });
  }

  /// The first day that counts, or the next on which nothing is written yet.
  Date free_date(const ParameterSpec& parameter) const {
    Date date = base_.run.from;
    const auto is_taken = [&](const ParameterStep& step) {
      return step.site == site_ && step.from == date;
    };
    while (std::ranges::any_of(parameter.steps, is_taken)) date += std::chrono::days{1};
    return date;
  }

  const Scenario& base_;
  const std::string& site_;
  std::string level_;
};

}  // namespace

LocalTemplate local_template(const Scenario& base, const std::string& base_path,
                             const std::string& qualified_site) {
  return Template{base, qualified_site}.write(base_path);
}

}  // namespace rassoflow
