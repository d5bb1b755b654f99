// Keys that work on words and whole fields; no 3270 had them, its emulators do.
// A formatted screen may have lost its last field to what was written over it: no search
// here relies on one to end it.
#include "terminal/model/keyboard.h"

namespace terminal {

bool Keyboard::blank(u32 position) const {
    u8 const code = screen_.at(position).code;
    return code == 0 || code == 0x40;
}

bool Keyboard::delete_field() {
    u32 const cursor = screen_.cursor();
    auto const field = screen_.field_of(cursor);
    if (!field) return true;
    if (!writable(cursor)) return refuse(Lock::Protected);
    screen_.set_modified(cursor);
    u32 at = screen_.next(*field);
    screen_.move_cursor(at);
    for (; !screen_.at(at).field; at = screen_.next(at)) screen_.clear(at);
    return true;
}

// Blanks to the left first, then what is not blank.
bool Keyboard::delete_word() {
    if (!screen_.formatted()) return true;
    if (!writable(screen_.cursor())) return refuse(Lock::Protected);
    u32 steps = screen_.size().cells();
    for (bool const blanks : {true, false})
        for (; blank(screen_.previous(screen_.cursor())) == blanks && steps > 0; --steps) {
            if (screen_.at(screen_.previous(screen_.cursor())).field) return true;
            if (!erase_character()) return false;
        }
    return true;
}

// The first position from `position` on that is in a word of an unprotected field.
std::optional<u32> Keyboard::word_from(u32 position) const {
    u32 at = position;
    do {
        if (writable(at) && !blank(at)) return at;
        at = screen_.next(at);
    } while (at != position);
    return std::nullopt;
}

// The next word of the field; behind the last one; else a word of the next field.
bool Keyboard::next_word() {
    u32 const cursor = screen_.cursor();
    if (!screen_.formatted()) return true;
    u32 at = cursor;
    if (writable(cursor)) {
        u32 steps = screen_.size().cells();
        u32 gap = cursor; // behind this word, where the field may end
        for (; !blank(gap) && steps > 0; --steps) gap = screen_.next(gap);
        at = gap;
        for (; !screen_.at(at).field && blank(at) && steps > 0; --steps) at = screen_.next(at);
        if (steps == 0) return true;
        if (!screen_.at(at).field) return move_to(at);
        if (!blank(cursor)) return move_to(gap);
    }
    auto const word = word_from(at);
    return move_to(word.value_or(cursor));
}

bool Keyboard::previous_word() {
    u32 const cursor = screen_.cursor();
    if (!screen_.formatted()) return true;
    u32 at = cursor;
    while (writable(at) && !blank(at)) {
        at = screen_.previous(at);
        if (at == cursor) return true;
    }
    u32 const start = at;
    do {
        if (writable(at) && !blank(at)) {
            while (!screen_.at(at).field && !blank(at)) at = screen_.previous(at);
            return move_to(screen_.next(at));
        }
        at = screen_.previous(at);
    } while (at != start);
    return true;
}

} // namespace terminal
