// Logical line editing (DMKCNS, TERMINAL and SET LINEDIT).
//
// The user's own characters: @ takes back the character before it, ¢ the line so
// far, " takes the next character as it is, # ends a logical line, so that one
// line typed may be several; the tab character becomes X'05'.
#pragma once

#include "cp/io/console.h"

namespace cp {

struct EditedLine {
    InputLine line;
    usize used = 0;    // characters of the typed text
    bool more = false; // a line end was met: another line follows, perhaps an empty one
};

// The first logical line of `typed`. Without editing: all of it.
EditedLine edit_line(Text typed, const LineEditing& editing);

// Is `typed` a "#CP" of the user at his virtual machine's read? Then `command` is
// what follows, perhaps nothing.
bool calls_cp(Text typed, const LineEditing& editing, Text& command);

} // namespace cp
