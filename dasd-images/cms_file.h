// A CMS file away from its disk: its name, its records, and how they are packed
// into the bytes of its data blocks.
#pragma once

#include "cms/layout/fst.h"
#include "dasd-images/file.h"

#include <algorithm>
#include <string>

namespace dasd {

// As a CMS directory shows it: local time.
struct Timestamp {
    u8 year = 0; // of the century
    bool after_1999 = true;
    u8 month = 1, day = 1, hour = 0, minute = 0, second = 0;

    static Timestamp now();
    friend bool operator==(const Timestamp&, const Timestamp&) = default;
};
u8 packed(u32 value);   // 59 -> X'59'
u8 unpacked(u8 digits); // X'59' -> 59; X'FF' when it is not decimal

// The date, time and year of the first 40 bytes of an entry, which keep no
// seconds and no century.
void set_time(cms::FileStatus& status, const Timestamp& time);
Timestamp time_of(const cms::FileStatus& status);

struct FileId {
    Name8 name;
    Name8 type;
    friend bool operator==(const FileId&, const FileId&) = default;
};
inline FileId id_of(const cms::FileStatus& status) { return {status.name, status.type}; }

// The entry of a file in a directory of either format; null when it is not there.
template <typename Status>
Status* find_status(std::vector<Status>& statuses, const FileId& id) {
    auto const found = std::find_if(statuses.begin(), statuses.end(),
                                    [&](const Status& status) { return id_of(status) == id; });
    return found == statuses.end() ? nullptr : &*found;
}

// Checks characters and lengths: letters, digits, $ # @ + - : _.
FileId make_file_id(const std::string& name, const std::string& type);
std::string to_string(Text text);
std::string to_string(const FileId& id);
// EBCDIC in upper case.
Bytes to_ebcdic(const std::string& ascii);

struct CmsFile {
    FileId id;
    Name<2> mode{"A1"_e};
    u8 format = cms::fixed_format;
    u32 record_length = 80; // F: of each record; V: of the longest
    std::vector<Bytes> records;
    Timestamp changed = Timestamp::now();
};

// The bytes of the data blocks, and where each record starts in them.
struct PackedRecords {
    Bytes bytes;
    std::vector<u32> starts;
};
PackedRecords pack(const CmsFile& file);

// Takes `count` records from the front of `bytes`; fails when they are not there.
std::vector<Bytes> unpack(std::span<const u8> bytes, u8 format, u32 record_length, u32 count);

} // namespace dasd
