// A digest names a canonical text by its content: SHA-1 in the form of a
// name-based UUID (RFC 4122, version 5), from Boost.Uuid.
#pragma once

#include <string>
#include <string_view>

namespace rassoflow {

/// 36 characters, such as `74738ff5-5367-5958-9aee-98fffdcd1876`.
std::string digest_of(std::string_view canonical_text);

}  // namespace rassoflow
