// The network virtual terminal: text and control sequences of a host without 3270 mode.
//
// RFC 854 "The network virtual terminal"; control sequences of ECMA-48 and the VT100 as
// far as the x3270 family knows them. A character at a time onto a Screen, whose cells
// then hold Unicode instead of EBCDIC. Input is hostile, as everywhere.
#pragma once

#include "terminal/model/screen.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace terminal {

class Nvt {
  public:
    // `answer` takes what the terminal itself says, asked for its state.
    Nvt(Screen& screen, std::function<void(std::string_view)> answer)
        : screen_(screen), answer_(std::move(answer)) {
        reset();
    }

    // Whether the display has colours.
    void use_colour(bool colour) { colour_ = colour; }

    void receive(u8 byte);
    // As at power-on, but for the screen's contents.
    void reset();
    // The same where the mode begins anew, but for a sequence that the host has not finished.
    void start();
    // To the left, over the start of a row too: echo of a correction.
    void step_back();
    // Leaves the mode: a second screen gives way to the first.
    void leave() { use_second_screen(false); }

    // What the cursor keys say.
    bool application_cursor() const { return modes_.application_cursor; }
    // The last 4096 bytes or fewer that came, echo among them, and that nobody has taken
    // note of: a program that awaits some of them forgets what was before.
    std::string_view heard() const {
        return std::string_view(heard_).substr(heard_.size() - std::min(heard_.size(), most_heard));
    }
    void forget_heard(usize count) { heard_.erase(0, heard_.size() - heard().size() + count); }
    bool take_bell() { return std::exchange(bell_, false); }

  private:
    enum class State : u8 {
        Text,
        Utf8, // in a character of several bytes
        Escape,
        Designate,
        Control,
        Private,
        Greater,
        Title,
        TitleText
    };
    static constexpr usize most_parameters = 21, most_heard = 4096;

    struct Modes {
        bool insert = false, newline = false, application_cursor = false, wrap = true,
             reverse_wrap = false, second_screen = false;
    };
    struct Pen { // what the next character looks like
        Looks looks;
        std::array<u8, 4> sets{'B', 'B', 'B', 'B'}; // G0 to G3: '0' lines, 'A' British, 'B' ASCII
        u8 set = 0;
    };

    u32 columns() const { return screen_.size().columns; }
    u32 rows() const { return screen_.size().rows; }
    u32 row() const { return screen_.cursor() / columns(); }
    u32 column() const { return screen_.cursor() % columns(); }
    void go(u32 row, u32 column);

    void text(u8 byte);
    bool begin_character(u8 byte);
    void utf8(u8 byte);
    void print(char32_t character);
    void print_wide(char32_t character);
    void put(char32_t character, u8 character_set);
    void blank_other_half();
    void advance();
    void escape(u8 byte);
    void control(u8 byte);
    void sequence(u8 byte);
    void private_control(u8 byte);
    void title(u8 byte);
    void set_private_mode(u32 mode, u8 verb);
    void select_looks();
    void line_feed();
    void next_line();
    void backspace();
    void tab();
    void reverse_index();
    void wrap_if_held();
    void scroll();
    void erase(u32 from, u32 to);
    void move(u32 from, u32 to, u32 count);
    void erase_display(u32 what);
    void erase_line(u32 what);
    void insert_characters(u32 count);
    void delete_characters(u32 count);
    void insert_lines(u32 count);
    void delete_lines(u32 count);
    void set_region(u32 top, u32 bottom);
    void report(u32 what);
    void use_second_screen(bool second);
    bool in_region() const { return row() + 1 >= top_ && row() < bottom_; }

    Screen& screen_;
    std::function<void(std::string_view)> answer_;
    State state_ = State::Text;
    std::array<u32, most_parameters> parameters_{};
    usize parameter_ = 0;
    u8 designated_ = 0;
    char32_t partial_ = 0; // of a UTF-8 sequence
    u32 missing_ = 0;      // bytes of it
    char32_t least_ = 0;   // that is not an overlong form
    bool well_formed_ = true;
    Modes modes_, saved_modes_;
    Pen pen_, saved_pen_;
    std::optional<u8> once_; // the set of the next character only
    u32 saved_cursor_ = 0;
    u32 top_ = 1, bottom_ = 24; // of the scrolling region, from 1
    std::vector<bool> tabs_;
    std::string heard_; // up to twice what is told of it
    std::vector<Cell> other_screen_;
    bool on_second_screen_ = false;
    bool wrap_held_ = false; // a character stands in the last column
    bool bell_ = false;
    bool colour_ = true;
};

} // namespace terminal
