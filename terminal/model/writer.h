// The write control character, orders and characters of one write command.
//
// GA23-0059 "Write control character", "Orders". Reads from the stream's buffer.
#pragma once

#include "terminal/model/attributes.h"
#include "terminal/model/data_stream.h"

namespace terminal {

class Writer {
  public:
    Writer(DataStream& stream, usize start, usize end, DataStream::Outcome& outcome)
        : stream_(stream), screen_(stream.screen_), outcome_(outcome), at_(start), end_(end),
          address_(screen_.cursor()) {}

    // `erased`: the command was an Erase/Write.
    void run(bool erased);

  private:
    u8 take() { return at_ < stream_.buffer_.size() ? stream_.buffer_[at_++] : u8{0}; }
    u32 take_address();
    void refuse(const char* why) {
        outcome_.refused = why;
        at_ = end_;
    }
    void write_control(u8 wcc, bool erased);
    void order_or_character(u8 byte);
    bool shift_out_before() const;
    void set_attribute(Looks& looks, u8 type, u8 value, extended::Place place);
    void start_field();
    void start_field_extended();
    void modify_field();
    void repeat_to_address();
    void erase_to_address();
    void program_tab();

    DataStream& stream_;
    Screen& screen_;
    DataStream::Outcome& outcome_;
    usize at_, end_;
    u32 address_;
    Looks looks_;
    bool after_character_ = false; // a tab then clears what is left of the field
};

} // namespace terminal
