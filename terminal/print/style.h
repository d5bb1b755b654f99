// How a cell looks on paper: colours, weight, underscore.
#pragma once

#include "terminal/session/session.h"

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
// The style of a cell; an attribute's cell has that of its field, the cursor's is red.
Style style_of(const Session& session, u32 position);
// What its field gives to a cell.
Style base_style(const Session& session, u32 position);
// Nothing of it is shown.
bool hidden(const Screen& screen, u32 position);

} // namespace terminal::print
