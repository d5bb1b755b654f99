// Channel command words, the channel address word, the channel status word,
// and the first sense byte.
//
// GA22-7000-10 "Input/Output Operations".
#pragma once

#include "s370/base/be.h"
#include "s370/base/bits.h"

#include <compare>

namespace s370 {

// Aligned by its type: GCC 12 forgets the alignment of a variable in a coroutine's frame.
struct alignas(8) Ccw {
    u8 command;   // 0
    Be24 address; // 1
    u8 flags;     // 4
    u8 ignored;   // 5
    Be16 count;   // 6

    enum Flag : u8 {
        ChainData = 0x80,
        ChainCommand = 0x40,
        SuppressLength = 0x20,
        Skip = 0x10,
        ProgramControlled = 0x08,
        IndirectData = 0x04,
        MustBeZero = 0x03,
    };

    constexpr Ccw() : command(0), flags(0), ignored(0) {}
    constexpr Ccw(u8 command, u32 address, u8 flags, u16 count)
        : command(command), address(address), flags(flags), ignored(0), count(count) {}
};
static_assert(sizeof(Ccw) == 8);

namespace command {
constexpr u8 write = 0x01, read = 0x02, noop = 0x03, sense = 0x04, tic = 0x08, read_backward = 0x0C,
             sense_id = 0xE4;
constexpr bool is_tic(u8 c) { return (c & 0x0F) == tic; }
} // namespace command

// The CAW's bits 4-7 must be zero.
struct Caw {
    u32 bits = 0;
    constexpr u8 key() const { return static_cast<u8>(bits >> 28); }
    constexpr bool valid() const { return (bits & 0x0F000007) == 0; }
    constexpr u32 address() const { return bits & 0xFFFFFF; }
};

// CSW status, bits 32-47, unit status in the high byte.
namespace status {
constexpr u16 attention = 0x8000, status_modifier = 0x4000, control_unit_end = 0x2000,
              busy = 0x1000, channel_end = 0x0800, device_end = 0x0400, unit_check = 0x0200,
              unit_exception = 0x0100, program_controlled = 0x0080, incorrect_length = 0x0040,
              program_check = 0x0020, protection_check = 0x0010, channel_data_check = 0x0008,
              channel_control_check = 0x0004, interface_control_check = 0x0002,
              chaining_check = 0x0001;
} // namespace status

struct Csw {
    u8 key = 0;      // bits 0-3
    u32 address = 0; // last CCW + 8
    u16 status = 0;
    u16 count = 0;

    constexpr u64 bits() const {
        return u64{key} << 60 | u64{address & 0xFFFFFF} << 32 | u64{status} << 16 | count;
    }
    static constexpr Csw from(u64 bits) {
        return {static_cast<u8>(bits >> 60), static_cast<u32>(bits >> 32) & 0xFFFFFF,
                static_cast<u16>(bits >> 16), static_cast<u16>(bits)};
    }
};

// Sense byte 0, common to all devices.
namespace sense {
constexpr u8 command_reject = 0x80, intervention_required = 0x40, bus_out_check = 0x20,
             equipment_check = 0x10, data_check = 0x08, overrun = 0x04;
} // namespace sense

// Channel (bits 0-7 of 12), control unit and device: 0..FFF.
struct DeviceAddress {
    u16 value = 0;
    constexpr u8 channel() const { return static_cast<u8>(value >> 8); }
    friend constexpr auto operator<=>(DeviceAddress, DeviceAddress) = default;
};

} // namespace s370
