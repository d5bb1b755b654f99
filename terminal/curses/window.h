// The window: what is written where, in which ink, and the cursor. The only place, with
// key_reader, that knows ncurses.
#pragma once

#include "terminal/view/theme.h"

#include <map>
#include <string>

namespace terminal {

struct Style {
    Ink ink;
    bool blink = false, reverse = false, underscore = false;
    friend bool operator==(const Style&, const Style&) = default;
};

struct CursorShape {
    bool underline = false, blinking = true;
};

class Window {
  public:
    // Takes the terminal that standard output is; else what is wrong with it.
    std::string open();
    void close();
    // Gives the terminal back to the shell, and stops with all that the shell started
    // together, until it says `fg`.
    void suspend();

    Size size() const;
    int palette() const { return palette_; }
    bool unicode() const { return unicode_; }

    void erase();
    void put(u32 row, u32 column, char32_t character, const Style& style);
    void text(u32 row, u32 column, std::u32string_view text, const Style& style);
    void rule(u32 row, const Style& style); // a line across
    // Makes it visible, with the cursor there.
    void show(u32 row, u32 column);
    // Draws all anew, whatever was on the window.
    void redraw();

    void beep();
    void set_cursor(CursorShape shape);
    void set_title(const std::string& title);
    // To the clipboard of whoever shows this window (OSC 52).
    void offer(const std::string& text);

  private:
    short pair(const Ink& ink);
    void take();
    void give_back();
    u32 attributes(const Style& style, short& pair_number);
    void raw(const std::string& sequence);

    int palette_ = 0;
    bool unicode_ = false, opened_ = false;
    CursorShape cursor_;
    std::map<std::pair<int, int>, short> pairs_;
};

} // namespace terminal
