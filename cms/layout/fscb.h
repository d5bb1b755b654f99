// The file system control block: the parameter list of RDBUF, WRBUF and their like (FSCB).
//
// GC20-1818 VM/370 System Logic, "FSCB".
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

struct Fscb {
    Name8 function;     // 0: FSCBCOMM
    Name8 name;         // 8: FSCBFN
    Name8 type;         // 16: FSCBFT
    Name<2> mode;       // 24: FSCBFM
    Be16 item;          // 26: FSCBITNO, 0 = next
    Be32 buffer;        // 28: FSCBBUFF
    Be32 size;          // 32: FSCBSIZE, of the buffer
    u8 format;          // 36: FSCBFV, F or V
    u8 flags;           // 37: fscb_flag
    Be16 items;         // 38: FSCBNOIT
    Be32 bytes_read;    // 40: FSCBNORD
    Be32 long_item;     // 44: with fscb_flag::extended
    Be32 long_items;    // 48
    Be32 write_pointer; // 52
    Be32 read_pointer;  // 56
};
static_assert(offsetof(Fscb, buffer) == 0x1C && offsetof(Fscb, bytes_read) == 0x28);

namespace fscb_flag {
constexpr u8 item_available = 0x40, extended = 0x20, previous_null = 0x01;
}

} // namespace cms
