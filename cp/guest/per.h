// Program-event recording of a virtual machine.
//
// GA22-7000-10 "Program-Event Recording". The real machine records the events of what the
// guest executes by itself; here are those of instructions that CP simulates, and the real
// control registers, which CP's own tracing of the machine (cp/guest/tracer) shares.
// The machine at hand records no alteration of general registers, and forgets the events
// of an instruction that turns PER off; a virtual machine is like it.
//
// The events of one instruction gather in VirtualCpu::per_code, in the form of real 150,
// until an interruption takes them.
#pragma once

#include "cp/guest/virtual_cpu.h"
#include "s370/arch/program_codes.h"

namespace cp::per {

constexpr u16 branch = 0x8000, fetch = 0x4000, store = 0x2000, all = 0xF000;

// Is the guest's own PSW enabled for PER?
inline bool watching(const VirtualCpu& cpu) {
    return cpu.psw.ec() && s370::Psw::Per::test(cpu.psw.bits);
}
// The classes that the guest watches for.
inline u16 watched(const VirtualCpu& cpu) {
    return watching(cpu) ? static_cast<u16>(cpu.cr[9] >> 16 & all) : u16{0};
}

// An instruction begins at `address`; the real machine has seen `events`.
inline void begin(VirtualCpu& cpu, u32 address, u16 events) {
    cpu.per_address = address;
    cpu.per_code = events & watched(cpu);
}
// What CP does for the guest: the fetch of an instruction, a store of `length` bytes (not 0).
void note_fetch(VirtualCpu& cpu, u32 address);
void note_store(VirtualCpu& cpu, u32 address, u32 length);

// Events that the guest is to be told now.
inline u16 pending(const VirtualCpu& cpu) { return cpu.per_code; }
// The PSW or control registers have been loaded: what they do not watch for is forgotten.
inline void forget(VirtualCpu& cpu) { cpu.per_code &= watched(cpu); }
// Takes those that are told together with `code`.
u16 take(VirtualCpu& cpu, s370::Program code);

// Real control registers 9 to 11: for the guest, for CP's tracing, or for both. Where the
// guest watches addresses, its range is that of the tracing too.
void controls(const VirtualCpu& cpu, u32 (&values)[3]);

} // namespace cp::per
