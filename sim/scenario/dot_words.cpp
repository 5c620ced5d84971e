#include "sim/scenario/dot_words.hpp"

namespace rassoflow {

std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

std::string_view shape_of(StageKind kind) {
  switch (kind) {
    case StageKind::report:
      return "shape=invhouse, style=filled, fillcolor=\"#d0e4f5\"";
    case StageKind::work:
      return "shape=box, style=\"rounded,filled\", fillcolor=\"#fff3cd\"";
    case StageKind::wait:
      return "shape=box, style=\"rounded,dashed\"";
    case StageKind::decide:
      return "shape=diamond";
    case StageKind::outcome:
      return "shape=doubleoctagon";
    case StageKind::fork:
      return "shape=trapezium, style=filled, fillcolor=\"#e2efda\"";
    case StageKind::join:
      return "shape=invtrapezium, style=filled, fillcolor=\"#e2efda\"";
    case StageKind::hold:
    case StageKind::release:
      return "shape=cds, style=filled, fillcolor=\"#fff3cd\"";
    case StageKind::batch:
      return "shape=box, style=\"rounded,filled\", fillcolor=\"#e8def0\"";
    case StageKind::listing:
      return "shape=box, style=\"rounded,filled\", fillcolor=\"#fbe0d0\"";
  }
  return "shape=box";
}

}  // namespace rassoflow
