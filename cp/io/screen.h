// What a 3270 shows under CP, and what its user's keys mean (DMKGRF), without I/O.
//
//   output area    all lines but two; filled from the top, cleared as a whole
//   input area     one field of 132 characters on the last two lines
//   status area    the last 20 columns of the last line
//
// GA23-0059 "3270 Data Stream". A full output area shows MORE... for 50 seconds,
// sounds the alarm, and is cleared 10 seconds later; ENTER holds it, CLEAR and PA2
// clear it at once.
//
// The caller hands over every inbound stream and sends what compose() makes; every
// inbound byte is hostile. Keeps no clock: timeout() says what to wait for.
#pragma once

#include "cp/io/console.h"
#include "s370/arch/ds3270.h"

namespace cp {

struct ScreenSize {
    u8 rows = 24, columns = 80;
    bool alternate = false; // reached by Erase/Write Alternate

    constexpr u32 cells() const { return u32{rows} * columns; }

    friend constexpr bool operator==(ScreenSize, ScreenSize) = default;
};

// The size that the terminal's answer to Read Partition (Query) tells: a model's or, of
// IBM-DYNAMIC, any from 24 x 80 to what 14-bit addresses and a byte each reach; else 24 x 80.
ScreenSize screen_size(std::span<const u8> query_reply);
// Is an inbound stream such an answer?
bool is_query_reply(std::span<const u8> inbound);
// Its key; none, too, for an answer to a structured field.
u8 key_of(std::span<const u8> inbound);

class Screen {
  public:
    static constexpr u32 model_area = 43 * 80; // of output, models 2 to 5
    static constexpr u32 most_rows = (1 << 14) / 80;
    static constexpr u32 largest_stream = 4096; // that compose() makes at once
    static constexpr u32 status_width = 20;

    enum class Status : u8 { None, CpRead, VmRead, Running, More, Holding, NotAccepted };

    Screen() = default;
    ~Screen() { give_cells(); }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // A screen of this size with nothing on it; all is sent with the next compose(). 24 x 80
    // where there is no storage for one larger than the models.
    void open(ScreenSize size);
    ScreenSize size() const { return size_; }
    u32 output_rows() const { return size_.rows - 2u; }

    // Output. append() takes one line of at most a row, at `column` of the line begun
    // last when that is not zero; false: the area is full, MORE... is shown, try
    // again when room() is true.
    bool append(Text text, bool same_line = false);
    bool room() const { return next_row_ < output_rows() && echo_.size() == 0; }
    void clear_output();
    void place(u32 row, Text text);
    void clear_at_input() { clear_at_input_ = true; }
    u32 line_column() const { return column_; } // where the last line ends
    // Something came after the user's last key. ask_to_clear() shows MORE... for it; true
    // when it did not before.
    bool unseen() const { return unseen_; }
    bool ask_to_clear();
    // The user's last key has locked the keyboard, and nothing sent has restored it.
    bool locked() const { return restore_; }
    // The display shows something else: an empty screen of ours is sent anew.
    void reopen();

    // What the status area says when nothing overrides it.
    void begin_read(ReadMode mode);
    void end_read();
    void show(Activity activity) { idle_ = activity; }
    void sound_alarm() { alarm_ = true; }
    Status status() const;

    // Input.
    struct Event {
        enum class Kind : u8 { Nothing, Line, Attention, FunctionKey };
        Kind kind = Kind::Nothing;
        u32 function_key = 0;
        InputLine line;
    };
    Event receive(std::span<const u8> inbound);
    // The line of the last event was taken (and is shown in the output area), or not.
    void accept(Text line, bool echo);
    void refuse();

    // Zero: nothing to wait for. Otherwise expired() is to be called so much later,
    // unless period() has changed.
    Microseconds timeout() const;
    u32 period() const { return period_; }
    void expired();

    struct Outbound {
        u8 command = 0;
        usize length = 0; // zero: nothing to send
    };
    // `stream` is of largest_stream; rows that find no room in it are for the next one.
    Outbound compose(std::span<u8> stream);

  private:
    enum class Hold : u8 { None, More, MoreAlarmed, Holding, NotAccepted };

    u32 input_start() const { return output_rows() * size_.columns; }
    u32 input_end() const { return input_start() + 1 + longest_input; }
    u32 status_start() const { return size_.cells() - status_width; }
    u8* row(u32 n) { return cells_ + n * size_.columns; }
    void hold(Hold hold);
    void erase_cells();
    void give_cells();
    void show_echo(Text line);
    InputLine input_of(std::span<const u8> fields) const;
    Event key(u8 aid, std::span<const u8> fields);

    ScreenSize size_;
    u8 model_cells_[model_area]{};
    u8* cells_ = model_cells_; // of the output area; larger ones in free storage
    u8 length_[most_rows]{};   // of each line, trailing blanks apart
    u8 sent_[most_rows]{};     // that the terminal shows
    bool dirty_[most_rows]{};
    u32 next_row_ = 0, column_ = 0;

    InputLine echo_; // of input, to be shown before other output when there is room
    bool reading_ = false;
    ReadMode mode_ = ReadMode::Cp;
    Activity idle_ = Activity::None;
    bool unseen_ = false;
    Hold hold_ = Hold::None;
    u32 period_ = 0;

    // What the next stream has to do.
    bool repaint_ = true, erase_output_ = false, erase_input_ = false, restore_ = false,
         alarm_ = false, clear_at_input_ = false;
    bool sent_hidden_ = false; // the input field is non-display
    Status sent_status_ = Status::None;
};

} // namespace cp
