#include "terminal/model/keyboard.h"

#include "s370/arch/ds3270.h"

#include <utility>

namespace terminal {

namespace aid = s370::ds3270::aid;
namespace attribute = s370::ds3270::attribute;

namespace {

constexpr u8 dup = 0x1C, field_mark = 0x1E;

// Going elsewhere and starting again are answer enough to a mistake: no Reset is needed.
constexpr bool undoes_mistake(Action action) {
    return action >= Action::Tab && action <= Action::EraseInput && action != Action::Newline;
}

} // namespace

Lock Keyboard::lock() const {
    if (!connected_) return Lock::NotConnected;
    if (minus_) return Lock::Minus;
    if (with_host()) return Lock::System;
    return mistake_;
}

bool Keyboard::press(Key key) {
    if (key.action == Action::Reset) {
        reset();
        return true;
    }
    if (minus_ && key.action == Action::Attention) return false;
    if (lock() == mistake_ && undoes_mistake(key.action)) mistake_ = Lock::None;
    bool const inserting = key.action == Action::Insert || key.action == Action::ToggleInsert;
    if (!locked() || (inserting && lock() == mistake_)) return act(key);
    if (connected_ && mistake_ == Lock::None && waiting_.size() < most_waiting)
        waiting_.push_back(key);
    return false;
}

// What was typed ahead goes first: the host has the keyboard until a second Reset.
void Keyboard::reset() {
    if (!waiting_.empty()) return waiting_.clear();
    insert_ = false;
    unlock();
}

void Keyboard::unlock() {
    first_write_awaited_ = host_has_it_ = inhibited_ = minus_ = false;
    mistake_ = Lock::None;
}

void Keyboard::apply(const DataStream::Outcome& outcome) {
    if (outcome.written) first_write_awaited_ = unanswered_ = false;
    if (outcome.restore_keyboard) {
        insert_ = false;
        unlock();
    }
    if (outcome.inhibit) inhibited_ = *outcome.inhibit;
    if (outcome.written) due_ = true; // what was typed ahead is meant for a screen
}

void Keyboard::restore() {
    insert_ = false;
    unlock();
    due_ = true;
}

void Keyboard::play_waiting(const std::function<void(const Key&)>& press) {
    if (!std::exchange(due_, false) || locked()) return;
    // One that is refused does not hold up the others; behind one that locks they wait again.
    for (Key const& key : std::exchange(waiting_, {})) press(key);
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

void Keyboard::change_mode(Owner owner, bool returns) {
    bool const awaited = first_write_awaited_, had_it = host_has_it_;
    insert_ = false;
    due_ = true;
    if (owner != Owner::Nobody) unlock();
    host_has_it_ = had_it && (returns || owner == Owner::Nobody);
    first_write_awaited_ = owner == Owner::Nobody || (owner == Owner::Application && awaited);
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
    case Action::MoveCursor: return move_to(key.place(screen_.size()));
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
    if (key == aid::clear) stream_.erase(screen_.alternate());
    if (stream_.in_system()) return system_attention(key);
    insert_ = false;
    stream_.set_aid(key);
    host_has_it_ = unanswered_ = true;
    send_(stream_.read_modified(key, false));
    return true;
}

// The system knows lines only, and no attention keys but Enter.
bool Keyboard::system_attention(u8 key) {
    if (key == aid::clear) return true;
    if (key != aid::enter) return minus_ = true, false;
    insert_ = false;
    stream_.set_aid(key);
    send_(stream_.read_system()); // after which the user may go on
    return true;
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

// GA23-0059 "Selector pen": the field's first character says what selecting it means.
bool Keyboard::cursor_select() {
    u32 const cursor = screen_.cursor();
    auto const field = screen_.field_of(cursor);
    if (!field) return true;
    u8 const display = screen_.at(*field).attribute & attribute::nondisplay;
    u32 const designator = screen_.next(*field);
    if (display == attribute::normal || display == attribute::nondisplay) return true;
    constexpr u8 question = 0x6F, greater = 0x6E, ampersand = 0x50, blank = 0x40;
    auto const select = [&](bool selected) {
        u8& bits = screen_.at(*field).attribute;
        bits =
            static_cast<u8>((bits & ~attribute::modified) | (selected ? attribute::modified : 0));
    };
    switch (screen_.at(designator).code) {
    case question:
    case greater: {
        bool const selected = screen_.at(designator).code == question;
        screen_.replace(designator, selected ? greater : question, false);
        select(selected);
        return true;
    }
    case 0:
    case blank: select(true); return attention(aid::cursor_select);
    case ampersand: select(true); return attention(aid::enter);
    default: return true; // not selectable: nothing happens
    }
}

} // namespace terminal
