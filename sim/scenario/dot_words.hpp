// What the two drawings of a pathway share: text and shapes in DOT, the language of Graphviz.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace rassoflow {

/// Between quotes, with what DOT would misread escaped.
std::string dot_text(std::string_view text);

/// Attributes of a stage of this kind.
std::string_view shape_of(StageKind kind);

}  // namespace rassoflow
