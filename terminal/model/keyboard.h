// The keyboard of a 3270: what a key does to the screen, and when it is refused.
//
// GA23-0218 "Keyboard functions". A key either changes the screen, locks the keyboard
// (the operator made a mistake: only Reset helps) or makes a record for the host, after
// which the keyboard is locked until the host restores it. Keys pressed while the host
// has it are kept and played later; Reset forgets them, and a second one takes the keyboard.
#pragma once

#include "terminal/model/data_stream.h"

#include <algorithm>
#include <deque>
#include <functional>

namespace terminal {

enum class Action : u8 {
    Character, // with its EBCDIC code
    Attention, // a key that tells the host, with its AID
    Tab,
    BackTab,
    Home,
    Newline,
    Up,
    Down,
    Left,
    Right,
    Left2, // two columns
    Right2,
    FieldEnd,
    EraseEof,
    DeleteField,
    DeleteWord, // back to the start of the word
    EraseInput,
    BackSpace,      // to the left, erasing nothing
    EraseCharacter, // the one to the left
    Delete,
    NextWord,
    PreviousWord,
    Insert, // on
    ToggleInsert,
    Dup,
    FieldMark,
    CursorSelect,
    MoveCursor,
    Reset,
};

struct Key {
    Action action;
    u8 code = 0;
    bool graphic = false; // a character of the APL set
    u32 position = 0;     // where to move the cursor: a column where there is a row
    std::optional<u32> row{};
    bool pasted = false; // passes over what takes no character, and skips no field after it

    // The nearest to that on a screen of this size.
    u32 place(Size size) const {
        if (!row) return std::min(position, size.cells() - 1);
        return std::min(*row, size.rows - 1) * size.columns + std::min(position, size.columns - 1);
    }
};

enum class Lock : u8 {
    None,
    NotConnected,
    System,     // the host has not restored the keyboard since the last attention
    Protected,  // X <-o->
    Numeric,    // X -o NUM
    Overflow,   // X o>
    DoubleByte, // X <S>: a field for double-byte characters only
    Minus,      // X -f: this key has no function here
};

class Keyboard {
  public:
    // `send` takes a record for the host.
    Keyboard(Screen& screen, DataStream& stream, std::function<void(const Bytes&)> send)
        : screen_(screen), stream_(stream), send_(std::move(send)) {}

    // False when the key was refused or had to wait.
    bool press(Key key);

    // Why the keyboard takes no key, most telling reason first.
    Lock lock() const;
    // It is the host's turn, whatever else locks the keyboard.
    bool with_host() const { return first_write_awaited_ || host_has_it_ || inhibited_; }
    // Locked by an attention key, and nothing written since: the host is at work.
    bool unanswered() const { return lock() == Lock::System && unanswered_; }
    bool insert() const { return insert_; }
    u64 refusals() const { return refusals_; } // mistakes of the operator so far
    usize waiting() const { return waiting_.size(); }
    void use_numeric_lock(bool on) { numeric_lock_ = on; }

    // What the stream did to the keyboard.
    void apply(const DataStream::Outcome& outcome);
    // The host has taken the keyboard into its hand, or is gone.
    void restore();
    void connect();
    void disconnect();
    // A key was pressed that has no function here.
    void refuse_function() { minus_ = true; }
    // The session got another mode, and with it the user what locked the keyboard; but an
    // application is still awaited to write first where it was, nobody always: then one has
    // to come. `returns`: it has yet to give the keyboard back, where a key told it something.
    enum class Owner : u8 { Nobody, Application, Other };
    void change_mode(Owner owner, bool returns);
    // What was typed ahead is pressed by `press`, once all is acted on that came with what
    // freed the keyboard.
    void play_waiting(const std::function<void(const Key&)>& press);

  private:
    static constexpr usize most_waiting = 256;

    bool locked() const { return lock() != Lock::None; }
    void unlock();
    bool act(Key key);
    void reset();
    bool refuse(Lock why) {
        mistake_ = why;
        ++refusals_;
        waiting_.clear(); // typed for another screen than this one
        return false;
    }
    bool move_to(u32 position) {
        screen_.move_cursor(position);
        return true;
    }
    bool writable(u32 position) const {
        return !screen_.at(position).field && !screen_.protected_at(position);
    }
    // The first position after `position` that is not of its field.
    u32 field_end(u32 position) const;
    // The same for insertion and deletion, which without fields end with the row.
    u32 line_end(u32 position) const;
    bool attention(u8 aid);
    bool system_attention(u8 aid);
    bool character(Key key);
    void put(u32 position, u8 code, bool graphic);
    void move_shift_out(u32 position);
    bool make_room(u32 position);
    void fill_before(u32 position);
    void advance();
    bool back_tab();
    bool newline();
    bool field_end_key();
    bool erase_eof();
    bool erase_input();
    bool delete_character();
    bool erase_character();
    bool delete_field();
    bool delete_word();
    bool next_word();
    bool previous_word();
    bool blank(u32 position) const;
    std::optional<u32> word_from(u32 position) const;
    bool cursor_select();

    Screen& screen_;
    DataStream& stream_;
    std::function<void(const Bytes&)> send_;
    std::deque<Key> waiting_;
    // Reasons not to take a key; several may hold at once.
    bool connected_ = false;
    bool first_write_awaited_ = false;
    bool host_has_it_ = false; // since an attention key
    bool unanswered_ = false;  // and nothing was written since
    bool inhibited_ = false;   // since a query was answered, until the next write
    bool minus_ = false;
    Lock mistake_ = Lock::None; // of the operator
    bool due_ = false;          // what was typed ahead, since something was written
    bool insert_ = false;
    bool numeric_lock_ = false;
    u64 refusals_ = 0;
};

} // namespace terminal
