// The instructions that streams are made of, and what must be known of each.
#pragma once

#include "s370/base/types.h"

#include <span>

namespace streams {

enum class Form : u8 {
    Bare, // four bytes, no operands
    RR,
    RX, // with R1, X2, B2 and D2
    RS, // with R1, R3, B2 and D2
    SI,
    S,
    RRE,
    SS,
    SSE
};

namespace trait {
constexpr u16 pairs = 0x80;   // even-numbered registers
constexpr u16 branch = 0x40;  // not where interruptions may be off for ever
constexpr u16 masks = 0x20;   // may turn interruptions off
constexpr u16 block = 0x10;   // R2 names a block of storage
constexpr u16 device = 0x08;  // the operand address is a device, which exists
constexpr u16 absent = 0x04;  // the same, which does not exist
constexpr u16 order = 0x02;   // SIGP
constexpr u16 clears = 0x01;  // 2K, of page 0 perhaps
constexpr u16 moves = 0x100;  // as much as a register says
constexpr u16 untold = 0x200; // a key is changed, which the real TLB is not told of
constexpr u16 alarm = 0x400;  // tells when a timed wait ends
} // namespace trait

// What an operand in storage should best be.
enum class Wanted : u8 { Any, Psw, Target, Control, Address, Digits };

struct Operation {
    u8 code, second;
    Form form;
    u8 alignment;
    u16 traits = 0;
    Wanted wanted = Wanted::Any;

    bool has(u16 trait) const { return (traits & trait) != 0; }
};

// Unprivileged ones; branches; and those that are privileged or a control program must
// have a hand in.
std::span<const Operation> ordinary();
std::span<const Operation> branches();
std::span<const Operation> sensitive();

// May an instruction that begins with these bytes be anywhere in a stream? Not what shows
// the time or the serial number, calls a control program or disturbs a device; no assist for MVS,
// which virtual machines do not have; nor what changes a key, which only PTLB makes known to the
// TLB of the machine at hand.
bool reproducible(u32 halfword);

// Is the second byte of its operation code a register's place for EXECUTE, which may make another
// instruction of it?
bool long_code(u32 halfword);

// Data runs as instructions now and then. A word like this one without those that would disturb
// devices, clocks or CP, end the hope of an interruption, or move themselves away.
u32 harmless(u32 word);

} // namespace streams
