#include "terminal/model/keyboard.h"

#include "s370/arch/ds3270.h"

namespace terminal {

namespace aid = s370::ds3270::aid;
namespace attribute = s370::ds3270::attribute;

namespace {

constexpr u8 dup = 0x1C, field_mark = 0x1E;

// What a numeric field takes: digits, sign, point, comma is not among them; DUP is.
constexpr bool is_numeric(u8 code) {
    return (code >= 0xF0 && code <= 0xF9) || code == 0x60 || code == 0x4B || code == dup;
}

// Going elsewhere and starting again are answer enough to a mistake: no Reset is needed.
constexpr bool undoes_mistake(Action action) {
    return action >= Action::Tab && action <= Action::EraseInput && action != Action::Newline;
}

} // namespace

bool Keyboard::press(Key key) {
    if (key.action == Action::Reset) {
        reset();
        return true;
    }
    if (lock_ == Lock::System && waiting_.size() < most_waiting) {
        waiting_.push_back(key);
        return false;
    }
    if (lock_ != Lock::None && lock_ != Lock::NotConnected && undoes_mistake(key.action))
        lock_ = Lock::None;
    bool const inserting = key.action == Action::Insert || key.action == Action::ToggleInsert;
    if (lock_ != Lock::None && !inserting) return false;
    return act(key);
}

// What was typed ahead goes first: the host has the keyboard until a second Reset.
void Keyboard::reset() {
    if (!waiting_.empty()) return waiting_.clear();
    insert_ = until_write_ = false;
    if (lock_ != Lock::NotConnected) lock_ = Lock::None;
}

void Keyboard::wait_for_write() {
    if (lock_ == Lock::System && !until_write_) return;
    lock_ = Lock::System;
    until_write_ = true;
}

void Keyboard::host_wrote() {
    if (until_write_) restore();
}

void Keyboard::restore() {
    lock_ = Lock::None;
    insert_ = false;
    until_write_ = false;
    while (!waiting_.empty() && lock_ == Lock::None) {
        Key const key = waiting_.front();
        waiting_.pop_front();
        act(key);
    }
    // A mistake among them: what was typed after it was meant for another screen.
    if (lock_ != Lock::None && lock_ != Lock::System) waiting_.clear();
}

void Keyboard::disconnect() {
    waiting_.clear();
    insert_ = false;
    lock_ = Lock::NotConnected;
}

bool Keyboard::act(Key key) {
    u32 const cursor = screen_.cursor(), columns = screen_.size().columns,
              cells = screen_.size().cells();
    switch (key.action) {
    case Action::Character: return character(key);
    case Action::Attention: return attention(key.code);
    case Action::Tab: return move_to(screen_.next_unprotected(cursor));
    case Action::BackTab: return back_tab();
    case Action::Home: return move_to(screen_.next_unprotected(cells - 1));
    case Action::Newline: return newline();
    case Action::Up: return move_to((cursor + cells - columns) % cells);
    case Action::Down: return move_to((cursor + columns) % cells);
    case Action::Left: return move_to(screen_.previous(cursor));
    case Action::Right: return move_to(screen_.next(cursor));
    case Action::Left2: return move_to((cursor + cells - 2) % cells);
    case Action::Right2: return move_to((cursor + 2) % cells);
    case Action::FieldEnd: return field_end_key();
    case Action::EraseEof: return erase_eof();
    case Action::EraseInput: return erase_input();
    case Action::BackSpace: return move_to(screen_.previous(cursor));
    case Action::EraseCharacter: return erase_character();
    case Action::Delete: return delete_character();
    case Action::DeleteField: return delete_field();
    case Action::DeleteWord: return delete_word();
    case Action::NextWord: return next_word();
    case Action::PreviousWord: return previous_word();
    case Action::Insert: insert_ = true; return true;
    case Action::ToggleInsert: insert_ = !insert_; return true;
    case Action::Dup:
        if (!character({Action::Character, dup})) return false;
        return move_to(screen_.next_unprotected(cursor));
    case Action::FieldMark: return character({Action::Character, field_mark});
    case Action::CursorSelect: return cursor_select();
    case Action::MoveCursor: return move_to(key.position < cells ? key.position : cursor);
    case Action::Reset: return true;
    }
    return false;
}

u32 Keyboard::field_end(u32 position) const {
    u32 at = position;
    do {
        if (screen_.at(at).field) return at;
        at = screen_.next(at);
    } while (at != position && (at != 0 || screen_.formatted()));
    return at;
}

bool Keyboard::attention(u8 key) {
    insert_ = false;
    if (key == aid::clear) screen_.erase(screen_.alternate());
    stream_.set_aid(key);
    lock_ = Lock::System;
    send_(stream_.read_modified(key, false));
    return true;
}

bool Keyboard::character(Key key) {
    u32 const cursor = screen_.cursor();
    if (!writable(cursor)) return refuse(Lock::Protected);
    if (numeric_lock_ && (screen_.attribute_at(cursor) & attribute::numeric) != 0 &&
        !is_numeric(key.code))
        return refuse(Lock::Numeric);
    if (insert_ && !make_room(cursor)) return refuse(Lock::Overflow);
    fill_before(cursor);
    screen_.put(cursor, key.code, key.graphic, {});
    screen_.set_modified(cursor);
    advance();
    return true;
}

// Shifts right from `position` into the nearest null of the field. A blank before that null,
// or at the end of the field, gives way first. False when there is neither.
bool Keyboard::make_room(u32 position) {
    u32 const end = field_end(position);
    auto const null = [&](u32 at) { return screen_.at(at).code == 0 && !screen_.at(at).graphic; };
    u32 hole = position;
    while (!null(hole)) {
        u32 const after = screen_.next(hole);
        if (screen_.at(hole).code == 0x40 && (after == end || null(after))) break;
        hole = after;
        if (hole == end || hole == position) return false;
    }
    while (hole != position) {
        u32 const before = screen_.previous(hole);
        screen_.at(hole) = screen_.at(before);
        hole = before;
    }
    return true;
}

// Nulls would not be sent, and what follows them would move to the left: they become
// blanks, back to the start of the field or to a row of it that is all nulls.
void Keyboard::fill_before(u32 position) {
    auto const field = screen_.field_of(position);
    if (!field) return;
    u32 const columns = screen_.size().columns;
    u32 end = position; // of the part of a row that is looked at
    while (end != screen_.next(*field)) {
        bool text = end == position && position % columns != 0; // the row of the cursor
        u32 start = end;
        do {
            start = screen_.previous(start);
            text = text || screen_.at(start).code != 0;
        } while (start % columns != 0 && screen_.previous(start) != *field);
        if (!text) return;
        for (u32 at = start; at != end; at = screen_.next(at))
            if (screen_.at(at).code == 0) screen_.at(at).code = 0x40;
        end = start;
    }
}

// After a character: over field attributes, and over a whole field when it says skip.
void Keyboard::advance() {
    u32 at = screen_.next(screen_.cursor());
    if (screen_.at(at).field) {
        bool const skip = (screen_.at(at).attribute & attribute::skip) == attribute::skip;
        u32 const start = at;
        do at = screen_.next(at);
        while (screen_.at(at).field && at != start);
        if (skip) at = screen_.next_unprotected(start);
    }
    screen_.move_cursor(at);
}

bool Keyboard::back_tab() {
    if (!screen_.formatted()) return move_to(0);
    u32 const cursor = screen_.cursor();
    auto const starts = [&](u32 at) {
        Cell const& before = screen_.at(screen_.previous(at));
        return before.field && (before.attribute & attribute::protected_field) == 0 &&
               !screen_.at(at).field;
    };
    u32 at = cursor;
    do {
        at = screen_.previous(at);
        if (starts(at)) return move_to(at);
    } while (at != cursor);
    return move_to(0);
}

bool Keyboard::newline() {
    Size const size = screen_.size();
    u32 const at = (screen_.cursor() / size.columns + 1) % size.rows * size.columns;
    if (writable(at)) return move_to(at);
    return move_to(screen_.next_unprotected(at));
}

// After the last character of the field that is neither null nor blank.
bool Keyboard::field_end_key() {
    u32 const cursor = screen_.cursor();
    auto const field = screen_.field_of(cursor);
    if (!field || !writable(cursor)) return true;
    u32 last = *field;
    for (u32 at = screen_.next(*field); !screen_.at(at).field; at = screen_.next(at))
        if (screen_.at(at).code != 0 && screen_.at(at).code != 0x40) last = at;
    u32 const after = screen_.next(last);
    return move_to(screen_.at(after).field ? last : after);
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

bool Keyboard::delete_character() {
    u32 const cursor = screen_.cursor();
    if (!writable(cursor)) return refuse(Lock::Protected);
    u32 const columns = screen_.size().columns;
    u32 const row_end = (cursor / columns + 1) * columns % screen_.size().cells();
    u32 const end = screen_.formatted() ? field_end(cursor) : row_end;
    if (!screen_.formatted() && screen_.next(cursor) == row_end) return true;
    u32 at = cursor;
    for (u32 next = screen_.next(at); next != end && next != cursor; next = screen_.next(next)) {
        screen_.at(at) = screen_.at(next);
        at = next;
    }
    screen_.put(at, 0, false, {});
    screen_.set_modified(cursor);
    return true;
}

// GA23-0059 "Selector pen": the field's first character says what selecting it means.
bool Keyboard::cursor_select() {
    u32 const cursor = screen_.cursor();
    auto const field = screen_.field_of(cursor);
    if (!field) return true;
    u8 const display = screen_.at(*field).attribute & attribute::nondisplay;
    u32 const designator = screen_.next(*field);
    if (display == attribute::normal || display == attribute::nondisplay ||
        screen_.at(designator).field)
        return true;
    constexpr u8 question = 0x6F, greater = 0x6E, ampersand = 0x50, blank = 0x40;
    Cell& cell = screen_.at(designator);
    switch (cell.code) {
    case question:
        cell.code = greater;
        screen_.set_modified(designator);
        return true;
    case greater:
        cell.code = question;
        screen_.at(*field).attribute &= static_cast<u8>(~attribute::modified);
        return true;
    case 0:
    case blank: screen_.set_modified(designator); return attention(aid::cursor_select);
    case ampersand: screen_.set_modified(designator); return attention(aid::enter);
    default: return true; // not selectable: nothing happens
    }
}

} // namespace terminal
