// The host's half of s370/machine/control.h: registers and timers that tests look at.
#pragma once

#include "s370/base/types.h"

namespace fakes {

extern u32 control_registers[16];
extern u32 tlb_purges;
extern u64 cpu_timer;        // as STPT gives it; tests let it run down
extern u64 clock_comparator; // as SCKC left it
extern u64 time_of_day;      // as STCK gives it; tests let it pass
extern u64 time_of_loads;    // of machine::timed_loads, when CP starts

// A 3158 that is no virtual machine; STIDP stores cpu_id.
constexpr u64 real_cpu_id = 0x00002623'31580000;
extern u64 cpu_id;

} // namespace fakes

extern "C" u64 machine_timer_at_lap;

namespace machine {

inline void load_cr0(u32 value) { fakes::control_registers[0] = value; }
inline void load_cr1(u32 value) { fakes::control_registers[1] = value; }
inline void load_cr2(u32 value) { fakes::control_registers[2] = value; }
inline void load_cr7(u32 value) { fakes::control_registers[7] = value; }
inline void load_cr8(u32 value) { fakes::control_registers[8] = value; }
inline void load_per(const u32 (&values)[3]) {
    for (u32 i = 0; i < 3; ++i) fakes::control_registers[9 + i] = values[i];
}
inline void load_cr14(u32 value) { fakes::control_registers[14] = value; }
inline void store_control_registers(u32 (&values)[16]) {
    for (u32 i = 0; i < 16; ++i) values[i] = fakes::control_registers[i];
}
inline void purge_tlb() { ++fakes::tlb_purges; }
// No tables are loaded here.
inline u8 load_real_address(u32 address, u32& real) {
    real = address;
    return 1;
}
inline void set_cpu_timer(u64 value) { fakes::cpu_timer = value; }
inline u64 cpu_timer() { return fakes::cpu_timer; }
inline void set_clock_comparator(u64 value) { fakes::clock_comparator = value; }

} // namespace machine
