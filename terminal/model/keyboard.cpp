#include "terminal/model/keyboard.h"

#include "s370/arch/ds3270.h"

#include <utility>

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

Lock Keyboard::lock() const {
    if (!connected_) return Lock::NotConnected;
    if (minus_) return Lock::Minus;
    if (first_write_awaited_ || host_has_it_ || inhibited_) return Lock::System;
    return mistake_;
}

bool Keyboard::press(Key key) {
    if (key.action == Action::Reset) {
        bool const forgot = !waiting_.empty();
        waiting_.clear();
        if (forgot) return true; // pressed again, it resets
        insert_ = false;
        unlock();
        return true;
    }
    if (minus_ && key.action == Action::Attention) return false;
    if (lock() == mistake_ && undoes_mistake(key.action)) mistake_ = Lock::None;
    if (!locked()) return act(key);
    if (connected_ && mistake_ == Lock::None && waiting_.size() < most_waiting)
        waiting_.push_back(key);
    return false;
}

void Keyboard::unlock() {
    first_write_awaited_ = host_has_it_ = inhibited_ = minus_ = false;
    mistake_ = Lock::None;
}

void Keyboard::apply(const DataStream::Outcome& outcome) {
    if (outcome.written) first_write_awaited_ = false;
    if (outcome.restore_keyboard) {
        insert_ = false;
        unlock();
    }
    if (outcome.inhibit) inhibited_ = *outcome.inhibit;
    play_waiting();
}

void Keyboard::restore() {
    insert_ = false;
    unlock();
    play_waiting();
}

void Keyboard::play_waiting() {
    while (!waiting_.empty() && !locked()) {
        Key const key = waiting_.front();
        waiting_.pop_front();
        act(key);
    }
}

void Keyboard::connect() {
    unlock();
    connected_ = first_write_awaited_ = true;
}

void Keyboard::disconnect() {
    unlock();
    waiting_.clear();
    insert_ = connected_ = false;
}

void Keyboard::change_mode() {
    bool const awaited = first_write_awaited_;
    unlock();
    first_write_awaited_ = awaited;
    play_waiting();
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
    case Action::FieldEnd: return field_end_key();
    case Action::EraseEof: return erase_eof();
    case Action::EraseInput: return erase_input();
    case Action::EraseCharacter: return erase_character();
    case Action::Delete: return delete_character();
    case Action::Insert: insert_ = !insert_; return true;
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

u32 Keyboard::line_end(u32 position) const {
    if (screen_.formatted()) return field_end(position);
    u32 const columns = screen_.size().columns;
    return (position / columns + 1) * columns % screen_.size().cells();
}

bool Keyboard::attention(u8 key) {
    insert_ = false;
    if (key == aid::clear) screen_.erase(screen_.alternate());
    stream_.set_aid(key);
    host_has_it_ = true;
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
    screen_.replace(cursor, key.code, key.graphic);
    // The background stays: such are the terminals that hosts are tried with.
    screen_.at(cursor).looks.foreground = screen_.at(cursor).looks.highlight = 0;
    screen_.set_modified(cursor);
    advance();
    return true;
}

// Shifts right from `position` into the first null of the field or, better, into the
// blanks before it; without nulls, into the blanks at the end.
bool Keyboard::make_room(u32 position) {
    constexpr u8 blank = 0x40, underscore = 0x6D;
    u32 const end = line_end(position);
    u32 hole = 0;
    bool found = false;
    u32 at = position;
    do {
        u8 const code = screen_.at(at).code;
        if (code != 0 && code != blank && code != underscore)
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
        if (screen_.at(at).code == 0) screen_.replace(at, 0x40, false);
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
    screen_.move_cursor(screen_.previous(cursor));
    return delete_character() && good;
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
    u32 const end = line_end(cursor);
    u32 at = cursor;
    if (!screen_.formatted() && screen_.next(cursor) == end) return true; // the row's last
    for (u32 next = screen_.next(at); next != end && next != cursor; next = screen_.next(next)) {
        screen_.at(at) = screen_.at(next);
        at = next;
    }
    screen_.clear(at);
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
    if (display == attribute::normal || display == attribute::nondisplay) return true;
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
