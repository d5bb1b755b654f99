// Parameter lists of the nucleus' functions, register 1 of SVC 202.
//
// GC20-1818 VM/370 System Logic. Each begins with the function's name.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

constexpr usize line_limit = 130; // characters of a line to or from the terminal

// A flag byte and an address: AL1, AL3.
struct FlaggedAddress {
    u8 flag;      // 0
    Be24 address; // 1
};

struct TyplinPlist {
    Name8 function;      // 0
    FlaggedAddress text; // 8
    u8 colour;           // 12: B or R
    u8 edit;             // 13: typlin_flag
    Be16 length;         // 14
};
static_assert(sizeof(TyplinPlist) == 16);

namespace typlin_flag {
constexpr u8 no_carriage_return = 0x80, error_message = 0x40, long_line = 0x10, query = 0x02,
             priority = 0x01;
}

struct WaitrdPlist {
    Name8 function;        // 0
    FlaggedAddress buffer; // 8: 130 bytes
    u8 code;               // 12: S T U V X * $
    u8 direct;             // 13: D reads the terminal even when lines are stacked
    Be16 length;           // 14: out
};
static_assert(sizeof(WaitrdPlist) == 16);

struct AttnPlist {
    Name8 function;      // 0
    Name<4> order;       // 8: FIFO or LIFO
    FlaggedAddress line; // 12: length, address
};
static_assert(sizeof(AttnPlist) == 16);

struct CmstimePlist {
    Name8 function;    // 0
    Be32 virtual_time; // 8
    Be32 total_time;   // 12
    Be32 buffer;       // 16
    Be32 length;       // 20
};

struct FreePlist {    // SVCFREE, SVCFRET
    Name8 function;   // 0
    Be32 doublewords; // 8
    Be32 address;     // 12
};

struct CardPlist {         // CARDRD; CARDPH uses the buffer only
    Name8 function;        // 0
    FlaggedAddress buffer; // 8: flag 80 = length given
    Be16 length;           // 12
    Be16 read;             // 14
};

struct PrintPlist { // PRINTR, PRINTIO
    Name8 function; // 0
    Be32 line;      // 8
    Be16 control;   // 12: 0 ASA, 1 machine
    Be16 length;    // 14
};

struct TrapPlist {
    Name8 function; // 0
    Be32 routine;   // 8
};

struct HndintItem {
    Name<4> name; // 0
    Be32 routine; // 4
    Be16 device;  // 8
    u8 when;      // 10: A or W
    u8 keep;      // 11: K
};
static_assert(sizeof(HndintItem) == 12);

// A stacked line: a finished read in the chain FSTFINRD.
struct FinishedRead {
    Be32 next;           // 0
    u8 origin;           // 4: finished_read
    u8 length;           // 5: 130
    u8 text[line_limit]; // 6: zeros behind the text
};
static_assert(sizeof(FinishedRead) == 17 * 8);

namespace finished_read {
constexpr u8 by_program = 0x4A, typed = 0x0A;
}

// The extended parameter list, register 0, when the call type is not 0.
struct Eplist {
    Be32 command; // 0: the command's name as typed
    Be32 begin;   // 4: its arguments
    Be32 end;     // 8: behind the last character
    Be32 user;    // 12
};
static_assert(sizeof(Eplist) == 16);

namespace call_type {
constexpr u8 program = 0x00, exec_quiet = 0x01, subcommand = 0x02, terminal = 0x0B, exec = 0x0D;
}

} // namespace cms
