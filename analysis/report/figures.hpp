// Numbers and small pictures for text.
//
//   grouped(12345.6, 0)            // "12,346"
//   sparkline({1, 2, 3})           // "▁▄█"
#pragma once

#include <string>
#include <vector>

namespace rassoflow {

/// Rounded to so many decimals, with commas between thousands; `-` for NaN.
std::string grouped(double value, int decimals);
/// Three figures that count: none after the point from 100 on and for whole numbers, at most four.
std::string readable(double value);
/// One of eight blocks for each value, from 0 to the largest.
std::string sparkline(const std::vector<double>& values);
/// A bar of at most `width` cells for a share of 0 to 1, in eighths of a cell.
std::string bar(double share, int width);
/// Cuts or pads to so many cells (code points of UTF-8 count one each).
std::string left_aligned(const std::string& text, std::size_t cells);
std::string right_aligned(const std::string& text, std::size_t cells);
/// Lines of at most `cells`, broken at spaces.
std::string wrapped(const std::string& text, std::size_t cells, const std::string& indent = "");

}  // namespace rassoflow
