#include "sim/scenario/csv_text.hpp"

#include <gmock/gmock.h>

namespace rassoflow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::vector<std::string>> texts_of(const CsvText& csv) {
  std::vector<std::vector<std::string>> out;
  for (const auto& row : csv.rows) {
    out.emplace_back();
    for (const CsvField& field : row) out.back().push_back(field.text);
  }
  return out;
}

std::vector<std::string> faults_of_csv(std::string_view text) {
  std::vector<std::string> out;
  for (const Diagnostic& fault : parse_csv(text, "f").faults) {
    out.push_back(std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) +
                  " " + fault.message);
  }
  return out;
}

TEST(CsvText, ReadsQuotesCommasAndLineBreaksInsideFields) {
  const CsvText csv = parse_csv("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n", "f");
  EXPECT_THAT(csv.faults, IsEmpty());
  EXPECT_THAT(texts_of(csv),
              ElementsAre(ElementsAre("x, y", "say \"hi\""), ElementsAre("two\nlines", "")));
}

TEST(CsvText, KnowsWhereEachFieldStands) {
  const CsvText csv = parse_csv("a,b\n\"1\n2\",é,\nx,y\n", "f");
  const CsvText good = parse_csv("a,b\n\"1\n2\",é\nxé,y\n", "f");
  EXPECT_FALSE(csv.faults.empty());
  ASSERT_EQ(good.rows.size(), 2U);
  EXPECT_EQ(good.rows[0][1].line, 3U);
  EXPECT_EQ(good.rows[0][1].column, 4U);
  EXPECT_EQ(good.rows[1][1].line, 4U);
  EXPECT_EQ(good.rows[1][1].column, 4U);
}

TEST(CsvText, NeedsNoLineBreakAtTheEnd) {
  EXPECT_THAT(texts_of(parse_csv("a\n1\n2", "f")), ElementsAre(ElementsAre("1"), ElementsAre("2")));
  EXPECT_THAT(texts_of(parse_csv("a\n1\n2\n", "f")),
              ElementsAre(ElementsAre("1"), ElementsAre("2")));
  EXPECT_THAT(texts_of(parse_csv("a\n\"\"", "f")), ElementsAre(ElementsAre("")));
}

TEST(CsvText, RefusesWhatRfc4180DoesNotAllow) {
  EXPECT_THAT(faults_of_csv(""), ElementsAre("1:1 the file has no header line"));
  EXPECT_THAT(faults_of_csv("a,b\n1\n1,2,3\n"),
              ElementsAre("2:1 this record has 1 fields, the header has 2",
                          "3:1 this record has 3 fields, the header has 2"));
  EXPECT_THAT(faults_of_csv("a\nx\"y\"\n"),
              ElementsAre("2:2 a double quote stands inside a field that does not start with one"));
  EXPECT_THAT(faults_of_csv("a\n\"x\"y\n"),
              ElementsAre("2:4 text follows the closing double quote of a field"));
  EXPECT_THAT(faults_of_csv("a\n\"x\n"),
              ElementsAre("2:1 a field's opening double quote is never closed"));
  EXPECT_THAT(faults_of_csv("a\n\xff\n"), ElementsAre("2:1 the file is not valid UTF-8"));
}

TEST(CsvText, StopsCountingFaultsAtTwenty) {
  std::string text = "a\n";
  for (int i = 0; i < 1000; ++i) text += "1,2\n";
  EXPECT_EQ(faults_of_csv(text).size(), 20U);
}

}  // namespace
}  // namespace rassoflow
