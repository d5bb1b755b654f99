// Dynamic address translation, and control registers 0 and 1.
//
// GA22-7000-10 "Dynamic Address Translation". CP's own tables use 64K segments
// and 4K pages; guests may choose any of the four combinations.
#pragma once

#include "s370/base/be.h"
#include "s370/base/bits.h"

namespace s370 {

constexpr u32 page_size = 4096;
constexpr u32 segment_size = 65536;
constexpr u32 pages_per_segment = segment_size / page_size;
constexpr u32 key_block_size = 2048;

namespace cr0 {
constexpr u32 block_multiplexing = 0x80000000, ssm_suppression = 0x40000000,
              low_address_protection = 0x10000000, extraction_authority = 0x08000000,
              secondary_space = 0x04000000;
constexpr u32 pages_2k = 0x00400000, pages_4k = 0x00800000, page_size_mask = 0x00C00000;
constexpr u32 format_mask = 0x00F80000;
constexpr u32 segments_64k = 0x00000000, segments_1m = 0x00100000, segment_size_mask = 0x00380000;
constexpr u32 emergency_signal = 0x00004000, external_call = 0x00002000;
constexpr u32 clock_comparator = 0x00000800, cpu_timer = 0x00000400, interval_timer = 0x00000080,
              interrupt_key = 0x00000040, external_signal = 0x00000020;
constexpr u32 initial = 0x000000E0; // after a reset
} // namespace cr0

constexpr u32 cr2_initial = 0xFFFFFFFF;
constexpr u32 cr14_initial = 0xC2000000;

// Segment-table entry: bits 0-3 length of the page table less one (in
// sixteenths of its full size), 8-28 its origin, 31 invalid.
struct SegmentEntry {
    u32 bits = invalid_bit;
    static constexpr u32 invalid_bit = 1, protected_bit = 4, must_be_zero = 0x0F000000;

    static constexpr SegmentEntry make(u32 page_table, u32 length_less_one = 15) {
        return {length_less_one << 28 | page_table};
    }
    constexpr bool invalid() const { return (bits & invalid_bit) != 0; }
    constexpr bool store_protected() const { return (bits & protected_bit) != 0; }
    constexpr u32 page_table() const { return bits & 0x00FFFFF8; }
    constexpr u32 length_less_one() const { return bits >> 28; }
};

// Page-table entry for 4K pages: bits 0-11 frame, 12 invalid, 13-14 must be
// zero in System/370 (the extended form keeps two high frame bits there).
struct PageEntry {
    u16 bits = invalid_bit;
    static constexpr u16 invalid_bit = 0x0008;

    static constexpr PageEntry make(u32 frame_address) {
        return {static_cast<u16>(frame_address >> 8 & 0xFFF0)};
    }
    constexpr bool invalid() const { return (bits & invalid_bit) != 0; }
    constexpr u32 frame() const { return u32{bits & 0xFFF0u} << 8; }
};

// Control register 1: length of the segment table less one (in units of 16
// entries) and its origin.
constexpr u32 segment_table_designation(u32 origin, u32 entries) {
    return ((entries + 15) / 16 - 1) << 24 | origin;
}

} // namespace s370
