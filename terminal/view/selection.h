// A rectangle of the screen that the user marked, and its text.
#pragma once

#include "terminal/view/appearance.h"

#include <string>

namespace terminal {

struct Selection {
    u32 from = 0, to = 0; // positions of two opposite corners, both within

    bool holds(u32 position, u32 columns) const;
    // Row by row without blanks at the end, as it is shown: what is hidden is not told.
    std::string text(const std::vector<Appearance>& image, u32 columns) const;
};

// The word at a position, or the position itself.
Selection word_at(u32 position, const std::vector<Appearance>& image, u32 columns);

} // namespace terminal
