// Fixed 64-bit hashes for identities and keys. Their values are part of the
// promise of same bytes: golden tests pin them; std::hash is never used.
#pragma once

#include <cstdint>
#include <string_view>

namespace rassoflow {

/// Finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64 bits.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

/// FNV-1a of the bytes, then mixed.
constexpr std::uint64_t hash_name(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return mix64(h);
}

/// Order matters: combine(a, b) differs from combine(b, a).
constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
  return mix64(a + 0x9e3779b97f4a7c15ULL + mix64(b + 0x632be59bd9b4e019ULL));
}

}  // namespace rassoflow
