#include <charconv>

#include "sim/scenario/display_name.hpp"
#include "sim/scenario/scenario_parts.hpp"

namespace rassoflow {
namespace {

constexpr std::size_t most_factors = 16;

template <Quantity::Kind kind>
void several(Reading& reading, const TomlValue& value, Quantity& out) {
  out.kind = kind;
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    reading.wrong_type(value, "an array of numbers and names of parameters");
    return;
  }
  if (items->empty() || items->size() > most_factors) {
    reading.fault(value.position, kind == Quantity::Kind::product ? "a product has 1 to 16 factors"
                                                                  : "a sum has 1 to 16 terms");
    return;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    if (auto factor = read_quantity(reading, (*items)[i]))
      out.factors.push_back(std::move(*factor));
  }
}

constexpr KeyRule<Quantity> quantity_keys[] = {
    {"product", several<Quantity::Kind::product>},
    {"sum", several<Quantity::Kind::sum>},
};

void ignore(Reading&, const TomlValue&, LawSpec&) {}

template <std::size_t position>
void argument(Reading& reading, const TomlValue& value, LawSpec& out) {
  if (auto read = read_quantity(reading, value)) out.arguments[position] = std::move(*read);
}

void unit(Reading& reading, const TomlValue& value, LawSpec& out) {
  if (const auto word = read_word(reading, value, time_unit_names)) {
    out.unit = static_cast<TimeUnit>(*word);
  }
}

constexpr unsigned only(LawFamily family) {
  return 1U << static_cast<unsigned>(family);
}
constexpr unsigned with_cv = only(LawFamily::lognormal) | only(LawFamily::gamma);
constexpr unsigned with_mean = with_cv | only(LawFamily::exponential) | only(LawFamily::weibull);

constexpr KeyRule<LawSpec> law_keys[] = {
    {"law", ignore, Need::required},
    {"value", argument<0>, Need::required, only(LawFamily::fixed)},
    {"mean", argument<0>, Need::required, with_mean},
    {"low", argument<0>, Need::required, only(LawFamily::uniform)},
    {"cv", argument<1>, Need::required, with_cv},
    {"shape", argument<1>, Need::required, only(LawFamily::weibull)},
    {"high", argument<1>, Need::required, only(LawFamily::uniform)},
    {"unit", unit, Need::required},
    {"visits", visits<&LawSpec::visits>},
};

void read_law(Reading& reading, const TomlValue& value, std::vector<LawSpec>& out) {
  const auto family = read_kind(reading, value, "law", law_family_names);
  if (!family) return;
  LawSpec law;
  law.family = static_cast<LawFamily>(*family);
  law.place = reading.place(value.position);
  read_keys<LawSpec>(reading, value, law_keys, law, only(law.family), law_family_names);
  out.push_back(std::move(law));
}

std::optional<std::uint32_t> visit_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  return is_number && number >= 1 && number <= 100 ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<Quantity> read_quantity(Reading& reading, const TomlValue& value) {
  Quantity out;
  out.place = reading.place(value.position);
  if (const auto* name = value.as<std::string>()) {
    out.kind = Quantity::Kind::parameter;
    out.parameter = *name;
    return out;
  }
  if (value.as<TomlValue::Table>() != nullptr) {
    read_keys<Quantity>(reading, value, quantity_keys, out);
    const bool has_product = value.find("product") != nullptr;
    if (has_product == (value.find("sum") != nullptr)) {
      reading.fault(value.position,
                    has_product ? "the number has both `product` and `sum`"
                                : "the number has neither `product` nor `sum`",
                    "give one of them; a factor may be a sum and a term a product");
      return std::nullopt;
    }
    if (out.factors.empty()) return std::nullopt;
    return out;
  }
  if (value.as<std::int64_t>() == nullptr && value.as<double>() == nullptr) {
    reading.wrong_type(value, "a number, the name of a parameter or { product = [ … ] }");
    return std::nullopt;
  }
  const auto literal = read_number(reading, value);
  if (!literal) return std::nullopt;
  out.literal = *literal;
  return out;
}

std::vector<LawSpec> read_laws(Reading& reading, const TomlValue& value) {
  std::vector<LawSpec> out;
  const auto* items = value.as<TomlValue::Array>();
  if (items == nullptr) {
    read_law(reading, value, out);
    return out;
  }
  if (items->empty()) reading.fault(value.position, "the array of laws is empty");
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Reading::Key key{reading, i};
    read_law(reading, (*items)[i], out);
  }
  return out;
}

std::optional<VisitRange> read_visits(Reading& reading, const TomlValue& value) {
  const auto text = read_text(reading, value);
  if (!text) return std::nullopt;
  std::string_view first = *text;
  std::string_view last = *text;
  const bool is_open = text->ends_with('+');
  if (is_open) {
    first.remove_suffix(1);
  } else if (const auto dash = text->find('-'); dash != std::string::npos) {
    first = first.substr(0, dash);
    last = last.substr(dash + 1);
  }
  const auto from = visit_number(first);
  const auto to = is_open ? std::optional<std::uint32_t>(UINT32_MAX) : visit_number(last);
  if (!from || !to || *from > *to) {
    reading.fault(value.position, "the visits " + in_ticks(*text) + " are not understood",
                  "write \"1\", \"2+\" or \"1-3\", with numbers from 1 to 100");
    return std::nullopt;
  }
  return VisitRange{*from, *to};
}

std::optional<std::size_t> read_kind(Reading& reading, const TomlValue& table, std::string_view key,
                                     std::span<const std::string_view> kinds) {
  if (table.as<TomlValue::Table>() == nullptr) {
    reading.wrong_type(table, "a table");
    return std::nullopt;
  }
  const TomlValue* word = table.find(key);
  if (word == nullptr && reading.is_partial()) return std::nullopt;
  if (word == nullptr) {
    reading.fault(table.position, "the key " + in_ticks(key) + " is missing",
                  "it is " + listed({kinds.begin(), kinds.end()}));
    return std::nullopt;
  }
  const Reading::Key inside{reading, std::string(key)};
  return read_word(reading, *word, kinds);
}

void list_quantity_keys(KeyCatalogue& catalogue) {
  add_to_catalogue<Quantity>(catalogue, "quantity", quantity_keys);
  add_to_catalogue<LawSpec>(catalogue, "law", law_keys, law_family_names);
}

}  // namespace rassoflow
