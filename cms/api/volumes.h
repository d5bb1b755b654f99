// Disks as a whole: taking them in use, giving them back, formatting them.
#pragma once

#include "cms/api/disks.h"

namespace cms::api {

// What the functions below answer: the numbers of the messages they ask for.
namespace volume_rc {
constexpr i32 ok = 0, parameter = 24, files_open = 30, read_only = 37, mode = 48,
              read_write_elsewhere = 59, no_files = 60, not_accessed = 69, storage = 109,
              not_cms = 112, not_attached = 113, unsupported = 114, unit_check = 125,
              label_io = 126, cannot_recompute = 214;
} // namespace volume_rc

struct Access {
    u16 device = 0x191;
    u8 letter = 'A'_e;
    u8 parent = ' '_e; // the letter it extends read-only, or blank
    bool erase = false;
    FileId only{Name8("*"_e), Name8("*"_e), {}};
    // What came of it:
    u8 other = ' '_e; // with read_write_elsewhere: where
    u8 also = ' '_e;  // another letter the same disk has
    u16 replaced = 0; // the device that had the letter before
    bool writable = false;
    u32 files = 0;
};
i32 access_disk(Access& access);
i32 release_disk(u8 letter);

enum class FormatKind : u8 { Format, Recompute, Label };
struct Format {
    u16 device = 0;
    FormatKind kind = FormatKind::Format;
    u32 block_size = 1024;
    u32 cylinders = 0; // 0: all; afterwards how many there are
    Name<6> label;
};
i32 format_disk(Format& format);

} // namespace cms::api
