// How a nucleus lies on a disk, and what the bootstrap must know to load it.
//
// A nucleus is a storage image cut into 4096-byte records, four to a track of a
// 3350 (records 1 to 4), from the head 0 of a first cylinder on. The same form
// serves CP on the system volume and CMS on a minidisk, outside its file area.
//
// Record 1 of cylinder 0, head 0 holds the 24 bytes that IPL reads to location
// 0 (a PSW and two CCWs; the rest of the record is not read); record 2 holds the
// bootstrap, at most 800 bytes so that any CMS block size can carry it. IPL
// places the bootstrap at `bootstrap_address`. The bootstrap's last bytes are a
// NucleusLocation, filled in by the program that put the nucleus on the disk.
#pragma once

#include "s370/base/be.h"

namespace loaders {

constexpr u32 bootstrap_address = 0x800;
constexpr u32 bootstrap_size = 800;
constexpr u32 nucleus_record_size = 4096;
constexpr u32 nucleus_records_per_track = 4;
constexpr u32 nucleus_heads = 30;

struct NucleusLocation {
    Be32 magic;             // 0: nucleus_magic, else nothing was put on this disk
    Be32 load_address;      // 4: multiple of 4096, above the bootstrap
    Be32 records;           // 8: of 4096 bytes
    Be32 entry;             // 12: where the bootstrap branches, in BC mode, disabled, key 0
    Be16 first_cylinder;    // 16: relative to the (mini)disk
    Be16 reserved;          // 18
    Be32 reserved_words[3]; // 20
};
static_assert(sizeof(NucleusLocation) == 32);

constexpr u32 nucleus_magic = 0xD5E4C3D3; // "NUCL"
constexpr u32 nucleus_location_offset = bootstrap_size - sizeof(NucleusLocation);

} // namespace loaders
