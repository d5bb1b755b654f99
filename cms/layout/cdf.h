// A minidisk in the format of VM/370's CMS: blocks of 800 bytes, their numbers
// halfwords counted from 1.
//
// Block b is record (b-1) % per_track + 1 of the track (b-1) / per_track, tracks
// counted through the heads of the minidisk's cylinders. Blocks 1 and 2 carry IPL
// text, 3 the label, 4 the master file directory (MFD). The MFD is the only block
// that is rewritten in place: a commit writes file directory blocks and mask
// extensions to free blocks, then the MFD.
//
// F records lie one after the other over the data blocks of a file; V records
// have a halfword of length before their data, and may be split anywhere.
#pragma once

#include "cms/layout/fst.h"

namespace cms::cdf {

constexpr u32 block_size = 800;
constexpr u32 ipl_block = 1, bootstrap_block = 2, label_block = 3, master_directory_block = 4;
constexpr u32 first_free_block = 5;
constexpr u32 largest_disk = 65531; // blocks; larger disks are used up to here
constexpr u32 statuses_per_block = block_size / sizeof(FileStatus);
constexpr u32 largest_files = 3400;
static_assert(statuses_per_block == 20);

// Blocks per track of the device: records of 800 bytes that fit.
constexpr u32 blocks_per_track_3330 = 14, blocks_per_track_3340 = 8, blocks_per_track_3350 = 19;

constexpr u8 label_mark[4] = {0xC3, 0xD4, 0xE2, 0x7E}; // "CMS="

struct Label {
    u8 mark[4];   // 0: label_mark
    Name<6> name; // 4
    u8 zero[790]; // 10
};
static_assert(sizeof(Label) == block_size);

constexpr u32 mask_bytes_in_mfd = 215;
constexpr u32 address_slots = 182; // halfwords before the counts
// After the addresses of the directory blocks: `end` when the mask fits in the
// MFD, else `mask_follows` and the addresses of mask extensions up to a zero.
constexpr u16 addresses_end = 0xFFFF, mask_follows = 0xFFFD;

struct MasterDirectory {
    Be16 addresses[address_slots]; // 0
    Be32 total_blocks;             // 364: ADTNUM
    Be32 used_blocks;              // 368
    Be32 left_blocks;              // 372
    Be32 last_mask_byte;           // 376: displacement of the last mask byte not zero
    Be32 cylinders;                // 380
    u8 mask[mask_bytes_in_mfd];    // 384: bit 0 of byte 0 is block 1; 1 = used
    u8 device_type;                // 599: DTADT
    Be16 sub_blocks[100];          // 600: quarter blocks, 2314 only
};
static_assert(sizeof(MasterDirectory) == block_size);
static_assert(offsetof(MasterDirectory, total_blocks) == 0x16C);
static_assert(offsetof(MasterDirectory, mask) == 0x180);
static_assert(offsetof(MasterDirectory, device_type) == 0x257);

constexpr u8 device_type_3350 = 0x0B;

// The block that FileStatus::first_chain_link names. A zero is a hole that reads
// as zeros, or nothing past the end of the file.
constexpr u32 chain_links = 40, blocks_in_first_link = 60, blocks_in_link = 400;
constexpr u32 largest_file = blocks_in_first_link + chain_links * blocks_in_link; // blocks

struct FirstChainLink {
    Be16 link[chain_links];           // 0: further chain links
    Be16 block[blocks_in_first_link]; // 80: data blocks 1 to 60
    u8 unused[block_size - 200];      // 200
};
struct ChainLink {
    Be16 block[blocks_in_link]; // data blocks
};
static_assert(sizeof(FirstChainLink) == block_size && sizeof(ChainLink) == block_size);

} // namespace cms::cdf
