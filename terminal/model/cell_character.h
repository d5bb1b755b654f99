// The character of a cell: of a host's code, of the APL set, or of a host's text.
#pragma once

#include "terminal/model/codepage.h"
#include "terminal/model/screen.h"

namespace terminal {

// What a program may want to know of it, be it to be seen or not: 0 for no character.
char32_t character_of(const Cell& cell, const Codepage& codepage);
// What is to be seen of it: a blank where there is no character.
char32_t shown_of(const Cell& cell, const Codepage& codepage);
// A position that the wide character of a text before it covers as well.
bool is_right_half(const Cell& cell);

} // namespace terminal
