#include "sim/scenario/differences.hpp"

#include <algorithm>

#include "sim/scenario/checking.hpp"
#include "sim/scenario/display_name.hpp"
#include "sim/scenario/levers.hpp"
#include "sim/scenario/read_files.hpp"
#include "sim/scenario/value_index.hpp"

namespace rassoflow {
namespace {

class Values {
 public:
  Values(const Scenario& base, const Scenario& option)
      : base_(base), option_(option), before_(base), after_(option) {
    read_at_ = places_of_reading(option);
    for (const auto& [name, at] : places_of_reading(base)) {
      ReadAt& both = read_at_[name];
      both.once = both.once || at.once;
      both.levels.insert(at.levels.begin(), at.levels.end());
    }
    for (const Scenario* scenario : {&base, &option}) {
      for (std::string& site : all_sites(*scenario)) sites_.insert(std::move(site));
    }
    from_ = std::max(base.run.origin, option.run.origin);
    to_ = std::min(base.run.to, option.run.to);
  }

  std::vector<ValueDifference> differences() const {
    std::vector<ValueDifference> out;
    for (const auto& [name, at] : read_at_) {
      const auto of_parameter = of(name, at);
      out.insert(out.end(), of_parameter.begin(), of_parameter.end());
    }
    return out;
  }

 private:
  std::vector<ValueDifference> of(const std::string& name, const ReadAt& at) const {
    Quantity quantity;
    quantity.kind = Quantity::Kind::parameter;
    quantity.parameter = name;
    std::set<Date> dates{from_};
    for (const Scenario* scenario : {&base_, &option_}) {
      for (const Date date : change_dates(*scenario, quantity)) {
        if (date > from_ && date < to_) dates.insert(date);
      }
    }
    std::vector<std::string> sites;
    for (const std::string& site : sites_) {
      if (at.levels.contains(level_of_site(site))) sites.push_back(site);
    }
    if (sites.empty()) sites.emplace_back();
    std::vector<ValueDifference> out;
    for (const std::string& site : sites) {
      std::vector<ValueStretch> stretches = stretches_at(quantity, site, dates);
      if (std::ranges::all_of(stretches, &ValueStretch::is_same)) continue;
      const auto alike = std::ranges::find_if(
          out, [&](const ValueDifference& other) { return equal(other.stretches, stretches); });
      if (alike != out.end()) {
        alike->sites.push_back(site);
        continue;
      }
      ValueDifference& difference = out.emplace_back();
      difference.parameter = name;
      difference.unit = unit_of(name);
      difference.sites = {site};
      difference.stretches = std::move(stretches);
      difference.causes = causes(name);
    }
    if (out.size() == 1 && out.front().sites.size() == sites.size()) out.front().sites.clear();
    return out;
  }

  std::vector<ValueStretch> stretches_at(const Quantity& quantity, const std::string& site,
                                         const std::set<Date>& dates) const {
    std::vector<ValueStretch> out;
    for (const Date date : dates) {
      const ValueStretch stretch{date, before_.at(quantity, site, date),
                                 after_.at(quantity, site, date)};
      const bool goes_on =
          !out.empty() && out.back().before == stretch.before && out.back().after == stretch.after;
      const bool is_still_same = !out.empty() && out.back().is_same() && stretch.is_same();
      if (!goes_on && !is_still_same) out.push_back(stretch);
    }
    return out;
  }

  static bool equal(const std::vector<ValueStretch>& a, const std::vector<ValueStretch>& b) {
    return std::ranges::equal(a, b, [](const ValueStretch& x, const ValueStretch& y) {
      if (x.from != y.from) return false;
      return (x.is_same() && y.is_same()) || (x.before == y.before && x.after == y.after);
    });
  }

  std::string unit_of(const std::string& name) const {
    for (const Scenario* scenario : {&option_, &base_}) {
      const auto found = scenario->parameters.find(name);
      if (found != scenario->parameters.end()) return found->second.unit;
    }
    return "";
  }

  std::vector<std::string> causes(const std::string& name) const {
    std::set<std::string> names;
    for_each_change(option_, [&](const Change& change) {
      if (change.effect->parameter == name) names.insert(*change.cause);
    });
    return {names.begin(), names.end()};
  }

  const Scenario& base_;
  const Scenario& option_;
  ValueIndex before_, after_;
  std::map<std::string, ReadAt> read_at_;
  std::set<std::string> sites_;
  Date from_, to_;
};

std::string text_of(const TomlValue& value) {
  struct Writer {
    std::string operator()(const TomlValue::Table& table) const {
      std::string out;
      for (const TomlEntry& entry : table) {
        out += (out.empty() ? "" : ", ") + dotted_key({entry.key}) + " = " + text_of(entry.value);
      }
      return out.empty() ? "{}" : "{ " + out + " }";
    }
    std::string operator()(const TomlValue::Array& array) const {
      std::string out;
      for (const TomlValue& item : array) out += (out.empty() ? "" : ", ") + text_of(item);
      return "[" + out + "]";
    }
    std::string operator()(const std::string& text) const {
      return "\"" + display_name(text, 200) + "\"";
    }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return number_in_words(number); }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(Date date) const { return format_date(date); }
    std::string operator()(TomlClockTime) const { return "a time of day"; }
  };
  return std::visit(Writer{}, value.data);
}

void flatten(const TomlValue& value, std::vector<std::string>& path,
             std::map<std::string, std::string>& out) {
  const auto* table = value.as<TomlValue::Table>();
  if (table == nullptr || table->empty()) {
    out[dotted_key(path)] = text_of(value);
    return;
  }
  for (const TomlEntry& entry : *table) {
    path.push_back(entry.key);
    flatten(entry.value, path, out);
    path.pop_back();
  }
}

std::map<std::string, std::string> flat(const TomlValue& root) {
  std::map<std::string, std::string> out;
  std::vector<std::string> path;
  flatten(root, path, out);
  return out;
}

}  // namespace

std::vector<ValueDifference> value_differences(const Scenario& base, const Scenario& option) {
  return Values{base, option}.differences();
}

std::vector<TextDifference> text_differences(const TomlValue& base, const TomlValue& option) {
  const auto before = flat(base), after = flat(option);
  std::vector<TextDifference> out;
  for (const auto& [key, text] : before) {
    const auto other = after.find(key);
    if (other == after.end()) {
      out.push_back({key, text, std::nullopt});
    } else if (other->second != text) {
      out.push_back({key, text, other->second});
    }
  }
  for (const auto& [key, text] : after) {
    if (!before.contains(key)) out.push_back({key, std::nullopt, text});
  }
  std::ranges::sort(out, {}, &TextDifference::key);
  return out;
}

Result<TomlValue> read_merged(const std::filesystem::path& file) {
  const std::string name = file.generic_string();
  auto text = read_regular_file(file);
  if (const auto* fault = std::get_if<FileFault>(&text)) {
    return Diagnostics{{{name, 0, 0}, "", fault->message, ""}};
  }
  const DiskFiles provider{file.parent_path()};
  FilesRead files{name, provider};
  TomlValue root = files.read_outermost(std::get<std::string>(text));
  if (!files.faults.empty()) return std::move(files.faults);
  return root;
}

}  // namespace rassoflow
