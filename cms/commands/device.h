// Virtual device addresses as operands, and how messages name disks.
#pragma once

#include "cms/commands/command.h"

namespace cms {

struct DeviceOperand {
    bool valid = false;
    u16 address = 0;
};
constexpr DeviceOperand parse_device(Text token) {
    ParsedNumber const number = parse_hex(token);
    if (!number.valid || token.size() > 4 || number.value == 0 || number.value > 0xFFF) return {};
    return {true, static_cast<u16>(number.value)};
}

// `191`
constexpr Line<4> spell_device(u16 address) {
    Line<4> line;
    line.hex(address, address > 0xFFF ? 4 : 3);
    return line;
}

// `A (191)`; without the blank when `close` is set.
inline Line<12> spell_disk(u8 letter, u16 address, bool close = false) {
    Line<12> line;
    line << letter;
    if (!close) line << ' '_e;
    line << '('_e << spell_device(address).text() << ')'_e;
    return line;
}

namespace errors {
i32 invalid_device(Text module, Text device); // 017E, 24
i32 no_device(Text module);                   // 028E, 24
} // namespace errors

} // namespace cms
