// Between CP and what it runs: a guest, or nothing at all.
//
// CP runs disabled, in supervisor state, EC mode, DAT off. Each function below
// gives the CPU away and returns with the interruption that gave it back; its
// details are in low storage. GA22-7000-10 "Interruptions".
#pragma once

#include "s370/base/types.h"

namespace machine {

enum class Interruption : u32 { None, Program, Svc, External, Io };

} // namespace machine

extern "C" {
// Lays out CP's part of low storage: new PSWs and the first level of interruptions.
void machine_prepare_interruptions();
// `registers`: 16 general registers at 0, a doubleword PSW at 96. Loads them and
// returns after the interruption with both stored there. Floating-point and
// control registers are the caller's business.
u32 machine_run(void* registers);
// Enabled wait until an external or I/O interruption.
u32 machine_wait();
// Takes one pending external or I/O interruption, if there is one.
u32 machine_take_pending();
void machine_load_fpr(const u64* four);
void machine_store_fpr(u64* four);
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
inline Interruption run(void* registers) { return Interruption{machine_run(registers)}; }
inline Interruption wait() { return Interruption{machine_wait()}; }
inline Interruption take_pending() { return Interruption{machine_take_pending()}; }
inline void load_floating(const u64 (&four)[4]) { machine_load_fpr(four); }
inline void store_floating(u64 (&four)[4]) { machine_store_fpr(four); }
inline void use_fast_path(bool yes) { machine_use_fast_path(yes ? 1 : 0); }
// General registers to the assigned locations 384-447, as for an interruption of CP itself.
[[gnu::always_inline]] inline void save_registers() { asm volatile("stm 0,15,384" : : : "memory"); }
[[noreturn]] inline void stop(u32 code) { machine_stop(code); }

} // namespace machine
