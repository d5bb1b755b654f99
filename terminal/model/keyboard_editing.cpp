// Keys that change what is in a field.
#include "s370/arch/ds3270.h"
#include "terminal/model/keyboard.h"

#include <utility>

namespace terminal {

namespace attribute = s370::ds3270::attribute;

namespace {

constexpr u8 dup = 0x1C, shift_out = 0x0E, shift_in = 0x0F, space = 0x40, underscore = 0x6D;
constexpr u8 double_byte = 8; // a character set

// What a numeric field takes: digits, sign, point, comma is not among them; DUP is.
constexpr bool is_numeric(u8 code) {
    return (code >= 0xF0 && code <= 0xF9) || code == 0x60 || code == 0x4B || code == dup;
}

} // namespace

u32 Keyboard::line_end(u32 position) const {
    if (screen_.formatted()) return field_end(position);
    u32 const columns = screen_.size().columns;
    return (position / columns + 1) * columns % screen_.size().cells();
}

bool Keyboard::character(Key key) {
    u32 const cursor = screen_.cursor();
    if (!writable(cursor))
        return key.pasted ? move_to(screen_.next(cursor)) : refuse(Lock::Protected);
    if (numeric_lock_ && (screen_.attribute_at(cursor) & attribute::numeric) != 0 &&
        !is_numeric(key.code))
        return refuse(Lock::Numeric);
    auto const field = screen_.field_of(cursor);
    if (field && screen_.at(*field).looks.character_set == double_byte)
        return refuse(Lock::DoubleByte);
    u32 at = cursor;
    if (screen_.at(at).code == shift_in) { // what it ends stays whole
        at = screen_.next(at);
        if (at == field) return refuse(Lock::Overflow);
    }
    if (insert_ && !make_room(at)) return refuse(Lock::Overflow);
    if (!insert_ && screen_.at(at).code == shift_out) move_shift_out(at);
    put(at, key.code, key.graphic);
    fill_before(at);
    screen_.set_modified(cursor);
    if (key.pasted) return move_to(screen_.next(at));
    screen_.move_cursor(at);
    advance();
    return true;
}

// The background stays: such are the terminals that hosts are tried with.
void Keyboard::put(u32 position, u8 code, bool graphic) {
    screen_.replace(position, code, graphic);
    Looks& looks = screen_.at(position).looks;
    looks.foreground = looks.highlight = 0;
}

// The shift-out of a pair of double-byte characters is about to be overwritten: with its
// end, or else two places later, it begins anew.
void Keyboard::move_shift_out(u32 position) {
    u32 const second = screen_.next(position), third = screen_.next(second);
    bool const empty = screen_.at(second).code == shift_in;
    auto const put_plain = [&](u32 at, u8 code) {
        screen_.replace(at, code, false);
        Looks& looks = screen_.at(at).looks;
        looks.foreground = looks.background = 0;
    };
    put_plain(second, space);
    if (!empty) put_plain(third, shift_out);
}

// Shifts right from `position` into the first null of the field or, better, into the
// blanks before it; without nulls, into the blanks at the end.
bool Keyboard::make_room(u32 position) {
    u32 const end = line_end(position);
    u32 hole = 0;
    bool found = false;
    u32 at = position;
    do {
        u8 const code = screen_.at(at).code;
        if (code != 0 && code != space && code != underscore)
            found = false;
        else if (!std::exchange(found, true))
            hole = at;
        if (code == 0) break;
        at = screen_.next(at);
    } while (at != end && at != position);
    if (!found) return false;
    for (at = hole; at != position; at = screen_.previous(at))
        screen_.at(at) = screen_.at(screen_.previous(at));
    return true;
}

// Nulls would not be sent, and what follows them would move to the left: they become
// blanks, back to the start of the field or to a row of it that is all nulls.
void Keyboard::fill_before(u32 position) {
    auto const field = screen_.field_of(position);
    if (!field) return;
    u32 const columns = screen_.size().columns;
    auto const row_is_empty = [&](u32 last) {
        for (u32 at = last; at != *field; at = screen_.previous(at)) {
            if (screen_.at(at).code != 0) return false;
            if (at % columns == 0) break;
        }
        return true;
    };
    for (u32 at = screen_.previous(position); at != *field && at != position;
         at = screen_.previous(at)) {
        if (at % columns == columns - 1 && row_is_empty(at)) return;
        if (screen_.at(at).code == 0) screen_.replace(at, space, false);
    }
}

// After a character: over field attributes, and over a whole field where one says skip.
void Keyboard::advance() {
    u32 at = screen_.next(screen_.cursor());
    for (u32 steps = screen_.size().cells(); screen_.at(at).field && steps > 0; --steps) {
        bool const skip = (screen_.at(at).attribute & attribute::skip) == attribute::skip;
        at = skip ? screen_.next_unprotected(at) : screen_.next(at);
    }
    screen_.move_cursor(at);
}

// To the left, with what is there. In a place that takes no character the step is made
// nevertheless, and refused.
bool Keyboard::erase_character() {
    u32 const cursor = screen_.cursor();
    bool const good = writable(cursor) || refuse(Lock::Protected);
    if (cursor != 0 && screen_.at(cursor - 1).field && !screen_.at(cursor).field) return good;
    u32 at = screen_.previous(cursor);
    if (screen_.at(at).code == shift_in) at = screen_.previous(at);
    screen_.move_cursor(at);
    if (!delete_character()) return false;
    if (screen_.at(screen_.previous(at)).code == shift_out && screen_.at(at).code == shift_in) {
        screen_.move_cursor(screen_.previous(at)); // they held nothing else
        delete_character();
    }
    return good;
}

bool Keyboard::delete_character() {
    u32 const cursor = screen_.cursor();
    if (!writable(cursor)) return refuse(Lock::Protected);
    u32 count = 1;
    u8 const code = screen_.at(cursor).code;
    if (code == shift_out || code == shift_in) {
        // Only together.
        if (screen_.at(screen_.next(cursor)).code != (code ^ shift_out ^ shift_in))
            return refuse(Lock::Protected);
        count = 2;
    }
    u32 const end = line_end(cursor);
    if (!screen_.formatted() && (cursor + count) % screen_.size().cells() == end)
        return true; // what ends a row stays
    for (; count > 0; --count) {
        u32 at = cursor;
        for (u32 next = screen_.next(at); next != end && next != cursor;
             next = screen_.next(next)) {
            screen_.at(at) = screen_.at(next);
            at = next;
        }
        screen_.clear(at);
    }
    screen_.set_modified(cursor);
    return true;
}

bool Keyboard::erase_eof() {
    u32 const cursor = screen_.cursor();
    if (!writable(cursor)) return refuse(Lock::Protected);
    u32 const end = field_end(cursor);
    u32 at = cursor;
    do {
        screen_.clear(at);
        at = screen_.next(at);
    } while (at != end && at != cursor);
    screen_.set_modified(cursor);
    return true;
}

bool Keyboard::erase_input() {
    screen_.erase_unprotected();
    return true;
}

} // namespace terminal
