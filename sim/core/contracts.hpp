// Our own mistakes, found early: on in dev and sanitizer builds (RASSOFLOW_CONTRACTS).
//   RF_EXPECT(x)  what the caller promised
//   RF_ASSERT(x)  what must hold here
//   RF_ENSURE(x)  what this function promised
#pragma once

namespace rassoflow {
[[noreturn]] void contract_failed(const char* kind, const char* claim, const char* file, int line);
}

#if RASSOFLOW_CONTRACTS
#define RF_CONTRACT(kind, claim) \
  ((claim) ? void(0) : ::rassoflow::contract_failed(kind, #claim, __FILE__, __LINE__))
#else
#define RF_CONTRACT(kind, claim) (void(0))
#endif
#define RF_EXPECT(claim) RF_CONTRACT("expected", claim)
#define RF_ASSERT(claim) RF_CONTRACT("asserted", claim)
#define RF_ENSURE(claim) RF_CONTRACT("ensured", claim)
