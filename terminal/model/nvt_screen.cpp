// What control characters and sequences do to the screen of the virtual terminal.
#include "terminal/model/nvt.h"

#include <algorithm>

namespace terminal {

void Nvt::line_feed() {
    wrap_held_ = false;
    if (row() + 1 == bottom_)
        scroll();
    else if (row() + 1 < rows())
        go(row() + 1, column());
}

void Nvt::next_line() {
    go(row(), 0);
    if (row() + 1 < bottom_)
        go(row() + 1, 0);
    else
        scroll();
}

void Nvt::backspace() {
    if (wrap_held_) {
        wrap_held_ = false;
        return;
    }
    if (modes_.reverse_wrap ? screen_.cursor() > (top_ - 1) * columns() : column() > 0)
        screen_.move_cursor(screen_.cursor() - 1);
}

void Nvt::step_back() {
    bool const saved = std::exchange(modes_.reverse_wrap, true);
    backspace();
    modes_.reverse_wrap = saved;
}

void Nvt::tab() {
    wrap_held_ = false;
    u32 to = column();
    if (to + 1 == columns()) return;
    do ++to;
    while (to + 1 < columns() && !tabs_[to]);
    go(row(), to);
}

void Nvt::reverse_index() {
    wrap_held_ = false;
    if (row() + 1 == top_)
        insert_lines(1);
    else if (row() > 0)
        go(row() - 1, column());
}

void Nvt::scroll() {
    wrap_held_ = false;
    u32 const from = (top_ - 1) * columns(), to = bottom_ * columns();
    move(from + columns(), from, to - from - columns());
    erase(to - columns(), to);
    if (to - from != screen_.size().cells()) return;
    for (u32 at = to - columns(); at < to; ++at) { // of a whole screen, in the colours in force
        screen_.at(at).looks.foreground = pen_.looks.foreground;
        screen_.at(at).looks.background = pen_.looks.background;
    }
}

void Nvt::erase(u32 from, u32 to) {
    for (u32 at = from; at < to; ++at) screen_.at(at) = {};
}

void Nvt::move(u32 from, u32 to, u32 count) {
    for (u32 i = 0; i < count; ++i) {
        u32 const at = from < to ? count - 1 - i : i;
        screen_.at(to + at) = screen_.at(from + at);
    }
}

void Nvt::erase_display(u32 what) {
    u32 const cursor = screen_.cursor(), cells = screen_.size().cells();
    if (what == 0) erase(cursor, cells);
    if (what == 1) erase(0, cursor + 1);
    if (what == 2) erase(0, cells);
}

void Nvt::erase_line(u32 what) {
    u32 const cursor = screen_.cursor(), start = cursor - column(), end = start + columns();
    if (what == 0) erase(cursor, end);
    if (what == 1) erase(start, cursor + 1);
    if (what == 2) erase(start, end);
}

void Nvt::insert_characters(u32 count) {
    u32 const cursor = screen_.cursor(), room = columns() - column();
    count = std::min(count, room);
    move(cursor, cursor + count, room - count);
    erase(cursor, cursor + count);
}

void Nvt::delete_characters(u32 count) {
    u32 const cursor = screen_.cursor(), room = columns() - column();
    count = std::min(count, room);
    move(cursor + count, cursor, room - count);
    erase(cursor + room - count, cursor + room);
}

void Nvt::insert_lines(u32 count) {
    if (!in_region()) return;
    u32 const room = bottom_ - row(), start = row() * columns();
    count = std::min(count, room);
    move(start, start + count * columns(), (room - count) * columns());
    erase(start, start + count * columns());
}

void Nvt::delete_lines(u32 count) {
    if (!in_region()) return;
    u32 const room = bottom_ - row(), start = row() * columns();
    count = std::min(count, room);
    move(start + count * columns(), start, (room - count) * columns());
    erase(start + (room - count) * columns(), start + room * columns());
}

void Nvt::set_region(u32 top, u32 bottom) {
    top = std::max(top, 1u);
    bottom = std::min(bottom, rows());
    bool const part = top <= bottom && (top > 1 || bottom < rows());
    top_ = part ? top : 1;
    bottom_ = part ? bottom : rows();
    if (part) screen_.move_cursor(0);
}

void Nvt::report(u32 what) {
    if (what == 5) answer_("\033[0n");
    if (what == 6)
        answer_("\033[" + std::to_string(row() + 1) + ';' + std::to_string(column() + 1) + 'R');
}

void Nvt::use_second_screen(bool second) {
    modes_.second_screen = second;
    if (std::exchange(on_second_screen_, second) == second) return;
    screen_.exchange_cells(other_screen_);
}

} // namespace terminal
