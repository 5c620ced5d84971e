// Random numbers that belong to the case.
//
// A draw is a pure function of (master seed, replication, owner, purpose,
// visit): Philox4x32-10 (Salmon et al. 2011, Random123) keyed by seed and
// purpose, counting over replication, owner, visit and block. There is no
// generator state to save, and no draw can disturb another.
//
//   Purpose effort{master_seed, "effort/review"};
//   KeyedStream stream{effort, replication, case_key, visit};
//   double hours = mean * standard_exponential(stream);
//
// The scenario is not in the key: two policies meet the same cases with the
// same luck.
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <string_view>

#include "sim/core/hash.hpp"

namespace rassoflow {

/// What a number is drawn for, by name, under one master seed.
class Purpose {
 public:
  Purpose() = default;
  Purpose(std::uint64_t master_seed, std::string_view name)
      : key_(combine(master_seed, hash_name(name))) {}
  std::uint64_t key() const { return key_; }

 private:
  std::uint64_t key_ = 0;
};

/// A UniformRandomBitGenerator of 64-bit words; copies are independent.
/// At most 2^12 blocks (8,192 words) a stream, 2^20 visits, 2^32 replications.
class KeyedStream {
 public:
  using result_type = std::uint64_t;

  KeyedStream(Purpose purpose, std::uint32_t replication, std::uint64_t owner, std::uint32_t visit)
      : key_{{static_cast<std::uint32_t>(purpose.key()),
              static_cast<std::uint32_t>(purpose.key() >> 32)}},
        counter_{{visit << 12, replication, static_cast<std::uint32_t>(owner),
                  static_cast<std::uint32_t>(owner >> 32)}} {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  result_type operator()() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    const r123::Philox4x32::ctr_type block = r123::Philox4x32{}(counter_, key_);
    ++counter_[0];
    spare_ = (static_cast<std::uint64_t>(block[3]) << 32) | block[2];
    has_spare_ = true;
    return (static_cast<std::uint64_t>(block[1]) << 32) | block[0];
  }

 private:
  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  std::uint64_t spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace rassoflow
