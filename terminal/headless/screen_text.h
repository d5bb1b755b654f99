// The screen in words, in the form of s3270's Ascii, Ebcdic and ReadBuffer actions.
#pragma once

#include "terminal/session/session.h"

#include <string>
#include <vector>

namespace terminal {

enum class Coding : u8 { Ascii, Ebcdic, Unicode };

// A screen to be told of: that of a session now, or as it was when a script kept it.
struct Picture {
    explicit Picture(const Session& session);

    Screen screen;
    Codepage codepage;
    std::string status; // the status line but for the time
};

// One cell: a character, or two digits.
std::string cell_text(const Picture& picture, u32 position, Coding coding);
// `length` cells from `position`, one line for each row of the screen they touch; behind the
// last cell comes the first.
std::vector<std::string> cells_text(const Picture& picture, u32 position, u32 length, Coding);
// All cells of one field, or of the screen, with field and character attributes.
std::vector<std::string> buffer_text(const Picture& picture, Coding coding);
std::vector<std::string> field_text(const Picture& picture, Coding coding);
// The status line: keyboard, formatting, protection, connection, mode, model, size, cursor.
std::string status_text(const Session& session);

} // namespace terminal
