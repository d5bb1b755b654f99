// CMS files as a program sees them: STATE, RDBUF, WRBUF, FINIS, POINT, ERASE, RENAME.
//
// Return codes are those of VM/370's functions; the constants name the common ones.
#pragma once

#include "s370/base/text.h"

namespace cms::api {

namespace rc {
constexpr i32 ok = 0, invalid_fileid = 20, parameter = 24, not_found = 28, format = 32, disk = 36,
              member = 40, conflict = 88, device = 100, storage = 104;
constexpr i32 unknown_command = -3;
// RDBUF
constexpr i32 read_not_found = 1, buffer_short = 8, end_of_file = 12;
// WRBUF
constexpr i32 disk_read_only = 12, disk_full = 13;
} // namespace rc

struct FileId {
    Name8 name;
    Name8 type;
    Name<2> mode;

    u8 letter() const { return mode.bytes[0]; }
    u8 number() const { return mode.bytes[1]; }
    friend bool operator==(const FileId&, const FileId&) = default;
};

struct Stamp {
    u16 year = 0;
    u8 month = 0, day = 0, hour = 0, minute = 0, second = 0;
    friend auto operator<=>(const Stamp&, const Stamp&) = default;
};

struct FileState {
    FileId id; // with the letter of the disk and the number of the file
    u8 recfm = 'F'_e;
    u32 record_length = 0;
    u32 records = 0;
    u32 blocks = 0;
    Stamp written;
    bool writable = false; // lies on a disk that is accessed read/write
    bool open = false;
};

// The first file by the order of search that matches; `*` stands for any name, type or mode.
i32 state(const FileId& id, FileState& found);
// The same among the disks accessed read/write.
i32 state_for_writing(const FileId& id, FileState& found);

// Reads record `item` (0: the next) into `buffer`; `length` is what was read.
i32 read_record(const FileId& id, u32 item, std::span<u8> buffer, u32& length);
// Writes record `item` (0: behind the last); makes the file when it is new.
i32 write_record(const FileId& id, u32 item, Text record, u8 recfm);
// Closes one file, or all when name, type and mode are `*`.
i32 finis(const FileId& id);
i32 erase(const FileId& id);
i32 rename(const FileId& from, const FileId& to);
// Gives `from` the name of `to` on the same disk, which is erased if it exists, at
// one stroke: a crash leaves the old file or the new one.
i32 replace(const FileId& from, const FileId& to);
// Gives a closed file another date of writing.
i32 set_stamp(const FileId& id, const Stamp& written);

} // namespace cms::api
