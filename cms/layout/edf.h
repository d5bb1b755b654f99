// A minidisk in the format of VM/SP's CMS (EDF): blocks of 512, 1024, 2048 or
// 4096 bytes, their numbers words counted from 1.
//
// Blocks lie on the tracks as in the 800-byte format. Blocks 1 and 2 carry IPL
// text, 3 the label; 4 and 5 take turns as the root of the directory, 6 is the first
// block of the allocation map on a new disk. The label is the only block that is
// rewritten in place: a commit writes data, pointers, directory and map to free
// blocks and to the root that is not in use, then the label with the other root.
//
// Every file, the directory and the map included, hangs on one root block: with
// no levels it is the data block, else a pointer block of the highest level. The
// directory's own entry, which tells its levels, begins its first data block: it
// is found by following first pointers from the root down.
// Pointers are words when records are F, VPointer when they are V. Block number 0
// is a hole: zeros in an F file; in a V file it may only lie inside a record.
#pragma once

#include "cms/layout/fst.h"

namespace cms::edf {

constexpr u32 smallest_block = 512, largest_block = 4096;
constexpr u32 ipl_block = 1, bootstrap_block = 2, label_block = 3;
constexpr u32 directory_root_a = 4, directory_root_b = 5, first_map_block = 6;

constexpr bool valid_block_size(u32 size) {
    return size == 512 || size == 1024 || size == 2048 || size == 4096;
}

// Blocks of `size` per track; 0 when the size is not one of ours.
constexpr u32 blocks_per_track_3350(u32 size) {
    return size == 512 ? 27 : size == 1024 ? 15 : size == 2048 ? 8 : size == 4096 ? 4 : 0;
}

constexpr u8 label_mark[4] = {0xC3, 0xD4, 0xE2, 0xF1}; // "CMS1"

struct Label {
    u8 mark[4];               // 0: label_mark
    Name<6> name;             // 4
    Be16 version;             // 10: 0
    Be32 block_size;          // 12
    Be32 directory_root;      // 16: DOP, block 4 or 5
    Be32 formatted_cylinders; // 20
    Be32 cylinders;           // 24: of the minidisk
    Be32 total_blocks;        // 28
    Be32 used_blocks;         // 32
    Be32 status_size;         // 36: 64
    Be32 statuses_per_block;  // 40
    u8 created[6];            // 44: YYMMDDHHMMSS in packed digits
    u8 flags;                 // 50: century = 20yy
    u8 reserved;              // 51
    Be32 reserved_origin;     // 52: data of a RESERVEd disk, else 0
    Be32 map_cursor[3];       // 56: hints for the next allocation; 0 is always good
    Be32 open_count;          // 68
    Name8 segment;            // 72: zeros when none
};
static_assert(sizeof(Label) == 80 && offsetof(Label, created) == 0x2C);

namespace label_flag {
constexpr u8 century = 0x01;
}

struct FileStatus : cms::FileStatus {
    Be32 root;       // 40: FSTFOP, block; 0 when the file has no data
    Be32 blocks;     // 44: FSTADBC, data blocks (holes and pointer blocks not counted)
    Be32 records;    // 48: FSTAIC
    u8 levels;       // 52: of pointer blocks
    u8 pointer_size; // 53: 4 when F, 12 when V
    u8 changed[6];   // 54: YYMMDDHHMMSS in packed digits
    u8 real_mode;    // 60
    u8 flags2;       // 61
    u8 reserved[2];  // 62
};
static_assert(sizeof(FileStatus) == 64);

struct VPointer {
    Be32 block;        // 0
    Be32 last_record;  // 4: highest record number that begins in this (sub)tree or before it
    Be32 displacement; // 8: of the first record that starts in the (first) block
};
static_assert(sizeof(VPointer) == 12);
constexpr u32 no_record_starts = 0xFFFFFFFF;

// The first two entries of the directory describe the directory itself (F,
// records of 64 bytes, as many as there are entries) and the allocation map (F,
// records of one block; bit 0 of byte 0 is block 1, 1 = used).
constexpr u8 directory_name[8] = {0, 0, 0, 1, 0, 0, 0, 0};
constexpr u8 map_name[8] = {0, 0, 0, 2, 0, 0, 0, 0};
inline constexpr Text directory_type = "DIRECTOR"_e, map_type = "ALLOCMAP"_e;

constexpr u32 statuses_per_block(u32 block_size) { return block_size / u32{sizeof(FileStatus)}; }
constexpr u32 largest_levels = 6;

} // namespace cms::edf
