#include "cms/files/stamp.h"

#include "cms/base/cp.h"

#include <algorithm>

namespace cms::files {
namespace {

u8 packed(const Name8& text, u32 at) {
    return static_cast<u8>((text.bytes[at] & 0x0Fu) << 4 | (text.bytes[at + 1] & 0x0Fu));
}

constexpr u8 first_year_of_1900s = 0x70; // earlier ones are 20yy

} // namespace

Stamp now() {
    Times const t = times(); // MM/DD/YY HH:MM:SS
    u8 const year = packed(t.date, 6);
    return {{year, packed(t.date, 0), packed(t.date, 3), packed(t.time, 0), packed(t.time, 3),
             packed(t.time, 6)},
            year < first_year_of_1900s};
}

void set_stamp(FileStatus& file, const Stamp& stamp) {
    std::copy_n(stamp.digits + 1, 4, file.date);
    file.year[0] = static_cast<u8>(0xF0 | stamp.digits[0] >> 4);
    file.year[1] = static_cast<u8>(0xF0 | (stamp.digits[0] & 0x0F));
    file.flags = static_cast<u8>(stamp.century ? file.flags | file_flag::century
                                               : file.flags & ~u32{file_flag::century});
}

void set_stamp(edf::FileStatus& file, const Stamp& stamp) {
    set_stamp(static_cast<FileStatus&>(file), stamp);
    std::copy_n(stamp.digits, 6, file.changed);
}

} // namespace cms::files
