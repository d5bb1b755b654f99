#include "terminal/model/query_reply.h"

#include "s370/arch/ds3270.h"

#include <algorithm>
#include <array>

namespace terminal {
namespace {

constexpr u8 summary = 0x80, usable_area = 0x81, alphanumeric_partitions = 0x84,
             character_sets = 0x85, colour = 0x86, highlighting = 0x87, reply_modes = 0x88,
             distributed_data = 0x95, rpq_names = 0xA1, implicit_partition = 0xA6,
             null_reply = 0xFF;
constexpr std::array<u8, 10> supported{
    summary,      usable_area, alphanumeric_partitions, character_sets, colour,
    highlighting, reply_modes, distributed_data,        rpq_names,      implicit_partition};

constexpr u8 high(u32 value) { return static_cast<u8>(value >> 8); }
constexpr u8 low(u32 value) { return static_cast<u8>(value); }

Bytes colours(bool colour_display) {
    Bytes body{0x00, 16, 0x00, 0xF4}; // the default is green
    for (u32 code = 0xF1; code <= 0xFF; ++code) {
        body.push_back(low(code));
        body.push_back(colour_display ? low(code) : u8{0});
    }
    return body;
}

Bytes body_of(u8 code, const Features& features) {
    constexpr Size normal; // whatever an application binds
    Size const most = features.most;
    u32 const cells = most.cells();
    switch (code) {
    case summary: return {supported.begin(), supported.end()};
    case usable_area:
        // 12/14-bit addresses; cells of 9 by 12 points, 745/10 by 111/2 of them a millimetre
        return {0x01,
                0x00,
                high(most.columns),
                low(most.columns),
                high(most.rows),
                low(most.rows),
                0x01,
                0x00,
                0x0A,
                0x02,
                0xE5,
                0x00,
                0x02,
                0x00,
                0x6F,
                9,
                12,
                high(cells),
                low(cells)};
    case alphanumeric_partitions: return {0x00, high(cells), low(cells), 0x00};
    case character_sets:
        // Set 0 is the host code page, set 1 APL by graphic escape (963, 310).
        return {0x82,
                0x00,
                9,
                12,
                0,
                0,
                0,
                0,
                0x07,
                0x00,
                0x10,
                0x00,
                high(features.character_set),
                low(features.character_set),
                high(features.codepage),
                low(features.codepage),
                0x01,
                0x00,
                0xF1,
                0x03,
                0xC3,
                0x01,
                0x36};
    case colour: return colours(features.colour);
    case highlighting: return {5, 0x00, 0xF0, 0xF1, 0xF1, 0xF2, 0xF2, 0xF4, 0xF4, 0xF8, 0xF8};
    case reply_modes: return {0x00, 0x01, 0x02};
    case distributed_data: {
        u16 const most = features.transfer_buffer;
        return {0x00, 0x00, high(most), low(most), high(most), low(most), 0x01, 0x01};
    }
    case rpq_names: return {0, 0, 0, 0, 0, 0, 0, 0, 6, 0xA7, 0xF3, 0xF2, 0xF7, 0xF0};
    case implicit_partition:
        return {0x00,
                0x00,
                0x0B,
                0x01,
                0x00,
                high(normal.columns),
                low(normal.columns),
                high(normal.rows),
                low(normal.rows),
                high(most.columns),
                low(most.columns),
                high(most.rows),
                low(most.rows)};
    default: return {};
    }
}

void append(Bytes& record, u8 code, const Bytes& body) {
    u32 const length = static_cast<u32>(body.size()) + 4;
    record.insert(record.end(), {high(length), low(length), 0x81, code});
    record.insert(record.end(), body.begin(), body.end());
}

} // namespace

Bytes query_reply(const Features& features) { return query_list_reply(features, supported); }

Bytes query_list_reply(const Features& features, std::span<const u8> codes) {
    Bytes record{s370::ds3270::aid::structured_field};
    for (u8 code : supported)
        if (std::find(codes.begin(), codes.end(), code) != codes.end())
            append(record, code, body_of(code, features));
    if (record.size() == 1) append(record, null_reply, {});
    return record;
}

} // namespace terminal
