// The device table: which devices the nucleus knows, by address and by name (DEVTAB).
//
// GC20-1818 VM/370 System Logic, "DEVTAB". Programs name devices by the four
// characters, the file system keeps the address of an entry in ADTDTA.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

struct DevtabEntry {
    Be16 device;    // 0: DTAD, 0 when there is none
    u8 flags;       // 2: device_flag
    u8 type;        // 3: DTADT, kind of disk
    Name<4> name;   // 4: DTAS
    Be32 routine;   // 8: of interruptions, 0 = none
    u8 tape_mode;   // 12
    u8 reserved[3]; // 13
};
static_assert(sizeof(DevtabEntry) == 16 && offsetof(DevtabEntry, routine) == 8);

namespace device_flag {
constexpr u8 seen = 0x80; // an interruption came; WAIT waits for this bit
constexpr u8 as_soon_as_possible = 0x40, keep = 0x08; // HNDINT
} // namespace device_flag

namespace disk_type {
constexpr u8 d2311 = 0x01, d3340 = 0x07, d2314 = 0x08, d3330 = 0x09, d3350 = 0x0B, d3380 = 0x0E;
}

// Order of the table: CON1, the disks A-R, S, T-X, Y, Z, the unit record devices, the tapes.
namespace devtab {
constexpr u32 console = 0, disks = 1, reader = 27, punch = 28, printer = 29, tapes = 33;
constexpr u32 entries = tapes + 16;
} // namespace devtab

} // namespace cms
