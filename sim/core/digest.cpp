#include "sim/core/digest.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace rassoflow {

std::string digest_of(std::string_view canonical_text) {
  // A namespace of our own, so that no other program's name for the same text is equal.
  static const boost::uuids::uuid ours =
      boost::uuids::name_generator_sha1{boost::uuids::ns::url()}("rassoflow");
  const boost::uuids::name_generator_sha1 generate{ours};
  return boost::uuids::to_string(generate(canonical_text.data(), canonical_text.size()));
}

}  // namespace rassoflow
