// A volume that CP formatted and uses (DMKFMT): the records of its first track
// and how pages lie on the rest.
//
// Cylinder 0, head 0, no keys unless said:
//   record 1    24 bytes  IPL PSW and CCWs, or a PSW that waits with code 00C
//   record 2  4096 bytes  bootstrap (loaders/nucleus.h); on the system volume
//   record 3    80 bytes  VolumeLabel
//   record 4  1024 bytes  AllocationMap
//   record 5  key 44, 96 bytes  format 4 DSCB, so that OS takes the volume for full
//   record 6  key 44, 96 bytes  format 5 DSCB, the same
//   record 7  1024 bytes  SystemAreas
// Every other track holds page records 1 to 4 of 4096 bytes, without key, where it
// is not inside a minidisk with a format of its own. On the tracks of a minidisk
// record 0 says where the track is on the volume; the count fields of the other
// records say the cylinder of the minidisk, from 0, as its user sees and writes it.
//
// On the tracks of a minidisk the home address and record 0 hold the cylinder of
// the volume; the count fields of records 1 and up hold the minidisk's own, from 0,
// since CP relocates seeks and not the identifiers that a guest searches for.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

namespace cp {

constexpr u32 page_record_size = 4096;
constexpr u8 ipl_record = 1, bootstrap_record = 2, label_record = 3, allocation_record = 4,
             areas_record = 7;

// Where the object directory lies. The label is rewritten last, so that this one
// record switches from the old directory to the new.
struct DirectoryPointer {
    Be16 first_cylinder; // 0: of a DRCT area; 0 = this volume has no directory
    Be16 cylinders;      // 2: of that area
    Be32 pages;          // 4: that the directory takes
    Be32 generation;     // 8: counts up; every page repeats it
};
static_assert(sizeof(DirectoryPointer) == 12);

struct VolumeLabel {
    u8 mark[4];                 // 0: "VOL1"
    Name<6> volume;             // 4
    u8 security;                // 10
    u8 vtoc[5];                 // 11: CCHHR of the format 4 DSCB
    u8 blank[30];               // 16
    u8 system[5];               // 46: "CP370" on a volume that CP formatted
    u8 blank2;                  // 51
    DirectoryPointer directory; // 52
    u8 reserved[16];            // 64
};
static_assert(sizeof(VolumeLabel) == 80 && offsetof(VolumeLabel, system) == 46);

inline constexpr Text volume_mark = "VOL1"_e, system_mark = "CP370"_e;

// What CP may use a cylinder for.
enum class Allocation : u8 {
    Temporary = 0x00,     // TEMP: paging and spooling
    Permanent = 0x01,     // PERM: minidisks, nucleus, saved systems
    TemporaryDisk = 0x02, // TDSK
    Directory = 0x04,     // DRCT, not in use
    DirectoryUsed = 0x0C, // DRCT, holds the directory that the label points to
    End = 0xFF,           // after the last cylinder
};

struct AllocationMap {
    u8 cylinder[1024]; // an Allocation for each cylinder, then Allocation::End
};
constexpr u32 largest_volume = 1023; // cylinders

// Fixed places on the system volume (SYSRES).
struct Area {
    Be16 first_cylinder; // 0: 0 when there is no such area
    Be16 cylinders;      // 2
};

struct SystemAreas {
    u8 mark[8];            // 0: areas_mark
    Area nucleus;          // 8
    Area directory[2];     // 12: DRCT; the label points to the one in use
    Area dump;             // 20: storage image of a failed CP, page n is storage page n-1
    Area warm_start;       // 24
    Area checkpoint;       // 28
    Area error_recording;  // 32
    Area reserved_area[3]; // 36
    Be16 owned_count;      // 48: SYSOWN
    u8 reserved[14];       // 50
    Name<6> owned[64];     // 64: the volumes of paging and spooling, their order is their code
    u8 unused[576];        // 448
};
static_assert(sizeof(SystemAreas) == 1024);
inline constexpr Text areas_mark = "CPAREAS "_e;

// Page n of an area of 4096-byte records, counted from 0.
struct PagePlace {
    u16 cylinder;
    u16 head;
    u8 record;
};
constexpr PagePlace page_place(u32 first_cylinder, u32 page, u32 heads = 30, u32 per_track = 4) {
    u32 const track = page / per_track;
    return {static_cast<u16>(first_cylinder + track / heads), static_cast<u16>(track % heads),
            static_cast<u8>(page % per_track + 1)};
}
constexpr u32 pages_per_cylinder_3350 = 120;

} // namespace cp
