// The active file table (AFT): one for each open file.
//
// The chain starts in the file system (open_file.h); programs see what VM/370's
// programs looked at: the names, the pointers and the copy of the FST.
#pragma once

#include "cms/layout/fst.h"

#include <cstddef>

namespace cms {

struct Aft {
    Be16 link_block;        //   0: AFTCLD
    Be16 link_number;       //   2: AFTCLN
    Be32 link_buffer;       //   4: AFTCLA
    Be16 data_block;        //   8: AFTDBD, address on the disk
    Be16 data_number;       //  10: AFTDBN
    Be32 data_buffer;       //  12: AFTDBA
    Be16 first_links[40];   //  16: AFTCLB
    u8 flags;               //  96: AFTFLG
    Be24 status;            //  97: AFTPFST, the FST in its hyperblock; 0 when the file is new
    Be16 item;              // 100: AFTIN
    Be16 displacement;      // 102: AFTID
    Be32 first_link_buffer; // 104: AFTFCLA
    Be16 new_first_link;    // 108: AFTFCLX
    Be16 new_link;          // 110: AFTCLDX
    u8 flags2;              // 112: AFTFLG2
    u8 reserved_113;        // 113
    Be16 old_link;          // 114: AFTOCLDX
    u8 reserved_116[4];     // 116
    FileStatus file;        // 120: AFTFST
    Be32 disk;              // 160: AFTADT
    u8 origin;              // 164: AFTPTR, in_free_storage
    Be24 next;              // 165
};
static_assert(sizeof(Aft) == 0xA8);
static_assert(offsetof(Aft, flags) == 0x60 && offsetof(Aft, item) == 0x64);
static_assert(offsetof(Aft, flags2) == 0x70 && offsetof(Aft, file) == 0x78);
static_assert(offsetof(Aft, disk) == 0xA0 && offsetof(Aft, next) == 0xA5);

namespace aft_flag {
constexpr u8 used = 0x80, data_in_storage = 0x08, write = 0x04, read = 0x02, changed = 0x01;
}
namespace aft_flag2 {
constexpr u8 new_file = 0x80;
}
constexpr u8 aft_in_free_storage = 0x40;

} // namespace cms
