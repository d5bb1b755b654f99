// The file system's work area (FVS), reached through NUCON's AFVS.
//
// Programs look at the copy of the FST that STATE leaves here, and at the words
// after it; the register save areas of VM/370's assembler code have no use of ours.
#pragma once

#include "cms/layout/fst.h"

#include <cstddef>

namespace cms {

struct Fvs {
    u8 save_areas[0x184]; //   0
    Name8 finis_list[3];  // 184: FINISLST, FINIS * *
    u8 finis_mode[2];     // 19C: *
    Be16 ffff;            // 19E
    Be16 fffe;            // 1A0
    Be16 fffd;            // 1A2
    u8 signal;            // 1A4
    u8 switches;          // 1A5
    u8 busy;              // 1A6: UFDBUSY, see fvs_busy
    u8 kill;              // 1A7: KXFLAG
    u8 work[0x18];        // 1A8
    FileStatus state;     // 1C0: STATEFST
    Be32 state_disk;      // 1E8: STATER0, the ADT
    Be32 state_status;    // 1EC: STATER1, the FST in its hyperblock; 0 when the file is new
};
static_assert(sizeof(Fvs) == 0x1F0);
static_assert(offsetof(Fvs, busy) == 0x1A6 && offsetof(Fvs, state) == 0x1C0);

namespace fvs_busy {
constexpr u8 write = 0x80, update = 0x40, finis = 0x20, erase = 0x10;
}

// What the flag byte of the STATE copy says.
namespace state_flag {
constexpr u8 read_write = 0x80, extension = 0x40, // both: extension of a read/write disk
    active_read = 0x04, active_write = 0x02, active_point = 0x01;
}

} // namespace cms
