// The active disk table (ADT): one for each mode letter, and the hyperblocks that
// hold the directory of an accessed disk in storage.
//
// The chain starts at NUCON's IADT and runs in the order of search, A to Z. A letter
// is free when `device` is zero.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

#include <cstddef>

namespace cms {

struct Adt {
    Name<6> label;           //   0: ADTID
    u8 flags3;               //   6: ADTFLG3
    u8 common_types;         //   7: ADTFTYP
    Be32 next;               //   8: ADTPTR
    Be32 device;             //  12: ADTDTA, the DEVTAB entry; 0 = not accessed
    Be32 first_hyperblock;   //  16: ADTFDA, its area with the prefix
    Be32 mfd_doublewords;    //  20: ADTMFDN
    Be32 mfd;                //  24: ADTMFDA
    Be32 hyperblocks;        //  28: ADTHBCT
    Be32 files;              //  32: ADTFSTC
    Be32 search_hyperblock;  //  36: ADTCHBA
    Be32 search_entry;       //  40: ADTCFST
    Be32 first_free_word;    //  44: ADT1ST, mask byte of the first word with a free block
    Be32 blocks_total;       //  48: ADTNUM
    Be32 blocks_used;        //  52: ADTUSED
    Be32 blocks_left;        //  56: ADTLEFT
    Be32 last_mask_byte;     //  60: ADTLAST
    Be32 cylinders;          //  64: ADTCYL
    u8 letter;               //  68: ADTM
    u8 extends;              //  69: ADTMX, the letter of the disk this one extends, or blank
    u8 flags1;               //  70: ADTFLG1
    u8 flags2;               //  71: ADTFLG2
    Be32 mask;               //  72: ADTMSK
    Be32 quarter_mask;       //  76: ADTQQM
    Be32 mask_extension;     //  80: ADTPQM1, mask bytes beyond 215
    Be32 mask_blocks;        //  84: ADTPQM2
    Be32 mask_doublewords;   //  88: ADTPQM3
    Be32 last_hyperblock;    //  92: ADTLHBA
    Be32 last_entry;         //  96: ADTLFST
    Be16 open_for_write;     // 100: ADTNACW
    Be16 reserved_blocks;    // 102: ADTRES, held back for the directory
    Be32 volume_doublewords; // 104: ADTXNREC; here the size of
    Be32 volume;             // 108: ADTXAREC; the file system's own block, see cms/files/volume.h
};
static_assert(sizeof(Adt) == 0x70 && offsetof(Adt, letter) == 0x44);
static_assert(offsetof(Adt, mask) == 0x48 && offsetof(Adt, volume) == 0x6C);

namespace adt_flag1 {
constexpr u8 in_free_storage = 0x80, read_only = 0x40, read_write = 0x20,
             hyperblocks_in_free_storage = 0x10, hyperblocks_vary = 0x08, has_extensions = 0x02,
             minimum_size = 0x01;
} // namespace adt_flag1
namespace adt_flag2 {
constexpr u8 mfd_in_storage = 0x80, all_names = 0x40, all_types = 0x20, modes_1_to_5 = 0x10,
             mode_0 = 0x08, os_disk = 0x04, changed = 0x02, dos_disk = 0x01;
constexpr u8 whole_directory = 0xF8;
} // namespace adt_flag2
namespace adt_flag3 {
constexpr u8 update_half_done = 0x80, extra_links = 0x40, os_read_write = 0x20, sorted = 0x10,
             forced_read_only = 0x08, no_abend = 0x04, show_mode_0 = 0x01;
} // namespace adt_flag3

// A hyperblock in storage: a block of the directory as it lies on the disk, then
// the address of the data of the next one, or zero, and of the one before. The first
// one has a prefix of two words: the size of an entry (40, or 64 when the disk has
// the format of 512 to 4096 bytes) and the size of the data (which is the block size).
// Entries are in use without gaps up to the last; the rest is zero. On disks
// with entries of 64 bytes the two entries that describe the directory and the map
// come first: their names begin with a zero byte. ADTFSTC does not count them.
struct HyperblockPrefix {
    Be32 entry_size; // 0: 40 or 64
    Be32 data_size;  // 4: 800, or 512 to 4096
};
struct HyperblockLinks { // after the data
    Be32 next;
    Be32 previous;
};

} // namespace cms
