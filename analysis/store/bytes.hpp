// Little-endian bytes, written and read with every bound checked: what is read may come from
// anybody.
//
//   ByteWriter writer; writer.u32(7); writer.text("abc");
//   ByteReader reader{writer.bytes()};
//   const auto number = reader.u32();        // nothing if there are not so many bytes left
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace rassoflow {

static_assert(std::endian::native == std::endian::little);

class ByteWriter {
 public:
  void u8(std::uint8_t value) { raw(value); }
  void u32(std::uint32_t value) { raw(value); }
  void u64(std::uint64_t value) { raw(value); }
  void f64(double value) { raw(value); }
  void text(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    bytes_.append(value);
  }
  void append(std::string_view value) { bytes_.append(value); }
  const std::string& bytes() const { return bytes_; }

 private:
  template <class T>
  void raw(T value) {
    char buffer[sizeof(T)];
    std::memcpy(buffer, &value, sizeof(T));
    bytes_.append(buffer, sizeof(T));
  }
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::optional<std::uint8_t> u8() { return raw<std::uint8_t>(); }
  std::optional<std::uint32_t> u32() { return raw<std::uint32_t>(); }
  std::optional<std::uint64_t> u64() { return raw<std::uint64_t>(); }
  std::optional<double> f64() { return raw<double>(); }
  std::optional<std::string> text() {
    const auto size = u32();
    if (!size || *size > bytes_.size()) return std::nullopt;
    std::string value{bytes_.substr(0, *size)};
    bytes_.remove_prefix(*size);
    return value;
  }
  std::size_t left() const { return bytes_.size(); }

 private:
  template <class T>
  std::optional<T> raw() {
    if (bytes_.size() < sizeof(T)) return std::nullopt;
    T value;
    bytes_.copy(reinterpret_cast<char*>(&value), sizeof(T));
    bytes_.remove_prefix(sizeof(T));
    return value;
  }
  std::string_view bytes_;
};

}  // namespace rassoflow
