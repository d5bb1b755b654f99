// How a cell looks on paper: colours, weight, underscore.
#pragma once

#include "terminal/model/screen.h"

namespace terminal::print {

struct Colour {
    const char* name; // of HTML
    u8 red, green, blue;
};

struct Style {
    u8 foreground = 0xF4, background = 0xF0; // X'F0' black to X'FF'
    bool bold = false, underscore = false;
    friend bool operator==(const Style&, const Style&) = default;
};

// By code, X'F0' to X'FF'.
const Colour& colour(u8 code);
// The style of a cell; an attribute's cell has that of its field.
Style style_of(const Screen& screen, u32 position);
// Where the cursor is.
Style cursor_style();
// Nothing of it is shown.
bool hidden(const Screen& screen, u32 position);

} // namespace terminal::print
