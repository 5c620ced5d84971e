#include "analysis/cli/plain_words.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <vector>

#include "sim/scenario/display_name.hpp"
#include "sim/scenario/geography.hpp"

namespace rassoflow {
namespace {

constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string enumerated(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace

std::string date_in_words(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{} {} {}", static_cast<unsigned>(civil.day()),
                     months[static_cast<unsigned>(civil.month()) - 1],
                     static_cast<int>(civil.year()));
}

std::string dates_in_words(Date from, const std::optional<Date>& to) {
  const std::string first = date_in_words(from);
  if (!to || *to == Date::max()) return "from " + first;
  const Date last = *to - std::chrono::days{1};
  return last == from ? first : first + " to " + date_in_words(last);
}

std::string places_in_words(const std::set<std::string>& sites) {
  if (sites.empty()) return "everywhere";
  std::map<std::string, std::vector<std::string>> by_level;
  for (const std::string& site : sites) {
    const std::size_t colon = site.find(':');
    by_level[level_of_site(site)].push_back(
        display_name(colon == std::string::npos ? site : site.substr(colon + 1)));
  }
  std::string out;
  for (const auto& [level, names] : by_level) {
    out += (out.empty() ? "" : ", ") + fmt::format("{} ({})", enumerated(names), level);
  }
  return out;
}

std::string change_in_words(const EffectSpec& effect, const std::string& unit) {
  if (effect.kind == EffectSpec::Kind::odds_ratio) {
    return fmt::format("its odds times {:.4g}", effect.value);
  }
  if (effect.scale() == EffectSpec::Scale::ratio) {
    return fmt::format("times {:.4g}", effect.value);
  }
  return fmt::format("{:.4g}{}{} {}{}", std::abs(effect.value), unit.empty() ? "" : " ", unit,
                     effect.value < 0 ? "less" : "more",
                     effect.kind == EffectSpec::Kind::total ? " in all" : "");
}

}  // namespace rassoflow
