#include "sim/core/contracts.hpp"

#include <cstdio>
#include <cstdlib>

namespace rassoflow {

void contract_failed(const char* kind, const char* claim, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: %s: %s\n", file, line, kind, claim);
  std::abort();
}

}  // namespace rassoflow
