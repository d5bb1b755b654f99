// The file status table entry: what a CMS directory says of one file (FST).
//
// The first 40 bytes are the same in both disk formats and in storage, where
// programs of VM/370's CMS read them; the format of 1024 bytes and more adds 24.
// There the halfwords of blocks and chain links are zero, items and pointers that
// do not fit are X'FFFF', and the words of the extension are the truth.
#pragma once

#include "s370/base/be.h"
#include "s370/base/text.h"

namespace cms {

struct FileStatus {
    Name8 name;            // 0: FSTN
    Name8 type;            // 8: FSTT
    u8 date[4];            // 16: FSTD, MMDDHHMM in packed digits without sign
    Be16 write_pointer;    // 20: FSTWP, next item to write, from 1
    Be16 read_pointer;     // 22: FSTRP, next item to read, from 1
    Name<2> mode;          // 24: FSTM, "A1"
    Be16 items;            // 26: FSTIC
    Be16 first_chain_link; // 28: FSTFCL, 800-byte format; else 0
    u8 format;             // 30: FSTFV, 'F' or 'V' in EBCDIC
    u8 flags;              // 31: FSTFB
    Be32 record_length;    // 32: FSTIL, of the longest record when V
    Be16 data_blocks;      // 36: FSTDBC, chain links not counted
    u8 year[2];            // 38: FSTYR, last two digits in EBCDIC
};
static_assert(sizeof(FileStatus) == 40 && offsetof(FileStatus, format) == 30);

namespace file_flag {
constexpr u8 century = 0x08; // the year is 20yy
}

constexpr u8 fixed_format = 0xC6, variable_format = 0xE5;
constexpr u32 largest_record_length = 65535;

} // namespace cms
