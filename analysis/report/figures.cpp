#include "analysis/report/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace rassoflow {
namespace {

std::size_t cells_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// The first `cells` code points.
std::string first_cells(const std::string& text, std::size_t cells) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (seen++ == cells) return text.substr(0, i);
  }
  return text;
}

constexpr std::array<const char*, 9> rising_blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<const char*, 8> lying_blocks{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

}  // namespace

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t place = point; place > 3; place -= 3) text.insert(place - 3, 1, ',');
  return value < 0 && !is_zero ? "-" + text : text;
}

std::string readable(double value) {
  const double size = std::abs(value);
  if (size >= 99.95 || value == std::round(value)) return grouped(value, 0);
  if (size >= 9.995) return grouped(value, 1);
  return grouped(value, size >= 0.9995 ? 2 : size >= 0.0995 ? 3 : 4);
}

std::string sparkline(const std::vector<double>& values) {
  const double largest = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
  std::string line;
  for (const double value : values) {
    const double part = largest > 0 && value > 0 ? value / largest : 0;
    line += rising_blocks[static_cast<std::size_t>(std::ceil(part * 8))];
  }
  return line;
}

std::string bar(double share, int width) {
  if (!(share > 0)) return "";
  const int eighths = static_cast<int>(std::lround(std::min(share, 1.0) * width * 8));
  std::string line;
  for (int i = 0; i < eighths / 8; ++i) line += rising_blocks[8];
  return line + lying_blocks[static_cast<std::size_t>(eighths % 8)];
}

std::string left_aligned(const std::string& text, std::size_t cells) {
  const std::size_t length = cells_of(text);
  if (length > cells) return first_cells(text, cells - 1) + "…";
  return text + std::string(cells - length, ' ');
}

std::string right_aligned(const std::string& text, std::size_t cells) {
  const std::size_t length = cells_of(text);
  return length >= cells ? text : std::string(cells - length, ' ') + text;
}

std::string wrapped(const std::string& text, std::size_t cells, const std::string& indent) {
  std::string lines, line = indent;
  std::size_t start = 0;
  const auto has_words = [&] { return line.size() > indent.size(); };
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    start = end + 1;
    if (word.empty()) continue;
    if (has_words() && cells_of(line) + 1 + cells_of(word) > cells) {
      lines += line + "\n";
      line = indent;
    }
    if (has_words()) line += ' ';
    line += word;
  }
  return has_words() ? lines + line + "\n" : lines;
}

}  // namespace rassoflow
