// The 3270 data stream: commands, orders, write control, attention identifiers, addresses.
//
// GA23-0059 "3270 Information Display System Data Stream Programmer's Reference".
#pragma once

#include "s370/base/types.h"

#include <array>

namespace s370::ds3270 {

// Channel commands of a local control unit.
namespace command {
constexpr u8 write = 0x01, erase_write = 0x05, erase_write_alternate = 0x0D, read_buffer = 0x02,
             read_modified = 0x06, erase_all_unprotected = 0x0F, write_structured_field = 0x11,
             select = 0x0B, sense = 0x04, noop = 0x03;
}

namespace order {
constexpr u8 start_field = 0x1D, start_field_extended = 0x29, set_buffer_address = 0x11,
             set_attribute = 0x28, modify_field = 0x2C, insert_cursor = 0x13, program_tab = 0x05,
             repeat_to_address = 0x3C, erase_unprotected = 0x12, graphic_escape = 0x08;
}

// Write control character, before translation to a graphic code.
namespace wcc {
constexpr u8 reset = 0x40, start_printer = 0x08, alarm = 0x04, restore_keyboard = 0x02,
             reset_mdt = 0x01;
}

// Field attribute bits.
namespace attribute {
constexpr u8 protected_field = 0x20, numeric = 0x10, normal = 0x00, intensified = 0x08,
             nondisplay = 0x0C, modified = 0x01, skip = 0x30;
}

namespace aid {
constexpr u8 none = 0x60, enter = 0x7D, clear = 0x6D, pa1 = 0x6C, pa2 = 0x6E, pa3 = 0x6B,
             test_request = 0xF0, structured_field = 0x88, pf1 = 0xF1, pf10 = 0x7A, pf13 = 0xC1,
             pf22 = 0x4A, cursor_select = 0x7E, sysreq = 0x01;

// 1..24 for a program function key, else 0.
constexpr u32 pf_number(u8 aid) {
    if (aid >= 0xF1 && aid <= 0xF9) return aid - 0xF0u;
    if (aid >= 0x7A && aid <= 0x7C) return aid - 0x7Au + 10;
    if (aid >= 0xC1 && aid <= 0xC9) return aid - 0xC0u + 12;
    if (aid >= 0x4A && aid <= 0x4C) return aid - 0x4Au + 22;
    return 0;
}
} // namespace aid

// A structured field that asks the terminal what it is: Read Partition, Query.
inline constexpr u8 read_partition_query[] = {0x00, 0x05, 0x01, 0xFF, 0x02};

// The 64 graphic codes that carry six bits (GA23-0059 "Buffer addressing").
constexpr u8 graphic(u32 six_bits) {
    u32 const v = six_bits & 0x3F;
    if (v == 0x21) return 0x61; // slash
    if (v == 0x30) return 0xF0;
    if ((v & 0x0F) == 0 || (v & 0x0F) > 9) return static_cast<u8>(0x40 | v);
    return static_cast<u8>(0xC0 | v);
}

// Positions count from 0, row by row.
constexpr std::array<u8, 2> address12(u32 position) {
    return {graphic(position >> 6), graphic(position)};
}
constexpr std::array<u8, 2> address14(u32 position) {
    return {static_cast<u8>(position >> 8 & 0x3F), static_cast<u8>(position)};
}
// Reads either form: 14-bit when the first two bits are zero.
constexpr u32 decode_address(u8 high, u8 low) {
    return (high & 0xC0) == 0 ? u32{high} << 8 | low : (high & 0x3Fu) << 6 | (low & 0x3Fu);
}

struct Model {
    u8 number;
    u8 rows;
    u8 columns;
};
inline constexpr std::array<Model, 4> models{{{2, 24, 80}, {3, 32, 80}, {4, 43, 80}, {5, 27, 132}}};

} // namespace s370::ds3270
