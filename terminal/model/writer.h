// The write control character, orders and characters of one write command.
//
// GA23-0059 "Write control character", "Orders". Reads from the stream's buffer, and
// past the end of the record where an order is cut off: see DataStream.
#pragma once

#include "terminal/model/attributes.h"
#include "terminal/model/data_stream.h"

namespace terminal {

class Writer {
  public:
    Writer(DataStream& stream, usize start, usize end, DataStream::Outcome& outcome)
        : stream_(stream), screen_(stream.screen_), outcome_(outcome), at_(start), end_(end),
          address_(screen_.cursor()), attribute_(screen_.attribute_at(address_)) {}

    // `erased`: the command was an Erase/Write.
    void run(bool erased);

  private:
    u8 take() { return at_ < stream_.buffer_.size() ? stream_.buffer_[at_++] : u8{0}; }
    std::optional<u32> take_address();
    void refuse(const char* why) {
        outcome_.refuse(DataStream::Refusal::Operation, why);
        at_ = end_;
    }
    void write_control(u8 wcc, bool erased);
    // One order with its operands, or one character.
    void next();
    void set_buffer_address();
    void set_attribute(Looks& looks, u8 type, u8 value, extended::Place place);
    void start_field(u8 attribute, const Looks& looks);
    void start_field_extended();
    void modify_field();
    void repeat_to_address();
    void erase_to_address();
    void program_tab();
    void graphic_escape();
    void format_control(u8 code);
    void shift_in();
    bool shift_out_before() const;
    void character(u8 code);
    void put(u8 code);

    DataStream& stream_;
    Screen& screen_;
    DataStream::Outcome& outcome_;
    usize at_, end_;
    u32 address_;
    u8 attribute_; // of the field, as it was when the address was set or found
    Looks looks_;
    bool after_order_ = true;      // a tab after a character clears the rest of the field
    bool after_empty_tab_ = false; // and so does one after a tab that cleared and found no field
};

} // namespace terminal
