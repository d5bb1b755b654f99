// Count-key-data disks: geometry, the fields of a track, channel commands and sense.
//
// GA32-0101 (3350 reference manual) and GC26-3808 for the formulas; the
// figures of track capacity are those of Hercules' own table.
#pragma once

#include "s370/base/be.h"

#include <compare>

namespace s370::ckd {

struct Geometry {
    u16 type;      // 0x3350 for a 3350
    u16 cylinders; // primary
    u16 heads;
    u16 track_length;    // bytes a track holds, overhead included
    u16 largest_record;  // longest record 1 without key
    u16 record_overhead; // bytes each record costs beside its data
};

inline constexpr Geometry geometry_3330{0x3330, 404, 19, 13165, 13030, 135};
inline constexpr Geometry geometry_3340{0x3340, 348, 12, 8535, 8368, 167};
inline constexpr Geometry geometry_3350{0x3350, 555, 30, 19254, 19069, 185};

// How many records of `length` bytes without key fit on a track.
constexpr u32 records_per_track(const Geometry& g, u32 length) {
    return g.track_length / (length + g.record_overhead);
}

struct Address {
    u16 cylinder = 0;
    u16 head = 0;
    friend constexpr auto operator<=>(Address, Address) = default;
};

// The count field of a record.
struct Count {
    Be16 cylinder;
    Be16 head;
    u8 record;
    u8 key_length;
    Be16 data_length;
};
static_assert(sizeof(Count) == 8);

namespace command {
constexpr u8 write_data = 0x05, write_key_data = 0x0D, write_count_key_data = 0x1D,
             write_special_count_key_data = 0x01, write_home_address = 0x19, write_r0 = 0x15,
             erase = 0x11, read_data = 0x06, read_key_data = 0x0E, read_count = 0x12,
             read_count_key_data = 0x1E, read_r0 = 0x16, read_home_address = 0x1A, read_ipl = 0x02,
             read_sector = 0x22, multitrack = 0x80, search_id_equal = 0x31, search_id_high = 0x51,
             search_id_high_equal = 0x71, search_key_equal = 0x29, search_key_high = 0x49,
             search_key_high_equal = 0x69, search_home_address = 0x39, seek = 0x07,
             seek_cylinder = 0x0B, seek_head = 0x1B, recalibrate = 0x13, set_file_mask = 0x1F,
             set_sector = 0x23, space_count = 0x0F, sense_id = 0xE4, reserve = 0xB4,
             unconditional_reserve = 0x14, release = 0x94, diagnostic_load = 0x53,
             read_buffered_log = 0xA4;
} // namespace command

// Sense bytes 0 and 1.
constexpr u8 sense0_command_reject = 0x80, sense0_intervention = 0x40, sense0_seek_check = 0x01;
constexpr u8 sense1_end_of_cylinder = 0x20, sense1_no_record = 0x08, sense1_file_protected = 0x04,
             sense1_write_inhibited = 0x02;
constexpr u32 sense_length = 24;

// Sense bytes 5 and 6: where the arm stands. Bits 8 and 9 of the cylinder lie above the head's
// five bits; the 3330's only one has its place.
struct SensedPosition {
    u8 low_cylinder, rest;
};
constexpr u32 high_cylinder_shift(u16 type) { return type == 0x3330 ? 6 : 5; }
constexpr u8 sensed_head = 0x1F;
constexpr SensedPosition sensed_position(u16 type, Address at) {
    u32 const high = u32{at.cylinder} >> 8 << high_cylinder_shift(type);
    return {static_cast<u8>(at.cylinder), static_cast<u8>(high | (at.head & sensed_head))};
}
constexpr Address address_of(u16 type, SensedPosition sensed) {
    u32 const high = sensed.rest >> high_cylinder_shift(type) & 3;
    return {static_cast<u16>(high << 8 | sensed.low_cylinder),
            static_cast<u16>(sensed.rest & sensed_head)};
}

} // namespace s370::ckd
