// A dump of a failed CP in the dump area of the system volume.
//
// Page 0 is this header, page n storage page n-1 (4096 bytes each). The header
// is written last: a dump that was cut short has none.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

namespace cp {

struct DumpHeader {
    u8 mark[8];             // 0: dump_mark
    u8 code[8];             // 8: abend code, 6 characters and 2 blanks
    Be64 time;              // 16: of day, as STCK
    Be32 pages;             // 24: of storage that follow
    Be32 trace_table;       // 28: address of its entries,
    Be32 trace_capacity;    // 32: how many there are
    Be32 trace_next;        // 36: and the oldest one
    Be32 stack_low;         // 40: CP's stack
    Be32 stack_high;        // 44
    Be64 psw;               // 48: where it failed, if by an interruption
    Be32 general[16];       // 56
    Be32 control[16];       // 120
    Be32 interruption_code; // 184: of a program interruption
    u8 created[24];         // 188: of the nucleus: date and time, EBCDIC
};
static_assert(sizeof(DumpHeader) == 212);
inline constexpr Text dump_mark = "CPDUMP 1"_e;

// In low storage: CP's stack pointer when it last gave the CPU away (s370/machine/switch.S).
inline constexpr u32 stack_when_given_away = 0x204;

} // namespace cp
