// Control registers, translation and the CPU's own clocks, for CP.
// GA22-7000-10 "Control Registers", "Load Real Address", "CPU Timer", "Clock Comparator".
//
// Supervisor state. One instruction each; a clock read costs what 50 to 80
// register loads cost, so none of them belongs into the trap path.
#pragma once

#include "s370/base/types.h"

extern "C" {
// What the CPU timer showed when its time was last taken: by CP (cp/base/run_clock), or by
// fast_path.S when one machine gave way to the next.
extern u64 machine_timer_at_lap;
}

namespace machine {

inline void load_cr0(u32 value) { asm volatile("lctl 0,0,%0" : : "Q"(value)); }
inline void load_cr1(u32 value) { asm volatile("lctl 1,1,%0" : : "Q"(value)); }
inline void load_cr2(u32 value) { asm volatile("lctl 2,2,%0" : : "Q"(value)); }
inline void load_cr7(u32 value) { asm volatile("lctl 7,7,%0" : : "Q"(value)); }
inline void load_cr8(u32 value) { asm volatile("lctl 8,8,%0" : : "Q"(value)); }
// Control registers 9 to 11.
inline void load_per(const u32 (&values)[3]) { asm volatile("lctl 9,11,%0" : : "Q"(values)); }
inline void load_cr14(u32 value) { asm volatile("lctl 14,14,%0" : : "Q"(value)); }
inline void store_control_registers(u32 (&values)[16]) {
    asm volatile("stctl 0,15,%0" : "=Q"(values));
}

inline void purge_tlb() { asm volatile("ptlb" : : : "memory"); }

// LRA with the segment table of CR1: condition code 0 and the real address, else 1 to 3.
inline u8 load_real_address(u32 address, u32& real) {
    u32 mask = 0;
    u32 result = 0;
    asm volatile("lra %0,0(%2)\n\tbalr %1,0" : "=&a"(result), "=&d"(mask) : "a"(address) : "cc");
    real = result;
    return static_cast<u8>(mask >> 28 & 3);
}

// Microseconds * 4096, counts down; external interruption 1005 while it is negative.
inline void set_cpu_timer(u64 value) { asm volatile("spt %0" : : "Q"(value)); }
inline u64 cpu_timer() {
    u64 value = 0;
    asm volatile("stpt %0" : "=Q"(value));
    return value;
}
// External interruption 1004 while the clock is past `value`.
inline void set_clock_comparator(u64 value) { asm volatile("sckc %0" : : "Q"(value)); }

} // namespace machine
