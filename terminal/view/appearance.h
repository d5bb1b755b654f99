// What each cell of a screen looks like, without a window.
//
// GA23-0059 "Color", "Highlighting": a character attribute comes before that of its
// field, and a field without colour has one of four by protection and intensity. A
// field attribute itself, and what a field hides, is blank.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/model/screen.h"

namespace terminal {

struct Appearance {
    char32_t character = U' ';
    u8 colour = 0;     // 1 blue, 2 red, 3 pink, 4 green, 5 turquoise, 6 yellow, 7 neutral, 8-15
    u8 background = 0; // 0 the window's own
    bool bright = false, blink = false, reverse = false, underscore = false;
    friend bool operator==(const Appearance&, const Appearance&) = default;
};

struct Rendering {
    bool upper_case = false;      // letters as capitals, as a monocase 3278
    bool show_attributes = false; // field attributes as « and », unprotected and protected
};

// One for each cell, row by row.
std::vector<Appearance> appearance(const Screen& screen, const Codepage& codepage,
                                   const Rendering& rendering = {});

} // namespace terminal
