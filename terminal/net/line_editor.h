// The line of a network virtual terminal whose host does not echo: we do, and send whole
// lines.
//
// RFC 854 "Network virtual terminal"; the editing characters are those of a Unix terminal.
#pragma once

#include "terminal/model/nvt.h"

namespace terminal {

class LineEditor {
  public:
    explicit LineEditor(Nvt& nvt) : nvt_(nvt) {}

    // Characters as typed, in UTF-8. What is ready for the host comes back.
    std::string type(std::string_view characters);
    // The unfinished line, which is forgotten; for a host that echoes from now on.
    std::string take() { return std::exchange(line_, {}); }

  private:
    static constexpr usize longest = 2048;
    void echo(std::string_view text);
    void erase_one();
    void add(char c);

    Nvt& nvt_;
    std::string line_;
};

} // namespace terminal
