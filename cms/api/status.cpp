#include "cms/api/status.h"

namespace cms::api {
namespace {

constexpr u8 unpack(u8 packed) { return static_cast<u8>((packed >> 4) * 10 + (packed & 15)); }
constexpr u8 pack(u32 value) { return static_cast<u8>(value / 10 % 10 << 4 | value % 10); }

} // namespace

Stamp file_stamp(const FileStatus& status) {
    Stamp stamp;
    u32 const year = (status.year[0] & 15u) * 10 + (status.year[1] & 15u);
    bool const century = (status.flags & file_flag::century) != 0;
    stamp.year = static_cast<u16>((century ? 2000 : 1900) + year);
    stamp.month = unpack(status.date[0]);
    stamp.day = unpack(status.date[1]);
    stamp.hour = unpack(status.date[2]);
    stamp.minute = unpack(status.date[3]);
    return stamp;
}

FileState file_state(const FileStatus& status, u8 letter, u32 entry_size) {
    FileState state;
    state.id = {status.name, status.type, status.mode};
    state.id.mode.bytes[0] = letter;
    state.recfm = status.format;
    state.record_length = status.record_length;
    state.records = status.items;
    state.blocks = status.data_blocks;
    state.written = file_stamp(status);
    if (entry_size == sizeof(edf::FileStatus)) {
        auto const& extended = static_cast<const edf::FileStatus&>(status);
        state.records = extended.records;
        state.blocks = extended.blocks;
        state.written.second = unpack(extended.changed[5]);
    }
    return state;
}

void pack_stamp(const Stamp& stamp, u8 (&packed)[6]) {
    u32 const parts[] = {stamp.year, stamp.month,  stamp.day,
                         stamp.hour, stamp.minute, stamp.second};
    for (u32 i = 0; i < 6; ++i) packed[i] = pack(parts[i]);
}

} // namespace cms::api
