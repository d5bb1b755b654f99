// Record 1 of a MODULE file, as GENMOD writes it and LOADMOD reads it.
//
// A MODULE is RECFM V: this record, then the program image in records of up to
// 65535 bytes from `first_location` to `last_location`, then the loader-table
// entries (20 bytes each) unless `table_entries` is 0. A module of the transient
// area is one F record of at most 8192 bytes, without this header, at X'E000'.
#pragma once

#include "s370/base/be.h"

namespace cms {

struct ModuleHeader {
    Be32 entry;              // 0: STRTADDR
    Be32 first_location;     // 4: FRSTLOC, where the image goes
    Be32 last_location;      // 8: LASTLOC, first byte after it
    Be32 location_counter;   // 12: LOCCNT
    Be32 loader_address;     // 16: LDRADDR, of no meaning in a file
    Be32 loader_return_code; // 20: LDRRTCD
    u8 psw[8];               // 24
    u8 loader_flags[4];      // 32: LDRFLAGS, see module_flag
    Be32 pr_hold;            // 36: PRHOLD
    Be16 table_entries;      // 40: TBENT, 0 = no map
    u8 unresolved;           // 42: UNRES
    u8 module_flags;         // 43: MODFLGS
    u8 work[36];             // 44
};
static_assert(sizeof(ModuleHeader) == 80 && offsetof(ModuleHeader, table_entries) == 0x28);

namespace module_flag {
constexpr u8 system0 = 0x01; // in loader_flags[0]: runs with the nucleus key
constexpr u8 str1 = 0x80;    // in loader_flags[1]: STRINIT before it starts
} // namespace module_flag

struct LoaderTableEntry {
    u8 name[8];      // 0
    u8 flags;        // 8
    Be24 relocation; // 9
    u8 reserved;     // 12
    Be24 address;    // 13
    u8 flags2;       // 16
    Be24 length;     // 17
};
static_assert(sizeof(LoaderTableEntry) == 20);

constexpr u32 user_area = 0x20000;
constexpr u32 transient_area = 0xE000, transient_size = 8192;
constexpr u32 largest_module_record = 65535;

} // namespace cms
