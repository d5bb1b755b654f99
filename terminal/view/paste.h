// Text typed as a whole: where a field is full it goes on in the next one.
#pragma once

#include "terminal/session/session.h"

#include <string>

namespace terminal {

class Paste {
  public:
    // What a new line in the text means: the next row, in the column where the paste
    // began, or Enter.
    enum class NewLine : u8 { NextRow, Enter };

    Paste() = default;
    Paste(std::u32string text, NewLine new_line, const Screen& screen);

    // Types until the keyboard locks or all is typed; then more() says what is left. Gives
    // up, and says why, where no field takes more or the host's code page lacks a character.
    std::string go_on(Session& session);
    bool more() const { return at_ < text_.size(); }

  private:
    bool next_row(Session& session) const;

    std::u32string text_;
    usize at_ = 0;
    NewLine new_line_ = NewLine::NextRow;
    u32 column_ = 0;
};

} // namespace terminal
