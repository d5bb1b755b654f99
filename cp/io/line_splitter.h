// A line for a terminal, taken apart into rows: X'15' begins a new line, what is
// longer than a row is folded, trailing blanks are dropped.
#pragma once

#include "s370/base/text.h"

namespace cp {

class LineSplitter {
  public:
    static constexpr u8 new_line = 0x15;

    LineSplitter(Text text, usize width) : rest_(text), width_(width) {}

    // False: no more rows. Even an empty text is one row.
    bool next(Text& row) {
        if (done_) return false;
        usize length = 0;
        while (length < rest_.size() && rest_[length] != new_line) ++length;
        ended_ = length < rest_.size();

        if (length > width_) {
            row = rest_.substr(0, width_);
            rest_ = rest_.substr(width_);
            ended_ = false;
        } else {
            row = rest_.substr(0, length).without_trailing_blanks();
            rest_ = rest_.substr(length + 1);
            done_ = rest_.empty();
        }
        return true;
    }
    // Did X'15' end the last row?
    bool ended() const { return ended_; }

  private:
    Text rest_;
    usize width_;
    bool done_ = false, ended_ = false;
};

} // namespace cp
