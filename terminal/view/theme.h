// The colours of a window for those of a 3270: of a 3279, or the one phosphor of a 3278.
#pragma once

#include "terminal/view/appearance.h"

#include <string_view>

namespace terminal {

enum class Theme : u8 { Colour, Green, Amber, White };

std::optional<Theme> theme_named(std::string_view name);
Theme theme_after(Theme theme);
std::string_view name_of(Theme theme);

// Numbers of the window's palette; -1 is its own colour.
struct Ink {
    int foreground = -1, background = -1;
    bool bold = false;
    friend bool operator==(const Ink&, const Ink&) = default;
};

// `palette`: how many colours the window has: 256, 16, 8, or fewer for none.
Ink ink_of(const Appearance& cell, Theme theme, int palette);
// Of the operator information area and what else is no 3270's image.
Ink frame_ink(Theme theme, int palette);

} // namespace terminal
