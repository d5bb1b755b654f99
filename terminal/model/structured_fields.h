// The structured fields of one Write Structured Field command.
//
// GA23-0059 "Structured fields". There is one partition, 0: others are refused.
#pragma once

#include "terminal/model/data_stream.h"

namespace terminal {

class StructuredFields {
  public:
    StructuredFields(DataStream& stream, DataStream::Outcome& outcome)
        : stream_(stream), outcome_(outcome) {}

    // The fields in the stream's buffer from `start` up to `end`. One that is refused
    // does not keep the next from being done; a reply to one means that none is refused.
    void run(usize start, usize end);

  private:
    void each(usize start, usize end);
    // `at` is the identifier, after the length.
    void one(usize at, usize end);
    void read_partition(std::span<const u8> field);
    void erase_reset(std::span<const u8> field);
    void set_reply_mode(std::span<const u8> field);
    void create_partition(std::span<const u8> field);
    void outbound(usize at, usize end);
    void refuse(const char* why) { outcome_.refuse(DataStream::Refusal::Command, why); }

    DataStream& stream_;
    DataStream::Outcome& outcome_;
};

} // namespace terminal
