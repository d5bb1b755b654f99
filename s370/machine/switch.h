// Between CP and what it runs: a guest, or nothing at all.
//
// CP runs disabled, in supervisor state, EC mode, DAT off. Each function below
// gives the CPU away and returns with the interruption that gave it back; its
// details are in low storage. GA22-7000-10 "Interruptions".
#pragma once

#include "s370/base/types.h"

namespace machine {

// GivesWay: DIAGNOSE X'44', which the fast path has recognised and counted.
enum class Interruption : u32 { None, Program, Svc, External, Io, GivesWay };

} // namespace machine

extern "C" {
// Lays out CP's part of low storage: new PSWs and the first level of interruptions.
void machine_prepare_interruptions();
// `registers`: 16 general registers at 0, a doubleword PSW at 96. Loads them and
// returns after the interruption with both stored there, where select() has named them.
// Floating-point and control registers are the caller's business.
u32 machine_run(void* registers);
// Enabled wait until an external or I/O interruption.
u32 machine_wait();
// Are the guest's frequent traps done by fast_path.S (an argument of 1), or do all of
// them end machine_run()?
void machine_use_fast_path(u32 yes);
// Stops the CPU for good: disabled wait with `code` in the PSW's address.
[[noreturn]] void machine_stop(u32 code);

// What the interruption handlers call when CP itself fails: in the nucleus' abend.
// The registers are in the assigned locations 384-447, the PSW in the old PSW.
[[noreturn]] void cp_program_check();
[[noreturn]] void cp_machine_check();
[[noreturn]] void cp_unexpected_svc();
[[noreturn]] void cp_restart_key();
}

namespace machine {

inline void prepare_interruptions() { machine_prepare_interruptions(); }
// Not while low addresses are protected.
inline void select(void* registers) { asm volatile("st %0,48" : : "d"(registers) : "memory"); }
// Which were interrupted: fast_path.S may have gone on with others than run() began with.
inline void* selected() {
    void* registers = nullptr;
    asm volatile("l %0,48" : "=d"(registers) : : "memory");
    return registers;
}
inline Interruption run(void* registers) { return Interruption{machine_run(registers)}; }
inline Interruption wait() { return Interruption{machine_wait()}; }
// CP itself has no floating point: the compiler need not know of these.
inline void load_floating(const u64 (&four)[4]) {
    asm volatile("ld 0,%0\n\tld 2,%1\n\tld 4,%2\n\tld 6,%3"
                 :
                 : "Q"(four[0]), "Q"(four[1]), "Q"(four[2]), "Q"(four[3]));
}
inline void store_floating(u64 (&four)[4]) {
    asm volatile("std 0,%0\n\tstd 2,%1\n\tstd 4,%2\n\tstd 6,%3"
                 : "=Q"(four[0]), "=Q"(four[1]), "=Q"(four[2]), "=Q"(four[3]));
}
inline void use_fast_path(bool yes) { machine_use_fast_path(yes ? 1 : 0); }
// General registers to the assigned locations 384-447, as for an interruption of CP itself.
[[gnu::always_inline]] inline void save_registers() { asm volatile("stm 0,15,384" : : : "memory"); }
[[noreturn]] inline void stop(u32 code) { machine_stop(code); }

} // namespace machine
