#include "sim/scenario/raw_text.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <ctime>

#include "tests/scenario/scenario_text.hpp"

namespace rassoflow::scenario_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> said_about(std::string_view bytes) {
  std::vector<std::string> out;
  for (const Diagnostic& fault : check_toml_bytes(bytes, "f")) {
    out.push_back(std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) +
                  " " + fault.message);
  }
  return out;
}

TEST(RawText, PassesWhatAnHonestScenarioHolds) {
  EXPECT_THAT(said_about(small_world()), IsEmpty());
  EXPECT_THAT(said_about(""), IsEmpty());
  EXPECT_THAT(said_about("# naïve, 6 × 9, £\na = \"é\" # ß\nb = 'ü'\n"), IsEmpty());
  EXPECT_THAT(said_about("a = \"\"\"\né \" \"\" ß\"\"\"\"\" \nb = '''\né'''\n"), IsEmpty());
  EXPECT_THAT(said_about("\"é.é\" = \"a\\\\\" # é\n"), IsEmpty());
}

TEST(RawText, SkipsAByteOrderMark) {
  EXPECT_THAT(said_about("\xef\xbb\xbf" + small_world()), IsEmpty());
  EXPECT_THAT(faults_in("\xef\xbb\xbf" + small_world()), IsEmpty());
}

TEST(RawText, FindsLettersOutsideQuotesByLineAndColumn) {
  EXPECT_THAT(said_about("a = \"é\" é\n"),
              ElementsAre("1:9 a letter outside ASCII stands outside quotes"));
  EXPECT_THAT(said_about("a = \"\\\"\" \nb = \"x\\\\\"é"),
              ElementsAre("2:10 a letter outside ASCII stands outside quotes"));
  EXPECT_THAT(said_about("a = '\\' é # '"),
              ElementsAre("1:9 a letter outside ASCII stands outside quotes"));
}

// toml++ 3.3.0 is undefined where its look over a bare word meets a letter outside ASCII.
TEST(RawText, FindsStringsGluedToBareWords) {
  for (const char* text :
       {"a = 0\"é\"", "a = 0.\"é\"", "a = 0'é'", "a = 0=\"é\"", "a = 0[\"é\"]", "a = 0{\"é\"=1}",
        "a = [1\"é\"]", "a = { b = 1\"é\" }", "a\"é\" = 1", "a = \"b\"\"é\"", "a = 1 = \"é\""}) {
    ASSERT_EQ(said_about(text).size(), 1U) << text;
    EXPECT_THAT(said_about(text)[0], testing::HasSubstr("where a word should end")) << text;
  }
  for (const char* text : {"a.\"é\".'ü' = [\"é\", [\"ß\"], {b.\"é\" = 1, \"c\" = 'é'}]",
                           "[a.\"é\"]\n[[\"é\".b]]\n\"é\"=\"é\"", "a = {}\nb.\"é\" = 2",
                           "a = [\n\"é\",\n\"ü\"\n]\nb.\"é\" = 1"}) {
    EXPECT_THAT(said_about(text), IsEmpty()) << text;
  }
}

TEST(RawText, FindsEveryKindOfBrokenUtf8) {
  for (const char* bytes :
       {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82"}) {
    EXPECT_THAT(said_about(std::string("a = \"") + bytes + "\""),
                ElementsAre("1:6 the file is not valid UTF-8"));
  }
  for (const char* bytes : {"\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                            "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_THAT(said_about(std::string("a = \"") + bytes + "\""), IsEmpty());
  }
}

TEST(RawText, FindsANulByte) {
  using std::string_literals::operator""s;
  EXPECT_THAT(said_about("a = 1\n\0"s), ElementsAre("2:1 the file holds a NUL byte"));
}

TEST(RawText, TakesFilesOfFourMebibytesAndNoMore) {
  const std::string line = "# " + std::string(1021, 'x') + "\n";
  std::string text;
  while (text.size() < largest_file_bytes) text += line;
  ASSERT_EQ(text.size(), largest_file_bytes);
  EXPECT_THAT(said_about(text), IsEmpty());
  EXPECT_THAT(said_about(text + "\n"), ElementsAre("0:0 the file is larger than 4 MiB"));
}

TEST(RawText, TakesLinesOf64KibibytesAndNoMore) {
  const std::string longest = "#" + std::string(longest_line_bytes - 1, 'x');
  EXPECT_THAT(said_about("\n" + longest + "\n"), IsEmpty());
  EXPECT_THAT(said_about("\n" + longest + "x\n"), ElementsAre("2:1 a line is longer than 64 KiB"));
}

TEST(RawText, TakesKeysOf16DotsAndNoMore) {
  std::string key = "a";
  for (int i = 0; i < 16; ++i) key += ".a";
  EXPECT_THAT(said_about(key + " = 1.5\n[" + key + "]\n"), IsEmpty());
  EXPECT_THAT(said_about("[" + key + ".a]\n"), ElementsAre("1:35 a key has more than 16 dots"));
  EXPECT_THAT(said_about("\"....................\" = '....................'\n"), IsEmpty());
}

TEST(RawText, Takes32BracketsAndNoMore) {
  const std::string deep = "a = " + std::string(32, '[') + std::string(32, ']');
  EXPECT_THAT(said_about(deep), IsEmpty());
  EXPECT_THAT(said_about("a = " + std::string(33, '[') + std::string(33, ']')),
              ElementsAre("1:37 brackets are nested deeper than 32"));
  EXPECT_THAT(said_about("a = \"" + std::string(99, '[') + "\" # " + std::string(99, '{')),
              IsEmpty());
}

TEST(RawText, RefusesBombsQuickly) {
  // Time of the processor, so that a busy machine changes nothing.
  const std::clock_t start = std::clock();
  std::string dots = "a";
  for (int i = 0; i < 1'000'000; ++i) dots += i % 30'000 == 0 ? ".\na" : ".a";
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += i % 50 == 0 ? "a = [\n" : "[{a = ";
  const std::string brackets(4U << 20, '[');
  for (const std::string& bomb : {dots, nested, brackets}) {
    EXPECT_FALSE(faults_in(bomb).empty());
  }
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

TEST(RawText, EndsOnAnyUnfinishedString) {
  for (const char* text :
       {"\"", "\"\\", "\"\"\"", "\"\"\"\\", "'''", "'", "\"\"\"\"", "a = \"\"\"\"\"\"\"\"\""}) {
    (void)said_about(text);
    EXPECT_FALSE(faults_in(text).empty());
  }
}

}  // namespace
}  // namespace rassoflow::scenario_test
