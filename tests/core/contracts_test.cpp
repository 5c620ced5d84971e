#include "sim/core/contracts.hpp"

#include <gtest/gtest.h>

namespace rassoflow {
namespace {

TEST(Contracts, AFailureNamesTheClaimAndThePlace) {
  EXPECT_DEATH(contract_failed("expected", "x > 0", "pool.cpp", 12),
               "pool.cpp:12: expected: x > 0");
}

TEST(Contracts, AreCheckedOnlyWhereTheyAreOn) {
  [[maybe_unused]] int looked = 0;
  RF_ASSERT(++looked == 1);
  EXPECT_EQ(looked, RASSOFLOW_CONTRACTS ? 1 : 0);
}

}  // namespace
}  // namespace rassoflow
