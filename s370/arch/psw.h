// The program status word, in its two formats.
//
// GA22-7000-10 "Program-Status Word": bit 12 zero is the basic-control (BC)
// format, one the extended-control (EC) format.
#pragma once

#include "s370/base/be.h"
#include "s370/base/bits.h"

namespace s370 {

// A PSW as a value; Be64 where it lies in storage.
struct Psw {
    u64 bits = 0;

    using ExtendedControl = Bits<u64, 12>;
    using Key = Bits<u64, 8, 11>;
    using MachineCheck = Bits<u64, 13>;
    using Wait = Bits<u64, 14>;
    using Problem = Bits<u64, 15>;
    using Address = Bits<u64, 40, 63>;
    using SystemMask = Bits<u64, 0, 7>;

    // EC format only.
    using Per = Bits<u64, 1>;
    using Translation = Bits<u64, 5>;
    using EcIo = Bits<u64, 6>;
    using EcExternal = Bits<u64, 7>;
    using SecondarySpace = Bits<u64, 16>;
    using EcConditionCode = Bits<u64, 18, 19>;
    using EcProgramMask = Bits<u64, 20, 23>;

    // BC format only.
    using BcChannels0To5 = Bits<u64, 0, 5>;
    using BcIo = Bits<u64, 6>; // channels 6 and up, further masked by CR2
    using BcExternal = Bits<u64, 7>;
    using BcInterruptionCode = Bits<u64, 16, 31>;
    using BcIlc = Bits<u64, 32, 33>;
    using BcConditionCode = Bits<u64, 34, 35>;
    using BcProgramMask = Bits<u64, 36, 39>;

    constexpr bool ec() const { return ExtendedControl::test(bits); }
    constexpr bool waiting() const { return Wait::test(bits); }
    constexpr bool problem() const { return Problem::test(bits); }
    constexpr bool translating() const { return ec() && Translation::test(bits); }
    constexpr bool translating_or_per() const {
        return ec() && (bits & (Translation::mask | Per::mask)) != 0;
    }
    constexpr u32 address() const { return static_cast<u32>(Address::get(bits)); }
    constexpr void set_address(u32 address) { bits = Address::put(bits, address); }
    constexpr u8 key() const { return static_cast<u8>(Key::get(bits)); }
    constexpr bool external_enabled() const { return BcExternal::test(bits); } // bit 7 in both

    constexpr u8 condition_code() const {
        return static_cast<u8>(ec() ? EcConditionCode::get(bits) : BcConditionCode::get(bits));
    }
    constexpr void set_condition_code(u8 cc) {
        bits = ec() ? EcConditionCode::put(bits, cc) : BcConditionCode::put(bits, cc);
    }
    constexpr u8 program_mask() const {
        return static_cast<u8>(ec() ? EcProgramMask::get(bits) : BcProgramMask::get(bits));
    }

    friend constexpr bool operator==(Psw, Psw) = default;
};

// Bits of an EC PSW that must be zero (GA22-7000-10 "Exceptions associated with the PSW").
// Bit 16 selects the secondary space.
constexpr u64 ec_psw_must_be_zero = 0xB80040FF'FF000000;

} // namespace s370
