// Storage and registers in hexadecimal, for DISPLAY and DUMP (DMKCDB, DMKCDM): which
// part of them operands name, and the lines that show them.
//
// Line layouts: cp-commands section 9.
#pragma once

#include "cp/command/messages.h"

namespace cp {

// Where bytes come from: a guest's storage, or the real one.
class StorageSource {
  public:
    explicit StorageSource(VirtualMachine& machine)
        : guest_(&machine.storage), key_mask_(machine.settings.ec_mode ? 0xFE : 0xF8) {}
    explicit StorageSource(u32 real_size) : real_size_(real_size) {}

    u32 size() const { return guest_ != nullptr ? guest_->size() : real_size_; }
    // `address` is inside. Reference and change bits of the key: not without ECMODE.
    void read(u32 address, std::span<u8> bytes) const;
    u8 key(u32 address) const;

  private:
    GuestStorage* guest_ = nullptr;
    u32 real_size_ = 0;
    u8 key_mask_ = 0xFE;
};

struct HexRange {
    u32 first = 0, last = 0;
};

// hexloc1, and - or : with hexloc2, or . with a count; END or nothing there is the last
// byte, nothing at all is everything. The answer is 0 or the number of the message that
// refuses the operand.
u16 parse_storage_range(Text operand, u32 size, HexRange& range);
// "000000-0000FF", for a range that is refused.
Line<13> ends_of(HexRange range);

// Numbers of at most `digits` decimal digits; those in between do not exist.
struct RegisterFile {
    u32 highest, digits, step;
};
// The same of registers; `number`: the one that message 10 is about.
u16 parse_register_range(Text operand, RegisterFile file, HexRange& range, Text& number);
// "05-03"
Line<5> register_ends_of(HexRange range);

// The lines of a piece of storage; those equal to the one before are only counted.
class StorageLines {
  public:
    static constexpr u32 most_bytes = 32;
    // `translated`: with storage keys and characters, from a line's boundary on.
    StorageLines(StorageSource source, HexRange range, u32 bytes_a_line, bool translated);
    // False: there are no more.
    bool next(MessageLine& line);
    // Where the next line begins.
    u32 address() const { return address_; }

  private:
    void put(MessageLine& line, u32 address, u32 length) const;

    StorageSource source_;
    u32 address_, last_, bytes_a_line_;
    bool translated_, first_ = true;
    u32 suppressed_ = 0; // lines
    u8 shown_[most_bytes]{};
};

// "000000 TO 0007FF" and more.
MessageLine range_line(u32 first, u32 last, Text rest);
// The blocks from `start` on that have its key; `start` becomes the next one's.
MessageLine key_line(const StorageSource& source, u32& start, u32 last);
// Registers from `number` on, `count` at the most.
MessageLine register_line(Text name, const u32* registers, u32 number, u32 last, u32 count);
MessageLine floating_register_line(const VirtualCpu& cpu, u32 number);
MessageLine psw_line(s370::Psw psw);

} // namespace cp
