#include "sim/core/digest.hpp"

#include <gtest/gtest.h>

namespace rassoflow {
namespace {

// Expected: uuid5(uuid5(NAMESPACE_URL, "rassoflow"), text) of Python's uuid module.

TEST(Digest, IsTheNameBasedUuidOfTheText) {
  EXPECT_EQ(digest_of(""), "2a487aad-1c33-5e38-8f3d-ab5daa452d70");
  EXPECT_EQ(digest_of("format = 1\n"), "d0753b6b-5421-5da3-afd9-ae8706be38e2");
  EXPECT_EQ(digest_of(std::string(1000, 'x')), "5ae26902-a3af-51ab-a47c-86ec29ce753b");
}

TEST(Digest, SeesEveryByteOfTheText) {
  EXPECT_NE(digest_of("a"), digest_of("b"));
  EXPECT_NE(digest_of("a"), digest_of(std::string("a\0", 2)));
  EXPECT_EQ(digest_of("the same"), digest_of("the same"));
}

}  // namespace
}  // namespace rassoflow
