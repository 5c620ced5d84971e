// Whoever follows an id such as C0400 or CT-0250 finds it in the list of sources.
#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "sim/scenario/csv_text.hpp"
#include "tests/testkit/testkit.hpp"

namespace rassoflow {
namespace {

using testing::IsEmpty;

const std::string data = "scenarios/england-wales/data/";

CsvText table(const std::string& file) {
  return parse_csv(read_text(source_path(file)), file);
}

std::size_t column(const CsvText& csv, std::string_view name) {
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (csv.header[i].text == name) return i;
  }
  throw std::runtime_error("no column " + std::string(name));
}

std::set<std::string> listed_ids() {
  std::set<std::string> ids;
  for (const auto& row : table(data + "sources.csv").rows) ids.insert(row[0].text);
  return ids;
}

std::string id_of(const std::string& series, int number) {
  const std::string digits = std::to_string(number);
  return series + std::string(4 - digits.size(), '0') + digits;
}

/// Ids that a text cites; of `C0579 to C0589` and `C0579-C0589` every one.
std::set<std::string> cited_in(const std::string& text) {
  static const std::regex cited{R"(\b(C|CT-)([0-9]{4})(?:(?:-|\s+to\s+)(?:C|CT-)([0-9]{4}))?\b)"};
  std::set<std::string> ids;
  for (std::sregex_iterator at{text.begin(), text.end(), cited}, end; at != end; ++at) {
    const int first = std::stoi((*at)[2]);
    const int last = (*at)[3].matched ? std::stoi((*at)[3]) : first;
    for (int number = first; number <= last; ++number) ids.insert(id_of((*at)[1], number));
  }
  return ids;
}

std::vector<std::filesystem::path> files_that_cite() {
  std::vector<std::filesystem::path> files{source_path("README.md")};
  for (const char* folder : {"scenarios", "docs", "sim", "analysis"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_path(folder))) {
      if (!entry.is_regular_file() || entry.path().filename() == "sources.csv") continue;
      if (entry.path().string().find("__pycache__") == std::string::npos) {
        files.push_back(entry.path());
      }
    }
  }
  return files;
}

TEST(Sources, AreListedWhereverTheyAreCited) {
  const std::set<std::string> listed = listed_ids();
  std::set<std::string> cited;
  for (const auto& file : files_that_cite()) {
    for (const std::string& id : cited_in(read_text(file))) {
      cited.insert(id);
      EXPECT_TRUE(listed.contains(id)) << file.lexically_relative(source_path("")) << " cites "
                                       << id << ", which " << data << "sources.csv lacks";
    }
  }
  EXPECT_GT(cited.size(), 100U);
}

TEST(Sources, AreNamedOneByOneOrFromTo) {
  static const std::regex open_ended{R"(\b(C|CT-)[0-9]{4}\.\.)"};
  for (const auto& file : files_that_cite()) {
    std::smatch found;
    const std::string text = read_text(file);
    EXPECT_FALSE(std::regex_search(text, found, open_ended))
        << file << " cites " << found.str() << ", which says not what";
  }
}

TEST(Sources, HaveEachAnIdOfTheirOwnAndAnAddress) {
  const CsvText csv = table(data + "sources.csv");
  ASSERT_THAT(csv.faults, IsEmpty());
  const std::size_t source = column(csv, "source"), url = column(csv, "url");
  for (const auto& row : csv.rows) {
    EXPECT_FALSE(row[source].text.empty() || row[url].text.empty()) << row[0].text;
  }
  EXPECT_EQ(listed_ids().size(), csv.rows.size()) << "an id is there twice";
  EXPECT_NE(read_text(source_path("docs/sources.md"))
                .find("| " + std::to_string(csv.rows.size()) + " rows |"),
            std::string::npos)
      << "docs/sources.md says another number of sources than " << csv.rows.size();
}

TEST(Sources, StandBesideEveryPublishedFigure) {
  const CsvText csv = table(data + "published.csv");
  ASSERT_THAT(csv.faults, IsEmpty());
  const std::size_t ids = column(csv, "source_ids");
  for (const auto& row : csv.rows) {
    EXPECT_THAT(cited_in(row[ids].text), Not(IsEmpty())) << row[0].text << " has no source";
  }
}

/// What a published figure is compared with ends here.
TEST(Sources, AreOfNoFigureAfterJune2022) {
  static const std::regex later{R"(2022-(Q[34]|0[7-9]|1[0-2])|20(2[3-9]|[3-9][0-9])-)"};
  const CsvText csv = table(data + "published.csv");
  const std::size_t period = column(csv, "period"), as_at = column(csv, "as_at");
  for (const auto& row : csv.rows) {
    EXPECT_FALSE(std::regex_search(row[period].text, later)) << row[0].text;
    EXPECT_FALSE(std::regex_search(row[as_at].text, later)) << row[0].text;
  }
}

TEST(Sources, AreFoundInARange) {
  EXPECT_THAT(cited_in("C0009, C0010; CT-0250 to CT-0252 (C0364)"),
              testing::ElementsAre("C0009", "C0010", "C0364", "CT-0250", "CT-0251", "CT-0252"));
  EXPECT_THAT(cited_in("C1082-C1084 and AC12345"), testing::ElementsAre("C1082", "C1083", "C1084"));
}

}  // namespace
}  // namespace rassoflow
