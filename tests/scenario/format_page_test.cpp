// docs/scenario-format.md and the readers know the same keys. On the page a key is a code span in
// the first column of a table headed `key`, in a column headed `keys`, before a bracket such as
// `share` (quantity), or stands before an equals sign in a TOML block or in `{ share = … }`.
#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>

#include "sim/scenario/scenario_parts.hpp"
#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using Words = std::set<std::string>;

struct Section {
  std::string title;
  Words keys;
  std::map<std::string, Words> keys_by_kind;
};

void add_matches(const std::string& text, const std::regex& pattern, Words& out) {
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    out.insert((*match)[1].str());
  }
}

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::istringstream in(row.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) cells.push_back(cell);
  return cells;
}

class Page {
 public:
  explicit Page(const std::string& text) {
    std::istringstream in(text);
    sections_.push_back({"before", {}, {}});
    for (std::string line; std::getline(in, line);) look_at(line);
  }

  const Section& section(const std::string& title_part) const {
    for (const Section& section : sections_) {
      if (section.title.find(title_part) != std::string::npos) return section;
    }
    throw std::runtime_error("the page has no section " + title_part);
  }
  /// Names of tables that have a section or a block of their own.
  const Words& tables() const { return tables_; }

 private:
  void look_at(const std::string& line) {
    static const std::regex span("`([a-z_]+)`");
    static const std::regex before_bracket("`([a-z_]+)` \\(");
    static const std::regex in_braces("`\\{ ([a-z_]+) =");
    static const std::regex before_equals("(?:^|[{,\\s])([a-z_]+) =");
    static const std::regex table("\\[([a-z]+)[.\\]]");
    if (line.starts_with("```")) {
      in_block_ = !in_block_;
      return;
    }
    Section& here = sections_.back();
    if (in_block_) {
      add_matches(line.substr(0, line.find('#')), before_equals, here.keys);
      add_matches(line, table, tables_);
      return;
    }
    if (line.starts_with("## ")) {
      sections_.push_back({line, {}, {}});
      add_matches(line, table, tables_);
      return;
    }
    if (!line.starts_with("|")) {
      header_.clear();
      add_matches(line, before_bracket, here.keys);
      add_matches(line, in_braces, here.keys);
      return;
    }
    const std::vector<std::string> cells = cells_of(line);
    if (header_.empty()) header_ = cells;
    if (header_.at(0) == " key ") add_matches(cells.at(0), span, here.keys);
    if (header_.at(0) == " kind " && header_.at(1) == " keys ") {
      Words kind;
      add_matches(cells.at(0), span, kind);
      if (kind.size() != 1) return;
      add_matches(cells.at(1), std::regex("`([a-z_]+)`(?![^(]*\\))"),
                  here.keys_by_kind[*kind.begin()]);
    }
  }

  bool in_block_ = false;
  std::vector<std::string> header_;
  std::vector<Section> sections_;
  Words tables_;
};

const Page& page() {
  static const Page page{file_text(std::string(RASSOFLOW_SOURCE_DIR) + "/docs/scenario-format.md")};
  return page;
}

Words reader_keys(const std::string& table) {
  const KeyCatalogue catalogue = known_keys();
  Words out;
  for (const auto& [name, keys] : catalogue) {
    if (name == table || name.starts_with(table + " ")) out.insert(keys.begin(), keys.end());
  }
  return out;
}

Words operator+(Words a, const Words& b) {
  a.insert(b.begin(), b.end());
  return a;
}

Words without(Words from, const Words& these) {
  for (const std::string& word : these) from.erase(word);
  return from;
}

TEST(FormatPage, HasTheKeysOfTheTopLevel) {
  const Words documented =
      page().section("Top level").keys + page().tables() + Words{"crossing_calendar"};
  EXPECT_EQ(documented, reader_keys(""));
  EXPECT_TRUE(page().section("[levels").keys.contains("crossing_calendar"));
}

TEST(FormatPage, HasTheKeysOfTheRun) {
  EXPECT_EQ(page().section("[run]").keys, reader_keys("run"));
}

TEST(FormatPage, HasTheKeysOfNumbersAndLaws) {
  EXPECT_EQ(page().section("Numbers").keys, reader_keys("quantity") +
                                                reader_keys("parameters.NAME") +
                                                reader_keys("changes") + reader_keys("law"));
}

TEST(FormatPage, HasTheKeysOfEvents) {
  EXPECT_EQ(page().section("[events").keys, reader_keys("events.NAME") + reader_keys("effects"));
}

TEST(FormatPage, HasTheKeysOfLevers) {
  // The example extends a policy.
  EXPECT_EQ(without(page().section("[levers").keys, {"extends"}),
            reader_keys("levers.NAME") + reader_keys("waves"));
}

TEST(FormatPage, HasTheKeysOfPlaces) {
  // In the example of sites `area` and `region` are levels.
  EXPECT_EQ(without(page().section("[levels").keys, {"area", "region", "crossing_calendar"}),
            reader_keys("levels.NAME"));
  EXPECT_EQ(page().section("[classes").keys, reader_keys("classes.NAME"));
}

TEST(FormatPage, HasTheKeysOfStaff) {
  EXPECT_EQ(page().section("[calendars").keys, reader_keys("calendars.NAME"));
  EXPECT_EQ(page().section("[pools").keys, reader_keys("pools.NAME") + reader_keys("pace"));
  EXPECT_EQ(page().section("[recruitment").keys, reader_keys("recruitment.NAME"));
  EXPECT_EQ(page().section("[upkeep").keys, reader_keys("upkeep.NAME"));
}

TEST(FormatPage, HasTheKeysOfWithdrawal) {
  EXPECT_EQ(page().section("[withdrawal").keys,
            reader_keys("withdrawal.PHASE") + reader_keys("bands") + reader_keys("held"));
}

TEST(FormatPage, HasTheKeysOfEveryKindOfStage) {
  const Section& section = page().section("[stages");
  const Words in_routes = reader_keys("routes");
  for (const std::string_view kind : stage_kind_names) {
    const std::string name(kind);
    ASSERT_TRUE(section.keys_by_kind.contains(name)) << name;
    const Words known = reader_keys("stages.NAME " + name);
    const Words common = without(section.keys, in_routes);
    Words none;
    if (name == "outcome" || name == "fork") none = {"next", "routes"};
    if (name == "listing") none = {"routes"};
    const Words expected = without(common, none);
    EXPECT_EQ(expected + section.keys_by_kind.at(name), known) << name;
  }
  EXPECT_EQ(without(in_routes, section.keys), Words{});
}

TEST(FormatPage, ShowsEveryKeyOfADiary) {
  const Words common = page().section("[stages").keys;
  const Words of_the_example{"kind", "level", "next", "law", "mean", "cv", "unit"};
  const Words expected =
      without(reader_keys("stages.NAME listing"), common) + reader_keys("custody") + of_the_example;
  EXPECT_EQ(page().section("Diaries").keys, expected);
}

TEST(FormatPage, HasTheKeysOfEveryKindOfKpi) {
  const Section& section = page().section("[kpis");
  for (const char* kind : {"count", "duration", "share", "stock", "staff"}) {
    ASSERT_TRUE(section.keys_by_kind.contains(kind)) << kind;
    EXPECT_EQ(section.keys + section.keys_by_kind.at(kind),
              reader_keys("kpis.NAME " + std::string(kind)))
        << kind;
  }
  EXPECT_EQ(page().section("[published").keys, reader_keys("published"));
  EXPECT_EQ(reader_keys("split"), (Words{"by", "with", "without"})) << "named under `count`";
}

TEST(FormatPage, HasTheKeysOfTables) {
  EXPECT_EQ(page().section("[tables").keys,
            reader_keys("tables.NAME") + reader_keys("sections") + reader_keys("rows"));
}

TEST(FormatPage, HasTheKeysOfPrecision) {
  // In the example these are names of targets.
  EXPECT_EQ(without(page().section("[precision").keys,
                    {"charged", "days_referral_to_charge", "busy_prosecutors"}),
            reader_keys("precision.NAME"));
}

// The test reads what a planner reads: a key added to the page alone must be seen.
TEST(FormatPage, IsReadByTheRulesAbove) {
  const Page small{
      "## `[things.NAME]`\n\n| key | type |\n|---|---|\n| `a` | `b` |\n\n"
      "`c` (number) and `d`\n\n```toml\n{ e = 3, f = \"g\" } # h = 1\n```\n\n"
      "| kind | keys |\n|---|---|\n| `k` | `l` (`\"m\"`), `n` |\n"};
  EXPECT_EQ(small.section("things").keys, (Words{"a", "c", "e", "f"}));
  EXPECT_EQ(small.section("things").keys_by_kind.at("k"), (Words{"l", "n"}));
  EXPECT_EQ(small.tables(), Words{"things"});
}

}  // namespace
}  // namespace rassoflow::scenario_test
